"""The room in which the messages are said: months lived through for what comes by itself, one morning for answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlmodel import select

from commands import dispatch
from lifbot.errors import NOT_ADDED, TryLater
from lifbot.message import Incoming, Message, Parcel, Place, Receipt
from lifbot.model import Outbox, SigningKey
from storage.db import Database
from tests.desk import buttons_of
from tests.room import PUBLIC_URL, SE, Room, file, moment, room

Kind = Literal["words", "click", "command"]

MORNING = "2026-03-03 10:00"
FAY = "  - {id: fay"
FILE = file().replace(FAY, "  - {id: jo, name: Jo Bell, agency: council, slack: U0JO}\n" + FAY)


@dataclass(frozen=True)
class Told:
    """What was said by itself: on which occasion, to whom or in which channel, and when."""

    occasion: str
    to: str
    at: datetime
    message: Message


@dataclass
class Gallery(Room):
    """A room that knows the occasion of everything that is said in it."""

    keys: list[str] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)  # people who have not added lifbot in Teams

    async def send(self, parcel: Parcel) -> Receipt:
        """Be the platform, and note which promise it is."""
        if parcel.address.to.removeprefix("U0").lower() in self.absent:
            raise TryLater(NOT_ADDED)
        receipt = await super().send(parcel)
        self.keys.append(parcel.key)
        return receipt

    def said(self) -> list[Told]:
        """Return everything with its occasion, oldest first."""
        with self.db.begin() as session:
            rows = session.exec(select(Outbox)).all()
            occasions = {f"{row.partnership_id}/{row.key}": row.occasion for row in rows}
        pairs = zip(self.keys, self.told, strict=True)
        return [Told(occasions[key], said.to, said.at, said.message) for key, said in pairs]

    def presses(self, who: str, shown: Message, label: str, *, direct: bool = False) -> Message:
        """Press a button of an answer."""
        command = next(each.command for each in buttons_of(shown) if each.label.startswith(label))
        return self.answers(who, command, direct=direct, can_open_form=True, kind="click")

    def answers(
        self, who: str, text: str, *, direct: bool = False, can_open_form: bool = False, kind: Kind | None = None
    ) -> Message:
        """Type something in SE's channel, or say it in the direct message; there is always an answer."""
        place = Place(f"D0{who.upper()}", direct=True) if direct else Place(SE, direct=False)
        kind = kind or ("words" if direct else "command")
        if text.startswith("form "):
            kind = "click"
        who, form = f"U0{who.upper()}", can_open_form
        incoming = Incoming("slack", "T0001", who, place, text, self.now, kind, can_open_form=form)
        answer = dispatch.handle(self.db, incoming)
        assert answer is not None, text
        return answer


@contextmanager
def opened(path: Path) -> Iterator[Gallery]:
    """Open a room on a database with the cast of the tests."""
    with room(f"sqlite:///{path}", FILE) as it:
        with it.db.begin() as session:
            session.add(SigningKey(id=1, key="0" * 64))  # so that links, and with them pictures, stay as they are
        yield Gallery(it.db, it.now)


