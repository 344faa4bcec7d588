"""Accounts that Slack deactivates, and activates again: of the many changes of profiles nothing else is of interest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lifbot.message import Incoming, Place


class Accounts:
    """Which accounts were closed since this process began: only for those is "open" news."""

    def __init__(self) -> None:
        self._closed: set[str] = set()

    def changed(self, body: Mapping[str, Any], at: datetime) -> Incoming | None:
        """Read an event of the kind user_change; None where it says nothing new about whether an account is closed."""
        user = body["event"].get("user")
        who = user.get("id") if isinstance(user, dict) else None
        if not isinstance(who, str) or not who:
            return None
        is_closed = bool(user.get("deleted"))
        if not is_closed and who not in self._closed:
            return None
        (self._closed.add if is_closed else self._closed.discard)(who)
        event = f"slack:{body['event_id']}" if body.get("event_id") else None
        place, text = Place(who, direct=True), "closed" if is_closed else "open"
        return Incoming("slack", body.get("team_id") or "", who, place, text, at, "account", event=event)
