"""The kinds of what comes in, and of a form's inputs."""

from typing import Literal

FieldKind = Literal[
    "line", "text", "person", "people", "choice", "several", "date", "tick", "account", "accounts", "channel"
]
"""An account is one of the platform's own, whether the partnership knows that person or not; so is a channel."""

IncomingKind = Literal["command", "mention", "words", "thread", "click", "form", "tab", "account"]
