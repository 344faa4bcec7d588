"""The page behind a signed link: what it shows, what it keeps, and what it never tells."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx
import jwt
import pytest
from starlette.applications import Starlette

from lifbot.guard import KINDS
from lifbot.model import LogEntry, Notice, Receipt, Source
from operations import receipt_page
from storage import log, receipts, signing
from storage.clock import WorldClock
from tests.cascading import FILE, SUMMARY, TITLE, a_source, change, link_in, publish, scope_of, stands
from tests.room import START, Room, room

CASCADED = {"status": "cascaded", "how": ["supervision", "email"], "to_whom": "officers", "reach": "about 25"}
Fields = Mapping[str, object]


class Visitor:
    """Somebody with a link and a browser that runs no scripts."""

    def __init__(self, it: Room) -> None:
        self.it = it
        self.clock = WorldClock(it.db, travel=True)
        self.clock.set(it.now)
        self.app = Starlette(routes=receipt_page.routes(it.db, self.clock, None))

    def asks(self, method: str, path: str, content: bytes | None = None) -> httpx.Response:
        """Send one request."""

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                return await http.request(method, path, content=content, headers=kind if content else {})

        return asyncio.run(sent())

    def opens(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.asks("GET", path)

    def sends(self, path: str, fields: Fields) -> httpx.Response:
        """Send the form."""
        return self.asks("POST", path, urlencode(fields, doseq=True).encode())


@pytest.fixture
def it(tmp_path: Path) -> Iterator[Room]:
    """A room with five agencies, and a notice for the police, whose link is in no workspace."""
    with room(f"sqlite:///{tmp_path / 'lifbot.db'}", FILE) as found:
        publish(found, ("police",), source_id=a_source(found))
        found.pause()
        yield found


@pytest.fixture
def link(it: Room) -> str:
    """The path of the link that Amina was asked to pass on."""
    (said,) = it.new("amina")
    return link_in(said.text)


def police(it: Room) -> Receipt:
    return stands(it)["police"]


def test_a_link_is_answered_corrected_and_thanked_for(it: Room, link: str) -> None:
    fay = Visitor(it)
    page = fay.opens(link)
    assert page.status_code == 200
    assert f"Learning sheet: {TITLE}" in page.text
    assert "Kirklees Safeguarding Children Partnership" in page.text
    assert "by 6 February 2026" in page.text
    assert police(it).status == "waiting", "to look is no answer"
    sent = fay.sends(link, {**CASCADED, "evidence": "minutes https://x.example/m"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{link}?thanks")
    assert "noted as passed on" in fay.opens(f"{link}?thanks").text
    row = police(it)
    assert (row.status, row.how, row.to_whom, row.reach) == ("cascaded", ["supervision", "email"], "officers", 25)
    assert (row.by, row.by_link, row.url) == (None, True, "https://x.example/m")
    again = fay.opens(link).text
    assert "noted as passed on already" in again
    assert "officers" not in again, "what was said is not shown to whoever has the link"
    assert fay.sends(link, {"status": "not_for_us", "reason": "because we have none"}).status_code == 303
    assert (police(it).status, police(it).to_whom, police(it).reason) == ("not_for_us", None, "because we have none")
    with it.db.begin() as session:
        entries = scope_of(it, session).all(LogEntry, LogEntry.by == receipts.BY_LINK)
        assert [row.what for row in entries] == ["notice cascaded", "notice not-for-us"], "the log has both"
    it.wind("2026-03-01")
    assert not list(it.all("amina", "Has it reached")), "who has answered is not asked again"


def test_it_reveals_nothing_but_the_title(it: Room, link: str) -> None:
    fay = Visitor(it)
    shown = [fay.opens(link), fay.sends(link, {"status": "cascaded"}), fay.opens(f"{link}?thanks")]
    for secret in (SUMMARY, "example.org", "Fay", "Amina", "Police", "DN-2026", "A review", "amina"):
        assert not [page for page in shown if secret in page.text], secret
    for page in shown:
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in page.headers["x-robots-tag"]
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        assert "<script" not in page.text
        assert re.search(r'<html lang="en-GB">', page.text)


def test_what_is_missing_or_cannot_be_kept_is_said_kindly(it: Room, link: str) -> None:
    fay = Visitor(it)
    for fields, told in (
        ({}, "Please choose one of these."),
        ({"status": "withdrawn"}, "Please choose one of these."),
        ({"status": "cascaded"}, "Please tick how it was passed on"),
        ({**CASCADED, "reach": "many"}, "Please write a number"),
        ({"status": "not_for_us", "reason": "  "}, "Please say in a few words"),
        ({**CASCADED, "to_whom": "x" * 301}, "Please shorten this."),
        ({**CASCADED, "applies": "a\x00b"}, "cannot be kept"),
        ({**CASCADED, "applies": "about 943 476 5919"}, KINDS["nhs"][0]),
    ):
        page = fay.sends(link, fields)
        assert (page.status_code, told in page.text) == (422, True), (fields, page.text[-3000:])
        assert 'role="alert"' in page.text
    kept = fay.sends(link, {**CASCADED, "reach": "many", "to_whom": "<b>officers</b>"}).text
    assert "&lt;b&gt;officers&lt;/b&gt;" in kept, "nothing that was typed is lost, and none of it is markup"
    assert kept.count(" checked") == 3
    assert fay.asks("POST", link, b"status=cascaded&applies=" + b"x" * 40_000).status_code == 413
    assert fay.asks("POST", link, b"&".join([b"a=1"] * 80)).status_code == 422
    assert fay.asks("POST", link, b"\xff\xfe=%ff").status_code == 422
    assert fay.asks("PUT", link).status_code == 405
    assert police(it).status == "waiting"


def test_the_guard_asks_about_names_and_points_elsewhere_where_somebody_is_in_danger(it: Room, link: str) -> None:
    fay = Visitor(it)
    doubtful = {**CASCADED, "to_whom": "officers, told by the mother of Tommy Baker (7)"}
    asked = fay.sends(link, doubtful)
    assert asked.status_code == 422
    assert 'name="vouched"' in asked.text
    assert police(it).status == "waiting"
    assert fay.sends(link, {**doubtful, "vouched": "yes"}).status_code == 303
    with it.db.begin() as session:
        cleared = scope_of(it, session).first(LogEntry, LogEntry.what == log.CLEARED)
        assert cleared is not None
        assert "Tommy" not in (cleared.why or "")
    told = fay.sends(link, {**CASCADED, "applies": "a child is at immediate risk of harm tonight"})
    assert "999" in told.text
    assert police(it).applies is None


def test_wrong_expired_withdrawn_and_held_links(it: Room, link: str) -> None:
    fay = Visitor(it)
    token = link.removeprefix("/receipt/")
    head, body, mark = token.split(".")
    other = jwt.encode(
        {"p": "receipt", "r": 1, "exp": 4_000_000_000}, "another key that is long enough for it", "HS256"
    )
    with it.db.begin() as session:
        key = signing.key(session)
        purpose = signing.signed(session, "something else", 1, START.date())
    none = jwt.encode({"p": "receipt", "r": 1, "exp": 4_000_000_000}, "", "none")
    forged = jwt.encode({"p": "receipt", "r": "1", "exp": 4_000_000_000}, key, "HS256")
    endless = jwt.encode({"p": "receipt", "r": 1}, key, "HS256")
    nobody = jwt.encode({"p": "receipt", "r": 999, "exp": 4_000_000_000}, key, "HS256")
    cut = f"{head}.{body}.{mark[:-2]}"
    for wrong in (cut, other, purpose, none, forged, endless, nobody, "x", "é", "a" * 3000):
        page = fay.opens(f"/receipt/{wrong}")
        assert (page.status_code, "This link does not work" in page.text) == (404, True), wrong
        assert fay.sends(f"/receipt/{wrong}", CASCADED).status_code == 404
        assert TITLE not in page.text
    source = police(it).notice_id
    change(it, Source, Source.id > 0, held_at=it.now)
    held = fay.opens(link)
    assert (held.status_code, "not available just now" in held.text, TITLE in held.text) == (404, True, False)
    assert "Partnership" not in held.text
    assert fay.sends(link, CASCADED).status_code == 404
    change(it, Source, Source.id > 0, held_at=None)
    it.now = datetime.fromisoformat("2026-03-08T20:00:00+00:00")
    fay.clock.set(it.now)
    assert fay.opens(link).status_code == 200
    it.now = datetime.fromisoformat("2026-03-09T00:00:01+00:00")
    fay.clock.set(it.now)
    over = fay.opens(link)
    assert (over.status_code, "no longer in use" in over.text, TITLE in over.text) == (410, True, False)
    assert fay.sends(link, CASCADED).status_code == 410
    anew = it.types("amina", "notice link 1 agency:police")
    assert fay.opens(link_in(anew)).status_code == 200
    change(it, Notice, Notice.id == source, status="withdrawn")
    gone = fay.opens(link_in(anew))
    assert (gone.status_code, "has been withdrawn" in gone.text, TITLE in gone.text) == (410, True, False)
    assert police(it).status == "waiting"


def test_the_key_is_made_once_and_never_shown(database_url: str) -> None:
    with room(database_url, FILE) as it:
        with it.db.begin() as session:
            first = signing.key(session)
        with it.db.begin() as session:
            assert signing.key(session) == first
        publish(it, ("police",))
        it.pause()
        path = link_in(it.all("amina")[0].text)
        fay = Visitor(it)
        assert fay.sends(path, {"status": "received"}).status_code == 303
        assert police(it).status == "received"
        assert first not in str(it.export())
