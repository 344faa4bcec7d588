"""What a group and a partnership read together: the standing-item pack and the weekly digest; nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from lifbot.calendar import say_date
from lifbot.message import Block, Facts, Fine, Heading, ItemCard, ItemList, Message, Say
from lifbot.policy.agenda import Matters, say_apart
from lifbot.policy.agenda import Row as AgendaRow
from lifbot.policy.digest import Row as DigestRow
from lifbot.policy.digest import Summary
from lifbot.policy.facts import REPORTED

MOST_LINES = 10  # of what a digest says beside items
PARTS = (
    ("practice", "Strong practice"),
    ("challenges", "Challenges"),
    ("for_discussion", "For discussion"),
    ("handed_over", "Handed over by another group"),
    ("due", "Due by this meeting"),
    ("overdue", "Past their date"),
    ("updated", "Updated since the last meeting"),
    ("awaiting_sign_off", "Awaiting sign-off"),
)


def agenda(group: str, when: str, matters: Matters) -> Message:
    """The standing-item pack for a meeting: matters arising, by part; nobody is named."""
    blocks: list[Block] = [Heading(f"Matters arising · {group}"), Say(f"For the meeting on {when}.")]
    for name, title in PARTS:
        rows: tuple[AgendaRow, ...] = getattr(matters, name)
        if rows:
            blocks.append(ItemList(f"{title} ({len(rows)})", tuple(_row_card(row) for row in rows)))
    if matters.apart:
        blocks.append(Fine(say_apart(matters.apart)))
    if not (matters.rows or matters.apart):
        blocks.append(Say("Nothing is due, overdue or waiting. The log is up to date."))
    blocks.append(Fine("At the end, the chair types /lif meeting close to record what was said."))
    return Message(tuple(blocks), f"Matters arising for {group}, {when}: {len(matters.rows)}")


def _row_card(row: AgendaRow) -> ItemCard:
    by_when = f"{'spread by' if row.is_practice else 'due'} {say_date(row.due_on)}"
    waits = "said to have spread, awaiting sign-off" if row.is_practice and row.status in REPORTED else ""
    line = " · ".join(part for part in (row.agency, by_when, waits) if part)
    return ItemCard(row.ref, row.text, line, row.brag.value.capitalize() if row.brag else None, said=row.said)


def digest(title: str, today: date, counts: Summary, meets: str | None, lines: Sequence[str] = ()) -> Message:
    """The weekly digest of a group or a partnership: counts and references; `lines` say what else there is."""
    always = (
        *_practice(counts),
        ("Open", str(len(counts.open))),
        ("Due in two weeks", _with_refs(counts.due_in_two_weeks)),
    )
    if_any = (
        ("Past date", counts.past_date),
        ("With the partnership chair", counts.with_chair),
        ("Awaiting sign-off", counts.awaiting_sign_off),
        ("Completed this week", counts.completed_this_week),
        ("New this week", counts.new_this_week),
        ("Difference not told yet", counts.untold),
    )
    pairs = (*always, *((name, _with_refs(rows)) for name, rows in if_any if rows))
    actions = (
        f"{len(counts.open)} open, {len(counts.due_in_two_weeks)} due in two weeks, "
        f"{len(counts.past_date)} past date, {len(counts.with_chair)} with the partnership chair"
    )
    first = f"Strong practice: {_spreads(counts)}. Actions: " if counts.practice else ""
    text = f"{title}, week to {say_date(today)}. {first}{actions}."
    blocks: list[Block] = [Heading(f"Weekly digest · {title}"), Say(f"Week to {say_date(today)}."), Facts(pairs)]
    more = [f"And {len(lines) - MOST_LINES} more."] if len(lines) > MOST_LINES else []
    blocks += [Say(line) for line in (*lines[:MOST_LINES], *more)]
    blocks.append(Fine(f"Next meeting: {meets}." if meets else "No next meeting is planned."))
    return Message(tuple(blocks), summary=text)


def _practice(counts: Summary) -> tuple[tuple[str, str], ...]:
    """Strong practice comes first, where there is any."""
    return (("Strong practice", _spreads(counts, _with_refs)),) if counts.practice else ()


def _spreads(counts: Summary, say: Callable[[Sequence[DigestRow]], str] = lambda rows: str(len(rows))) -> str:
    """How strong practice stands: "1 new, 2 to spread"."""
    parts = (
        (counts.practice_new, "new"),
        (counts.practice_open, "to spread"),
        (counts.practice_late, "past the date to spread by"),
        (counts.practice_waiting, "awaiting sign-off"),
        (counts.practice_spread, "spread this week"),
    )
    return ", ".join(f"{say(rows)} {words}" for rows, words in parts if rows)


def digests(parts: Sequence[Message]) -> Message:
    """The weekly digests of all of somebody's groups, in one message."""
    blocks = tuple(block for part in parts for block in part.blocks)
    count = "one of your groups" if len(parts) == 1 else f"{len(parts)} of your groups"
    note = Fine("You asked for this message. To stop it type /lif settings digest:no")
    return Message((*blocks, note), summary=f"Weekly digest of {count}.")


def _with_refs(rows: Sequence[DigestRow]) -> str:
    refs = ", ".join(sorted(row.ref for row in rows)[:12]) + (" …" if len(rows) > 12 else "")
    return f"{len(rows)} ({refs})" if rows else "0"
