"""Words that are no date: ongoing, immediately, as required, when the policy is agreed, autumn, end of term."""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from lifbot.calendar import month_end, next_working_day, on_or_before
from lifbot.timescale.answers import ask, common, day_choice
from lifbot.timescale.reader import Meaning, Rank, Reader
from lifbot.timescale.values import Calendar, Question
from lifbot.timescale.words import FULL_YEAR, NUMBER_WORD, shown

ONGOING = re.compile(
    r"(?<![a-z])(?:on[ -]?going|continu(?:ous|al|ing|ously|ally)|rolling(?:\s+(?:basis|programme))?"
    r"|open[ -]ended|permanent(?:ly)?|business\s+as\s+usual|bau|indefinite(?:ly)?)(?![a-z])"
)
IMMEDIATE = re.compile(
    r"(?<![a-z])(?:immediate(?:ly)?|a\.?s\.?a\.?p|as\s+soon\s+as\s+(?:reasonably\s+)?(?:possible|practicable|practical|you\s+can)"
    r"|urgent(?:ly)?|straight\s?away|right\s+away|at\s+once|now|without\s+delay|forthwith|soonest|earliest\s+opportunity"
    r"|promptly)(?![a-z])"
)
CONDITION = re.compile(
    r"(?<![a-z])(?:when(?:ever)?|once|if|unless|(?<!looked[ -])after|following|subject\s+to|pending|permitting|allowing"
    r"|depend(?:s|ing|ent)?(?:\s+(?:up)?on)?|as\s+(?:and\s+when\s+)?(?:required|needed|necessary|appropriate)|as\s+and\s+when"
    r"|where\s+(?:required|needed|necessary|possible|appropriate)|provided|providing|assuming|contingent|awaiting|upon"
    r"|as\s+soon\s+as|on\s+(?:completion|receipt|approval|publication|agreement|appointment|request|demand))(?![a-z])"
)
UNSETTLED = re.compile(
    r"(?<![a-z])(?:t\.?b\.?[cad]|to\s+be\s+(?:confirmed|agreed|advised|decided|determined|arranged|set)"
    r"|not\s+(?:yet\s+)?(?:known|set|agreed)|unknown|provisional(?:ly)?|n/?a|none)(?![a-z])"
)
COUNTED_FROM = re.compile(
    rf"(?<![a-z0-9])(?:{NUMBER_WORD}[\s-]+)?(?:(?:working|calendar)\s+)?"
    r"(?:days?|weeks?|wks?|fortnights?|months?|mths?|quarters?|years?)"
    r"\s+(?:or\s+\w+\s+)?(?:before|after|prior\s+to|ahead\s+of|from|following|ago|either\s+side\s+of)(?![a-z])"
    r"(?!\s+(?:now|today)(?![a-z]))"
)
NOT_LATEST = re.compile(
    r"(?<![a-z])(?:at\s+least|no\s+sooner\s+than|no\s+earlier\s+than|not\s+(?:before|until)|more\s+than|longer\s+than"
    r"|(?:at\s+the\s+)?earliest(?!\s+(?:opportunity|possible|convenience)))(?![a-z])"
)
WITHIN_OF = re.compile(
    rf"(?<![a-z])(?:in|within)\s+{NUMBER_WORD}[\s-]+(?:(?:working|calendar)\s+)?(?:days?|weeks?|months?|years?)\s+of(?![a-z])"
    r"(?!\s+(?:now|today|the\s+date\s+of\s+this\s+meeting)(?![a-z]))"
)
WHOLE_WEEK = re.compile(r"(?<![a-z])(?:w/c|wc|wk/?\s?c|week\s+(?:commencing|beginning|starting|of))(?![a-z])")
FEW = re.compile(
    r"(?<![a-z])(?:(?:a\s+)?(?:few|several|some|coming)\s+(?:days|weeks|months|years)|soon|shortly|in\s+due\s+course|eventually"
    r"|(?:medium|short|long)[ -]term|the\s+year|new\s+year)(?![a-z])"
)
SEASON = re.compile(
    rf"(?<![a-z])(?:(?:early|mid|late|the|this|next|end\s+of)[\s-]+)*(?P<season>spring|summer|autumn|winter)"
    rf"(?:\s+(?P<year>{FULL_YEAR}))?(?:\s+(?:term|half[ -]term|holidays?|break))?"
    rf"(?:\s+(?P<term_year>{FULL_YEAR}))?(?![a-z])"
)
TERM = re.compile(
    r"(?<![a-z])(?:(?:the|this|next|end|start|of|school|half)[\s-]+)*(?:term(?:[ -]?time)?|(?:academic|school)\s+year)"
    r"(?![a-z])"
)
FEAST = re.compile(r"(?<![a-z])(?:christmas|xmas|easter)(?![a-z])")