def months(it: Gallery) -> list[Told]:
    """Live through everything that makes lifbot speak by itself."""
    done = it.logs("Audit MASH thresholds", "27 February", more="source:LCSPR 2 success:90% agree")
    more = it.logs("Review the MARF form", "27 February")
    cannot = it.logs("Train the night duty team", "27 February")
    declined = it.logs("Agree one referral route with the acute trust", "27 February")
    late = it.logs("Share the neglect toolkit with schools", "27 February")
    early = it.logs("Publish the joint protocol", "27 February", owner="ian")
    it.logs("Map the offer for young carers", "12 March")
    it.wind("2026-01-12 11:00")
    it.types("amina", "action list open SE as:xlsx")
    it.wind("2026-02-24 11:00")
    it.says("cleo", f"{done} done: 40 files audited, 36 of them agree")
    it.says("cleo", f"{more} more time 30 April because the form is with legal")
    it.says("cleo", f"{cannot} cannot because the post is vacant instead we briefed all teams by video")
    it.says("cleo", f"{declined} not mine, the acute trust leads on it")
    it.wind("2026-03-02 11:00")
    it.types("ben", f"action signoff {done}")
    it.types("ben", f"action accept {more}")
    it.types("ben", f"action escalate {early} because two agencies read the guidance differently")
    it.wind("2026-03-12 11:00")
    it.types("ben", f"meeting close {late}: waiting for a system change")
    it.wind("2026-05-20 10:00")
    it.says("dev", f"decide {late} the ICB will lead, with a date by June")
    it.says("dev", f"return {late} please agree a date with the supplier")
    it.absent.add("ian")
    it.wind("2026-05-26 10:00")
    it.absent.clear()
    it.refuses["C0SE"] = "is_archived"
    it.wind("2026-08-01")
    passed_on(it)
    return it.said()


def passed_on(it: Gallery) -> None:
    """Let a notice go out to the agencies, one of which is asked for."""
    it.types("amina", "agency edit icb link:@grace")
    for who, line in SENT:
        it.types(who, line)
    it.wind("2026-08-03 10:05")


SENT = (
    ("amina", "notice add Seeing the child product:Learning sheet by:31 August summary:Ask what has happened."),
    ("amina", "notice check DN-2026-001 ask:@ben"),
    ("ben", "notice approve DN-2026-001 confirm:1,2,3,4,5"),
    ("amina", "notice publish DN-2026-001"),
)
"""How a notice goes out: written, checked by a second person, published."""


def spring(it: Gallery) -> list[Told]:
    """Live through what happens to people, and to cards in a channel."""
    it.logs("Audit MASH thresholds", "31 March")
    it.logs("Review the MARF form", "30 April")
    it.logs("Brief all duty teams", "12 March", owner="ian")
    sources(it)
    it.wind("2026-01-15 10:00")
    it.types("ben", "action card SE-2026-003")
    it.wind("2026-01-15 10:05")
    it.types("ian", "action update SE-2026-003: three of four teams are briefed")
    a_notice(it)
    it.types("cleo", "settings digest:yes")
    it.wind("2026-01-30 10:00")
    it.types("ben", "person away 2 February to 20 February substitute:@grace")
    it.types("ian", "action handover SE-2026-003 to:@cleo because she leads on training")
    it.wind("2026-02-23 10:00")
    it.types("amina", "person leaves @cleo")
    it.wind("2026-03-02 10:00")
    it.refuses["ian"] = "user_disabled"
    it.wind("2026-04-30 10:00")
    return it.said()


def asking(it: Gallery) -> list[Told]:
    """Live through what agencies are asked: a request that one of them leaves open, and a challenge that remains."""
    for agency, link in (("icb", "cleo"), ("police", "ian"), ("council", "jo")):
        it.types("amina", f"agency edit {agency} link:@{link}")
    it.types("ben", "request add Please confirm that supervision covers the new guidance agencies:all due:30 January")
    it.types("ben", "request add Section 11 return agencies:icb, police due:30 June kind:return")
    it.types("cleo", "challenge add How do you know that supervision reaches night staff? to:police due:next meeting")
    it.wind("2026-01-12 10:00")
    it.types("ben", "request edit AR-2026-002 due:31 July")
    it.types("cleo", "request answer AR-2026-001 All teams were briefed evidence:https://example.org/briefing")
    it.types("jo", "request answer AR-2026-001 In the newsletter of January")
    it.wind("2026-02-16 10:00")
    it.types("ian", "request answer AR-2026-001 Briefed at every shift change in February")
    it.types("ian", "challenge respond 1 Night staff have had supervision each month since May")
    it.wind("2026-02-16 10:10")
    it.types("ben", "request return AR-2026-001 Which stations? agency:police")
    it.types("ben", "request withdraw AR-2026-002 because the inspection asks for the same")
    it.types("cleo", "challenge remains 1 because no figures are given")
    it.wind("2026-03-12 11:00")
    it.types("ben", "meeting close SE-2026-001: the group asks for this year's figures")
    it.wind("2026-03-12 11:10")
    it.types("cleo", "challenge remains 1 because the figures are a year old")
    it.wind("2026-03-12 11:30")
    return it.said()


