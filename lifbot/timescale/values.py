"""What reading a timescale takes and gives: a calendar in, a due date or a question out."""

from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date


@dataclass(frozen=True)
class MeetingDate:
    """An upcoming meeting that has not begun, with every name, alias and prefix of its group."""

    group: str
    group_names: tuple[str, ...]
    id: int
    at: date


@dataclass(frozen=True)
class Calendar:
    """Today, the owning group's id, and the upcoming meetings of all groups of the partnership."""

    today: date
    group: str | None
    meetings: tuple[MeetingDate, ...]

    def meetings_of(self, group: str | None) -> tuple[MeetingDate, ...]:
        """The upcoming meetings of one group, soonest first."""
        own = (meeting for meeting in self.meetings if meeting.group == group and meeting.at >= self.today)
        return tuple(sorted(own, key=lambda meeting: (meeting.at, meeting.id)))


@dataclass(frozen=True)
class DueDate:
    """The date a timescale became and how it was read; `meeting_id` where it moves with a meeting."""

    on: date
    how: str
    meeting_id: int | None = None


@dataclass(frozen=True)
class Choice:
    """One answer to tap: what the button says, and the words that, read again, give a due date."""

    label: str
    says: str

    @property
    def typed(self) -> str:
        """The words as a person would type them: a date is written out."""
        try:
            return say_date(date.fromisoformat(self.says))
        except ValueError:
            return self.says


@dataclass(frozen=True)
class Question:
    """What is unclear, in one kind line, and answers to choose from."""

    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class PastDate(Question):
    """The question that a date in the past brings."""


Timescale = DueDate | Question
