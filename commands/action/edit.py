"""Changing what an item says: words, owner, date, criteria; what was agreed changes only with a reason."""

from __future__ import annotations

from typing import Annotated, Any

from commands import ask, changes
from commands.action import repeat
from commands.action.decide import set_date
from commands.action.ownership import give
from commands.arguments import OFTEN, Criteria, Ref, Source
from commands.bind import Due
from commands.context import Context
from commands.need import missing
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import CHALLENGE
from lifbot.message import Ask, Message, Say
from lifbot.model import Agency, Item, Person, Update
from lifbot.rhythm import Rhythm
from storage import holds, items, log, sources

AGREED = ("text", "owner", "due", "success_criteria")
"""What the group agreed on: a change of it needs a reason."""
NAMES = {"text": "text", "owner": "owner", "due": "date", "success_criteria": "success criteria", "repeats": "rhythm"}
MAY_BE_EMPTY = ("source", "success_criteria", "repeats")
NewText = Annotated[str, Arg("text", "What is to be done", keys=("text",))]
OwnerNow = Annotated[Person | None, Arg("who", "Accountable owner", "One person answers for it.")]
DueNow = Annotated[Due | None, Arg("when", "By when", "A date, “next meeting” or “within three months”.", keys=("by",))]
WhyChanged = Annotated[
    str,
    Arg(
        *("text", "Reason", "Why is it changed? Needed for words, owner, date and success criteria."),
        leads=("because",),
        keys=("because", "why"),
        usual=True,
    ),
]
RepeatsNow = Annotated[Rhythm | None, Arg("rhythm", "Repeats", "For example “every quarter”; or never.", looks=OFTEN)]
AgencyNow = Annotated[Agency | None, Arg("agency", "Lead agency")]


def refuse_withdrawn(ctx: Context, item: Item) -> None:
    """Raise LifError for an item that is out of the log already."""
    if item.status in ("withdrawn", "superseded"):
        raise LifError(f"{item.ref} is {item.status} already, so nothing was changed.")


def as_it_stands(ctx: Context, item: Item) -> dict[str, str]:
    """Return an item's words, owner and date as they would be typed."""
    held = {"text": item.text, "success_criteria": item.success_criteria, "source": item.source, "agency": item.agency}
    held |= {"repeats": item.repeats_text}
    if item.status in items.OPEN:
        held |= {"owner": f"@{item.owner}", "due": item.timescale_text if item.due_meeting else say_date(item.due_on)}
    return {name: value for name, value in held.items() if value}


def only_what_is_new(ctx: Context, raw: dict[str, str]) -> None:
    """Leave out what a form gives back as it was: a date that has passed would be asked about."""
    ref = raw.get("item", "")
    found = items.find(ctx.scope, ref, ctx.here) if ctx.incoming.kind == "form" else []
    held = as_it_stands(ctx, found[0]) if len(found) == 1 else {}
    for name in [name for name, value in raw.items() if value.strip() and held.get(name) == value.strip()]:
        del raw[name]


@command(
    "action edit",
    may="decide",
    title="Edit",
    examples=(
        "/lif action edit SE-2026-014 text:Audit MASH thresholds and timeliness because the scope grew",
        "/lif action edit SE-2026-014 owner:@grace due:30 June because Cleo has moved teams",
    ),
    sentence=only_what_is_new,
    fits=refuse_withdrawn,
    stands=as_it_stands,
)
def edit(
    ctx: Context,
    item: Ref,
    text: NewText = "",
    owner: OwnerNow = None,
    due: DueNow = None,
    success_criteria: Criteria = "",
    source: Source = "",
    agency: AgencyNow = None,
    repeats: RepeatsNow = None,
    because: WhyChanged = "",
) -> Message:
    """Change an item's text, owner, date, success criteria, source or agency; what was agreed needs a reason."""
    said: dict[str, Any] = {"text": text, "owner": owner, "due": due, "success_criteria": success_criteria}
    said |= {"source": source, "agency": agency, "repeats": repeats}
    new = {name: value for name, value in said.items() if _differs(item, name, value)}
    new |= {name: None for name in MAY_BE_EMPTY if name in ask.emptied(ctx) and getattr(item, name)}
    if not new:
        raise LifError(f"Nothing in that differs. Type for example: /lif action edit {item.ref} text:… because …")
    _refuse_closed(ctx, item, new)
    if item.kind == CHALLENGE:
        changes.refuse_case(text)
    if not because and set(new) & set(AGREED):
        return _ask_why(ctx, item, new)
    return _changed(ctx, item, new, because)


