"""The log's ids, codes and ISO dates as people read them, the same in every kind of file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lifbot.calendar import say_date

Log = Mapping[str, Any]
Entry = Mapping[str, Any]
Names = Mapping[str, Mapping[str, str]]

REASONS = {
    "two_cycles": "meeting cycles missed",
    "drift": "drift and delay",
    "early": "asked early by the group's chair",
}


def words(code: str | None) -> str:
    """Return a code as words: "not_started" as "Not started"."""
    return code.replace("_", " ").capitalize() if code else ""


def day(text: str | None) -> date | None:
    """Return the day of an ISO date or time, as it was on the partnership's wall."""
    return date.fromisoformat(text[:10]) if text else None


def wall_time(text: str | None) -> datetime | None:
    """Return an ISO time as the partnership's clock showed it: sheets know no time zones."""
    return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0) if text else None


def say_day_of(text: str | None) -> str:
    """Return the day of an ISO date or time as "31 March 2026"."""
    found = day(text)
    return say_date(found) if found else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A log with the names that belong to its ids."""

    log: Log
    names: Names

    @property
    def partnership(self) -> str:
        """The partnership's name."""
        return self._name("partnership", self.log["partnership"])

    @property
    def items(self) -> list[Entry]:
        """The items, in the log's order."""
        return list(self.log["items"])

    @property
    def practice(self) -> list[Entry]:
        """Strong practice, in the log's order; a list of some items has it among them."""
        return list(self.log.get("practice", ()))

    def person(self, id: str | None) -> str:
        """Return a person's name; an id nobody has any more as it is."""
        return self._name("people", id)

    def agency(self, id: str | None) -> str:
        """Return an agency's name."""
        return self._name("agencies", id)

    def group(self, id: str | None) -> str:
        """Return a group's name."""
        return self._name("groups", id)

    def of(self, table: str, ref: str) -> str | None:
        """Return what a table says of an item, or None."""
        return self.names.get(table, {}).get(ref)

    def parent(self, item: Entry) -> str:
        """Return the item that this one belongs to, with its reference."""
        found = next((row for row in self.items if row["ref"] == item["parent"]), None) if item["parent"] else None
        return f"{found['ref']} {found['text']}" if found else item["parent"] or ""

    def latest_update(self, item: Entry) -> str:
        """Return what was last said or decided about an item."""
        return self.update(item["updates"][-1]) if item["updates"] else ""

    def update(self, update: Entry) -> str:
        """Return one line of an item's history."""
        what = words(update["kind"]) if update["kind"] != "update" else ""
        text = ": ".join(part for part in (what, update["text"]) if part)
        return f"{say_day_of(update['at'])}, {self.person(update['by'])}. {text}"

    def evidence(self, item: Entry) -> str:
        """Return an item's evidence, a line each; an address only if the words do not hold it."""
        return "\n".join(_evidence(row) for row in item["evidence"])

    def escalations(self, item: Entry) -> str:
        """Return an item's escalations and their decisions, a line each."""
        return "\n".join(self._escalation(row) for row in item["escalations"])

    def _escalation(self, row: Entry) -> str:
        reason = REASONS.get(row["reason"], words(row["reason"]))
        said = f"{say_day_of(row['at'])}, to {self.person(row['to'])} ({reason})"
        return f"{said}: {row['decision']}" if row["decision"] else said

    def _name(self, table: str, id: str | None) -> str:
        return self.names.get(table, {}).get(id or "") or id or ""


def _evidence(row: Entry) -> str:
    link = row["url"] if row["url"] and row["url"] not in row["text"] else ""
    return " ".join(part for part in (f"{say_day_of(row['at'])}:", row["text"], link) if part)
