"""The kinds of arguments, as they stand in commands' signatures."""

from __future__ import annotations

from typing import Annotated

from commands.bind import Due
from lifbot.grammar import Arg
from lifbot.model import Agency, Group, Item, Notice, Person
from lifbot.rhythm import Rhythm
from lifbot.tags import GAPS, SCOPES

# How "every quarter" may begin: "success:fewer repeats: 10%" says nothing of the kind.
OFTEN = (
    r"[\"“]?(?:every|each|once|twice|never|no\b|none|on\b|the\b|annual|alternate|bi\b|half|\w+[\s-]?times|[\w-]*ly\b"
    r"|first|second|third|fourth|last|\d+(?:st|nd|rd|th)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|rrule|freq)"
)
Text = Annotated[str, Arg("text", "What is to be done", "Leave out names of children and families, and case details.")]
Owner = Annotated[Person, Arg("who", "Accountable owner", "One person answers for it.", leads=())]
When = Annotated[Due, Arg("when", "By when", "A date, “next meeting” or “within three months”.", keys=("by",))]
InGroup = Annotated[Group, Arg("group", "Group")]
OfAgency = Annotated[Agency | None, Arg("agency", "Lead agency", "The owner's agency, unless you say otherwise.")]
Contributors = Annotated[tuple[Person, ...], Arg("people", "Contributors", "Others who take part.", keys=("with",))]
Source = Annotated[str, Arg("line", "Source", "Which review or audit it comes from.", longest=200)]
Criteria = Annotated[
    str, Arg("text", "Success criteria", "How will you know that it has worked?", keys=("criteria", "success"))
]
Scope = Annotated[str, Arg("choice", "Concerns", options=SCOPES, keys=("concerns",), in_form=False)]
Themes = Annotated[tuple[str, ...], Arg("themes", "Themes", "With a comma between two.", keys=("themes",), longest=700)]
Gap = Annotated[str, Arg("choice", "What became of the gap", options=GAPS, in_form=False)]
Priority = Annotated[
    str, Arg("line", "Priority of the delivery plan", "As the plan names it.", longest=100, in_form=False)
]
Repeats = Annotated[
    Rhythm | None,
    Arg(
        *("rhythm", "Repeats", "For example “every quarter”: once it is closed, the next is logged."),
        in_form=False,
        looks=OFTEN,
    ),
]
Parent = Annotated[str, Arg("line", "Belongs to", "The reference of a recommendation or issue.", in_form=False)]
SaidBy = Annotated[str, Arg("line", "Said by", longest=100, in_form=False)]
SaidUrl = Annotated[str, Arg("line", "Link to the message", longest=500, in_form=False)]
Ref = Annotated[Item, Arg("item", "Reference")]
NoticeRef = Annotated[Notice, Arg("notice", "Notice", "Its reference, for example DN-2026-003.")]
Words = Annotated[str, Arg("text", "What has happened", "Please leave out names and case details.")]
Why = Annotated[str, Arg("text", "Reason", "What got in the way, or why this is better?", leads=("because",))]
