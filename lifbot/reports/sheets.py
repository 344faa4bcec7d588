"""The log as sheets: which columns there are and what stands in them, whatever the file's kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lifbot.reports.words import REASONS, Entry, Log, Names, Reading, day, wall_time, words
from lifbot.tags import GAPS, RESPONSES, SCOPES, label

Cell = str | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title, and its width in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


ACTIONS: Mapping[Column, Callable[[Reading, Entry], Cell]] = {
    Column("Ref", 14): lambda log, item: item["ref"],
    Column("Group", 24): lambda log, item: log.group(item["group"]),
    Column("Kind", 16): lambda log, item: words(item["kind"]),
    Column("Source", 20): lambda log, item: item["source"],
    Column("Recommendation", 36): lambda log, item: _recommendation(log, item),
    Column("Action", 44): lambda log, item: None if item["kind"] == "recommendation" else item["text"],
    Column("Accountable owner", 20): lambda log, item: log.person(item["owner"]),
    Column("Agency", 22): lambda log, item: log.agency(item["agency"]),
    Column("Contributors", 22): lambda log, item: ", ".join(map(log.person, item["contributors"])),
    Column("Date set", 18): lambda log, item: day(log.of("set_on", item["ref"])),
    Column("Meeting", 18): lambda log, item: day(log.of("set_at", item["ref"])),
    Column("Timescale as said", 20): lambda log, item: item["timescale_text"],
    Column("Due date", 18): lambda log, item: day(item["due_on"]),
    Column("Original due date", 18): lambda log, item: day(item["original_due_on"]),
    Column("Success criteria", 30): lambda log, item: item["success_criteria"],
    Column("Status", 16): lambda log, item: words(item["status"]),
    Column("BRAG", 9): lambda log, item: words(item["brag"]),
    Column("Latest update", 44): lambda log, item: log.latest_update(item),
    Column("Evidence", 36): lambda log, item: log.evidence(item),
    Column("Impact", 30): lambda log, item: item["impact"],
    Column("Not completable: why", 30): lambda log, item: _not_completable(item, "reason"),
    Column("Done instead", 30): lambda log, item: _not_completable(item, "done_instead"),
    Column("Escalation", 36): lambda log, item: log.escalations(item),
    Column("Date closed", 18): lambda log, item: day(log.of("closed_on", item["ref"])),
    Column("Superseded by", 16): lambda log, item: item["superseded_by"],
    Column("Response", 30): lambda log, item: _response(item),
    Column("Themes", 26): lambda log, item: ", ".join(item["themes"]),
    Column("Gap", 18): lambda log, item: label(GAPS, item["gap"]),
    Column("Priority", 22): lambda log, item: item["priority"],
    Column("Concerns", 12): lambda log, item: label(SCOPES, item["scope"]),
    Column("Repeats", 18): lambda log, item: item["repeats_text"],
}


PRACTICE: Mapping[Column, Callable[[Reading, Entry], Cell]] = {
    Column("Ref", 14): lambda log, item: item["ref"],
    Column("Group", 24): lambda log, item: log.group(item["group"]),
    Column("What works well", 44): lambda log, item: item["text"],
    Column("Accountable owner", 20): lambda log, item: log.person(item["owner"]),
    Column("Agency", 22): lambda log, item: log.agency(item["agency"]),
    Column("To spread to", 30): lambda log, item: item["spread_to"],
    Column("Agencies", 30): lambda log, item: ", ".join(map(log.agency, item["agencies"])),
    Column("Spread by", 18): lambda log, item: day(item["due_on"]),
    Column("Has spread on", 18): lambda log, item: day(item["spread_on"]),
    Column("Status", 16): lambda log, item: words(item["status"]),
    Column("BRAG", 9): lambda log, item: words(item["brag"]),
    Column("Latest update", 44): lambda log, item: log.latest_update(item),
    Column("Evidence", 36): lambda log, item: log.evidence(item),
    Column("Impact", 30): lambda log, item: item["impact"],
    Column("Source", 20): lambda log, item: item["source"],
    Column("Themes", 26): lambda log, item: ", ".join(item["themes"]),
}
IMPACTS: Mapping[Column, Callable[[Reading, Entry], Cell]] = {
    Column("Answered", 18): lambda log, row: day(row["at"]),
    Column("By", 20): lambda log, row: log.person(row["by"]),
    Column("How much did we do?", 36): lambda log, row: row["how_much"],
    Column("How well did we do it?", 36): lambda log, row: row["how_well"],
    Column("What difference did it make?", 44): lambda log, row: row["difference"],
    Column("Embedded", 16): lambda log, row: words(row["embedded"]),
    Column("Kind of evidence", 24): lambda log, row: row["evidence_type"],
    Column("Evidence", 36): lambda log, row: row["evidence"],
    Column("Children’s and families’ views", 36): lambda log, row: row["voice"],
    Column("An assumption that changed", 30): lambda log, row: row["assumption"],
}


def sheets(log: Log, names: Names) -> tuple[Sheet, ...]:
    """Return all the sheets; the action log comes first."""
    reading = Reading(log, names)
    first = action_log(reading), _practice(reading), _impacts(reading)
    return (*first, _updates(reading), _escalations(reading), _meetings(reading))


def action_log(log: Reading) -> Sheet:
    """Return a row for each item."""
    return _log_of(log, log.items)


def whole_log(log: Reading) -> Sheet:
    """Return a row for each item where there is one table for all: strong practice comes first."""
    return _log_of(log, [*log.practice, *log.items])


def _log_of(log: Reading, items: list[Entry]) -> Sheet:
    rows = tuple(tuple(value(log, item) for value in ACTIONS.values()) for item in items)
    return Sheet("Action log", tuple(ACTIONS), rows)


def _practice(log: Reading) -> Sheet:
    rows = tuple(tuple(value(log, item) for value in PRACTICE.values()) for item in log.practice)
    return Sheet("Strong practice", tuple(PRACTICE), rows)


def _impacts(log: Reading) -> Sheet:
    told = [(item, row) for item in (*log.practice, *log.items) for row in item["impacts"] if row["at"]]
    rows = tuple((item["ref"], *(value(log, row) for value in IMPACTS.values())) for item, row in told)
    return Sheet("Impact", (Column("Ref", 14), *IMPACTS), rows)


def _recommendation(log: Reading, item: Entry) -> str:
    return item["text"] if item["kind"] == "recommendation" else log.parent(item)


def _response(item: Entry) -> str:
    said = label(RESPONSES, item["response"])
    return ". ".join(part for part in (said, item["response_reason"] or "") if part)


def _not_completable(item: Entry, part: str) -> str | None:
    return item["not_completable"][part] if item["not_completable"] else None


def _updates(log: Reading) -> Sheet:
    columns = (Column("Ref", 14), Column("When", 22), Column("By", 22), Column("What", 16), Column("Words", 90))
    rows = tuple(
        (item["ref"], wall_time(row["at"]), log.person(row["by"]), words(row["kind"]), row["text"])
        for item in (*log.practice, *log.items)
        for row in item["updates"]
    )
    return Sheet("Updates", columns, rows)


def _escalations(log: Reading) -> Sheet:
    columns = (
        Column("Ref", 14), Column("When", 22), Column("To", 22), Column("Reason", 30), Column("Seen", 22),
        Column("Decision", 70),
    )  # fmt: skip
    rows = tuple(
        (
            item["ref"],
            wall_time(row["at"]),
            log.person(row["to"]),
            REASONS.get(row["reason"], row["reason"]).capitalize(),
            wall_time(row["acknowledged_at"]),
            row["decision"],
        )
        for item in (*log.practice, *log.items)
        for row in item["escalations"]
    )
    return Sheet("Escalations", columns, rows)


def _meetings(log: Reading) -> Sheet:
    columns = (Column("Group", 40), Column("When", 22), Column("Status", 14))
    rows = tuple((log.group(row["group"]), wall_time(row["at"]), words(row["status"])) for row in log.log["meetings"])
    return Sheet("Meetings", columns, rows)
