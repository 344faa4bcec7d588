"""What is said when a text holds something that could identify somebody, or speaks of somebody in danger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lifbot.guard import KINDS
from lifbot.message import Ask, Button, Fine, Message, Say, say

LEAVE_OUT = "Please leave out what could identify a child or a family: a reference and a neutral title are enough."
AGAIN = "Please write it again without it."
IS_IT = "Could it identify a child or a family? Then please edit it."
NOT_SAVED = "Nothing was saved."
NEW_MESSAGE = "Edit it once more without it. If it identifies nobody, write it as a new message, and I shall ask."
TICK = "This does not identify anyone"
CLEARED = "It is not identifying"
LOGGED = "If you say that it is not identifying, the log says that you did, and which kind it was, never the words."
PASSED_ON = (
    "This reads as if somebody is at immediate risk. Please do not wait for lifbot: dial 999, or contact children's or "
    "adults' social care at your council now, as your local procedures say."
)
KEPT_NOTHING = (
    "Nothing that you wrote was kept. The log says only that you were pointed to local procedures. If you meant a "
    "procedure or a document, please say so in other words."
)


@dataclass(frozen=True, slots=True)
class Caught:
    """One detail that was seen: its kind, the field it stands in, and as much of it as may be repeated."""

    kind: str
    field: str
    shown: str
    is_certain: bool = True


def certain(caught: Sequence[Caught], buttons: tuple[Button, ...] = ()) -> Message:
    """Say what was seen and that it must not stay."""
    blocks = (Say(f"{NOT_SAVED} {seen(caught)}"), Say(LEAVE_OUT if buttons else f"{LEAVE_OUT} {AGAIN}"))
    return Message((*blocks, Ask("", buttons)) if buttons else blocks, summary=f"{NOT_SAVED} {LEAVE_OUT}")


def doubtful(caught: Sequence[Caught], buttons: tuple[Button, ...]) -> Message:
    """Ask about what may identify somebody."""
    return Message(
        (Say(f"{NOT_SAVED} {seen(caught)}"), Ask(IS_IT, buttons), Fine(LOGGED)), summary=f"{NOT_SAVED} {IS_IT}"
    )


def beside_field(caught: Sequence[Caught]) -> str:
    """Say the same beside the form's field."""
    return f"{seen(caught, with_fields=False)} {LEAVE_OUT if caught[0].is_certain else IS_IT}"


def edited(caught: Sequence[Caught]) -> Message:
    """Say that an edit was not taken over into the log, and how words that identify nobody get there."""
    return say(f"The log keeps the words that were there. {seen(caught)} {LEAVE_OUT}", NEW_MESSAGE, summary=NOT_SAVED)


def passed_on() -> Message:
    """Point to those who can help at once."""
    return say(PASSED_ON, KEPT_NOTHING, summary="Please dial 999 or contact your council now.")


def seen(caught: Sequence[Caught], *, with_fields: bool = True) -> str:
    """Say what was seen and where, never the whole of a number."""
    looks = "looks like" if caught[0].is_certain else "may be"
    parts = []
    for each in dict.fromkeys(caught):
        where = f" in “{each.field}”" if with_fields and each.field else ""
        parts.append(f"{KINDS[each.kind][0]} ({each.shown}){where}")
    return f"I saw what {looks} {' and '.join(parts)}."
