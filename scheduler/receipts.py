"""Notices on their way through the agencies: sent to who passes them on, asked about, and kept in view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lifbot.buttons import cascade_buttons
from lifbot.message import Block, Button, Message, Say
from lifbot.model import Notice, NoticePost, Outbox, Person, Receipt
from lifbot.notices import Beside, cascade
from lifbot.policy.cascade import OPEN, Due, Step, now_due
from lifbot.policy.moments import late_ok, nudge_after, nudge_on
from lifbot.policy.stand_in import Hearer
from scheduler.nudges import Nudges
from storage import cascading, notices, outbox, receipts, records, stand_ins
from storage.items import Reader
from storage.scope import Scope


def sweep(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Send what is new to each agency's link, and ask again where the moment for it has come."""
    found: dict[int, list[Receipt]] = defaultdict(list)
    for row in records.due(scope, Receipt):
        found[row.notice_id].append(row)
    for id, rows in found.items():
        notice = scope.get(Notice, id)
        for row in rows:
            row.look_again_at = None
        if notice and notice.status == "published":
            _of_notice(scope, nudges, notice, [row for row in rows if row.status in OPEN])
        for row in rows:
            scope.add(row)


def _of_notice(scope: Scope, nudges: Nudges, notice: Notice, rows: Sequence[Receipt]) -> None:
    if notices.is_held(scope, notice):  # silent, for as long as that lasts
        for row in rows:
            row.look_again_at = nudge_after(scope.today, scope.rules, scope.zone)
        return
    _send(scope, nudges, notice, [row for row in rows if row.sent_at is None])
    asked: dict[tuple[str, str, Step], list[Receipt]] = defaultdict(list)
    for row in rows:
        if row.sent_at is not None and row.look_again_at is None:
            _ask_again(scope, nudges, notice, row, asked)
    for (person, of, step), some in asked.items():
        nudges.add_record(Hearer(person, of), records.name_of(some[0]), step)


def _send(scope: Scope, nudges: Nudges, notice: Notice, rows: Sequence[Receipt]) -> None:
    """Promise each who passes learning on one message, for all the agencies that they hear it for."""
    together: dict[tuple[str, str], list[Receipt]] = defaultdict(list)
    for row in rows:
        if heard := receipts.hears(scope, row.agency_id):
            together[heard.person, heard.of].append(row)
        else:
            _nobody(scope, nudges, row)
    for (person, of), some in together.items():
        first = some[0].id
        about = {"notice": notice.id, "receipt": first, "receipts": [row.id for row in some], "of": of}
        outbox.put(scope, f"cascade/{first}", "cascade", person=person, about=about)
        for row in some:
            row.sent_at = scope.now
            row.chased = []


def _nobody(scope: Scope, nudges: Nudges, row: Receipt) -> None:
    """Ask the business unit, once, to name somebody; as soon as they have, it is sent."""
    opens = late_ok(scope.now, scope.rules, scope.zone)
    if opens > scope.now:
        row.look_again_at = opens
        return
    unit = [each for each in scope.partnership.business_unit if nudges.can(each)]
    if "nobody" not in row.chased and unit:
        for person in unit:
            nudges.add_record(Hearer(person, person), records.name_of(row), "nobody")
        row.chased = [*row.chased, "nobody"]
    row.look_again_at = nudge_after(scope.today, scope.rules, scope.zone)


def _ask_again(
    scope: Scope, nudges: Nudges, notice: Notice, row: Receipt, asked: dict[tuple[str, str, Step], list[Receipt]]
) -> None:
    days = receipts.days(scope, notice)
    due = now_due(days, row.status, row.chased, scope.today)
    opens = late_ok(scope.now, scope.rules, scope.zone)
    if due.step and opens > scope.now:
        row.look_again_at = opens
        return
    step, heard = _whom(scope, row, due)
    if heard and step and not nudges.can(heard.person):
        row.look_again_at = nudge_after(scope.today, scope.rules, scope.zone)
        return
    if heard and step:
        asked[heard.person, heard.of, step].append(row)
        row.nudged_on = scope.today
    row.chased = [*row.chased, *due.done]
    row.look_again_at = nudge_on(due.again, scope.rules, scope.zone) if due.again else None


def _whom(scope: Scope, row: Receipt, due: Due) -> tuple[Step | None, Hearer | None]:
    """Who is asked, and how: who passes it on; after the date somebody else, unless they were asked themselves.

    Where there is nobody else, and who passes it on was not asked at the date (it was on hold then), they are.
    """
    heard = receipts.hears(scope, row.agency_id)
    if due.step != "representative":
        return due.step, heard if due.step else None
    other = receipts.asked_next(scope, row.agency_id, {heard.person} if heard else set())
    return ("due", heard) if other is None and "due" in due.done else (due.step, other)


# --- what is said -----------------------------------------------------------------------------------------------


def buttons_of(scope: Scope, receipt: Receipt) -> tuple[Button, ...]:
    """Return the buttons of a notice's own message as an agency stands now, for drawing it anew."""
    notice = scope.get(Notice, receipt.notice_id)
    if notice is None or receipts.is_silent(scope, notice):
        return ()
    return buttons(notice, receipts.told_with(scope, receipt))


