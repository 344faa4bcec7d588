"""Setting a partnership up by chat, with the same result as its file."""
