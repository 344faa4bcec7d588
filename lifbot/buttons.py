"""What can be done about an item with one tap; a button's value is a command line."""

from __future__ import annotations

from lifbot.message import Button


def owner_buttons(ref: str) -> tuple[Button, ...]:
    """Return what an owner can do about an item."""
    return (
        Button("Done", f"action done {ref}", "primary"),
        Button("Update", f"action update {ref}"),
        Button("More time", f"action extend {ref}"),
        Button("Cannot complete", f"action cannot {ref}"),
        Button("Not mine", f"action decline {ref}"),
        Button("Snooze", f"action snooze {ref}"),
    )


def decision_buttons(waiting: str | None, ref: str) -> tuple[Button, ...]:
    """Return what a chair can decide about what an item waits for: sign_off, acceptance, more_time or declined."""
    back = Button("Return…", f"action return {ref}")
    return {
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
