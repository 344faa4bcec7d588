"""When an owner is asked what difference an action made, how often, and what follows from the answer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from lifbot.kinds import PRACTICE

EMBEDDED = (("embedded", "Embedded"), ("partly", "Partly"), ("not_yet", "Not yet"))
"""Whether what was learnt is now how people work."""
STATES = {
    "embedded": "embedded in practice",
    "partly": "partly embedded",
    "not_yet": "not yet embedded",
}
ASKED_OF = frozenset({"action", "recommendation"})
"""Kinds whose owners are asked some months after sign-off."""
TOLD_OF = ASKED_OF | {PRACTICE}
"""Kinds of which the difference may be told."""
OWN_AUDIT = "single agency audit"
AGAIN_AFTER = timedelta(days=14)
MOST_ASKED = 2  # once, and once more; then the group's chair reads of it
RECHECK_MONTHS = 6
A_MONTH = 1


def ask_days(signed_off_on: date, months: Iterable[int]) -> list[tuple[int, date]]:
    """The days on which an owner is asked, each with its months: a month later than 31 January is 28 February."""
    return [(each, later(signed_off_on, each)) for each in sorted(set(months))]


def later(day: date, months: int) -> date:
    """The same day some months on, or that month's last."""
    return day + relativedelta(months=months)


def next_ask(ask_on: date, asked: int, asked_on: date | None) -> date | None:
    """The day of the next question: the day that was agreed, two weeks after the first, then never again."""
    if asked >= MOST_ASKED:
        return None
    return ask_on if not asked or asked_on is None else asked_on + AGAIN_AFTER


def is_unanswered(asked: int, asked_on: date | None, today: date) -> bool:
    """Whether both questions have had their two weeks, so that the group's chair is to know."""
    return asked >= MOST_ASKED and asked_on is not None and asked_on + AGAIN_AFTER <= today


def recheck_on(embedded: str, today: date, coming: Sequence[date]) -> date | None:
    """When it is looked at again: in six months where it is partly embedded, unless that is asked by then anyway."""
    if embedded != "partly":
        return None
    day = later(today, RECHECK_MONTHS)
    return None if any(today < each <= day for each in coming) else day


def months_between(start: date, end: date) -> int:
    """The whole months from one day to another."""
    apart = relativedelta(end, start)
    return apart.years * 12 + apart.months


def is_own_audit(evidence_type: str) -> bool:
    """Whether a kind of evidence is an agency's audit of its own."""
    return evidence_type.casefold().startswith(OWN_AUDIT)