SEASON_MONTHS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}


def ongoing(found: re.Match[str], calendar: Calendar) -> Question:
    """Ongoing: refused without a review date."""
    said = shown(found.group())
    why = f"“{said}” alone cannot be saved: it needs a date for looking at it again. When should it be reviewed?"
    months = ((3, "In three months"), (6, "In six months"))
    reviews = (day_choice(calendar.today + relativedelta(months=n), name) for n, name in months)
    return ask(why, calendar, *common(calendar)[:1], *reviews)


def immediate(found: re.Match[str], calendar: Calendar) -> Question:
    """Immediately: the next working day is one tap away."""
    soon = day_choice(next_working_day(calendar.today), "Next working day")
    return ask(f"“{shown(found.group())}” needs a date. Shall it be the next working day?", calendar, soon)


def season(found: re.Match[str], calendar: Calendar) -> Question:
    """Autumn 2026, spring term: the ends of its months are offered."""
    year, months = found["year"] or found["term_year"], SEASON_MONTHS[found["season"]]
    ends = [_season_end(int(year), month, months) if year else _coming_end(month, calendar) for month in months]
    return ask(f"“{shown(found.group())}” is not one day. Which date is meant?", calendar, *sorted(ends))


def term(found: re.Match[str], calendar: Calendar) -> Question:
    """End of term: terms differ from place to place."""
    ends = sorted(_coming_end(month, calendar) for month in (3, 7, 12))
    return ask(f"“{shown(found.group())}” differs from place to place. Which date is meant?", calendar, *ends[:2])


def feast(found: re.Match[str], calendar: Calendar) -> Question:
    """Christmas and Easter are no due dates."""
    eve = date(calendar.today.year, 12, 24)
    eve = eve if eve >= calendar.today else date(calendar.today.year + 1, 12, 24)
    days = [on_or_before(eve)] if found.group() != "easter" else []
    return ask(f"“{found.group()}” is not one day. Which date is meant?", calendar, *days)


def asked(why: str) -> Meaning:
    """The same question whatever the words; {} stands for them. A condition's goes on from all that was said."""
    return lambda found, calendar: ask(why.format(shown(found.group())), calendar)


def _season_end(year: int, month: int, months: tuple[int, ...]) -> date:
    return month_end(year + (month < months[0]), month)


def _coming_end(month: int, calendar: Calendar) -> date:
    end = month_end(calendar.today.year, month)
    return end if end >= calendar.today else month_end(calendar.today.year + 1, month)


COUNTED = "counts from something else. Which date does that make?"


def _question(rank: Rank, pattern: re.Pattern[str], why: str) -> Reader:
    return Reader(rank, pattern, asked(why))


FIRST_READERS: tuple[Reader, ...] = (
    _question(Rank.CONDITION, NOT_LATEST, "gives no latest date. By when should it be done?"),
    _question(Rank.CONDITION, WITHIN_OF, COUNTED),
)
READERS: tuple[Reader, ...] = (
    _question(Rank.CONDITION, WHOLE_WEEK, "means a whole week. Which day is meant?"),
    Reader(Rank.VAGUE, SEASON, season),
    Reader(Rank.VAGUE, TERM, term),
    Reader(Rank.VAGUE, FEAST, feast),
    Reader(Rank.MANNER, ONGOING, ongoing),
    Reader(Rank.MANNER, IMMEDIATE, immediate),
    _question(Rank.VAGUE, FEW, "“{}” could be many dates. Which is meant?"),
)
LAST_READERS: tuple[Reader, ...] = (
    _question(Rank.CONDITION, COUNTED_FROM, COUNTED),
    _question(
        Rank.CONDITION,
        CONDITION,
        "depends on something else, so I cannot tell the date. By when should it be done or looked at again?",
    ),
    _question(Rank.CONDITION, UNSETTLED, "is not a date yet. By when should it be done or looked at again?"),
)
