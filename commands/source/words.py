"""What the commands of the learning register are told, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from commands import changes
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip
from lifbot.message import Ask, Block, Button, Fine, ItemCard, Message, Say
from lifbot.model import Agency, Group, LogEntry, Person, Source
from lifbot.policy import rights
from lifbot.profiles.parts import LearningMethod
from lifbot.tags import SCOPES
from lifbot.timescale import Question, read_span
from storage import meetings, milestones, records, sources

NAMELESS = "A neutral title: no child's or family's name."
Ref = Annotated[Source, Arg("source", "Reference")]
Title = Annotated[str, Arg("line", "Title", NAMELESS, longest=200, leading=True)]
Method = Annotated[str, Arg("line", "Method", "For example rapid review or thematic audit.", longest=80)]
Own = Annotated[str, Arg("line", "Own reference", "What you call it, such as LCSPR 2.", keys=("own",), longest=40)]
Lead = Annotated[Group, Arg("group", "Lead group", keys=("lead",))]
Responsible = Annotated[
    Person | None, Arg("who", "Responsible person", "You, unless you say otherwise.", keys=("responsible", "owner"))
]
Concerns = Annotated[str, Arg("choice", "Concerns", options=SCOPES, keys=("concerns",))]
OneAgency = Annotated[Agency | None, Arg("agency", "Agency", "Only where it is a single agency's own.")]
Themes = Annotated[tuple[str, ...], Arg("themes", "Themes", "With a comma between two.", keys=("themes",), longest=700)]
ORIGINS = (("own", "Our own"), ("outside", "From outside the partnership"))
Origin = Annotated[str, Arg("choice", "Learning from", options=ORIGINS, keys=("from",))]
ResultOf = Annotated[
    str, Arg("line", "Checks the result of", "An earlier action: SE-2026-014.", keys=("result-of",), longest=40)
]
DATES = {
    "notified": "notified_on",
    "started": "started_on",
    "finalised": "finalised_on",
    "published": "published_on",
}
Reason = Annotated[
    str,
    Arg("line", "Reason", "Without names or case details.", leads=("because",), keys=("because", "why"), longest=300),
]
Until = Annotated[str, Arg("line", "Until", "When to ask whether it still stands.", leads=("until",), longest=40)]
ON_HOLD = "is on hold, so nothing was changed. To go on with it, type /lif source lift"


def day(name: str, label: str) -> Any:
    """Return the argument of a date that may be in the past."""
    return Arg("line", label, "A date, also one that has passed.", name=name, longest=40)


def read_day(ctx: Context, said: str, field: str) -> date | None:
    """Return the day that words name, the past among them; nothing where nothing was said."""
    words = said.strip()
    if not words:
        return None
    if words.lower() in ("today", "now"):
        return ctx.scope.today
    span = read_span(words, meetings.calendar(ctx.scope, None))
    if isinstance(span, Question) or span.first is None or span.first != span.last:
        raise LifError(
            f"“{clip(words, 40)}” is not one day. Type it like 4 March 2026. Nothing was changed.", field=field
        )
    return span.first


def past_day(ctx: Context, said: str, field: str) -> date | None:
    """Return a day on which something has happened; one that is still to come is refused."""
    found = read_day(ctx, said, field)
    if found and found > ctx.scope.today:
        raise LifError(f"{say_date(found)} is still to come. Say it once it has happened.", field=field)
    return found


def method_of(ctx: Context, said: str) -> tuple[str, LearningMethod | None]:
    """Return the id of the profile's method that is meant, or free words where the partnership has no profile."""
    profile = ctx.scope.profile
    if profile is None:
        return said.strip(), None
    words = said.strip().casefold()
    exact = profile.method(said.strip()) or profile.method_called(said)
    part = [each for each in profile.learning_methods if words and words in each.name.casefold()]
    found = exact or (part[0] if len(part) == 1 else None)
    if found is None:
        names = ", ".join(each.name for each in part or profile.learning_methods)
        raise LifError(f"I do not know the method “{clip(said, 40)}”. Type one of: {names}.", field="method")
    return found.id, found


def require_seen(ctx: Context, source: Source) -> None:
    """Raise LifError where somebody may not see a source: whose agency it does not concern, or who may lift no hold."""
    if not may_see(ctx, source):
        raise LifError(f"{source.ref} can be seen by its agency's people and {rights.who_may('keep register')}.")


def may_see(ctx: Context, source: Source) -> bool:
    """Say whether the caller may see a source (K25: what is one agency's goes to that agency)."""
    group = group_of(ctx, source)
    if source.held_at and not ctx.may("hold", group):
        return False
    own = source.person == ctx.caller.id or (source.agency is not None and source.agency == ctx.caller.agency)
    return (own or ctx.may("see register", group)) and sources.may_see(
        source, ctx.caller, leads=ctx.may("keep register", group)
    )


def group_of(ctx: Context, source: Source) -> Group | None:
    """Return the group that leads a source."""
    return ctx.reader.groups.get(source.group_id or "")


def refuse_held(source: Source) -> None:
    """Raise LifError for a source on hold: until that is lifted nothing happens to it."""
    if source.held_at:
        raise LifError(f"{source.ref} {ON_HOLD} {source.ref}")


def refuse_ended(source: Source) -> None:
    """Raise LifError for a source that is closed, withdrawn or on hold."""
    refuse_held(source)
    if source.status != "open":
        raise LifError(f"{source.ref} is {source.status} already, so nothing was changed.")


def keep(ctx: Context, source: Source, before: dict[str, Any] | None, why: str | None = None) -> LogEntry:
    """Keep a new or changed source with its log entry, and let its clocks follow its dates."""
    words = ctx.command.words if ctx.command else "source"
    entry = records.write(ctx.scope, ctx.caller.id, words, source, before=before, why=why)
    milestones.run_clocks(ctx.scope, source, ctx.caller.id, entry)
    return entry


def card(ctx: Context, source: Source) -> ItemCard:
    """Return a source as one line among others."""
    group, late = group_of(ctx, source), milestones.late(ctx.scope, source)
    coming = milestones.coming(ctx.scope, source)
    state = "On hold" if source.held_at else source.status if source.status != "open" else ""
    parts = (
        sources.method_name(ctx.scope, source),
        ctx.reader.agency(source.agency),
        group.prefix if group else "",
        state,
        f"{late} past the date" if late else "",
        f"next: {coming.text}, {say_date(coming.due_on)}" if coming and not source.held_at else "",
    )
    buttons = (Button("Show", f"source show {source.ref}"),)
    return ItemCard(source.ref, source.title, " · ".join(part for part in parts if part), None, buttons)


def answer(ctx: Context, source: Source, entry: LogEntry, text: str, *more: Block) -> Message:
    """Confirm a change: what it is now, and the way back."""
    shown = replace(card(ctx, source), buttons=())
    show = Button("Show", f"source show {source.ref}")
    buttons = Ask("", (show, changes.undo_button(entry)))
    return Message((Say(text), shown, *more, Fine("Only you can see this answer."), buttons), summary=text)
