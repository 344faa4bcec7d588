"""Embedding seen together: the check list of a group, by agency in counts, and under the three questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from commands.action.find import visible
from commands.context import Context
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.kinds import PRACTICE
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Say
from lifbot.model import Group, Impact, Item
from lifbot.policy import clocks, impact, rights
from lifbot.timescale import Question, read_span
from storage import impacts, meetings, themes

OfGroup = Annotated[Group | None, Arg("group", "Group")]
FirstGroup = Annotated[Group | None, Arg("group", "Group", leading=True)]
Period = Annotated[str, Arg("line", "Period", "The plan's year, unless you say otherwise.", keys=("in",), longest=60)]
MOST, WORDS = 8, 6  # items of each state, and answers of each question, that are shown
TITLES = (
    ("not_yet", "Not yet embedded"),
    ("partly", "Partly embedded"),
    ("silent", "Asked, and not answered yet"),
    ("embedded", "Embedded in practice"),
    ("", "Not asked about yet"),
)


def _seen(ctx: Context, group: Group | None) -> list[str]:
    """The groups whose items are looked at: the one that was named, else all that the caller may see."""
    sees = visible(ctx)
    if group and group.id not in sees:
        raise LifError(f"What {group.name} has embedded can be seen by {rights.who_may('see')}.")
    return [group.id] if group else sees


def _state(item: Item, rows: Sequence[Impact]) -> str:
    """Where an item stands: its newest answer, else whether it was asked about."""
    if item.embedded:
        return item.embedded
    return "silent" if any(row.status == "waiting" and row.chased for row in rows) else ""


@command(
    "impact list", may="ask", title="Embedding", examples=("/lif impact list", "/lif impact list SE"), replaces=True
)
def list_(ctx: Context, group: OfGroup = None) -> Message:
    """List what is signed off by whether it is embedded: not yet, partly, not answered, embedded."""
    found = impacts.told_items(ctx.scope, _seen(ctx, group))
    rows = impacts.by_item(ctx.scope, {item.id for item in found})
    states = {item.id: _state(item, rows.get(item.id, ())) for item in found}
    title = f"What is embedded{f' · {group.name}' if group else ''}"
    if not found:
        note = "Nothing is signed off yet. Some months after that, owners are asked what difference it made."
        return Message((Heading(title), Say(note), Fine("Only you can see this list.")), summary=title)
    blocks: list[Block] = [Heading(title)]
    for state, name in TITLES:
        some = [item for item in found if states[item.id] == state]
        if state and some:
            cards = tuple(_card(ctx, item, state) for item in some[:MOST])
            blocks.append(ItemList(f"{name} ({len(some)})", cards))
            blocks += [Fine(f"And {len(some) - MOST} more.")] if len(some) > MOST else []
        elif some:
            blocks.append(Say(f"{name}: {len(some)}."))
    return Message((*blocks, Fine("Only you can see this list.")), summary=title)


def _card(ctx: Context, item: Item, state: str) -> ItemCard:
    view = ctx.reader.view(item)
    since = f"signed off on {say_date(item.signed_off_on)}" if item.signed_off_on else ""
    again = _again(ctx, item) if state in ("not_yet", "partly") else ""
    said = " ".join(part for part in (clip(item.impact or "", 200), again) if part)
    buttons = (Button("Show", f"impact show {item.ref}"),)
    line = " · ".join(part for part in (view.owner, view.agency, since) if part)
    return ItemCard(item.ref, clip(item.text, 200), line, None, buttons, said)


def _again(ctx: Context, item: Item) -> str:
    """Say which of its themes came up again since, in another source: a sign that it has not taken hold."""
    found = themes.again_since(ctx.scope, item)
    parts = [f"“{theme}” has come up again since, in {', '.join(refs[:3])}." for theme, refs in found[:3]]
    return " ".join(parts)


@dataclass
class AgencyCount:
    """What an agency's items add up to."""

    states: Counter[str] = field(default_factory=Counter)
    voices: int = 0
    evidence: Counter[str] = field(default_factory=Counter)
    audited_on: date | None = None


@command("impact by agency", may="ask", title="Embedding by agency", examples=("/lif impact by agency",), replaces=True)
def by_agency(ctx: Context) -> Message:
    """Count by agency what is embedded, with which evidence, their own audits, and where children's views counted."""
    every = impacts.told_items(ctx.scope, list(ctx.reader.groups))
    rows = impacts.by_item(ctx.scope, {item.id for item in every})
    counts: dict[str, AgencyCount] = {}
    for item in every:
        _count(ctx, counts.setdefault(item.agency or "", AgencyCount()), item, rows.get(item.id, ()))
    title = "What is embedded, by agency"
    if not counts:
        return Message((Heading(title), Say("Nothing is signed off yet.")), summary=title)
    names = {id: ctx.reader.agency(id) or "No agency named" for id in counts}
    pairs = tuple((names[id], _counted(counts[id])) for id in sorted(counts, key=lambda id: (not id, names[id])))
    note = Fine("Counts of all groups; nobody is named. Only you can see this answer.")
    return Message((Heading(title), Facts(pairs), note), summary=title)


def _count(ctx: Context, into: AgencyCount, item: Item, rows: Sequence[Impact]) -> None:
    into.states[_state(item, rows)] += 1
    told = [row for row in rows if row.status == "answered"]
    into.voices += any(row.voice for row in told)
    for row in told:
        if row.evidence_type:
            into.evidence[row.evidence_type] += 1
        if impact.is_own_audit(row.evidence_type or "") and row.answered_at:
            day = local_day(row.answered_at, ctx.scope.zone)
            into.audited_on = max(day, into.audited_on or day)


