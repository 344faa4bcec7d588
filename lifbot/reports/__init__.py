"""What leaves the chat as a file: the whole log, and what is made from it."""
