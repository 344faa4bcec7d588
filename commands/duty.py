"""Recurring duties of the partnership's profile: what comes round, who owes it, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from commands.ask import button_line
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.grammar import command, line
from lifbot.message import Ask, Block, Button, Fine, Heading, Message, say
from lifbot.model import Group, Item
from lifbot.profiles import Duty, Profile
from storage import duties, people

NO_PROFILE = (
    "No profile is chosen, so lifbot knows of no recurring duties. The business unit can choose one: "
    "type /lif setup partnership"
)
SMALL = "No duty starts by itself. Once started, it runs as an action that repeats. Only you see this."


@command("duty list", may="ask", title="Recurring duties", examples=("/lif duty list",))
def list_(ctx: Context) -> Message:
    """Show what comes round every quarter or year, who owes it, and when it is due next."""
    profile = ctx.scope.profile
    if profile is None:
        return say(NO_PROFILE)
    if not profile.duties:
        return say(f"The framework of {profile.name} names no recurring duties.")
    blocks = [block for duty in profile.duties for block in _told(ctx, profile, duty)]
    return Message((Heading("Recurring duties"), *blocks, Fine(SMALL)), summary="Recurring duties")


def _told(ctx: Context, profile: Profile, duty: Duty) -> list[Block]:
    """One duty: what it is, where it stands, and a button to start it."""
    often = duty.said(ctx.scope.partnership.answers)
    whose = " to ".join(who for who in (_named(ctx, profile, each) for each in (duty.giver, duty.receiver)) if who)
    what = f"{duty.name}, {often or 'how often is still to be said'}{f' · {whose}' if whose else ''}"
    running = duties.running(ctx.scope, duty)
    return [Ask(f"{what}: {_standing(ctx, running)}.", _ways(ctx, profile, duty, often, running))]


def _standing(ctx: Context, running: Sequence[Item]) -> str:
    """When it is due next, for those who may see the log it is in."""
    seen = [item for item in running if ctx.may("see", ctx.reader.groups.get(item.group_id), item)]
    if seen:
        return "; ".join(f"{item.ref} is due on {say_date(item.due_on)}" for item in seen)
    return "under way in a group whose log you do not see" if running else "not started"


def _ways(ctx: Context, profile: Profile, duty: Duty, often: str | None, running: Sequence[Item]) -> tuple[Button, ...]:
    if often is None:
        return (Button("Say how often…", "form setup duties"),) if ctx.may("set up", None) else ()
    owing = _group(ctx, profile, duty.giver)
    logging = [group for group in ([owing] if owing else people.groups(ctx.scope)) if ctx.may("log", group)]
    # What each subgroup owes is started by each of them.
    each = duty.giver is not None and duty.giver.startswith("each")
    if not logging or (running and not each):
        return ()
    said = {"text": duty.name, "repeats": often, "source": duty.name}
    here = {"group": owing.id} if owing else {}
    return (Button("Start…", button_line(ctx, f"form {line('action add', '', **said, **here)}")),)


def _named(ctx: Context, profile: Profile, who: str | None) -> str:
    """Who owes a duty or gets it: the partnership's own name of a group, else as the profile has it."""
    group = _group(ctx, profile, who)
    named = {board.id: board.name for board in profile.boards} | {unit.id: unit.name for unit in profile.units}
    named = {"business_unit": "business unit"} | {each.id: each.name for each in profile.groups} | named
    return group.name if group else named.get(who or "", who or "")


def _group(ctx: Context, profile: Profile, who: str | None) -> Group | None:
    known = profile.group(who) if who else None
    return next((row for row in people.groups(ctx.scope) if known and known.goes_by(row.id, row.name)), None)
