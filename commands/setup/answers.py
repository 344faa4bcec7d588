"""How a change of the partnership is confirmed, and how its forms are opened."""

from __future__ import annotations

from commands import changes
from commands.context import Context
from commands.setup.draft import Draft
from commands.setup.standing import next_button
from lifbot.errors import LifError
from lifbot.message import Ask, Block, Button, Fine, Form, Message, Say
from lifbot.model import LogEntry

SEEN_BY = "Only you see this answer. The change is in the log."


def kept(draft: Draft, entry: LogEntry | None, text: str, *more: Block, buttons: tuple[Button, ...] = ()) -> Message:
    """Confirm a change: what it is now, who was added, the way back and the way on; LifError where nothing differs."""
    if entry is None:
        raise LifError("Nothing in that differs from what is set up, so nothing was changed.")
    blocks: list[Block] = [Say(text), *more]
    if draft.added:
        blocks.append(Say(f"New in the partnership: {', '.join(draft.added)}."))
    ways = (*buttons, *(() if buttons else next_button(Draft(draft.ctx))), changes.undo_button(entry))
    return Message((*blocks, Fine(SEEN_BY), Ask("", ways)), summary=text)


def opened(ctx: Context, form: Form, instead: str) -> Message:
    """Open a form; where that cannot be done now, say what to type instead, with a button that opens it."""
    button = Button("Open form", f"form {form.command}")
    return Message((Say(instead), Ask("", (button,))), form=form if ctx.incoming.can_open_form else None)
