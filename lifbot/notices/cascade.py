"""What is said to and about agencies that pass a notice on: the notice itself, reminders, answers, who stands how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from lifbot.calendar import say_date
from lifbot.cascaded import say as say_cascaded
from lifbot.grammar import clip
from lifbot.links import Link, name_of
from lifbot.listed import listed
from lifbot.message import Ask, Block, Button, Facts, Fine, ItemCard, ItemList, Message, Say
from lifbot.notices.dissemination import NoticeView, dissemination
from lifbot.notices.nudge import Beside

WORDS = {
    "waiting": "Not confirmed yet",
    "received": "Received",
    "cascaded": "Cascaded",
    "not_for_us": "Not for them",
    "withdrawn": "Withdrawn",
}
TITLE = "Learning to pass on"
HOW = "Reply “cascaded” with how, to whom and to about how many, or “not for us because …”."
SEEN = "The partnership can see what you reply. Please leave out names and case details."
NO_WORKSPACE = "who is in no workspace. Could you pass this link on?"
LINK_NOTE = (
    "The link needs no account and shows only the notice's title. Whoever has it can answer, so please send it to them "
    "alone."
)


@dataclass(frozen=True, slots=True)
class Stand:
    """How an agency stands with a notice; nobody is named in it."""

    agency: str
    status: str
    said: str = ""  # "by supervision, to social workers, about 40 people"; or the reason
    applies: str = ""
    on: date | None = None
    evidence: str = ""
    url: str = ""

    @property
    def line(self) -> str:
        """All of it but the agency, in a line: "Cascaded by supervision · 3 March 2026"."""
        return " · ".join(part for part in (self.phrase, say_date(self.on) if self.on else "") if part)

    @property
    def phrase(self) -> str:
        """How it stands, with how or why."""
        word, said = WORDS[self.status], self.said
        return f"{word}: {said}" if said and self.status == "not_for_us" else f"{word} {said}".strip()


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody in no workspace, and the link with which they can answer."""

    name: str
    agency: str
    url: str
    email: str = ""


def said_of(status: str, how: Sequence[str], to_whom: str | None, reach: int | None, reason: str | None) -> str:
    """Return what an agency said of a notice as a phrase."""
    if status == "cascaded":
        return say_cascaded(tuple(how), to_whom, reach)
    return (reason or "") if status == "not_for_us" else ""


def passed(view: NoticeView, buttons: Sequence[Button], first: Sequence[Block]) -> Message:
    """Return the notice for who passes it on, after words of their own: for which agencies, in whose place."""
    message = dissemination(view, buttons)
    return replace(message, blocks=(*first, *message.blocks, Fine(SEEN)))


def outside(view: NoticeView, who: Outside) -> list[Block]:
    """Ask somebody to pass a link on to who is in no workspace; with a letter begun, where their address is known."""
    for_whom = f"For {who.name}, {NO_WORKSPACE}" if who.name else f"The link for {who.agency}:"
    blocks: list[Block] = [Say(for_whom), _opens(who.url)]
    if who.email:
        blocks.append(Link("Or by e-mail:", f"write to {who.name or who.agency}", letter(view, who)))
    return [*blocks, Fine(LINK_NOTE)]


def _opens(url: str) -> Block:
    """The address in full, to be copied."""
    return Say(url)


def letter(view: NoticeView, who: Outside) -> str:
    """Return the address that begins a letter with a receipt's link."""
    subject = f"Learning to pass on: {view.name}"
    by = f" by {say_date(view.cascade_by)}" if view.cascade_by else ""
    read = [f"Read it: {view.url}"] if view.url else []
    lines = (
        f"Hello {who.name.split()[0]}," if who.name else "Hello,",
        "",
        f"{view.name} ({view.ref}) is for {who.agency} to pass on{by}.",
        *read,
        f"Please say how it was passed on here (no account needed): {who.url}",
    )
    parts = f"subject={quote(subject, safe='')}&body={quote(chr(10).join(lines), safe='')}"
    return f"mailto:{quote(who.email, safe='@+')}?{parts}"


