"""Help: what can be typed, for everything or for one command, made from the commands themselves."""

from __future__ import annotations

from typing import Annotated

from commands.context import Context
from lifbot import manual
from lifbot.grammar import Arg, command
from lifbot.message import Message


@command("help", may="ask", title="Help", examples=("/lif help", "/lif help action add"))
def help_(ctx: Context, about: Annotated[str, Arg("line", "command", longest=60)] = "") -> Message:
    """Show what can be typed."""
    from commands import SECTIONS  # the list is made of these modules, so it is not there yet when they load

    return manual.help_message(SECTIONS, about)
