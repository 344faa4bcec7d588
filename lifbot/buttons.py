"""What can be done about an item with one tap; a button's value is a command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lifbot.grammar import line
from lifbot.kinds import PRACTICE
from lifbot.message import Ask, Block, Button, Form, ItemCard, ItemList, Message

LONGEST = 1900  # characters of a command; Slack takes 2,000 in a button's value


def owner_buttons(ref: str, kind: str = "action") -> tuple[Button, ...]:
    """Return what an owner can do about an item of a kind."""
    return (
        Button("It has spread" if kind == PRACTICE else "Done", f"action done {ref}", "primary"),
        Button("Update", f"action update {ref}"),
        Button("More time", f"action extend {ref}"),
        Button("Cannot complete", f"action cannot {ref}"),
        Button("Not mine", f"action decline {ref}"),
        Button("Snooze", f"action snooze {ref}"),
    )


def respond_buttons(ref: str) -> tuple[Button, ...]:
    """Return what whoever is challenged can do about it."""
    return (
        Button("Respond…", f"form challenge respond {ref}", "primary"),
        Button("More time", f"action extend {ref}"),
        Button("Not mine…", f"form action decline {ref}"),
        Button("Show", f"challenge show {ref}"),
    )


def card_buttons(ref: str, *, is_open: bool) -> tuple[Button, ...]:
    """Return what a card in a channel offers: whoever presses is answered alone, and told if it is not theirs to do."""
    show = Button("Show", f"action show {ref}")
    report = (Button("Done", f"action done {ref}"), Button("Update", f"action update {ref}"))
    return (*report, show) if is_open else (show,)


def assigned_buttons(ref: str, kind: str = "action") -> tuple[Button, ...]:
    """Return what a new owner can do: say whether they take it on, else all that owners can do."""
    first = (
        Button("I'll take it", f"action accept {ref}", "primary"),
        Button("Not mine…", f"form action decline {ref}"),
    )
    others = (button for button in owner_buttons(ref, kind) if button.label != "Not mine")
    return (*first, *(Button(button.label, button.command) for button in others))


def offer_buttons(ref: str) -> tuple[Button, ...]:
    """Return how somebody answers who is asked to take an item over."""
    yes = Button("I'll take it", f"action take {ref}", "primary")
    return (yes, Button("No, thank you…", f"form action decline {ref}"), Button("Show", f"action show {ref}"))


def contributor_buttons(ref: str) -> tuple[Button, ...]:
    """Return what a contributor can do about an item."""
    return (
        Button("My part is done", f"action done {ref}"),
        Button("Update", f"action update {ref}"),
        Button("Show", f"action show {ref}"),
    )


def leaving_buttons(ref: str, *, decides: bool) -> tuple[Button, ...]:
    """Return what can be done about an item whose owner has left: take it, or find somebody."""
    other = (
        ("Change the owner…", f"form action reassign {ref}")
        if decides
        else ("Ask somebody…", f"form action handover {ref}")
    )
    return (Button("I'll take it", f"action take {ref}", "primary"), Button(*other))


def decision_buttons(waiting: str | None, ref: str) -> tuple[Button, ...]:
    """Return what a chair can decide about what an item waits for, as `Item.waiting` names it."""
    back = Button("Return…", f"action return {ref}")
    outcome = (
        Button("Resolved…", f"form challenge resolved {ref}", "primary"),
        Button("Still remains…", f"form challenge remains {ref}"),
    )
    return {
        "response": outcome,
        "outcome": outcome,
        "sign_off": (Button("Sign off", f"action signoff {ref}", "primary"), back),
        "acceptance": (Button("Accept", f"action accept {ref}", "primary"), back),
        "more_time": (
            Button("Agree", f"action accept {ref}", "primary"),
            Button("Other date…", f"form action extend {ref}"),
            back,
        ),
        "declined": (Button("Change the owner…", f"action reassign {ref}", "primary"), back),
    }.get(waiting or "", ())


def escalation_buttons(ref: str) -> tuple[Button, ...]:
    """Return how a partnership chair answers an escalation."""
    return (
        Button("Seen", f"action seen {ref}", "primary"),
        Button("Decide…", f"action decide {ref}"),
        Button("Return to group…", f"action return {ref}"),
    )


def impact_buttons(ref: str) -> tuple[Button, ...]:
    """Return how an owner answers what difference an item made."""
    return (
        Button("Answer…", f"form impact {ref}", "primary"),
        Button("Ask me in a month", f"impact later {ref}"),
        Button("Show", f"action show {ref}"),
    )


def not_embedded_buttons(ref: str) -> tuple[Button, ...]:
    """Return what a chair can do about an action that is signed off and not yet embedded."""
    return (Button("Reopen…", f"form action reopen {ref}"), Button("What was said", f"impact show {ref}"))


def handed_over_buttons(ref: str) -> tuple[Button, ...]:
    """Return what a group's chair can do about what another group hands over."""
    return (Button("Show", f"action show {ref}"), Button("Hand it back…", f"form action handback {ref}"))


