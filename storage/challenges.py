"""Challenges: what each has beside its item, where it stands, the agenda's and the digest's lines, the export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col

from lifbot.calendar import local_day, say_date
from lifbot.kinds import CHALLENGE
from lifbot.model import Challenge, Group, Item
from lifbot.policy import challenge as ruling
from lifbot.policy.challenge import Standing, State
from storage import items
from storage.scope import Scope


def of(scope: Scope, item: Item) -> Challenge | None:
    """Return what a challenge has beside its item; None for an item of another kind."""
    return scope.first(Challenge, Challenge.item_id == item.id) if item.kind == CHALLENGE else None


def every(scope: Scope, *where: Any) -> list[tuple[Item, Challenge]]:
    """Return the challenges that fit and may be shown, the oldest first."""
    rows = {row.item_id: row for row in scope.all(Challenge)}
    found = scope.all(Item, Item.kind == CHALLENGE, *where, order=col(Item.id)) if rows else ()
    return [(item, rows[item.id]) for item in found if item.id in rows]


def decisions(scope: Scope, item: Item) -> list[tuple[date, str]]:
    """Return what the partnership chairs have decided, and when; nothing until all who were asked have."""
    asked = items.standing_escalations(scope, item) if item.id in scope.roster.escalated else ()
    given = [(local_day(row.decided_at, scope.zone), row.decision) for row in asked if row.decided_at and row.decision]
    return given if len(given) == len(asked) else []


def state(scope: Scope, item: Item, row: Challenge) -> State:
    """Say where a challenge stands."""
    return ruling.state(
        Standing(
            is_withdrawn=item.status in ("withdrawn", "superseded"),
            has_response=row.responded_at is not None,
            outcome=row.outcome,
            discussed_on=row.discussed_on,
            escalated=item.id in scope.roster.escalated,
            waits=item.waiting is not None,
            decided=bool(decisions(scope, item)),
        )
    )


def to_whom(scope: Scope, row: Challenge) -> str:
    """Return the agency or the group that is challenged, by its name."""
    agency, group = scope.roster.agencies.get(row.to_agency or ""), scope.roster.groups.get(row.to_group or "")
    return agency.name if agency else group.name if group else row.to_agency or row.to_group or ""


def on_agenda(scope: Scope, item: Item, meeting_on: date) -> str:
    """Return how an agenda speaks of a challenge; nothing where it does not, and never a person's name."""
    row = of(scope, item)
    if row is None:
        return ""
    stands = state(scope, item, row)
    if not ruling.is_for_agenda(stands, item.due_on, meeting_on):
        return ""
    decided = decisions(scope, item)
    since = {
        State.DECIDED: "; ".join(f"{say_date(on)}: {said}" for on, said in decided),
        State.RESPONDED: _day(scope, row.responded_at),
        State.REMAINS: _day(scope, row.outcome_at),
        State.DISCUSSED: say_date(row.discussed_on) if row.discussed_on else "",
    }.get(stands, "")
    return f"To {to_whom(scope, row)}: {stands}" + (f" ({since})" if since else "")


def _day(scope: Scope, moment: Any) -> str:
    return say_date(local_day(moment, scope.zone)) if moment else ""


def digest_lines(scope: Scope, group: Group | None) -> list[str]:
    """Return what a digest says of challenges: how many stand where, while any is open."""
    where = (Item.group_id == group.id,) if group else ()
    states = [state(scope, item, row) for item, row in every(scope, *where)]
    living = [each for each in states if each in ruling.LIVING]
    return [f"Challenges: {ruling.counted(living).replace(' set: ', ' open: ', 1)}."] if living else []


def exported(scope: Scope, every_item: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return challenges as JSON values: their items' columns, and what they have beside them."""
    found = {item.ref: (item, row) for item, row in every(scope)}
    return [{**each, **_beside(scope, *found[each["ref"]])} for each in every_item if each["ref"] in found]


def _beside(scope: Scope, item: Item, row: Challenge) -> dict[str, Any]:
    at = {name: getattr(row, name) for name in ("responded_at", "outcome_at")}
    return {
        "raised_by": row.raised_by,
        "raised_agency": row.raised_agency,
        "to_agency": row.to_agency,
        "to_group": row.to_group,
        "response": row.response,
        "responded_by": row.responded_by,
        "discussed_on": row.discussed_on.isoformat() if row.discussed_on else None,
        "outcome": row.outcome,
        "outcome_reason": row.outcome_reason,
        "outcome_by": row.outcome_by,
        **{name: moment.astimezone(scope.zone).isoformat() if moment else None for name, moment in at.items()},
        "state": state(scope, item, row).value,
    }
