"""A made-up partnership of any size, as a file: people, one agency, and ten groups of which each has a channel."""

from __future__ import annotations

from collections.abc import Iterator

PARTNERSHIP = "bench"
TEAM = "T1"
GROUPS = 10


def file(people: int) -> str:
    """Return the partnership file; person n is Slack's user UPn, and chairs the group n while there are groups."""
    lines = [
        f"partnership: {{id: {PARTNERSHIP}, name: Bench, abbreviation: B, timezone: Europe/London, chair: p0,",
        f"              business_unit: [p1], slack_team: {TEAM}}}",
        "agencies:",
        "  - {id: council, name: Council}",
        "people:",
        *(f"  - {{id: p{n}, name: Person p{n}, agency: council, slack: UP{n}}}" for n in range(people)),
        "groups:",
        *_groups(),
    ]
    return "\n".join(lines) + "\n"


def _groups() -> Iterator[str]:
    rule = 'meetings: {rrule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU", start: "2026-01-20T14:00"}'
    for n in range(GROUPS):
        members = ", ".join(f"p{GROUPS * m + n}" for m in range(1, 5))
        yield f"  - {{id: g{n}, name: Group {n}, prefix: G{n}, chair: p{n}, members: [{members}],"
        yield f"     slack_channel: C{n}, {rule}}}"
