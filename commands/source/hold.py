"""A hold on a source (a court order, proceedings): everything that came of it is silent until somebody lifts it."""

from __future__ import annotations

import re
from typing import Annotated

from commands.context import Context
from commands.source import words
from commands.source.words import Ref, Until
from lifbot.calendar import say_date
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Block, Fine, Message
from lifbot.model import Source
from storage import holds, records, sources

REASONS = (("court_order", "Court order"), ("proceedings", "Proceedings"), ("other", "Other"))
SPOKEN = (
    ("court_order", r"court\s+order|injunction|court_order"),
    ("proceedings", r"proceedings|trial|inquest|police"),
)
Because = Annotated[
    str,
    Arg("line", "Reason", "Without names or case details.", leads=("because",), keys=("because", "why"), longest=300),
]
SILENT = (
    "While it is on hold nothing shows it or what came of it, no notice and no export, and nobody is reminded. "
    "Only the business unit and the partnership chair can see that it is on hold."
)


def _kind(said: str) -> str:
    return next((kind for kind, pattern in SPOKEN if re.search(pattern, said, re.IGNORECASE)), "other")


@command(
    "source hold",
    may="hold",
    title="Put a source on hold",
    examples=("/lif source hold LR-2026-003 because court order until 30 June",),
)
def hold(ctx: Context, source: Ref, because: Because, until: Until = "") -> Message:
    """Silence a source and all that came of it, with the reason, until somebody lifts that."""
    if source.status == "withdrawn":
        raise LifError(f"{source.ref} is withdrawn, so nothing was changed.")
    day = words.read_day(ctx, until, "until")
    if day and day <= ctx.scope.today:
        raise LifError("Until which day? It is to be asked about on a day still to come.", field="until")
    before = records.picture(source)
    source.held_at, source.held_by = source.held_at or ctx.scope.now, ctx.caller.id
    source.hold_reason, source.hold_note, source.hold_until = _kind(because), because, day
    source.look_again_at = ctx.scope.now if day else None
    entry = records.write(ctx.scope, ctx.caller.id, "source hold", source, before=before, why=because)
    holds.settle(ctx.scope)
    ctx.__dict__.pop("reader", None)
    asked = f" On {say_date(day)} the business unit is asked whether it still stands." if day else ""
    return words.answer(ctx, source, entry, f"{source.ref} is on hold.{asked}", Fine(SILENT))


@command("source lift", may="hold", title="Lift a hold", examples=("/lif source lift LR-2026-003",), replaces=True)
def lift(ctx: Context, source: Ref) -> Message:
    """End a hold: what came of the source is shown again, and its clocks go on from where they were."""
    if source.held_at is None:
        raise LifError(f"{source.ref} is not on hold, so nothing was changed.")
    before = records.picture(source)
    source.held_at = source.held_by = source.hold_reason = source.hold_note = source.hold_until = None
    source.look_again_at = None
    entry = records.write(ctx.scope, ctx.caller.id, "source lift", source, before=before)
    count = holds.settle(ctx.scope)
    ctx.__dict__.pop("reader", None)
    told = f" {count} item{'' if count == 1 else 's'} of it can be seen again, and reminders go on." if count else ""
    return words.answer(ctx, source, entry, f"{source.ref} is no longer on hold.{told}")


def told(ctx: Context, source: Source) -> list[Block]:
    """Return what the business unit and the partnership chair may read of a hold, and how it is lifted."""
    if source.held_at is None:
        return []
    until = f" until {say_date(source.hold_until)}" if source.hold_until else ""
    by = ctx.reader.name(source.held_by)
    said = (
        f"On hold{until}: {source.hold_note or dict(REASONS).get(source.hold_reason or '', '')} (put on hold by {by})."
    )
    return [Fine(said), Fine(SILENT)]


def counted(ctx: Context, source: Source) -> int:
    """Return how many items are silent with a source."""
    return len(sources.items_of(ctx.scope.with_held, source))
