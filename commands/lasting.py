"""Answers that last: they depend on nothing but who asks where, the roster and the program."""

from __future__ import annotations

from commands.context import Context
from lifbot.message import Incoming, Message
from storage import roster
from storage.db import Database

COMMANDS = frozenset({"help"})
LINE, MOST = 100, 1000  # characters of a line that is likely to be typed again, and answers that are kept


def at_once(db: Database, incoming: Incoming) -> Message | None:
    """Return the answer to what was asked in the same way before, if nothing has changed that it depends on."""
    found: Message | None = db.answers().get(_asks(incoming)) if _is_plain(incoming) else None
    return found


def kept(ctx: Context, answer: Message) -> Message:
    """Keep an answer, to be given at once when the same is asked again."""
    answers = roster.answers(ctx.scope.session)
    if _is_plain(ctx.incoming) and len(ctx.incoming.text) < LINE and len(answers) < MOST:
        answers[_asks(ctx.incoming)] = answer
    return answer


def _is_plain(incoming: Incoming) -> bool:
    """Whether it is a command, and none that its platform may deliver twice."""
    return incoming.kind == "command" and not incoming.event


def _asks(incoming: Incoming) -> tuple[object, ...]:
    return incoming.platform, incoming.team, incoming.who, incoming.place, incoming.text
