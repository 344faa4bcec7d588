"""A list that somebody asked for, as a file."""

from __future__ import annotations

from lifbot.message import Fine, Message, Say


def file() -> Message:
    """Hand over a list as a file; its title says what was asked for."""
    text = "Here is the list you asked for, as a file."
    fine = "It holds what you may see of the log, as it stands now. Only you get it. Please keep it with care."
    return Message((Say(text), Fine(fine)), text, has_file=True)
