"""A notice goes out: into channels, to each agency's link, and what stands there is drawn anew when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from lifbot.message import Receipt
from lifbot.model import Notice, NoticePost, Outbox, Person
from lifbot.model import Receipt as AgencyReceipt
from lifbot.policy import publishing
from storage import outbox, receipts, records
from storage.notices import awaits_check
from storage.scope import Scope
from storage.stand_ins import open_accounts


def publish(scope: Scope, notice: Notice, *, at_once: bool = False) -> None:
    """Promise a checked notice to its channels and await its receipts; `at_once` whatever the hour."""
    notice.status, notice.published_at, notice.publish_at, notice.look_again_at = "published", scope.now, None, None
    for id in notice.groups:
        group = scope.roster.groups.get(id)
        if group and (group.slack_channel or group.teams_channel):
            about: dict[str, Any] = {"notice": notice.id, **({"asked": True} if at_once else {})}
            outbox.put(scope, f"notice/{notice.id}/{id}", "notice", group_id=id, about=about)
    scope.add(notice)
    receipts.begin(scope, notice)


def ask_to_check(scope: Scope, notice: Notice) -> None:
    """Send the whole notice to who is asked to check it."""
    key = f"notice_check/{notice.id}/{notice.checker}/{scope.now.isoformat()}"
    outbox.put(scope, key, "notice_check", person=notice.checker, about={"notice": notice.id})


def tell_author(scope: Scope, notice: Notice, what: str, by: str | None = None) -> None:
    """Tell the author what became of a notice; the business unit, where the author has left."""
    author = scope.get(Person, notice.author)
    here = [notice.author] if author and author.left_on is None else list(scope.partnership.business_unit)
    for person in here:
        if person != by:
            key = f"notice_news/{notice.id}/{what}/{person}/{scope.now.isoformat()}"
            outbox.put(scope, key, "notice_news", person=person, about={"notice": notice.id, "what": what})


def look_again(scope: Scope, notice: Notice) -> None:
    """Set when a notice that is not published yet is looked at next."""
    remind = None
    if awaits_check(notice) and notice.asked_at:
        remind = publishing.remind_checker_at(notice.asked_at, scope.now, scope.rules, scope.zone)
    waits_for_time = notice.publish_at and notice.published_at is None and notice.publish_at > scope.now
    at = notice.publish_at if waits_for_time else None
    notice.look_again_at = publishing.look_at(at, remind)


def keep(scope: Scope, row: Outbox, receipt: Receipt, platform: str, person: str | None) -> NoticePost:
    """Keep where a notice came to stand: in a channel, or with a person."""
    here = (NoticePost.platform == platform, NoticePost.channel == receipt.channel, NoticePost.stamp == receipt.stamp)
    known = scope.first(NoticePost, *here)
    return known or scope.insert(
        NoticePost,
        notice_id=row.about["notice"],
        group_id=row.group_id,
        person=person,
        platform=platform,
        channel=receipt.channel,
        stamp=receipt.stamp,
    )


def posts(scope: Scope, notice: Notice) -> Sequence[NoticePost]:
    """Return where a notice stands, the first first."""
    return scope.all(NoticePost, NoticePost.notice_id == notice.id, order=col(NoticePost.id))


def changed(scope: Scope, notice: Notice) -> None:
    """Promise that a notice is drawn anew wherever it stands; what it then shows is read when it is drawn."""
    for there in posts(scope, notice):
        redraw(scope, there)


def redraw(scope: Scope, there: NoticePost) -> None:
    """Promise that one post is drawn anew, unless that is promised and not begun yet."""
    key = f"notice_redraw/{there.id}/{there.redraws}"
    mine = (Outbox.partnership_id == scope.id, Outbox.key == key)
    last = scope.session.exec(select(Outbox).where(*mine).with_for_update()).first()
    place = _place(scope, there)
    if place is None or (last and last.status == "waiting"):
        return
    there.redraws += 1
    scope.add(there)
    about = {"post": there.id, "notice": there.notice_id, "asked": True, **place}
    outbox.put(scope, f"notice_redraw/{there.id}/{there.redraws}", "notice_redraw", about=about, is_new=True)


def _place(scope: Scope, there: NoticePost) -> dict[str, Any] | None:
    """Where it stands, as the outbox has it; None where its reader has no account there any more."""
    if there.person is None:
        return {"place": [there.platform, there.channel, None]}
    person = scope.get(Person, there.person)
    account = open_accounts(person).get(there.platform) if person and person.left_on is None else None
    return {"place": [there.platform, account, None], "direct": True} if account else None


def withdraw(scope: Scope, notice: Notice, by: str, why: str) -> None:
    """Take a published notice back: its posts say so, and no agency is asked about it any more."""
    before = records.picture(notice)
    notice.status, notice.withdrawn_at, notice.withdrawn_reason = "withdrawn", scope.now, why
    notice.publish_at = notice.look_again_at = None
    notice.proposed = {}
    entry = records.write(scope, by, "notice withdraw", notice, before=before, why=why)
    for receipt in scope.all(AgencyReceipt, AgencyReceipt.notice_id == notice.id):
        if receipt.status in ("waiting", "received"):
            was = records.picture(receipt)
            receipt.status, receipt.look_again_at = "withdrawn", None
            records.write(scope, by, "notice withdraw", receipt, before=was, belongs_to=entry)
    changed(scope, notice)


def wake_receipts(scope: Scope, notice: Notice) -> None:
    """Let open receipts of a published notice be looked at again, where it was closed for a while."""
    if notice.status == "published":
        asleep = (col(AgencyReceipt.look_again_at).is_(None), col(AgencyReceipt.status).in_(("waiting", "received")))
        scope.change(AgencyReceipt, {"look_again_at": scope.now}, AgencyReceipt.notice_id == notice.id, *asleep)
