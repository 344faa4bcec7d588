"""Commands -> help, the reference page and the platforms' manifests: written once, in the commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lifbot.grammar import Arg, Command, own_words
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, Message, Say
from lifbot.policy.rights import who_may

Sections = Sequence[tuple[str, Sequence[Command]]]  # titles, each with its commands, as commands/__init__.py has them
REPLIES = (
    ("done …", "It is complete; what follows is the evidence."),
    ("update …", "How far it has come."),
    ("more time 30 June because …", "Asks the group's chair for a new date."),
    ("cannot because … instead …", "It cannot be completed; what was done instead."),
    ("not mine", "Asks the chair to find the right owner."),
    ("snooze 3 days", "Leaves it out of reminders for a while."),
    ("undo", "Takes back what you just did."),
)
ABOUT_ONE = "For more about one of them, type it after help: /lif help action add"
SEVERAL = "With several items in the reminder, put the reference first: `SE-2026-014 done: training delivered`."

PREFACE = """\
<!-- Made from the commands themselves by `make docs`; change them, not this page. -->

# What you can type

In Slack every command begins with `/lif`; in Teams `@lifbot` takes its place in a channel, and nothing does in your own
chat with lifbot. An argument is typed as `key:value`, in any order; a value runs to the next key or to the end, and
quotes are optional. `REF` is an item's reference: `SE-2026-014`, or `se 14` or `14` where that is clear. People are
`@cleo`, a name, or picked as the platform offers them. What is needed and missing is asked for, and nothing is saved
until then. `/lif help` and a command shows the same in the chat. Answers are for you alone.
"""


def hint(sections: Sections) -> str:
    """Return what Slack shows beside the command while it is typed: the first command of each section."""
    return " | ".join(["help", *(commands[0].words for _, commands in sections)])


def help_message(sections: Sections, about: str) -> Message:
    """Return the help: for the command whose words are given, for a section or several commands, else an overview."""
    wanted = " ".join(about.lower().removeprefix("/lif").split())
    commands = list(dict.fromkeys(command for _, each in sections for command in each))
    exact = [command for command in commands if command.words == wanted]
    titled = [(title, each) for title, each in sections if wanted in (title.lower(), _short(title).lower())]
    close = exact or [command for command in commands if wanted and wanted in command.words and command.in_help]
    if len(close) == 1 and (exact or not titled):
        return _one(close[0])
    if not close and not titled:
        return _overview(sections)
    blocks: list[Block] = []
    for title, each in titled or sections:
        shown = [command for command in each if command.in_help and (titled or command in close)]
        if shown:
            blocks += [Heading(title), Facts(tuple((f"/lif {command.words}", command.summary) for command in shown))]
    return Message((*blocks, Fine(ABOUT_ONE)), summary="What you can type")


def _overview(sections: Sections) -> Message:
    """Every command by name, by what people want: a page, not a manual."""
    named = tuple((title, _names([each.words for each in shown if each.in_help])) for title, shown in sections)
    more = tuple(Button(_short(title), f"help {_short(title).lower()}") for title, _ in sections)
    begin = "Type /lif mine to see what is yours, or /lif action add to log an action."
    blocks = (Say(begin), Facts(named), Heading("In reply to a reminder"), Facts(REPLIES), Ask("More about", more))
    return Message((*blocks, Fine(ABOUT_ONE)), summary="What you can type")


def _names(words: Sequence[str]) -> str:
    """Commands by name; the first word of several is said once: "source add, list, show · find"."""
    rests: dict[str, list[str]] = {}
    for first, _, rest in (each.partition(" ") for each in words):
        rests.setdefault(first, []).append(rest)
    alone = {first: [first] if "" in found else [] for first, found in rests.items()}
    more = {
        first: [f"{first} {', '.join(filter(None, found))}"] if any(found) else [] for first, found in rests.items()
    }
    return " · ".join(part for first in rests for part in (*alone[first], *more[first]))


def _short(title: str) -> str:
    return title.split(",")[0]


def _one(command: Command) -> Message:
    pairs = tuple((_how(command, arg), _what(arg)) for arg in command.args if arg.in_form)
    blocks: list[Block] = [Heading(f"/lif {command.words}"), Say(command.summary), Say(command.usage)]
    blocks += [Facts(pairs)] if pairs else []
    blocks += [Say("\n".join(["For example:", *command.examples]))] if command.examples else []
    return Message(tuple(blocks), summary=command.summary)


def _how(command: Command, arg: Arg) -> str:
    """What a line of the help is headed with; the colon after it stands for that of a key."""
    if arg.kind == "item":
        return "REF"
    return "the words" if arg == own_words(command) else arg.name.replace("_", "-")


def _what(arg: Arg) -> str:
    hint = f". {arg.hint}" if arg.hint else ""
    if arg.kind == "group":
        return f"{arg.label}{hint}, where the channel does not say it"
    return f"{arg.label}{hint}{'' if arg.required else ' (may be left out)'}"


def page(sections: Sections) -> str:
    """Return docs/commands.md: every command by section, and what can be replied to a reminder."""
    lines, told = [PREFACE], set[str]()
    for title, commands in sections:
        lines += [f"## {title}", ""]
        for command in commands:
            lines += [] if command.words in told else _entry(command)
            told.add(command.words)
    lines += ["## In reply to a reminder", "", *_table(("you write", "it means"), _replies())]
    return "\n".join([*lines, "", SEVERAL]) + "\n"


def _replies() -> Iterator[tuple[str, str]]:
    return ((_code(words), meaning) for words, meaning in REPLIES)


def _entry(command: Command) -> list[str]:
    rows = [(_keys(command, arg), _explained(arg), _needed(arg)) for arg in command.args]
    examples = [f"    {example}" for example in command.examples]
    return [
        f"### /lif {command.words}",
        "",
        command.summary,
        "",
        f"    {command.usage}",
        "",
        *([*_table(("argument", "what", "needed"), rows), ""] if rows else []),
        f"Who may: {_who(command)}.",
        "",
        *(["For example:", "", *examples, ""] if examples else []),
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {row} |" for row in cells)]


def _keys(command: Command, arg: Arg) -> str:
    """How an argument can be typed: as plain words, after a plain word, or after one of its keys."""
    if arg.kind == "item":
        return _code("REF")
    plain = ["the words"] if arg == own_words(command) else []
    keys = dict.fromkeys((arg.name.replace("_", "-"), *arg.keys))
    return ", ".join([*plain, *(_code(f"{lead} …") for lead in arg.leads), *(_code(f"{key}:") for key in keys)])


def _explained(arg: Arg) -> str:
    options = ", ".join(f"{_code(value)} ({label.lower()})" for value, label in arg.options)
    return ". ".join(part.rstrip(".") for part in (arg.label, arg.hint, options) if part)


def _needed(arg: Arg) -> str:
    if arg.kind == "group":
        return "where the channel does not say it"
    return "yes" if arg.required else "no"


def _who(command: Command) -> str:
    each = ", each for what they may see or decide" if command.may == "ask" else ""
    return f"{who_may(command.may)}{each}"


def _code(text: str) -> str:
    return f"`{text}`"