def _differs(item: Item, name: str, value: Any) -> bool:
    match value:
        case Person():
            return value.id != item.owner
        case Due():
            return (value.on, value.meeting_id) != (item.due_on, item.due_meeting)
        case Agency():
            return value.id != item.agency
        case Rhythm():
            return value.rrule != (item.repeats or "")
        case _:
            return bool(value) and value != getattr(item, name)


def _refuse_closed(ctx: Context, item: Item, new: dict[str, Any]) -> None:
    """Raise LifError for another owner or date of an item on which nothing is to be done any more."""
    if item.status not in items.OPEN and (kept := [name for name in ("owner", "due", "repeats") if name in new]):
        stands = ctx.reader.view(item).status_word
        raise LifError(f"{item.ref} is {stands}, so its {NAMES[kept[0]]} stays. Nothing was changed.", field=kept[0])


def _ask_why(ctx: Context, item: Item, new: dict[str, Any]) -> Message:
    """Ask for the reason; in a form beside its field, else with what was typed kept."""
    what = " and ".join(NAMES[name] for name in AGREED if name in new)
    if ctx.incoming.kind == "form":
        raise LifError(f"Please say why the {what} changes: it was agreed.", field="because")
    raw = {"item": item.ref, **{name: ask.said_of(value) for name, value in new.items()}}
    return ask.question(ctx, edit, raw, [missing(ctx, edit.arg("because"), {"item": item})])


def _changed(ctx: Context, item: Item, new: dict[str, Any], because: str) -> Message:
    before, old = log.picture(item), (item.owner, item.due_on)
    for name, value in new.items():
        _set(ctx, item, name, value)
    said = [name.replace("_", " ") for name in new if name not in ("owner", "due")]
    if said:
        _history(ctx, item, "edited", ", ".join(said) + (f": {because}" if because else ""))
    if "owner" in new:
        _history(ctx, item, "reassigned", f"{ctx.reader.name(old[0])} to {new['owner'].name}: {because}")
    if "due" in new:
        item.extensions += 1
        _history(ctx, item, "extended", f"{say_date(old[1])} to {say_date(item.due_on)}: {because}")
    entry = changes.keep(ctx, item, before, why=because or None)
    if "source" in new and holds.is_held(ctx.scope, item.source_id):
        holds.settle(ctx.scope)
        said_of = f"{item.ref} is changed. {holds.SILENT}"
        return Message((Say(said_of), Ask("", (changes.undo_button(entry),))), summary=said_of)
    _tell(ctx, item, new, old[0])
    what = ", ".join(NAMES.get(name, name) for name in new)
    return changes.answer(ctx, item, entry, f"{item.ref} is changed ({what}).")


def _set(ctx: Context, item: Item, name: str, value: Any) -> None:
    match value:
        case Person():
            give(ctx, item, value)
        case Due():
            set_date(ctx, item, value)
        case Agency():
            item.agency = value.id
        case Rhythm():
            repeat.set_rhythm(item, value)
        case None if name == "repeats":
            item.repeats = item.repeats_text = None
        case _:
            setattr(item, name, value or None)
    if name == "source":
        known = sources.linked(ctx.scope, item.source)
        item.source_id = known.id if known else None


def _history(ctx: Context, item: Item, kind: str, text: str) -> None:
    row = Update(partnership_id=ctx.scope.id, item_id=item.id, at=ctx.scope.now, by=ctx.caller.id, kind=kind, text=text)
    ctx.scope.add(row)


def _tell(ctx: Context, item: Item, new: dict[str, Any], old_owner: str) -> None:
    """Tell whom it concerns: a new owner, the one before, or the owner whose date it is."""
    if "owner" in new:
        changes.tell(ctx, item.owner, item, "assigned")
        changes.tell(ctx, old_owner, item, "reassigned")
    elif "due" in new:
        changes.tell(ctx, item.owner, item, "re_dated")
    elif set(new) & set(AGREED):
        changes.tell(ctx, item.owner, item, "edited")
