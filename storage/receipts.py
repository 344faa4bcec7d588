"""What agencies say of having passed a notice on: who is asked, who may answer, and how they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.listed import listed
from lifbot.model import Agency, Asked, Group, LogEntry, Notice, Person, Receipt
from lifbot.notices.cascade import Outside, Stand, said_of
from lifbot.policy import cascade, stand_in
from lifbot.policy.stand_in import Hearer
from storage import notices, outbox, records, signing, stand_ins
from storage.scope import Scope

PURPOSE = "receipt"  # of a signed link
BY_LINK = "link"  # whom the log names for an answer that came through one
STANDS = ("published", "closed")  # notices that are answered: late is welcome too


def begin(scope: Scope, notice: Notice) -> list[Receipt]:
    """Await a receipt from each agency that a published notice names, once; the next sweep sends it to their links."""
    known = {row.agency_id for row in scope.all(Receipt, Receipt.notice_id == notice.id)}
    new = [id for id in notice.agencies if id not in known]
    return [scope.insert(Receipt, notice_id=notice.id, agency_id=id, look_again_at=scope.now) for id in new]


def of_notice(scope: Scope, notice: Notice) -> list[Receipt]:
    """Return a notice's receipts: what is missing first, then by agency."""
    rows = [row for row in scope.all(Receipt, Receipt.notice_id == notice.id) if row.status != "withdrawn"]
    return sorted(rows, key=lambda row: (cascade.ORDER.index(row.status), name(scope, row.agency_id).lower()))


def name(scope: Scope, agency_id: str) -> str:
    """Return an agency's name; the id of one that is not there any more."""
    agency = scope.roster.agencies.get(agency_id)
    return agency.name if agency else agency_id


def names(scope: Scope, rows: Sequence[Receipt]) -> str:
    """Return the agencies of receipts: "Council, ICB and Police"."""
    return listed([name(scope, row.agency_id) for row in rows])


def is_silent(scope: Scope, notice: Notice) -> bool:
    """Say whether nothing of a notice may be asked or shown now: it is not out, withdrawn, or on hold."""
    return notice.status not in STANDS or notices.is_held(scope, notice)


# --- who is asked, and who may answer ---------------------------------------------------------------------------


def hears(scope: Scope, agency_id: str) -> Hearer | None:
    """Return who hears what an agency is to pass on, and in whose place; None where somebody has to be named."""
    agency = scope.roster.agencies.get(agency_id)
    link, deputy, head = _posts(agency)
    return stand_in.for_agency(stand_ins.roll(scope), link, deputy, head, scope.partnership.business_unit)


def _posts(agency: Agency | None) -> tuple[str | None, str | None, str | None]:
    return (agency.ld_link, agency.ld_deputy, agency.representative) if agency else (None, None, None)


def asked_next(scope: Scope, agency_id: str, known: Collection[str]) -> Hearer | None:
    """Return who is asked once the date has passed: its representative or deputy, unless they were before."""
    _, deputy, head = _posts(scope.roster.agencies.get(agency_id))
    roll = stand_ins.roll(scope)
    heads = [each if stand_in.can_hear(roll, each) else None for each in (head, deputy)]
    found = cascade.asked_next(heads[0], heads[1], known)
    return Hearer(found, found) if found else None


def answers_for(scope: Scope, person: str, row: Receipt) -> bool:
    """Say whether somebody answers for an agency: its link, deputy or representative, or who was asked instead."""
    return bool(_theirs(scope, person, [row]))


def _theirs(scope: Scope, person: str, rows: Sequence[Receipt]) -> list[Receipt]:
    """Those receipts that somebody answers for."""
    by_post = {id: _holds_post(scope, person, id) for id in {row.agency_id for row in rows}}
    others = not all(by_post.values()) and person not in scope.partnership.business_unit
    asked = _asked_of(scope, person) if others else frozenset()
    return [row for row in rows if by_post[row.agency_id] or records.name_of(row) in asked]


def _holds_post(scope: Scope, person: str, agency_id: str) -> bool:
    """Whether somebody answers for an agency by a post of theirs, or in the place of who holds it."""
    posts = [each for each in _posts(scope.roster.agencies.get(agency_id)) if each]
    heard, roll = hears(scope, agency_id), stand_ins.roll(scope)
    if person in posts or (heard and heard.person == person and person not in scope.partnership.business_unit):
        return True
    return any(roll[each].why == "away" and roll[each].substitute == person for each in posts if each in roll)


def _asked_of(scope: Scope, person: str) -> frozenset[str]:
    """The names of the receipts of which somebody was sent the notice, or reminded."""
    mine = (Asked.person == person, col(Asked.asks).in_(("cascade", "nudge")))
    return frozenset(name for (told,) in scope.columns(Asked, (col(Asked.records),), *mine) for name in told or ())


def mine(scope: Scope, person: str, notice: Notice) -> list[Receipt]:
    """Return the receipts of a notice that somebody answers for."""
    return _theirs(scope, person, of_notice(scope, notice))


def awaited(scope: Scope, person: str) -> list[Notice]:
    """Return the notices of which somebody's agency has not said that it passed them on, the newest first."""
    rows = scope.all(Receipt, col(Receipt.status).in_(cascade.OPEN))
    ids = {row.notice_id for row in _theirs(scope, person, rows)}
    found = scope.all(Notice, col(Notice.id).in_(ids), order=col(Notice.id).desc())
    return [row for row in found if not is_silent(scope, row)]