def _counted(count: AgencyCount) -> str:
    words = {state: name.lower() for state, name in TITLES}
    parts = [f"{count.states[state]} {words[state]}" for state, _ in TITLES if count.states[state]]
    parts += [f"children’s and families’ views told of {count.voices}"] if count.voices else []
    parts += [f"{name}: {many}" for name, many in count.evidence.most_common(4)]
    parts += [f"latest own audit {say_date(count.audited_on)}"] if count.audited_on else []
    return "; ".join(parts)


@command(
    "impact oba",
    may="ask",
    title="The three questions",
    examples=("/lif impact oba", "/lif impact oba SE in:this quarter"),
    replaces=True,
)
def oba(ctx: Context, group: FirstGroup = None, period: Period = "") -> Message:
    """Answer the three questions for a year or a quarter: how much did we do, how well, what difference did it make."""
    first, last, when = _period(ctx, group, period)
    signed = impacts.told_items(ctx.scope, _seen(ctx, group))
    rows = impacts.by_item(ctx.scope, {item.id for item in signed})
    done = [item for item in signed if item.signed_off_on and first <= item.signed_off_on <= last]
    told = [
        (item, row)
        for item in signed
        for row in rows.get(item.id, ())
        if row.status == "answered" and row.answered_at and first <= local_day(row.answered_at, ctx.scope.zone) <= last
    ]
    newest = {item.id: (item, row) for item, row in told}
    where = group.name if group else "All your groups"
    title = f"{where}, {when}"
    parts = (
        *_part("How much did we do?", _how_much(done), "how_much", told),
        *_part("How well did we do it?", _how_well(done, told), "how_well", told),
        *_part("What difference did it make?", _difference(newest), "difference", told),
    )
    return Message((Heading(title), *parts, Fine("Only you can see this answer.")), summary=title)


def _period(ctx: Context, group: Group | None, said: str) -> tuple[date, date, str]:
    if not said:
        first, last = clocks.year_of(ctx.scope.today)
        return first, last, f"{say_date(first)} to {say_date(last)}"
    span = read_span(said, meetings.calendar(ctx.scope, group))
    if isinstance(span, Question):
        raise LifError(f"{span.why} Type for example: in:this quarter", field="period")
    return span.first or date.min, span.last or date.max, span.words


def _part(title: str, counts: str, name: str, told: Sequence[tuple[Item, Impact]]) -> tuple[Block, ...]:
    """One question: the counts, then what owners said, each once and the latest first."""
    said = {(item.ref, text): f"{item.ref}: {clip(text, 300)}" for item, row in told if (text := getattr(row, name))}
    lines = list(said.values())[::-1]
    more = (Fine(f"And {len(lines) - WORDS} more answers."),) if len(lines) > WORDS else ()
    return (Heading(title), Say(counts), *((Say("\n".join(lines[:WORDS])),) if lines else ()), *more)


def _how_much(done: Sequence[Item]) -> str:
    kinds = Counter(item.kind for item in done)
    names = (
        *((PRACTICE, "strong practice spread", "strong practices spread"), ("action", "action", "actions")),
        ("recommendation", "recommendation", "recommendations"),
    )
    parts = [f"{kinds[kind]} {one if kinds[kind] == 1 else many}" for kind, one, many in names if kinds[kind]]
    return f"Signed off: {', '.join(parts)}." if parts else "Nothing was signed off."


def _how_well(done: Sequence[Item], told: Sequence[tuple[Item, Impact]]) -> str:
    on_time = sum(item.due_on == item.original_due_on for item in done)
    shown = len({item.id for item, row in told if row.evidence or row.url or row.evidence_type})
    first = f"{on_time} of {len(done)} kept the date that was first agreed. " if done else ""
    return f"{first}{shown} answered with evidence."


def _difference(newest: Mapping[int, tuple[Item, Impact]]) -> str:
    states = Counter(row.embedded for _, row in newest.values())
    voices = sum(bool(row.voice) for _, row in newest.values())
    parts = [f"{states[state]} {name}" for state, name in impact.STATES.items() if states[state]]
    if not parts:
        return "No owner has answered in this time."
    views = f" Children’s and families’ views shaped {voices}." if voices else ""
    return f"{', '.join(parts).capitalize()}.{views}"


def silent(ctx: Context) -> tuple[Block, ...]:
    """Return what the caller, as chair, is to know: owners who were asked what difference it made have not said."""
    pairs = [pair for pair in impacts.unanswered(ctx.scope) if ctx.reader.decider(pair[0]) == ctx.caller.id]
    if not pairs:
        return ()
    cards = tuple(_silent_card(ctx, item) for item, _ in pairs[:MOST])
    more = f"And {len(pairs) - MOST} more: /lif impact list" if len(pairs) > MOST else ""
    title = f"What difference it made is not told yet ({len(pairs)})"
    return (ItemList(title, cards), *((Ask(more),) if more else ()))


def _silent_card(ctx: Context, item: Item) -> ItemCard:
    view = ctx.reader.view(item)
    since = f"signed off on {say_date(item.signed_off_on)}" if item.signed_off_on else ""
    line = " · ".join(part for part in (view.owner, view.agency, since) if part)
    buttons = (Button("Answer…", f"form impact {item.ref}"), Button("Show", f"action show {item.ref}"))
    return ItemCard(item.ref, clip(item.text, 140), line, None, buttons)
