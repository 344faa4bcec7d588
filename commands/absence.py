"""Being away, and who stands in meanwhile: reminders, news and decisions go to the substitute; no date moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from commands.context import Context
from lifbot import timescale
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Button, Facts, Fine, Message, Say, say
from lifbot.model import Absence, LogEntry, Person
from lifbot.notices.absence import days
from lifbot.policy.moments import notice_moment
from lifbot.policy.rights import LEADS
from lifbot.timescale import DueDate
from storage import absences, log, meetings, outbox, people, posts, stand_ins

EXAMPLE = "Type for example: /lif person away 3 March to 20 March substitute:@grace"
I_AM_AWAY = Button("I am away…", "form person away")
SPAN = re.compile(r"(?:from\s+)?(.+?)\s*(?:\b(?:to|until|till)\b|\s[–—-]\s|[–—])\s*(.+)", re.IGNORECASE)
UNTIL = re.compile(r"(?:until|till|to)\s+(.+)", re.IGNORECASE)
BARE_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
Dates = Annotated[str, Arg("text", "From when to when", "For example “3 March to 20 March”.", longest=100)]
Substitute = Annotated[
    Person | None, Arg("who", "Substitute", "Who hears in your place and may answer.", keys=("instead", "with"))
]
Whose = Annotated[Person | None, Arg("who", "Person", "Somebody else who is away.", keys=("for",), in_form=False)]


@command(
    "person away",
    may="ask",
    title="Away",
    examples=("/lif person away 3 March to 20 March substitute:@grace", "/lif person away"),
)
def away(ctx: Context, dates: Dates = "", substitute: Substitute = None, person: Whose = None) -> Message:
    """Say that you are away and who stands in; without dates, see who is away."""
    if not dates.strip():
        return _who_is_away(ctx)
    whose = person or ctx.caller
    _require(ctx, whose)
    first, last = _read(ctx, dates)
    if substitute and substitute.id == whose.id:
        raise LifError(f"The substitute is somebody else. {EXAMPLE}", field="substitute")
    ended = [
        row for row in absences.standing(ctx.scope, whose.id) if row.from_on <= last and absences.last_day(row) >= first
    ]
    for row in ended:
        absences.end(ctx.scope, row)
    row = ctx.scope.add(
        Absence(
            partnership_id=ctx.scope.id,
            person=whose.id,
            from_on=first,
            until_on=last,
            substitute=substitute.id if substitute else None,
            created_at=ctx.scope.now,
            created_by=ctx.caller.id,
        )
    )
    entry = log.write(ctx.scope, ctx.caller.id, "person away", about=f"absence {row.id}")
    _tell(ctx, row, substitute.id if substitute else None, "substitute")
    _tell(ctx, row, whose.id, "away")
    ctx.__dict__.pop("reader", None)
    return _noted(ctx, row, whose, replaces=bool(ended), undo=f"undo {entry.id}")


@command("person back", may="ask", title="Back", examples=("/lif person back",))
def back(
    ctx: Context, person: Annotated[Person | None, Arg("who", "Person", "Yourself, unless you say who.")] = None
) -> Message:
    """Say that you are back, or not going away after all."""
    whose = person or ctx.caller
    _require(ctx, whose)
    found = absences.standing(ctx.scope, whose.id)
    if not found:
        raise LifError(f"{_you(ctx, whose, 'are', 'is')} not noted as away. {EXAMPLE}")
    row = found[0]
    begun = row.from_on <= ctx.scope.today
    absences.end(ctx.scope, row)
    log.write(ctx.scope, ctx.caller.id, "person back", about=f"absence {row.id}")
    if begun or row.created_at < ctx.scope.now:
        _tell(ctx, row, row.substitute, "back")
    said = "Welcome back." if whose.id == ctx.caller.id else f"{whose.name} is noted as back."
    text = f"{said} Reminders and news go to {_you(ctx, whose, 'you', '', whole=False)} again from now on."
    return Message((Say(text),), text)


def _require(ctx: Context, whose: Person) -> None:
    """Raise LifError unless it is about the caller, or somebody in a group whose lead they are."""
    if whose.id == ctx.caller.id:
        return
    groups = [each for each in people.groups(ctx.scope) if whose.id in people.members(ctx.scope, each)]
    if not any(ctx.roles(each) & LEADS for each in (*groups, None)):
        raise LifError(
            f"{whose.name}, their group's chair or deputy, or the business unit can do that. Nothing was changed."
        )


def _read(ctx: Context, said: str) -> tuple[date, date]:
    words = " ".join(said.split())
    until, span = UNTIL.fullmatch(words), SPAN.fullmatch(words)
    if until:
        first, last = ctx.scope.today, _day(ctx, until[1])
    elif span:
        start, end = span[1], span[2]
        bare = BARE_DAY.fullmatch(start.strip())
        rest = re.sub(r"^\s*\d{1,2}(?:st|nd|rd|th)?\s*", "", end)
        first, last = _day(ctx, f"{bare[1]} {rest}" if bare and rest else start), _day(ctx, end)
    else:
        first = last = _day(ctx, words)
    if last < first:
        raise LifError(f"That ends before it begins. {EXAMPLE}", field="dates")
    return first, last


def _day(ctx: Context, said: str) -> date:
    if said.strip().lower() in ("today", "now"):
        return ctx.scope.today
    read = timescale.read(said, meetings.calendar(ctx.scope, None))
    if not isinstance(read, DueDate):
        begun = "If it has begun: /lif person away until 20 March"
        raise LifError(f"{read.why} {EXAMPLE}. {begun}", field="dates")
    return read.on


def _tell(ctx: Context, row: Absence, person: str | None, role: str) -> None:
    if person and person != ctx.caller.id:
        opens = notice_moment(ctx.scope.now, ctx.scope.rules, ctx.scope.zone)
        about = {"absence": row.id, "role": role}
        key = f"absence/{row.id}/{role}/{person}"
        outbox.put(ctx.scope, key, "absence", person=person, about=about, not_before=opens)


def _noted(ctx: Context, row: Absence, whose: Person, *, replaces: bool, undo: str) -> Message:
    when = days(row.from_on, row.until_on)
    text = f"Thank you. {_you(ctx, whose, 'are', 'is')} noted as away {when}."
    lines = [
        text,
        *(["This takes the place of what was noted before."] if replaces else []),
        _heard_by(ctx, row, whose),
    ]
    lines += _posts(ctx, whose)
    fine = Fine("No date moves because of it. Anyone in the partnership can see who is away.")
    buttons = (Button("Undo", undo),)
    return Message((*map(Say, lines), fine, Ask("", buttons)), text)


def _heard_by(ctx: Context, row: Absence, whose: Person) -> str:
    """Say who will hear: the substitute, or whoever is next where that cannot be."""
    substitute = ctx.reader.people.get(row.substitute or "")
    if substitute is None:
        known = ctx.reader.roll.get(whose.id)
        link = known.link if known and known.link != whose.id else None
        other = ctx.reader.name(link) if link else "the group's chair or the business unit"
        return f"No substitute is named, so {other} hears instead. To name one, add substitute:@grace"
    if not stand_ins.open_accounts(substitute):
        return f"{substitute.name} is not reached by lifbot, so it goes to the next in line."
    for too in absences.standing(ctx.scope, substitute.id):
        if too.from_on <= row.until_on and too.until_on >= row.from_on:
            when = days(too.from_on, too.until_on)
            return f"{substitute.name} stands in, but is away too {when}: then it goes to the next in line."
    place = "in your place" if whose.id == ctx.caller.id else "in their place"
    return f"{substitute.name} hears {place} and may answer."


def _posts(ctx: Context, whose: Person) -> list[str]:
    held = posts.held(ctx.scope, whose.id)
    chairs = [post for post in held if post.startswith("chair of")]
    return (
        [f"As {' and '.join(chairs)}: the deputy decides first, then the substitute, then the business unit."]
        if chairs
        else []
    )


def _you(ctx: Context, whose: Person, second: str, third: str, *, whole: bool = True) -> str:
    if not whole:
        return second if whose.id == ctx.caller.id else whose.name
    return f"You {second}" if whose.id == ctx.caller.id else f"{whose.name} {third}"


def _who_is_away(ctx: Context) -> Message:
    rows: Sequence[Absence] = absences.to_come(ctx.scope)
    if not rows:
        text = "Nobody is noted as away."
        return Message((Say(text), Fine(EXAMPLE), Ask("", (I_AM_AWAY,))), text)
    now = sum(row.from_on <= ctx.scope.today for row in rows)
    text = f"{now} away today, {len(rows) - now} later." if len(rows) > now else f"{now} away today."
    pairs = tuple((ctx.reader.name(row.person), _said(ctx, row)) for row in rows[:40])
    return Message((Say(text), Facts(pairs), Fine(EXAMPLE), Ask("", (I_AM_AWAY,))), text)


def _said(ctx: Context, row: Absence) -> str:
    when = f"until {say_date(row.until_on)}" if row.from_on <= ctx.scope.today else days(row.from_on, row.until_on)
    return f"{when}, substitute {ctx.reader.name(row.substitute)}" if row.substitute else f"{when}, no substitute"


def take_back(ctx: Context, done: LogEntry) -> Message:
    """Undo that somebody was noted as away."""
    row = ctx.scope.get(Absence, int((done.about or "absence 0").removeprefix("absence ")))
    if row is None or row not in absences.standing(ctx.scope, row.person):
        raise LifError("That has ended already, so nothing was changed.")
    whose = ctx.reader.people[row.person]
    _require(ctx, whose)
    row.ended_on = row.from_on  # as if it had never begun
    ctx.scope.add(row)
    log.write(ctx.scope, ctx.caller.id, "undo", about=done.about, undoes=done.id)
    return say(f"Undone: {_you(ctx, whose, 'are', 'is')} not noted as away.")