# --- answers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a notice for an agency; a part that is None stays as it was."""

    status: str  # received, cascaded, not_for_us; "" leaves it
    how: tuple[str, ...] | None = None
    to_whom: str | None = None
    reach: int | None = None
    applies: str | None = None
    evidence: str | None = None  # added to what is there
    url: str | None = None
    reason: str | None = None


def answer(
    scope: Scope, by: str | None, what: str, row: Receipt, said: Answer, belongs_to: LogEntry | None = None
) -> LogEntry:
    """Keep what is said for an agency; a second answer corrects the first, and the log has both."""
    before = records.picture(row)
    row.status = said.status or ("received" if row.status == "waiting" else row.status)
    row.received_at, row.answered_at = row.received_at or scope.now, scope.now
    row.by, row.by_link = by, by is None
    if said.status == "cascaded":
        row.how = list(row.how if said.how is None else said.how)
        row.to_whom, row.reach, row.reason = said.to_whom, said.reach, None
    if said.status == "not_for_us":
        row.how, row.to_whom, row.reach, row.reason = [], None, None, said.reason
    row.applies = said.applies or row.applies
    row.evidence = "\n".join(part for part in (row.evidence, said.evidence) if part) or None
    row.url = said.url or row.url
    row.look_again_at = scope.now if row.status in cascade.OPEN else None
    why = None if by else "through the link"
    return records.write(scope, by or BY_LINK, what, row, before=before, why=why, belongs_to=belongs_to)


# --- what is told of them ---------------------------------------------------------------------------------------


def days(scope: Scope, notice: Notice) -> Mapping[cascade.Step, Any]:
    """Return the days of a notice's reminders."""
    return cascade.course(local_day(notice.published_at or scope.now, scope.zone), notice.cascade_by)


def digest_lines(scope: Scope, group: Group | None = None) -> list[str]:
    """Say for the business unit which agencies have not confirmed a notice after its date and a word to each."""
    if group:
        return []
    rows = scope.all(Receipt, col(Receipt.status).in_(cascade.OPEN), order=col(Receipt.id))
    found: dict[int, list[Receipt]] = {}
    for row in rows:
        found.setdefault(row.notice_id, []).append(row)
    lines = []
    for notice in scope.all(Notice, col(Notice.id).in_(found), Notice.status == "published", order=col(Notice.id)):
        if not notices.is_held(scope, notice) and days(scope, notice)["digest"] <= scope.today:
            late = found[notice.id]
            count = "1 agency has" if len(late) == 1 else f"{len(late)} agencies have"
            lines.append(
                f"{count} not confirmed {notice.ref}: {', '.join(sorted(name(scope, r.agency_id) for r in late))}."
            )
    return lines


def link(scope: Scope, notice: Notice, row: Receipt) -> str:
    """Return the address at which an agency answers without an account, until some weeks after the date."""
    token = signing.signed(scope.session, PURPOSE, row.id, link_until(scope, notice))
    return f"{scope.session.info.get('public_url', '')}/receipt/{token}"


def link_until(scope: Scope, notice: Notice) -> date:
    """Return the last day on which a link that is made today can be used."""
    return cascade.expires_on(notice.cascade_by, scope.today)


def outside(scope: Scope, notice: Notice, row: Receipt, of: str | None) -> Outside:
    """Return the link of an agency, and for whom it is, where that is known."""
    person = scope.get(Person, of)
    known, email = (person.name, person.email or "") if person else ("", "")
    return Outside(known, name(scope, row.agency_id), link(scope, notice, row), email)


def exported(scope: Scope, notice: Notice) -> list[dict[str, Any]]:
    """Return what each agency said of a notice, as JSON values; nothing of one that is on hold."""
    if notices.is_held(scope, notice):
        return []
    rows = scope.all(Receipt, Receipt.notice_id == notice.id, order=col(Receipt.agency_id))
    return [_exported(scope, row) for row in rows]


def _exported(scope: Scope, row: Receipt) -> dict[str, Any]:
    same = ("status", "by", "by_link", "to_whom", "reach", "applies", "evidence", "url", "reason")
    moments = {key: _at(scope, getattr(row, key)) for key in ("sent_at", "received_at", "answered_at")}
    return {"agency": row.agency_id, **{key: getattr(row, key) for key in same}, "how": list(row.how), **moments}


def _at(scope: Scope, moment: datetime | None) -> str | None:
    return moment.astimezone(scope.zone).isoformat() if moment else None


def stand(scope: Scope, row: Receipt) -> Stand:
    """Return how an agency stands, in words."""
    at = row.answered_at or row.received_at
    return Stand(
        name(scope, row.agency_id),
        row.status,
        said_of(row.status, row.how, row.to_whom, row.reach, row.reason),
        row.applies or "",
        local_day(at, scope.zone) if at and row.status != "waiting" else None,
        row.evidence or "",
        row.url or "",
    )


def told_with(scope: Scope, row: Receipt) -> list[Receipt]:
    """Return the receipts that one message told somebody of, this one among them."""
    same = scope.all(Receipt, Receipt.notice_id == row.notice_id, Receipt.sent_at == row.sent_at)
    for each in same if row.sent_at else ():
        sent = outbox.of_key(scope, f"cascade/{each.id}")
        if sent and row.id in sent.about["receipts"]:
            return [found for found in same if found.id in sent.about["receipts"]]
    return [row]