def a_notice(it: Gallery) -> None:
    """Let Amina write a notice, Ben check it, and everybody read it; then its date is changed."""
    guide = "notice add Information sharing product:One Minute Guide by:6 February link:https://example.org/guide"
    it.types("amina", f"{guide} summary:What to share with whom, and when. Ask first who needs to know.")
    it.types("amina", "notice check DN-2026-001 ask:@ben")
    it.wind("2026-01-15 10:10")
    it.types("ben", "notice approve DN-2026-001 confirm:1,2,3,4,5")
    it.wind("2026-01-15 10:15")
    it.types("amina", "notice publish DN-2026-001")
    it.wind("2026-01-15 10:20")
    it.types("amina", "notice edit DN-2026-001 by:13 February")
    it.wind("2026-01-15 10:25")


def sources(it: Gallery) -> None:
    """Let Ben put two reviews into the register: one with a milestone of Jo's, one on hold."""
    it.types("ben", "source add Early help method:practice review person:@jo")
    it.types("ben", "source milestone LR-2026-001 Meet the authors of the review due:22 January 2026")
    it.types("ben", "source add Transitions method:practice review")
    it.types("amina", "source hold LR-2026-002 because court order until 27 January 2026")


def morning(it: Gallery) -> None:
    """Prepare the log for answers: on a Tuesday in March, with one item in every state."""
    it.logs("Audit MASH thresholds", "27 February", more="source:Deep dive into neglect success:90% of decisions agree")
    it.logs("Review the MARF form", "next meeting")
    it.logs("Brief all duty teams on the neglect toolkit", "31 March", owner="ian")
    it.logs("Train the night duty team", "30 April")
    it.logs("Agree one referral route with the acute trust", "31 March")
    it.logs("Publish the joint protocol", "30 June", owner="ian")
    it.logs("Map the offer for young carers", "27 February", owner="ian")
    it.types("ben", "recommendation add Neglect is seen early in every setting owner:@cleo due:30 June source:LCSPR 2")
    it.types("ben", "action link SE-2026-003 to:SE-2026-008")
    it.types("ian", "issue add Thresholds differ between districts owner:@ian due:30 April")
    it.types("amina", "action tag SE-2026-001 theme:neglect, MASH gap:stabilised priority:2 Early help")
    it.logs("Check the rota of the out-of-hours team", "27 February", owner="ian")
    it.types("ian", "action done SE-2026-010: checked, no gaps in January")
    it.types("ben", "action signoff SE-2026-010")
    it.wind("2026-03-02 11:00")
    it.types("ian", "action done SE-2026-003: all four teams briefed, slides on the shared drive")
    it.types("cleo", "action cannot SE-2026-004 because the post is vacant instead we briefed all teams by video")
    it.types("cleo", "action extend SE-2026-005 30 June because the form is with legal")
    it.types("ben", "action escalate SE-2026-006 because two agencies read the guidance differently")
    it.wind(MORNING)


@dataclass
class Mornings:
    """Rooms that all begin on the same morning, each on its own copy of the database."""

    folder: Path
    count: int = 0

    def __post_init__(self) -> None:
        with opened(self.folder / "morning.db") as it:
            morning(it)

    @contextmanager
    def again(self) -> Iterator[Gallery]:
        """Open another room on that morning."""
        self.count += 1
        path = self.folder / f"morning-{self.count}.db"
        shutil.copy(self.folder / "morning.db", path)
        db = Database(f"sqlite:///{path}", PUBLIC_URL)
        try:
            yield Gallery(db, moment(MORNING))
        finally:
            db.close()
