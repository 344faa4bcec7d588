"""When an agency is asked again whether a notice reached its staff, and who is asked; kindly, and not for long."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from lifbot.calendar import next_working_day, on_or_after, on_or_before

Step = Literal["half", "due", "representative", "digest"]
STEPS: tuple[Step, ...] = ("half", "due", "representative")
APART = timedelta(days=3)  # between any two reminders, and before the first
WEEK = timedelta(days=7)
OPEN = frozenset({"waiting", "received"})
"""How a receipt stands while something is awaited."""
KEPT_FOR = timedelta(days=30)
"""How long after the date a link for somebody in no workspace can be used, and at least from when it was made."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done now, if anything, with what counts as done by it, and the day to look again."""

    step: Step | None
    done: tuple[Step, ...]
    again: date | None


def course(published_on: date, cascade_by: date) -> Mapping[Step, date]:
    """The days of the reminders: half-time, the date, the representative a week later, and then the digest.

    Half-time comes on a working day, and not at all where the time is short; the date's comes on the working day
    before a weekend, but never within three days of the notice itself.
    """
    due = on_or_before(cascade_by)
    if due < published_on + APART:
        due = on_or_after(published_on + APART)
    half = on_or_after(published_on + (cascade_by - published_on) / 2)
    days: dict[Step, date] = {} if half - published_on < APART or due - half < APART else {"half": half}
    asked = on_or_after(due + WEEK)
    return {**days, "due": due, "representative": asked, "digest": next_working_day(asked)}


def now_due(days: Mapping[Step, date], status: str, done: Collection[str], today: date) -> Due:
    """What is due today of an agency's receipt: after an outage only the last of what was missed.

    Who has received it is not asked at half-time. With an answer nothing more comes.
    """
    if status not in OPEN:
        return Due(None, (), None)
    left = [
        step for step in STEPS if step in days and step not in done and not (step == "half" and status != "waiting")
    ]
    come = tuple(step for step in left if days[step] <= today)
    ahead = [days[step] for step in left if days[step] > today]
    return Due(come[-1] if come else None, come, min(ahead, default=None))


def asked_next(representative: str | None, deputy: str | None, known: Collection[str]) -> str | None:
    """Who is asked after the date: the agency's representative or the link's deputy, unless they were before."""
    return next((each for each in (representative, deputy) if each and each not in known), None)


def expires_on(cascade_by: date, today: date) -> date:
    """The last day on which a link can be used."""
    return max(cascade_by, today) + KEPT_FOR


ORDER = ("waiting", "received", "cascaded", "not_for_us")
"""What is missing stands first."""


def counts(statuses: Sequence[str]) -> dict[str, int]:
    """How many agencies stand how, in the order in which they are told."""
    return {status: statuses.count(status) for status in ORDER}
