"""Meetings: next meeting, next L&D meeting, the September meeting, the meeting after next, meeting on 2026-03-12."""

import re

from lifbot.calendar import MONTHS, say_date
from lifbot.timescale.answers import ask, ask_only, due, meeting_choice
from lifbot.timescale.reader import Rank, Reader
from lifbot.timescale.values import Calendar, Choice, DueDate, MeetingDate, Question, Timescale
from lifbot.timescale.words import FULL_YEAR, MONTH_WORD, month_number, shown

WORDS = r"(?:[^\s,.;:()\0/]+\s+)"
MEETING = r"(?:meetings?|mtg)(?![a-z])(?:'s)?"
OF = r"(?:\s+(?P<link>of|for)\s+(?P<of>(?:(?!\s(?:or|by|in|within|due|on)\s)[^,.;:()\0/]){1,60}))?"
IN_MONTH = rf"(?:\s+in\s+(?P<month>{MONTH_WORD})(?:\s+(?P<year>{FULL_YEAR}))?)?"

AFTER_NEXT = re.compile(
    rf"(?<![a-z])(?:the\s+)?(?P<who>{WORDS}{{0,5}}?)(?:{MEETING}\s+after\s+(?:the\s+)?next(?:\s+one|\s+meeting)?"
    rf"|next\s+but\s+one\s+{MEETING}|next\s+{MEETING}\s+but\s+one){OF}"
)
NEXT = re.compile(rf"(?<![a-z])next\s+(?P<who>{WORDS}{{0,8}}?){MEETING}{OF}{IN_MONTH}")
IN_A_MONTH = re.compile(
    rf"(?<![a-z])(?P<who>{WORDS}{{0,5}}?)(?:(?P<month>{MONTH_WORD})(?:'s)?(?:\s+(?P<year>{FULL_YEAR}))?(?:'s)?\s+(?P<who_after>{WORDS}{{0,5}}?)"
    rf"{MEETING}|{MEETING}\s+(?:in|of)\s+(?P<month_after>{MONTH_WORD})(?:\s+(?P<year_after>{FULL_YEAR}))?){OF}"
)
TODAYS = re.compile(rf"(?<![a-z])(?:today's\s+{MEETING}|{MEETING}\s+today)(?![a-z])")
BARE = re.compile(rf"(?<![a-z])(?:at|by|for|before|to)\s+(?:the|our)\s+{MEETING}(?!\s+(?:on|in|of)\s)(?=\s*$)")

# Words beside "meeting" that name no group of their own.
PLAIN = re.compile(
    r"a|the|our|this|its|full|formal|regular|ordinary|scheduled|planned|available|quarterly|monthly|group|subgroup|sub|of|and"
    r"|to|at|by|for|in|on|before|until|due|not|later|than|within|no|next|report|back|feedback|update"
)
KINDS = frozenset({"group", "subgroup", "sub", "committee", "board", "panel", "meeting", "the", "s"})
UNKNOWN = "\0"


def next_meeting(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The next meeting of the owning group, or of the group that is named."""
    group = _group(found, calendar, found["who"])
    if found["month"]:
        return _in_month(group, found["month"], found["year"], calendar)
    return _nth(group, 1, found, calendar)


def after_next(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The meeting after next."""
    return _nth(_group(found, calendar, found["who"]), 2, found, calendar)


def in_a_month(found: re.Match[str], calendar: Calendar) -> Timescale:
    """The September meeting, the L&D meeting in September."""
    group = _group(found, calendar, f"{found['who']} {found['who_after'] or ''}")
    month, year = found["month"] or found["month_after"], found["year"] or found["year_after"]
    return _in_month(group, month, year, calendar)


def todays(found: re.Match[str], calendar: Calendar) -> Timescale:
    """Today's meeting, if it has not begun."""
    held = [meeting for meeting in calendar.meetings_of(calendar.group) if meeting.at == calendar.today]
    return _at(held[0], "today's meeting", calendar) if held else _none_planned("today", calendar.group, calendar)


def bare(found: re.Match[str], calendar: Calendar) -> Question:
    """At the meeting: which one is asked."""
    return ask(
        f"“{shown(found.group())}” could be any meeting. Which is meant?", calendar, *_offers(calendar.group, calendar)
    )


def tied_to_meeting(said: str, found: DueDate, calendar: Calendar) -> DueDate:
    """The same date, tied to the meeting of that day where the words name it ("meeting on 2026-03-12")."""
    before, meeting, _ = said.partition("meeting")
    if not meeting or found.meeting_id is not None:
        return found
    words = re.sub(r"[0-9]+(?:st|nd|rd|th)?|[/.-]", " ", re.sub(MONTH_WORD, " ", before))
    group = named_group(words, calendar)
    held = [each for each in calendar.meetings_of(group) if each.at == found.on]
    return DueDate(found.on, f"the meeting on {say_date(found.on)}", held[0].id) if len(held) == 1 else found


def named_group(words: str, calendar: Calendar) -> str:
    """The group named beside "meeting": the owning group if none is, UNKNOWN if it is nobody's name."""
    nearest = re.split(r"(?<![a-z])(?:at|by|to|for|in|on|before|until|from|with)\s", words)[-1]
    plain = all(PLAIN.fullmatch(word) for word in _key(nearest).split())
    return calendar.group or "" if plain else _exactly(nearest, calendar) or UNKNOWN


def _group(found: re.Match[str], calendar: Calendar, who: str) -> str:
    if found["of"] is None:
        return named_group(who, calendar)
    words = found["of"].split()
    named = (_exactly(" ".join(words[:count]), calendar) for count in range(len(words), 0, -1))
    of = next((group for group in named if group), None)
    if of or found["link"] == "for" or re.match(r"(?:(?:the|this|our)\s+)?(?:sub[ -]?)?group(?![a-z])", found["of"]):
        return of or named_group(who, calendar)
    return UNKNOWN


def _exactly(words: str, calendar: Calendar) -> str | None:
    """The one group of this name; None if there is none, or more than one."""
    said = _key(words)
    named = {each.group for each in calendar.meetings for name in each.group_names if _names(name, said)}
    return named.pop() if len(named) == 1 else None


def _key(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.lower().replace("&", " and ")).split())


