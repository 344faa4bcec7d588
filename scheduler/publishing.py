"""Dissemination notices: published at their time, posted, drawn anew where they stand; who checks them is reminded."""

from __future__ import annotations

from lifbot import notices
from lifbot.calendar import add_working_days, local_day
from lifbot.message import Message, Receipt
from lifbot.model import Notice, NoticePost, Outbox, Person
from lifbot.notices import Beside
from lifbot.notices.dissemination import NoticeView, dissemination
from lifbot.notices.publishing import check, news, reminder
from lifbot.policy import stand_in
from lifbot.policy.moments import late_ok, nudge_after
from lifbot.policy.publishing import CHECK_DAYS
from scheduler import receipts
from scheduler.nudges import Nudges
from storage import notices as stored
from storage import people, publishing, records
from storage.items import Reader
from storage.scope import Scope

POSTS = ("notice", "cascade")
"""Occasions whose messages are kept, to be drawn anew."""
SILENT = {"held": "silent", "held_post": "silent_post"}
"""What is said of a hold to authors who may not know of it; there is no other news while it stands."""
OCCASIONS = (*POSTS, "notice_redraw")


def sweep(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Decide about the notices whose moment has come."""
    for notice in records.due(scope, Notice):
        if notice.status in (*stored.OUT, "withdrawn"):
            _stale(scope, notice)
            publishing.wake_receipts(scope, notice)
            _remind(scope, reader, nudges, notice)
        elif notice.publish_at and notice.publish_at <= scope.now and _was_scheduled(notice):
            _at_its_time(scope, notice)
        else:
            _remind(scope, reader, nudges, notice)
        scope.add(notice)


def _was_scheduled(notice: Notice) -> bool:
    """Whether a time was given: "as soon as it is checked" is kept as the moment at which that was said."""
    return notice.status == "checked" or notice.look_again_at == notice.publish_at


def _at_its_time(scope: Scope, notice: Notice) -> None:
    before = records.picture(notice)
    trouble = "held" if stored.is_held(scope, notice) else "" if notice.status == "checked" else "unchecked"
    if trouble:
        notice.publish_at = None
        records.write(scope, notice.author, "notice not published", notice, before=before, why=trouble)
        publishing.tell_author(scope, notice, trouble)
        publishing.look_again(scope, notice)
        return
    publishing.publish(scope, notice, at_once=True)
    records.write(scope, notice.author, "notice published", notice, before=before)
    publishing.tell_author(scope, notice, "published")


def _remind(scope: Scope, reader: Reader, nudges: Nudges, notice: Notice) -> None:
    """Put what waits for a check into the nudge of who was asked."""
    if stored.awaits_check(notice) and notice.checker and not stored.is_held(scope, notice) and _is_late(scope, notice):
        heard = stand_in.for_owner(reader.roll, notice.checker, None, scope.partnership.business_unit)
        opens = late_ok(scope.now, scope.rules, scope.zone)
        if opens > scope.now:
            notice.look_again_at = opens
            return
        if heard and not nudges.can(heard.person):
            notice.look_again_at = nudge_after(scope.today, scope.rules, scope.zone)
            return
        if heard:
            nudges.add_record(heard, records.name_of(notice), "check")
    publishing.look_again(scope, notice)


def _is_late(scope: Scope, notice: Notice) -> bool:
    """Whether the check was asked for so long ago that who was asked is reminded."""
    asked = local_day(notice.asked_at or scope.now, scope.zone)
    return add_working_days(asked, CHECK_DAYS) <= scope.today


def says(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """Say in a nudge that a notice waits for a check; None where it does no more."""
    assert isinstance(row, Notice)
    if not stored.awaits_check(row) or stored.is_held(scope, row) or row.checker is None:
        return None
    of = "" if person.id == row.checker else reader.name(row.checker)
    return reminder(stored.view(scope, row), reader.name(row.author), of, records.name_of(row))


def post(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return what a notice says in a channel now, or why it is not posted."""
    notice = _notice(scope, row)
    if notice is None or notice.status not in stored.OUT:
        return "it is published no more"
    if stored.is_held(scope, notice):
        publishing.tell_author(scope, notice, "held_post")
        return "what it comes from is on hold"
    return dissemination(stored.view(scope, notice))


def redraw(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return what a notice shows where it stands, unless it shows that already."""
    there = scope.get(NoticePost, row.about["post"])
    notice = _notice(scope, row)
    if there is None or notice is None:
        return "the post is gone"
    view = stored.view(scope, notice)
    if there.person and (whole := receipts.redrawn(scope, reader, notice, there)):
        return whole
    return "it looks the same" if _shows(view) == there.drawn else dissemination(view)


def to_check(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return what somebody who is asked to check a notice is shown: the whole of it."""
    notice = _notice(scope, row)
    asked = notice is not None and stored.awaits_check(notice) and notice.checker == row.person
    if notice is None or not asked or stored.is_held(scope, notice):
        return "it is not to be checked any more"
    at = stored.said_time(scope, notice)
    return check(stored.view(scope, notice, proposed=True), reader.name(notice.author), records.name_of(notice), at)


def told(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """Return the news of a notice for its author."""
    notice = _notice(scope, row)
    if notice is None or (row.about["what"] == "approved" and notice.status != "checked"):
        return "it has gone on since"
    what = SILENT.get(row.about["what"], "") if stored.is_held(scope, notice) else row.about["what"]
    if not what:
        return "what it comes from is on hold"
    knows = row.person in (*scope.partnership.business_unit, *people.partnership_chairs(scope, None))
    what = row.about["what"] if knows else what
    checker = reader.name(notice.checker) if notice.checker else ""
    return news(stored.view(scope, notice), what, checker, notice.sent_back or "")


def _notice(scope: Scope, row: Outbox) -> Notice | None:
    return scope.get(Notice, row.about["notice"])


def _shows(view: NoticeView) -> str:
    """A fingerprint of what a notice says; buttons beside it are not of the notice."""
    return notices.fingerprint(dissemination(view))


def instead(scope: Scope, row: Outbox) -> Receipt | None:
    """Return where the post stands whose place a message takes."""
    there = scope.get(NoticePost, row.about["post"]) if row.occasion == "notice_redraw" else None
    return Receipt(there.channel, there.stamp) if there else None


def settled(scope: Scope, row: Outbox, receipt: Receipt, sent: Message, platform: str, person: str | None) -> None:
    """Keep where a notice stands and what it shows; if it has changed on its way, let it be drawn anew."""
    notice = _notice(scope, row)
    known = row.occasion == "notice_redraw"
    there = scope.get(NoticePost, row.about["post"]) if known else None
    if notice is None or (known and there is None):
        return
    there = there or publishing.keep(scope, row, receipt, platform, person)
    says = dissemination(stored.view(scope, notice))
    is_up_to_date = all(block in sent.blocks for block in says.blocks)
    there.drawn = notices.fingerprint(says) if is_up_to_date else ""
    scope.add(there)
    if not (known or is_up_to_date):  # a change during a redrawing has promised another itself
        publishing.redraw(scope, there)


def lost(scope: Scope, row: Outbox) -> None:
    """Forget a post that can be drawn anew no more: it was deleted, or its channel is closed."""
    if there := scope.get(NoticePost, row.about["post"]):
        scope.session.delete(there)


def _stale(scope: Scope, notice: Notice) -> None:
    """Promise to draw those posts anew that no longer show what the notice says: after an undo, say."""
    shows = _shows(stored.view(scope, notice))
    for there in publishing.posts(scope, notice):
        if there.drawn != shows:
            publishing.redraw(scope, there)