def page_buttons(ref: str, kind: str = "action") -> tuple[Button, ...]:
    """Return what an owner can do about an item among many: the commonest, and the rest behind one button."""
    done, update, more_time, *_ = owner_buttons(ref, kind)
    return (done, update, more_time, Button("Show", f"action show {ref}"))


def suggestion_buttons(ref: str, reasons: str) -> tuple[Button, ...]:
    """Return what a group's chair can do about an item that might need help: ask for it, or not now."""
    ask = line("form action escalate", ref, because=reasons)
    return (Button("Ask the partnership chair…", ask), Button("Not now", f"action dismiss {ref}"))


def sign_off_all(refs: Sequence[str]) -> Button | None:
    """Return the button that signs off several items: those that are shown, and no others that came later."""
    if len(refs) < 2:
        return None
    named = f"action signoff all {' '.join(refs)}"
    command = named if len(named) <= LONGEST else "action signoff all"
    return Button(f"Sign off all ({len(refs)})", command, "primary")


def on_page(message: Message, page: str) -> Message:
    """Return a message whose buttons and form say on which page they stand, so that it is redrawn after them."""
    blocks = tuple(_block_on(block, page) for block in message.blocks)
    return replace(message, blocks=blocks, form=message.form and _form_on(message.form, page))


def _form_on(form: Form, page: str) -> Form:
    return replace(form, command=f"on {page} {form.command}", back=page)


def _block_on(block: Block, page: str) -> Block:
    match block:
        case Ask() | ItemCard():
            return replace(block, buttons=tuple(_button_on(button, page) for button in block.buttons))
        case ItemList():
            cards = tuple(
                replace(card, buttons=tuple(_button_on(button, page) for button in card.buttons))
                for card in block.cards
            )
            return replace(block, cards=cards)
        case _:
            return block


def _button_on(button: Button, page: str) -> Button:
    return button if button.command == page else replace(button, command=f"on {page} {button.command}")


def chair_buttons(kind: str, ref: str) -> tuple[Button, ...]:
    """Return what a group's chair can change about an open item."""
    own = {
        "recommendation": (Button("Response…", f"form recommendation respond {ref}"),),
        "issue": (
            Button("Make it an action…", f"form issue to-action {ref}"),
            Button("Close…", f"form issue close {ref}"),
        ),
    }.get(kind, ())
    return (
        *own,
        Button("Remind the owner…", f"form action nudge {ref}"),
        Button("Edit…", f"form action edit {ref}"),
        Button("Tags…", f"form action tag {ref}"),
    )


def closed_buttons(ref: str) -> tuple[Button, ...]:
    """Return what a group's chair can do about an item that is closed."""
    return (Button("Reopen…", f"form action reopen {ref}"), Button("Tags…", f"form action tag {ref}"))


def cascade_buttons(
    ref: str, agencies: str, status: str, *, applies: bool = False, here: bool = True
) -> tuple[Button, ...]:
    """Return what can be said next of a notice for agencies ("police,icb"), by how they stand.

    `here` marks the buttons of the notice's own message, which shows the answer in its place.
    """
    rest = f"{ref} agency:{agencies}{' here:yes' if here else ''}"
    received = Button("Received", f"notice received {rest}", "primary")
    cascaded = Button("Cascaded…", f"form notice cascaded {rest}", "plain" if status == "waiting" else "primary")
    not_for_us = Button("Not for us…", f"form notice not-for-us {rest}")
    if status == "waiting":
        return received, cascaded, not_for_us
    if status == "received":
        return cascaded, not_for_us
    if status == "cascaded":
        more = () if applies else (Button("What applies to us…", f"form notice cascaded {rest}"),)
        return (
            Button("Add evidence…", f"form notice evidence {rest}"),
            *more,
            replace(cascaded, label="Correct it…", style="plain"),
        )
    return (replace(cascaded, label="Correct it…", style="plain"),)
