"""Timescales in plain words: "within three months", "next meeting", "31/3" become a date, or the question to ask."""

from lifbot.timescale.answers import common
from lifbot.timescale.reading import read
from lifbot.timescale.sentence import take_from
from lifbot.timescale.spans import Span, read_span
from lifbot.timescale.values import Calendar, Choice, DueDate, MeetingDate, Question, Timescale

__all__ = [
    "Calendar",
    "Choice",
    "DueDate",
    "MeetingDate",
    "Question",
    "Span",
    "Timescale",
    "common",
    "read",
    "read_span",
    "take_from",
]