def reminder(view: NoticeView, agencies: Sequence[str], why: str, today: date, record: str, buttons: tuple[Button, ...],
             said: str = "") -> Beside:  # fmt: skip
    """Return how a nudge asks whether a notice was passed on: kindly, about the agency; `said` is in whose place."""
    assert view.cascade_by is not None
    whom, by = listed(agencies), view.cascade_by
    was = f"was to be passed on by {say_date(by)}" if by < today else f"is to be passed on by {say_date(by)}"
    was = "is to be passed on by the end of today" if by == today else was
    asked = {
        "representative": f"{whom} has not said yet whether {view.ref} reached its staff. Could you help?",
        "nobody": f"{whom} has nobody yet who passes learning on, so {view.ref} has reached nobody there.",
    }
    alone = asked.get(why, f"{view.ref} {was}. Has it reached the staff of {whom}?")
    line = f"{whom} · {'names nobody to pass it on yet' if why == 'nobody' else was}"
    note = "Name somebody, or answer for the agency." if why == "nobody" else f"{HOW} {SEEN}"
    title = "Nobody to pass learning on" if why == "nobody" else TITLE
    return Beside(title, ItemCard(view.ref, clip(view.name, 200), line, None, buttons, said), record, alone, note)


def answered(
    view: NoticeView,
    said: str,
    every: Sequence[Stand],
    buttons: tuple[Button, ...],
    records: tuple[str, ...],
    *,
    whole: bool,
) -> Message:
    """Confirm an answer: how the agencies stand, what can be done next, and the way back.

    `whole` keeps the notice in view, since this takes the place of the message that was answered.
    """
    lines: tuple[Block, ...] = (stands(every),)
    lines += (Say(f"What applies: {every[0].applies}"),) if every and every[0].applies else ()
    lines += _evidence(every[0]) if len(every) == 1 else ()
    if whole:
        kept = dissemination(view, buttons)
        blocks: tuple[Block, ...] = (Say(said), *lines, *kept.blocks, Fine(SEEN))
        return Message(blocks, said, replaces=True, records=records, asks="cascade")
    card = ItemCard(view.ref, clip(view.name, 200), "")
    return Message((Say(said), card, *lines, Fine(SEEN), Ask("", buttons)), said, records=records, asks="cascade")


def stands(every: Sequence[Stand]) -> Facts:
    """Return how agencies stand, a line each."""
    return Facts(tuple((each.agency, each.line) for each in every))


def _evidence(stand: Stand) -> tuple[Block, ...]:
    said = (Say(f"Evidence: {stand.evidence}"),) if stand.evidence else ()
    return (
        (*said, Link("Evidence:", name_of(stand.url), stand.url))
        if stand.url and stand.url not in stand.evidence
        else said
    )


def status(view: NoticeView, stands: Sequence[Stand], today: date, buttons: tuple[Button, ...] = ()) -> Message:
    """Return how a notice stands: counts, and a line for each agency, what is missing first."""
    text = f"{view.ref}: {counted([each.status for each in stands])}."
    by = f" To be passed on by {say_date(view.cascade_by)}." if view.cascade_by else ""
    cards = tuple(ItemCard(each.agency, _bits(each), each.line) for each in stands)
    note = "It asks no agency to pass it on."
    blocks: tuple[Block, ...] = (Say(f"{text}{by}"), ItemList(clip(view.name, 140), cards, note))
    asks = (Ask("", buttons),) if buttons else ()
    return Message((*blocks, *asks, Fine("Agencies are named, people are not.")), text)


def _bits(stand: Stand) -> str:
    parts = (
        f"What applies: {stand.applies}" if stand.applies else "",
        stand.evidence and f"Evidence: {stand.evidence}",
    )
    return clip(" ".join(part for part in parts if part), 300)


def counted(statuses: Sequence[str]) -> str:
    """Return how many agencies stand how: "7 cascaded, 1 received, 1 not for them, 2 not confirmed yet"."""
    if not statuses:
        return "no agency is asked to pass it on"
    named = (("cascaded", "cascaded"), ("received", "received"), ("not_for_us", "not for them"))
    parts = [f"{statuses.count(key)} {word}" for key, word in named if statuses.count(key)]
    parts += [f"{statuses.count('waiting')} not confirmed yet"] if statuses.count("waiting") else []
    return f"{', '.join(parts)} of {len(statuses)} {'agency' if len(statuses) == 1 else 'agencies'}"


def for_agencies(names: Sequence[str], instead: str = "") -> list[Block]:
    """Say for which agencies somebody hears a notice, and in whose place."""
    return [Say(f"{instead}For {listed(names)}.")]
