"""What must be so before a notice is published, which changes of it are checked anew, and when it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lifbot.calendar import add_working_days, at_local, local_day
from lifbot.policy.moments import nudge_on
from lifbot.policy.rules import Rules

TICKS = (
    ("no_detail", "Nothing in it identifies a child, a family or a practitioner"),
    ("no_hold", "No court order, proceedings or other hold stands against it"),
    ("welfare", "The welfare of children, families and practitioners was considered, and it does them no harm"),
    ("told", "Families and practitioners who need to know of it have been told"),
    ("quality", "Its quality is assured: it says what was learnt, and it is right"),
)
"""What a second person confirms, each of it (K26, K33)."""
CONTENT = ("product", "title", "summary", "body", "audience", "asks", "url", "file_name")
"""What readers learn, and where they are led: a change of it is checked by the second person. A date is not."""
BELOW_THRESHOLD = ("below_threshold", "Learning from below the threshold of a review")
WHAT_APPLIES = "Please say what of it applies to you, and what you will do."
WEEK = timedelta(days=7)
CHECK_DAYS = 3  # working days until somebody who was asked to check is reminded


def unconfirmed(ticked: Collection[str]) -> list[str]:
    """Return the names of what is not confirmed yet."""
    return [name for name, _ in TICKS if name not in ticked]


def confirmed_by_words(said: str) -> list[str]:
    """Read "1, 2, 3, 4, 5" or the names of what is confirmed."""
    parts = said.replace(",", " ").replace("and", " ").replace("-", "_").lower().split()
    names = [name for name, _ in TICKS]
    numbered = {str(number): name for number, name in enumerate(names, 1)}
    return [name for name in names if name in {numbered.get(part, part) for part in parts}]


def needs_check(changed: Iterable[str]) -> bool:
    """Say whether any of these changed columns is what readers learn."""
    return any(name in CONTENT for name in changed)


def split(changes: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Part changes into what is checked first, and what counts at once."""
    content = {name: value for name, value in changes.items() if name in CONTENT}
    return content, {name: value for name, value in changes.items() if name not in CONTENT}


def remind_checker_at(asked_at: datetime, now: datetime, rules: Rules, zone: ZoneInfo) -> datetime:
    """When somebody who was asked to check is reminded next: after three working days, then weekly (ruling 9)."""
    first = at_local(add_working_days(local_day(asked_at, zone), CHECK_DAYS), rules.nudge_at, zone)
    return first if first > now else nudge_on(local_day(now, zone) + WEEK, rules, zone)


def look_at(publish_at: datetime | None, remind_at: datetime | None) -> datetime | None:
    """The first moment at which a notice that is not published is to be looked at."""
    return min((at for at in (publish_at, remind_at) if at), default=None)


def is_new(published_on: date | None, today: date) -> bool:
    """Say whether a notice was published in the week that a digest speaks of."""
    return published_on is not None and 0 <= (today - published_on).days <= 7
