"""How a date or a question is answered: the checks every date passes, and choices that can be read again."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from lifbot.calendar import ONE_DAY, next_working_day, quarter_end, say_date
from lifbot.timescale.values import Calendar, Choice, DueDate, MeetingDate, PastDate, Question, Timescale
from lifbot.timescale.words import real_day

FURTHEST_YEARS = 10
MOST_CHOICES = 6


def due(on: date, how: str, calendar: Calendar, meeting_id: int | None = None) -> Timescale:
    """The due date, or a question if it has passed or lies more than ten years ahead."""
    if on < calendar.today:
        return passed(on, calendar)
    if on > furthest(calendar):
        return ask(f"{say_date(on)} is more than {FURTHEST_YEARS} years away. When should it be done?", calendar)
    return DueDate(on, how, meeting_id)


def ask(why: str, calendar: Calendar, *first: Choice | date | None) -> Question:
    """A question with these answers first, then the common ones; those that have passed are left out."""
    return Question(why, _distinct([*_offered(first, calendar), *common(calendar)]))


def ask_only(why: str, calendar: Calendar, *first: Choice | date | None) -> Question:
    """A question with just these answers; the common ones if none of them is still ahead."""
    offered = _distinct(_offered(first, calendar))
    return Question(why, offered) if offered else ask(why, calendar)


def passed(on: date, calendar: Calendar) -> PastDate:
    """The question for a date in the past: offers the same day when it next comes, and soon."""
    again = next_such(on.month, on.day, calendar.today)
    soon = day_choice(next_working_day(calendar.today), "Next working day")
    offered = _distinct([*_offered([again, soon], calendar), *common(calendar)])
    return PastDate(f"{say_date(on)} has already passed. When should it be done?", offered)


def common(calendar: Calendar) -> tuple[Choice, ...]:
    """The common answers: the next meeting, in a month, and the end of the quarter, where there are such."""
    ahead = [meeting for meeting in calendar.meetings_of(calendar.group) if meeting.at > calendar.today]
    end = quarter_end(calendar.today)
    end = end if end > calendar.today else quarter_end(end + ONE_DAY)
    return (
        *[meeting_choice(meeting, calendar) for meeting in ahead[:1]],
        day_choice(calendar.today + relativedelta(months=1), "In a month"),
        day_choice(end, "End of quarter"),
    )


def day_choice(day: date, name: str = "") -> Choice:
    """A date to tap, with a name for it if it has one."""
    return Choice(f"{name} ({say_date(day)})" if name else say_date(day), day.isoformat())


def meeting_choice(meeting: MeetingDate, calendar: Calendar) -> Choice:
    """A meeting to tap; the words keep hold of the meeting, so that the date moves with it."""
    soonest = calendar.meetings_of(meeting.group)[0]
    own = meeting.group == calendar.group
    name = "" if own else min(meeting.group_names, key=len, default="") + " "
    if meeting == soonest and meeting.at > calendar.today:
        label = "Next meeting" if own else f"Next {_title(meeting)} meeting"
        return Choice(f"{label} ({say_date(meeting.at)})", f"next {name}meeting")
    label = "Meeting on " if own else f"{_title(meeting)} meeting on "
    return Choice(label + say_date(meeting.at), f"{name}meeting on {meeting.at.isoformat()}")


def as_choice(found: DueDate, calendar: Calendar) -> Choice:
    """The answer that says the same as a due date already read."""
    for meeting in calendar.meetings:
        if meeting.id == found.meeting_id:
            return meeting_choice(meeting, calendar)
    return day_choice(found.on)


def next_such(month: int, day: int, today: date) -> date | None:
    """The next such day from today on, today included; None if neither this year nor the next has it."""
    days = (real_day(year, month, day) for year in (today.year, today.year + 1))
    return next((found for found in days if found and found >= today), None)


def furthest(calendar: Calendar) -> date:
    """The last day that is taken without asking."""
    return calendar.today + relativedelta(years=FURTHEST_YEARS)


def _offered(first: Iterable[Choice | date | None], calendar: Calendar) -> list[Choice]:
    return [
        answer if isinstance(answer, Choice) else day_choice(answer)
        for answer in first
        if isinstance(answer, Choice) or (answer and calendar.today <= answer <= furthest(calendar))
    ]


def _distinct(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    kept: dict[str, Choice] = {}
    for choice in choices:
        kept.setdefault(choice.says, choice)
    return tuple(kept.values())[:MOST_CHOICES]


def _title(meeting: MeetingDate) -> str:
    return meeting.group_names[0] if meeting.group_names else meeting.group
