"""A dissemination notice as channels and learning links read it: what is new, for whom, and what agencies are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.links import Link, name_of
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, Message, Say, say

AUDIENCES = (("practitioners", "Practitioners"), ("managers", "Managers"), ("public", "Anybody, the public too"))
WHOM = {"practitioners": "for practitioners", "managers": "for managers", "public": "for anybody"}
LONGEST_TITLE = 140  # letters of a heading
REMOVED = "Identifying detail has been removed."


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a notice says, in words; nobody is named in it."""

    ref: str
    product: str  # "One Minute Guide"
    title: str
    summary: str
    audience: str = "practitioners"  # practitioners, managers, public
    sections: tuple[tuple[str, str], ...] = ()
    asks: str = ""  # of the agencies
    url: str = ""
    file_name: str = ""
    source: str = ""  # where the learning comes from; empty while that is not published
    themes: tuple[str, ...] = ()
    event: str = ""  # when and where, of a briefing, course or conference
    cascade_by: date | None = None  # None: no agency is asked to pass it on
    status: str = "published"
    approved_on: date | None = None
    published_on: date | None = None
    edited_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    is_held: bool = False  # what it comes from is on hold: nothing of it is shown

    @property
    def name(self) -> str:
        """What it is called in a line: "One Minute Guide: Information sharing"."""
        return f"{self.product}: {self.title}"

    @property
    def for_whom(self) -> str:
        """For whom it is: "for practitioners"."""
        return WHOM[self.audience]

    @property
    def whom(self) -> str:
        """For whom it is and whether it may be published, in a sentence."""
        may = "it may be published" if self.audience == "public" else "not for publication"
        return f"{self.for_whom.capitalize()}; {may}."


def dissemination(view: NoticeView, buttons: Sequence[Button] = ()) -> Message:
    """The notice as it stands in a channel or a direct message; the buttons are those of an agency's own receipt."""
    if view.status == "withdrawn":
        return _withdrawn(view)
    if view.is_held:
        return say(f"{view.ref} is not shown here at present.")
    blocks = (*_what(view), *_asked(view), *([Ask("", tuple(buttons))] if buttons else []), Fine(_small(view)))
    return Message(blocks, f"{view.product} {view.ref}: new learning to pass on.")


def _withdrawn(view: NoticeView) -> Message:
    on = f" on {say_date(view.withdrawn_on)}" if view.withdrawn_on else ""
    text = f"This notice was withdrawn{on}. Please do not use it or pass it on any further."
    if view.is_held:
        return Message((Say(text), Fine(view.ref)), f"{view.ref} was withdrawn.")
    reason = [Say(f"Why: {view.withdrawn_reason}")] if view.withdrawn_reason else []
    return Message((_heading(view), Say(text), *reason, Fine(view.ref)), f"{view.ref} was withdrawn.")


def _heading(view: NoticeView) -> Heading:
    return Heading(clip(view.name, LONGEST_TITLE))


def _what(view: NoticeView) -> Iterator[Block]:
    approved = f" Approved on {say_date(view.approved_on)}." if view.approved_on else ""
    yield _heading(view)
    yield Say(f"{view.whom}{approved}")
    yield Say(view.summary)
    for title, text in view.sections:
        yield Heading(title)
        yield Say(text)
    themes = ", ".join(view.themes)
    facts = (("When and where", view.event), ("About", themes), ("It comes from", view.source))
    if pairs := tuple(pair for pair in facts if pair[1]):
        yield Facts(pairs)
    if view.url:
        yield Link("Read it:", name_of(view.url, view.file_name), view.url)


def _asked(view: NoticeView) -> Iterator[Block]:
    if view.asks:
        yield Say(f"Agencies are asked: {view.asks}")
    if view.cascade_by is None:
        return
    if view.status == "closed":
        yield Say("The cascade is closed: no more replies are needed. Thank you to everybody who passed it on.")
        return
    by = say_date(view.cascade_by)
    yield Say(f"Learning and development links: please cascade it by {by} and reply “cascaded” with how and to whom.")


def _small(view: NoticeView) -> str:
    edited = f" Edited on {say_date(view.edited_on)}." if view.edited_on else ""
    removed = f" {REMOVED}" if view.approved_on else ""  # which the check has confirmed
    return f"{view.ref}.{removed}{edited}"
