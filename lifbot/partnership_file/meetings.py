"""A group's meetings as the file gives them: a rule, or a list of dates."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from yaml.nodes import MappingNode, SequenceNode

from lifbot.calendar import parse_local, parse_rule
from lifbot.partnership_file.faults import FaultyFile, said
from lifbot.partnership_file.nodes import line_of
from lifbot.partnership_file.table import Table, text_of
from lifbot.partnership_file.values import MeetingRule

MOST_DATES = 600
USUAL_TIME = "T10:00"  # of a date given without one


def meetings(row: Table, zone: ZoneInfo) -> MeetingRule | tuple[str, ...] | None:
    """The rule or the dates under `meetings`, or None where there are none yet."""
    node = row.node("meetings")
    if isinstance(node, MappingNode):
        return _rule(Table(node, row.at("meetings"), ("rrule", "start"), row.ledger), zone)
    if node is not None and not isinstance(node, SequenceNode):
        raise row.fault("meetings", 'please write {rrule: "FREQ=…", start: "2026-01-08T10:00"} or a list of dates.')
    return _dates(row, zone) or None


def _rule(row: Table, zone: ZoneInfo) -> MeetingRule:
    rrule = row.required("rrule")
    start = _local(row.required("start"), row.line_of("start"), row.at("start"), zone)
    try:
        parse_rule(rrule, start, zone)
    except ValueError as wrong:
        raise row.fault("rrule", str(wrong)) from None
    return MeetingRule(rrule, start)


def _dates(row: Table, zone: ZoneInfo) -> tuple[str, ...]:
    where, nodes = row.at("meetings"), row.rows("meetings")
    if len(nodes) > MOST_DATES:
        raise row.fault("meetings", f"there are more than {MOST_DATES} dates here; please use a rule instead.")
    found: dict[str, int] = {}
    for node in nodes:
        moment = _local(text_of(node, where), line_of(node), where, zone)
        if moment in found:
            raise FaultyFile(line_of(node), where, f"{said(moment)} is listed twice; please keep one.")
        found[moment] = line_of(node)
    return tuple(sorted(found))


def _local(text: str, line: int, where: str, zone: ZoneInfo) -> str:
    """A date and time as the partnership's clocks show it, "2026-03-12T10:00"; a date alone means 10:00."""
    whole = text + USUAL_TIME if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else text
    try:
        moment = parse_local(whole, zone).astimezone(zone)
    except (ValueError, OverflowError):
        example = "please write it like 2026-03-12T10:00"
        raise FaultyFile(line, where, f"{said(text)} is not a date and time I can read; {example}.") from None
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
