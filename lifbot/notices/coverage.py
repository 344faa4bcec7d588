"""Agencies and notices together, as words that read on a phone; agencies are named, people are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lifbot.grammar import clip
from lifbot.message import Ask, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Say

SHORT = {"waiting": "not yet", "received": "received", "cascaded": "cascaded", "not_for_us": "not for them"}


@dataclass(frozen=True, slots=True)
class Row:
    """A notice in the coverage: its reference, its name, and how each agency stands; None where it is not asked."""

    ref: str
    name: str
    stands: tuple[tuple[str, str | None], ...]


MOST = 10  # notices in a message; the picture has more


def coverage(rows: Sequence[Row], total: int, buttons: tuple[Button, ...]) -> Message:
    """Return the picture of agencies and notices as a message that reads on a phone."""
    if not rows:
        text = "No notice has gone out to agencies yet. To write one type /lif notice add"
        return Message((Say(text),), text)
    statuses = [status for row in rows for _, status in row.stands if status]
    text = f"Coverage of {len(rows)} {'notice' if len(rows) == 1 else 'notices'}: {counted_answers(statuses)}."
    cards = tuple(ItemCard(row.ref, clip(row.name, 120), _row_line(row)) for row in rows[:MOST])
    more = f" These are the newest {min(MOST, len(rows))} of {total}." if total > MOST else ""
    agencies = Facts(tuple(_agency_lines(rows)))
    blocks = (Say(text), ItemList("By notice", cards), Heading("By agency"), agencies, Ask("", buttons))
    return Message((*blocks, Fine(f"Agencies are named, people are not.{more}")), text)


def counted_answers(statuses: Sequence[str]) -> str:
    """Return how many of the answers awaited have come."""
    done = sum(each in ("cascaded", "not_for_us") for each in statuses)
    return f"{done} of {len(statuses)} answers are in"


def _row_line(row: Row) -> str:
    """What is missing by name, and the rest as numbers."""
    asked = [status for _, status in row.stands if status]
    missing = [agency for agency, status in row.stands if status in ("waiting", "received")]
    done = f"{sum(each == 'cascaded' for each in asked)} of {len(asked)} cascaded"
    not_theirs = asked.count("not_for_us")
    parts = [
        done,
        f"{not_theirs} not for them" if not_theirs else "",
        f"still to come: {', '.join(missing)}" if missing else "",
    ]
    return " · ".join(part for part in parts if part)


def _agency_lines(rows: Sequence[Row]) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        for agency, status in row.stands:
            if status:
                found.setdefault(agency, []).append(status)
    return [
        (agency, ", ".join(f"{every.count(key)} {word}" for key, word in SHORT.items() if every.count(key)))
        for agency, every in sorted(found.items())
    ]


def picture() -> Message:
    """Hand over the picture of agencies and notices."""
    text = "Here is the coverage you asked for, as a picture."
    fine = "Each cell has a letter as well as a colour. The same in words: /lif notice coverage"
    return Message((Say(text), Fine(fine)), text, has_file=True)
