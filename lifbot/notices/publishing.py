"""A notice on its way out: who is asked to check it, what its author hears, how a list and a page show it."""

from __future__ import annotations

from collections.abc import Sequence

from lifbot.calendar import say_date
from lifbot.message import Ask, Block, Button, Facts, Fine, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.dissemination import NoticeView, dissemination
from lifbot.notices.nudge import Beside
from lifbot.policy.publishing import TICKS

CONFIRMED_BY = "What you confirm is kept in the log with your name and the day."
STATES = {
    "draft": "draft",
    "checked": "checked, not published yet",
    "published": "published",
    "closed": "closed",
    "withdrawn": "withdrawn",
}
NEWS = {
    "approved": "{checker} has checked {ref} and confirms it.",
    "approved_out": "{checker} has checked {ref} and confirms it, so it is published.",
    "approved_edit": "{checker} has checked the change of {ref}. It shows wherever the notice was posted.",
    "sent_back": "{checker} sends {ref} back. It is not published.",
    "published": "{ref} is published, as planned.",
    "published_by": "{ref}, which you wrote, is published.",
    "held": "{ref} was not published at its time: what it comes from is on hold.",
    "held_post": "{ref} was not posted: what it comes from is on hold.",
    "silent": "{ref} was not published at its time. It is silent for now; the business unit can say why.",
    "silent_post": "{ref} was not posted. It is silent for now; the business unit can say why.",
    "unchecked": "{ref} was not published at its time: nobody has confirmed the check yet.",
}
THEN = {
    "approved": "Publish it when you are ready.",
    "sent_back": "Edit it and ask again.",
    "held": "Once the hold is lifted, publish it again.",
    "held_post": "Once the hold is lifted, withdraw it or write a new one.",
    "unchecked": "Once it is checked, publish it or give it a new time.",
}


def check(view: NoticeView, author: str, record: str, at: str) -> Message:
    """Ask a second person to check a notice, all of which they see."""
    change = "the change of a published notice" if view.status == "published" else "this notice before it is published"
    text = f"{author} asks you to check {change}."
    when = [Say(at)] if at else []
    whole = dissemination(view).blocks
    buttons = Ask("", checker_buttons(view.ref))
    asked: tuple[Block, ...] = (Say("You are asked to confirm:"), Facts(statements()), buttons, Fine(CONFIRMED_BY))
    return Message(
        (Say(text), *when, *whole, *asked), f"{view.ref} waits for your check.", records=(record,), asks="check"
    )


def statements() -> tuple[tuple[str, str], ...]:
    """What is confirmed, numbered: who types instead of ticking says the numbers."""
    return tuple((str(number), text) for number, (_, text) in enumerate(TICKS, 1))


def reminder(view: NoticeView, author: str, of: str, record: str) -> Beside:
    """Remind who was asked to check a notice, within the one nudge of the day."""
    whose = f" It is {of}’s to check; could you pass it on?" if of else ""
    buttons = () if of else checker_buttons(view.ref)
    card = ItemCard(view.ref, view.name, f"from {author}", None, buttons)
    alone = f"{view.ref} waits for a check before it can be published.{whose}"
    return Beside("Waiting for your check", card, record, alone, CONFIRMED_BY)


def news(view: NoticeView, what: str, checker: str, why: str) -> Message:
    """Tell a notice's author what became of it."""
    text = NEWS[what].format(checker=checker or "The checker", ref=view.ref)
    blocks: list[Block] = [Say(text), *(() if view.is_held else (card(view),))]
    blocks += [Quote(why)] if why and what == "sent_back" else []
    blocks += [Say(THEN[what])] if what in THEN else []
    ways = {"approved": to_publish(view.ref), "sent_back": to_mend(view.ref), "unchecked": to_mend(view.ref)}
    blocks += [Ask("", ways[what])] if what in ways else []
    return Message(tuple(blocks), text)


def card(view: NoticeView, said: str = "", buttons: tuple[Button, ...] = ()) -> ItemCard:
    """One notice in a line: its state, for whom, until when."""
    on = {"published": view.published_on, "withdrawn": view.withdrawn_on}.get(view.status)
    state = f"{STATES[view.status]} on {say_date(on)}" if on else STATES[view.status]
    by = f"cascade by {say_date(view.cascade_by)}" if view.cascade_by else ""
    line = " · ".join(each for each in (state, view.for_whom, by) if each)
    return ItemCard(view.ref, view.name, line, None, buttons, said)


def checker_buttons(ref: str) -> tuple[Button, ...]:
    """Return how somebody answers who is asked to check: confirm in a form, or send it back with the reason."""
    return (
        Button("Check it…", f"form notice approve {ref}", "primary"),
        Button("Send it back…", f"form notice return {ref}"),
    )


def to_publish(ref: str) -> tuple[Button, ...]:
    """Return the ways out for a checked notice: now, or at a time."""
    return (
        Button("Publish now", f"notice publish {ref}", "primary"),
        Button("At a time…", f"form notice publish {ref}"),
        Button("Show", f"notice show {ref}"),
    )


def to_mend(ref: str) -> tuple[Button, ...]:
    """Return what an author does about a notice that is not checked: change it, and ask for the check."""
    return (Button("Edit…", f"form notice edit {ref}"), Button("Ask for the check…", f"form notice check {ref}"))


def listed(title: str, found: Sequence[NoticeView], more: int, note: str) -> Message:
    """A list of notices, the newest first."""
    shown = ItemList(title, tuple(card(view) for view in found), note)
    small = f"And {more} more: say which, for example /lif notice list mine" if more else ""
    how = "To see one, type for example /lif notice show DN-2026-001. Only you see this list."
    return Message((shown, Fine(" ".join(each for each in (small, how) if each))), title)