def buttons(notice: Notice, rows: Sequence[Receipt], *, here: bool = True) -> tuple[Button, ...]:
    """Return what can be said next of these agencies: as long as one of them has not answered, all can."""
    if not rows:
        return ()
    statuses = [row.status for row in rows]
    status = next(each for each in ("waiting", "received", "cascaded", "not_for_us") if each in statuses)
    ids = ",".join(row.agency_id for row in rows if row.status == status)
    return cascade_buttons(notice.ref, ids, status, applies=all(row.applies for row in rows), here=here)


def told(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """What who passes learning on is told of a notice, as it is now."""
    notice = scope.get(Notice, row.about["notice"])
    if notice is None or receipts.is_silent(scope, notice) or notice.status == "closed":
        return "it is withdrawn, closed or on hold"
    found = [each for id in row.about.get("receipts", ()) if (each := scope.get(Receipt, id)) and each.status in OPEN]
    if not found:
        return "it was answered"
    return _message(scope, reader, notice, found, row.person, row.about["of"])


def redrawn(scope: Scope, reader: Reader, notice: Notice, there: NoticePost) -> Message | None:
    """Return what who passes a notice on sees of it now; None where nothing of it may be shown, or it is withdrawn."""
    sent = None if receipts.is_silent(scope, notice) else cascading.sent_as(scope, there)
    rows = [row for id in sent.about.get("receipts", ()) if (row := scope.get(Receipt, id))] if sent else []
    return _message(scope, reader, notice, rows, there.person, sent.about["of"]) if sent and rows else None


def _message(
    scope: Scope, reader: Reader, notice: Notice, rows: Sequence[Receipt], person: str | None, of: str
) -> Message:
    """The notice for who passes it on: for which agencies, how they stand, and what they can say."""
    first = cascade.for_agencies([receipts.name(scope, each.agency_id) for each in rows])
    if any(each.status != "waiting" for each in rows):
        first = [cascade.stands([receipts.stand(scope, each) for each in rows])]
    first = [*_in_place(scope, reader, notice, rows, person, of), *first]
    shown = () if notice.status == "closed" else buttons(notice, rows)
    message = cascade.passed(notices.view(scope, notice), shown, first)
    return Message(message.blocks, message.summary, records=tuple(map(records.name_of, rows)), asks="cascade")


def _in_place(
    scope: Scope, reader: Reader, notice: Notice, rows: Sequence[Receipt], person: str | None, of: str
) -> list[Block]:
    """In whose place somebody hears a notice; for who is in no workspace, with the link to pass on."""
    them = stand_ins.roll(scope).get(of)
    if of == person or them is None or not them.why:
        return []
    if them.why == "away":
        heard = Hearer(person or "", of, "away", them.away_until)
        return [Say(f"For {reader.name(of)}, who {reader.why(heard)}:")]
    view = notices.view(scope, notice)
    return [block for row in rows for block in cascade.outside(view, receipts.outside(scope, notice, row, of))]


def say(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """How a nudge asks about a notice; None where it is answered, withdrawn, closed or on hold by now."""
    assert isinstance(row, Receipt)
    notice = scope.get(Notice, row.notice_id)
    if notice is None or notice.status != "published" or notices.is_held(scope, notice):
        return None
    if why == "nobody":
        return _say_nobody(scope, notice, row)
    heard = receipts.hears(scope, row.agency_id)
    mine = [
        each
        for each in receipts.of_notice(scope, notice)
        if each.status in OPEN and _is_asked(scope, each, person.id, why, heard.of if heard else "")
    ]
    if not mine:
        return None
    of = heard if heard and heard.is_stand_in and why != "representative" else None
    outside = of is not None and of.why == "no_address"
    line = f"notice link {notice.ref} agency:{mine[0].agency_id}"
    link = (Button("Link to pass on", line),) if outside else ()
    names = [receipts.name(scope, each.agency_id) for each in mine]
    shown = (*buttons(notice, mine, here=False), *link)
    return cascade.reminder(
        notices.view(scope, notice), names, why, scope.today, records.name_of(mine[0]), shown, _for(reader, of)
    )


def _for(reader: Reader, heard: Hearer | None) -> str:
    """In whose place a reminder is heard; whoever is in no workspace is to get a link."""
    if heard is None:
        return ""
    why = cascade.NO_WORKSPACE if heard.why == "no_address" else f"who {reader.why(heard)}."
    return f"For {reader.name(heard.of)}, {why}"


def _is_asked(scope: Scope, row: Receipt, person: str, why: str, of: str) -> bool:
    heard = receipts.hears(scope, row.agency_id)
    if why == "representative":
        other = receipts.asked_next(scope, row.agency_id, {heard.person} if heard else set())
        return other is not None and other.person == person
    return heard is not None and heard.person == person and heard.of == of


def _say_nobody(scope: Scope, notice: Notice, row: Receipt) -> Beside | None:
    if row.status not in OPEN or receipts.hears(scope, row.agency_id):
        return None
    answer = Button("Cascaded…", f"form notice cascaded {notice.ref} agency:{row.agency_id}")
    shown = (Button("Name somebody…", f"form agency edit agency:{row.agency_id}", "primary"), answer)
    view, names = notices.view(scope, notice), [receipts.name(scope, row.agency_id)]
    return cascade.reminder(view, names, "nobody", scope.today, records.name_of(row), shown)
