"""The digest on demand."""

from __future__ import annotations

from commands.arguments import InGroup
from commands.context import Context
from lifbot import notices
from lifbot.calendar import say_moment
from lifbot.grammar import command
from lifbot.message import Message
from storage import meetings, pack


@command("digest now", may="see", title="Digest", examples=("/lif digest now",))
def now(ctx: Context, group: InGroup) -> Message:
    """Show the week's digest of a group, for you alone."""
    coming = meetings.next_meeting(ctx.scope, group.id)
    counts = pack.summary(ctx.scope, ctx.reader, group, ctx.caller.id)
    meets = say_moment(coming.starts_at, ctx.scope.zone) if coming else None
    return notices.digest(group.name, ctx.scope.today, counts, meets, pack.lines(ctx.scope, group, ctx.caller.id))
