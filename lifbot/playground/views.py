"""Modals, Home views and the short-lived ids that allow opening one."""

import json
import secrets
import sqlite3
from dataclasses import dataclass

from lifbot.playground.cast import APP, BOT_ID
from lifbot.playground.database import Database
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.wall import real_seconds

TRIGGER_SECONDS = 3.0
MODALS_AT_MOST = 3


@dataclass(frozen=True)
class View:
    """A modal or Home view that somebody has open."""

    id: str
    person: str
    kind: str
    height: int  # 1 for a modal, 2 and 3 for what was pushed on it, 0 for Home
    body: Json


class Triggers:
    """Trigger ids: good once, for three real seconds."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def new(self, person: str) -> str:
        """A fresh trigger id for something this person just did."""
        trigger = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._open[trigger] = (person, real_seconds())
        return trigger

    def redeem(self, trigger: str) -> str:
        """The person whose deed it was; refused when late or used before."""
        if trigger in self._used:
            raise Refusal("exchanged_trigger_id")
        person, made_at = self._open.pop(trigger, ("", 0.0))
        if not person:
            raise Refusal("invalid_trigger_id")
        self._used.add(trigger)
        if real_seconds() - made_at > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        return person


class Views:
    """Every open modal, and each person's Home."""

    def __init__(self, database: Database, team: str) -> None:
        self._database = database
        self._team = team

    def open(self, person: str, body: Json) -> View:
        """Opens a modal in the place of any that was open."""
        self.clear(person)
        return self._keep(person, "modal", 1, body)

    def push(self, person: str, body: Json) -> View:
        """Lays a modal on the one that is open, three at most."""
        stack = self.stack(person)
        if not stack:
            raise Refusal("not_found")
        if len(stack) >= MODALS_AT_MOST:
            raise Refusal("push_limit_reached")
        return self._keep(person, "modal", len(stack) + 1, body)

    def publish(self, person: str, body: Json, seen: str | None) -> View:
        """Makes this a person's Home; `seen` is the hash it must still have, if any."""
        old = self.home(person)
        if seen and old and old.body["hash"] != seen:
            raise Refusal("hash_conflict")
        return self._keep(person, "home", 0, body, old.id if old else None)

    def update(self, view: View, body: Json, seen: str | None = None) -> View:
        """Redraws a view that is open."""
        if seen and view.body["hash"] != seen:
            raise Refusal("hash_conflict")
        return self._keep(view.person, view.kind, view.height, body, view.id)

    def _keep(self, person: str, kind: str, height: int, body: Json, known: str | None = None) -> View:
        view_id = known or f"V0{secrets.token_hex(5).upper()}"
        below = self.stack(person)[: max(height - 1, 0)]
        whole = self._completed(view_id, body, [view.id for view in below])
        self._database.write(
            "INSERT OR REPLACE INTO views(id, person, kind, height, body) VALUES (?, ?, ?, ?, ?)",
            view_id,
            person,
            kind,
            height,
            json.dumps(whole),
        )
        return View(view_id, person, kind, height, whole)

    def _completed(self, view_id: str, body: Json, below: list[str]) -> Json:
        defaults: Json = {
            "callback_id": "",
            "private_metadata": "",
            "external_id": "",
            "title": None,
            "submit": None,
            "close": None,
            "clear_on_close": False,
            "notify_on_close": False,
        }
        known: Json = {
            "id": view_id,
            "team_id": self._team,
            "app_id": APP,
            "bot_id": BOT_ID,
            "app_installed_team_id": self._team,
            "root_view_id": below[0] if below else view_id,
            "previous_view_id": below[-1] if below else None,
            "hash": f"{int(real_seconds())}.{secrets.token_hex(4)}",
            "state": {"values": {}},
        }
        return {**defaults, **body, **known}

    def find(self, view_id: str | None = None, external_id: str | None = None) -> View:
        """The view with that id, or Slack's not_found."""
        for row in self._database.rows("SELECT * FROM views"):
            view = _view(row)
            if view.id == view_id or (external_id and view.body["external_id"] == external_id):
                return view
        raise Refusal("not_found")

    def stack(self, person: str) -> list[View]:
        """The modals this person has open, lowest first."""
        found = self._database.rows("SELECT * FROM views WHERE person = ? AND kind = 'modal' ORDER BY height", person)
        return [_view(row) for row in found]

    def home(self, person: str) -> View | None:
        """What this person's Home shows."""
        row = self._database.row("SELECT * FROM views WHERE person = ? AND kind = 'home'", person)
        return _view(row) if row else None

    def close(self, view: View) -> None:
        """Closes one modal; the one below it shows again."""
        self._database.write("DELETE FROM views WHERE person = ? AND height >= ?", view.person, max(view.height, 1))

    def clear(self, person: str) -> None:
        """Closes every modal of a person."""
        self._database.write("DELETE FROM views WHERE person = ? AND kind = 'modal'", person)


def _view(row: sqlite3.Row) -> View:
    return View(row["id"], row["person"], row["kind"], row["height"], json.loads(row["body"]))
