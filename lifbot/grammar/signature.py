"""A command's words and its arguments, made from the signature of the function that runs it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from lifbot.message import Form, Message

TheirKind = Literal["account", "accounts", "channel"]  # of the platform's own
OurKind = Literal["text", "line", "who", "people", "when", "group", "item", "agency", "meeting", "choice", "day"]
RecordKind = Literal["source", "notice", "request"]  # by its reference, as an item by its own
ArgKind = OurKind | RecordKind | Literal["themes", "rhythm", "files"] | TheirKind

REFERENCES = ("item", *get_args(RecordKind))
MakeForm = Callable[[Any, Mapping[str, str]], Form]  # from the context and what was typed


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument: how it is typed, asked for and explained."""

    kind: ArgKind
    label: str
    hint: str = ""
    keys: tuple[str, ...] = ()  # further spellings of its key
    leads: tuple[str, ...] = ()  # plain words that introduce it
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 1000
    name: str = ""
    required: bool = False
    in_form: bool = True
    leading: bool = False  # takes the words before any key, whatever other arguments there are
    looks: str = ""  # how its values begin, as a pattern, where its key is an everyday word
    whole: bool = False  # takes all that is typed as it is: pasted minutes may well say "group:" themselves
    usual: bool = False  # not always required, but mostly said: "… because" may stand at the end of any value


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the bot: its words, what runs it, who may, and its arguments."""

    words: str
    run: Callable[..., Message]
    may: str
    args: tuple[Arg, ...]
    summary: str
    title: str
    examples: tuple[str, ...] = ()
    sentence: Callable[[Any, dict[str, str]], None] | None = field(default=None, compare=False)
    in_help: bool = True
    replaces: bool = False  # its answer takes the place of the message whose button asked for it
    fits: Callable[[Any, Any], None] | None = field(default=None, compare=False)  # refuses an item before more is asked
    form: MakeForm | None = field(default=None, compare=False)  # where args say too little
    is_word: bool = False  # one plain word: what follows it in a sentence means something else
    # What an item holds already, by argument: its form opens filled with it, also where only a reference was typed.
    stands: Callable[[Any, Any], dict[str, str]] | None = field(default=None, compare=False)

    def arg(self, name: str) -> Arg:
        """Return the argument of that name."""
        return next(arg for arg in self.args if arg.name == name)

    @property
    def usage(self) -> str:
        """How it is typed, in one line."""
        return " ".join(["/lif", self.words, *(_usage(arg, self) for arg in self.args if arg.in_form)])


def command(
    words: str,
    *,
    may: str,
    title: str = "",
    examples: tuple[str, ...] = (),
    sentence: Callable[[Any, dict[str, str]], None] | None = None,
    in_help: bool = True,
    replaces: bool = False,
    fits: Callable[[Any, Any], None] | None = None,
    form: MakeForm | None = None,
    is_word: bool = False,
    stands: Callable[[Any, Any], dict[str, str]] | None = None,
) -> Callable[[Callable[..., Message]], Command]:
    """Make a function a command; its parameters after the context are its arguments, those without default required."""

    def wrap(run: Callable[..., Message]) -> Command:
        parameters = list(inspect.signature(run, eval_str=True).parameters.values())[1:]
        summary = inspect.cleandoc(run.__doc__ or "").split("\n")[0]
        args = tuple(_arg(each) for each in parameters)
        told = (
            words,
            run,
            may,
            args,
            summary,
            title or words.capitalize(),
            examples,
            sentence,
            in_help,
            replaces,
            fits,
        )
        return Command(*told, form=form, is_word=is_word, stands=stands)

    return wrap


def _arg(parameter: inspect.Parameter) -> Arg:
    declared = next(extra for extra in get_args(parameter.annotation) if isinstance(extra, Arg))
    return replace(declared, name=parameter.name, required=parameter.default is inspect.Parameter.empty)


def _usage(arg: Arg, of: Command) -> str:
    shown = "REF" if arg.kind in REFERENCES else f"{arg.name.replace('_', '-')}:…"
    if arg == own_words(of):
        shown = "|".join(value for value, _ in arg.options) or f"<{arg.label.lower()}>"
    return shown if arg.required and arg.kind != "group" else f"[{shown}]"


def own_words(command: Command) -> Arg | None:
    """Return the argument that takes the words before any key: the first free text, else the first of all."""
    leading = (arg for arg in command.args if arg.leading)
    free = (arg for arg in command.args if arg.kind in ("text", "line") and not arg.leads)
    return (
        next(leading, None)
        or next(free, None)
        or next((arg for arg in command.args if arg.kind not in REFERENCES), None)
    )
