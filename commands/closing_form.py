"""The form with which a chair closes a meeting: the whole list, with nothing in it that must be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commands.context import Context
from commands.names import default_group, group
from commands.which_meeting import to_close
from lifbot.calendar import local_day, say_date
from lifbot.errors import LifError
from lifbot.grammar import clip
from lifbot.message import Field, Form
from lifbot.model import Group, Item, Meeting
from lifbot.policy.closing import A_CHOICE, MOST_CHOICES, Point, split
from storage import items, pack

FIELDS_APART = "\ue000"  # of the private use area: nobody types it
LABEL, CHOICE = 100, 70
A_FEW_WORDS = 300  # letters of what was said; more is typed, or told by an update
DECISIONS = (
    ("sign_off", "signoff", "Sign off", "Reported as done. Untick what was not agreed."),
    ("more_time", "agree", "Agree to the date asked for", "Tick what was agreed. The first date is kept for ever."),
    ("acceptance", "accept", "Accept as not completable", "Tick what was agreed."),
)


@dataclass(frozen=True)
class Place:
    """Where a form stands in a list that takes several: which it is, between which points, and since which entry."""

    number: int = 1
    begins: str = ""  # the key of the last point of the part before
    ends: str = ""  # the key of its own last point; empty in the last part, which closes the meeting
    since: str = ""  # the log's entry before the closing began

    @classmethod
    def read(cls, typed: str) -> Place:
        """Read what a form's command carries."""
        number, begins, ends, since = [*typed.split("|"), "", "", "", ""][:4]
        return cls(int(number) if number.isdigit() else 1, begins, ends, since)

    def __str__(self) -> str:
        return "|".join((str(self.number), self.begins, self.ends, self.since))


def make(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Make the form, or the part of it that `raw` names."""
    of = group(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
    if of is None:
        raise LifError("Which group? Type for example: /lif meeting close group:SE")
    form = _part(ctx, of, to_close(ctx, of), Place.read(raw.get("part", "")))
    return form or Form("Close the meeting", f"meeting close group:{of.id} confirm:yes", (), "Close meeting")


def next_part(
    ctx: Context, of: Group, meeting: Meeting, place: Place, since: int, faults: Sequence[str]
) -> Form | None:
    """Return the form of the part that comes next, if the list has more; what was not recorded is named in it."""
    if not place.ends:
        return None
    form = _part(ctx, of, meeting, Place(place.number + 1, place.ends, "", str(since)))
    missed = f" Not recorded: {' '.join(faults)}" if faults else ""
    return form and replace(form, intro=f"{form.intro}{missed}")


def _part(ctx: Context, of: Group, meeting: Meeting, place: Place) -> Form | None:
    """The form of what comes after a point; None where nothing does, but for the first."""
    first = not place.begins
    decisions = tuple(_decisions(_waiting(ctx, of))) if first else ()
    points = sorted(_points(ctx, of, meeting), key=lambda point: point.key)
    parts = split([point for point in points if point.key > place.begins], _size(decisions))
    if not (parts[0] or first):
        return None
    fields = (*decisions, *_fields(parts[0]))
    count = place.number + len(parts) - 1
    place = replace(place, ends=parts[0][-1].key if len(parts) > 1 else "")
    day = say_date(local_day(meeting.starts_at, ctx.scope.zone))
    line = f"meeting close group:{of.id} confirm:yes" + (f" part:{place}" if count > 1 else "")
    submit = f"Save part {place.number}" if place.ends else "Close meeting"
    return Form(
        "Close the meeting", line, fields, submit, f"{of.name}, {day}. {_how(place.number, count, bool(fields))}"
    )


def _how(number: int, count: int, has_fields: bool) -> str:
    how = "Nothing must be filled in: leave empty what was not discussed."
    if count == 1:
        return how if has_fields else "Nothing was waiting for it."
    before = " What you sent before is recorded." if number > 1 else ""
    whole = f"The list is long, so this is part {number} of {count}, and the last part closes the meeting."
    return f"{whole}{before} {how}"


def _size(decisions: Sequence[Field]) -> int:
    """How many bytes of a form the decisions take."""
    return sum(A_CHOICE + len(label.encode()) for each in decisions for _, label in each.options)


def _waiting(ctx: Context, of: Group) -> list[Item]:
    found = items.undecided(ctx.scope, Item.group_id == of.id)
    return [item for item in found if item.owner != ctx.caller.id]


def _decisions(waiting: Sequence[Item]) -> Iterator[Field]:
    for what, name, label, hint in DECISIONS:
        found = [item for item in waiting if item.waiting == what]
        if found:
            left = len(found) - MOST_CHOICES
            more = f" {left} more wait: /lif decisions" if left > 0 else ""
            options = tuple((item.ref, clip(_choice(item), CHOICE)) for item in found[:MOST_CHOICES])
            value = ",".join(ref for ref, _ in options) if what == "sign_off" else ""
            yield Field(name, label, "tick", required=False, hint=f"{hint}{more}", options=options, value=value)


def _choice(item: Item) -> str:
    asked = f" to {item.proposed_due}:" if item.waiting == "more_time" and item.proposed_due else ""
    return f"{item.ref}{asked} {item.text}"


def _points(ctx: Context, of: Group, meeting: Meeting) -> Iterator[Point]:
    """Every open item: what is for discussion or due has a line of its own, the rest stands in one menu."""
    found = pack.matters(ctx.scope, ctx.reader, of, meeting, ctx.caller.id)
    talked = {row.ref for row in (*found.challenges, *found.for_discussion)}
    due = {row.ref for row in (*found.overdue, *found.due)}
    for item in items.open_items(ctx.scope, Item.group_id == of.id):
        rank = 1 if item.ref in talked else 2 if item.ref in due else 3
        why = "for discussion" if rank == 1 else ""
        facts = (why, ctx.reader.agency(item.agency), f"due {say_date(item.due_on)}")
        label = clip(f"{item.ref} {item.text}", LABEL if rank < 3 else CHOICE)
        hint = " · ".join(part for part in facts if part) if rank < 3 else ""
        yield Point(f"{rank}/{item.due_on.isoformat()}/{item.id:07d}", item.ref, label, rank < 3, hint)


def _fields(points: Sequence[Point]) -> Iterator[Field]:
    for point in points:
        if point.has_line:
            yield Field(
                f"said {point.ref}",
                point.label,
                "line",
                required=False,
                hint=point.hint,
                placeholder="What was said?",
                max_length=A_FEW_WORDS,
            )
    rest = tuple((point.ref, point.label) for point in points if not point.has_line)
    if rest:
        hint = "Choose those that were spoken of and are on track."
        yield Field("on_track", "Discussed, on track", "several", required=False, hint=hint, options=rest)
