"""How a change of a notice is confirmed, and who may make one."""

from __future__ import annotations

from commands import changes
from commands.context import Context
from lifbot.errors import LifError
from lifbot.message import Ask, Block, Button, Fine, Message, Say
from lifbot.model import LogEntry, Notice
from lifbot.notices import publishing as saying
from storage import holds
from storage import notices as stored

UNCHANGED = "Nothing was changed."
SEEN_BY = "This is in the log. Only you see this answer."


def kept(
    ctx: Context,
    notice: Notice,
    entry: LogEntry | None,
    text: str,
    *more: Block,
    buttons: tuple[Button, ...] = (),
) -> Message:
    """Confirm a change: what it is now, who can see it, what may follow, and the way back where there is one."""
    ways = (*buttons, *((changes.undo_button(entry),) if entry else ()))
    row = [Ask("", ways)] if ways else []
    blocks = (Say(text), saying.card(stored.view(ctx.scope, notice)), *more, Fine(SEEN_BY), *row)
    return Message(blocks, summary=text)


def refuse_held(ctx: Context, notice: Notice) -> None:
    """Raise LifError for a notice that a hold silences; who does not keep notices hears that there is none."""
    if stored.is_held(ctx.scope, notice):
        if not ctx.may("write notice", None):
            raise LifError(f"There is no {notice.ref} here. Type /lif notice list to see the references.")
        if not ctx.may("hold", None):
            raise LifError(f"{notice.ref}: {holds.SILENT[0].lower()}{holds.SILENT[1:]} {UNCHANGED}")
        raise LifError(
            f"What {notice.ref} comes from is on hold, so it stays silent until the hold is lifted. {UNCHANGED}"
        )


def refuse_ended(notice: Notice) -> None:
    """Raise LifError for a notice that is closed or withdrawn."""
    if notice.status in ("closed", "withdrawn"):
        raise LifError(f"{notice.ref} is {notice.status}, so nothing was changed.")


def is_hidden(ctx: Context, notice: Notice) -> bool:
    """Say whether somebody may not see a notice yet: it is out, or they write, check or have written it."""
    is_part = ctx.caller.id in (notice.author, notice.checker) or ctx.may("write notice", None)
    return not is_part and notice.status not in stored.OUT and notice.published_at is None
