"""Commands -> help, the reference page and the platforms' manifests: written once, in the commands."""

from __future__ import annotations

from collections.abc import Sequence

from lifbot.grammar import Arg, Command
from lifbot.message import Block, Facts, Fine, Heading, Message, Say

SECTIONS = (
    ("Log", ("action add", "recommendation add", "issue add")),
    ("See", ("action list", "action show", "digest now", "help")),
    (
        "Report on what you own",
        ("action update", "action done", "action extend", "action cannot", "action decline", "action snooze", "action evidence"),
    ),
    (
        "Decide, as chair, deputy or business unit",
        (
            "action signoff", "action return", "action accept", "action reassign",
            "action edit", "action withdraw", "action escalate", "undo",
        ),
    ),
    ("Answer an escalation, as partnership chair", ("action seen", "action decide", "action return")),
    ("Meetings", ("meeting next", "meeting agenda", "meeting close", "meeting move", "meeting cancel")),
)  # fmt: skip
REPLIES = (
    ("done …", "It is complete; what follows is the evidence."),
    ("update …", "How far it has come."),
    ("more time 30 June because …", "Asks the group's chair for a new date."),
    ("cannot because … instead …", "It cannot be completed; what was done instead."),
    ("not mine", "Asks the chair to find the right owner."),
    ("snooze 3 days", "Leaves it out of reminders for a while."),
    ("undo", "Takes back what you just did."),
)


def help_message(commands: Sequence[Command], about: str) -> Message:
    """Return the help for everything, or for the command whose words are given."""
    wanted = " ".join(about.lower().removeprefix("/lif").split())
    exact = [command for command in commands if command.words == wanted]
    close = exact or [command for command in commands if wanted and wanted in command.words and command.in_help]
    if len(close) == 1:
        return _one(close[0])
    shown = close or [command for command in commands if command.in_help]
    blocks: list[Block] = [Heading("What you can type")]
    for title, words in SECTIONS:
        pairs = tuple(
            (f"/lif {command.words}", command.summary) for name in words for command in shown if command.words == name
        )
        if pairs:
            blocks += [Say(title), Facts(pairs)]
    if not close:
        blocks += [Say("In reply to a reminder"), Facts(REPLIES)]
    note = "Type /lif help and a command for its arguments, for example /lif help action add"
    return Message((*blocks, Fine(note)), summary="What you can type")


def _one(command: Command) -> Message:
    pairs = tuple((_how(arg), _what(arg)) for arg in command.args if arg.in_form)
    blocks: list[Block] = [Heading(f"/lif {command.words}"), Say(command.summary), Say(command.usage)]
    blocks += [Facts(pairs)] if pairs else []
    blocks += [Say(f"For example: {example}") for example in command.examples]
    return Message(tuple(blocks), summary=command.summary)


def _how(arg: Arg) -> str:
    return {"item": "REF"}.get(arg.kind, f"{arg.name}:")


def _what(arg: Arg) -> str:
    hint = f". {arg.hint}" if arg.hint else ""
    return f"{arg.label}{hint}{'' if arg.required else ' (may be left out)'}"