def _names(name: str, said: str) -> bool:
    """Whether the words end in the group's name, with or without "subgroup" or "panel", and hold no further name."""
    key = _key(name)
    short = " ".join(word for word in key.split() if word not in KINDS) or key
    trimmed = " ".join(word for word in said.split() if word not in KINDS) or said
    for own, words in ((key, said), (short, trimmed)):
        if own and (words == own or words.endswith(" " + own)):
            return all(PLAIN.fullmatch(word) for word in words[: len(words) - len(own)].split())
    return False


def _nth(group: str, nth: int, found: re.Match[str], calendar: Calendar) -> Timescale:
    if group == UNKNOWN:
        return _no_such_group(calendar)
    meetings = calendar.meetings_of(group)
    if meetings and meetings[0].at == calendar.today:
        why = "There is a meeting today that has not begun. Is it that one, or a later one?"
        return ask_only(why, calendar, *_offers(group, calendar))
    if len(meetings) < nth:
        return _none_planned(f"for “{shown(found.group())}”", group, calendar)
    how = "the next meeting" if nth == 1 else "the meeting after next"
    return _at(meetings[nth - 1], how, calendar)


def _in_month(group: str, month: str, year: str | None, calendar: Calendar) -> Timescale:
    if group == UNKNOWN:
        return _no_such_group(calendar)
    number = month_number(month)
    wanted = int(year) if year else calendar.today.year + (number < calendar.today.month)
    name = f"{MONTHS[number - 1]} {wanted}"
    meetings = [each for each in calendar.meetings_of(group) if (each.at.year, each.at.month) == (wanted, number)]
    if len(meetings) == 1:
        return _at(meetings[0], f"the {MONTHS[number - 1]} meeting", calendar)
    if meetings:
        why = f"There are {len(meetings)} meetings in {name}. Which is meant?"
        return ask_only(why, calendar, *(meeting_choice(each, calendar) for each in meetings))
    return _none_planned(f"in {name}", group, calendar)


def _no_such_group(calendar: Calendar) -> Question:
    return ask("I know no group of that name with a meeting planned. Which date is meant?", calendar)


def _none_planned(when: str, group: str | None, calendar: Calendar) -> Question:
    return ask(f"I know of no meeting {when}. Which date is meant?", calendar, *_offers(group, calendar))


def _offers(group: str | None, calendar: Calendar) -> list[Choice]:
    return [meeting_choice(meeting, calendar) for meeting in calendar.meetings_of(group)[:3]]


def _at(meeting: MeetingDate, how: str, calendar: Calendar) -> Timescale:
    of = "" if meeting.group == calendar.group or not meeting.group_names else f" of {meeting.group_names[0]}"
    return due(meeting.at, how + of, calendar, meeting.id)


READERS = (
    Reader(Rank.RELATIVE, TODAYS, todays),
    Reader(Rank.RELATIVE, AFTER_NEXT, after_next),
    Reader(Rank.RELATIVE, NEXT, next_meeting),
    Reader(Rank.RELATIVE, IN_A_MONTH, in_a_month),
    Reader(Rank.VAGUE, BARE, bare),
)
