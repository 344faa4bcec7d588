"""Due rows -> policy -> outbox: one transaction for each partnership, so a promise and its marks commit together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lifbot.model import Group, Item
from lifbot.policy.agenda import agenda_at
from lifbot.policy.digest import is_timely, next_digest
from lifbot.policy.moments import late_ok, nudge_after
from lifbot.policy.reminders import anchor
from lifbot.policy.steps import Decide, Discuss, Escalate, Remind, Step, Suggest, Unsigned, Wait
from scheduler import cards, learning
from scheduler.nudges import Nudges
from scheduler.ruling import Ruling
from storage import due, escalations, meetings, outbox, people
from storage.asked import tidy
from storage.items import Reader, earliest_overdue
from storage.meetings_plan import plan
from storage.scope import Scope

PLAN_AHEAD = timedelta(days=365)


def sweep(scope: Scope) -> None:
    """Decide about everything of a partnership whose moment has come."""
    _plan_meetings(scope)
    owners = due.owners(scope)
    nudges = Nudges(scope, owners)
    _items(scope, owners, nudges)
    learning.sweep(scope, nudges)
    nudges.promise()
    _unanswered(scope)
    for group in due.groups(scope):
        _group(scope, group)
    _partnership(scope)


def _plan_meetings(scope: Scope) -> None:
    for group in scope.all(Group):
        if group.meetings and (group.planned_until is None or group.planned_until < scope.now + PLAN_AHEAD):
            plan(scope.session, group, scope.zone, scope.now)


def _items(scope: Scope, owners: set[str], nudges: Nudges) -> None:
    if not owners:
        return
    _anchor_owners(scope, owners)  # which can bring an owner's other items forward
    ruling = Ruling(Reader(scope))
    with due.items(scope) as found:
        for item in found:
            _item(scope, ruling, nudges, item)
    cards.of_swept(scope, ruling.reader, found)
    _tell_unsigned(scope, nudges.unsigned)


def _anchor_owners(scope: Scope, owners: set[str]) -> None:
    """Let all overdue items of a person share one weekday (ruling 9)."""
    overdue = earliest_overdue(scope, owners)
    for person, current in due.anchors(scope, owners).items():
        new = anchor(current, [overdue[person]] if person in overdue else [])
        if new != current:
            due.move_anchor(scope, person, new)


def _item(scope: Scope, ruling: Ruling, nudges: Nudges, item: Item) -> None:
    if item.drift_suggested and (gone := ruling.settled(item)):
        item.drift_suggested = [reason for reason in item.drift_suggested if reason not in gone]
        item.drift_dismissed = [reason for reason in item.drift_dismissed if reason not in gone]
    opens = late_ok(scope.now, scope.rules, scope.zone)
    found = ruling.steps(item)
    now_due = [step for step in found if step.at <= scope.now]
    later: list[datetime] = []
    for step in now_due:
        if opens > scope.now:
            later.append(opens)
        elif not _take(scope, ruling.reader, nudges, item, step):
            later.append(nudge_after(scope.today, scope.rules, scope.zone))
    if now_due:
        found = ruling.steps(item)
    coming = [step.at for step in found if step.at > scope.now]
    item.look_again_at = min([*later, *coming], default=None)


def _take(scope: Scope, reader: Reader, nudges: Nudges, item: Item, step: Step) -> bool:
    """Do what a step says and mark it; False where the person has had their nudge today."""
    match step:
        case Escalate():
            if escalations.open_(scope, item, "two_cycles"):
                reader.escalated.add(item.id)
            return True
        case Unsigned():
            for person in (reader.groups[item.group_id].deputy, *scope.partnership.business_unit):
                if person and person != item.owner and item not in nudges.unsigned[person]:
                    nudges.unsigned[person].append(item)
            item.unsigned_told_on = scope.today
            return True
        case Wait():
            return True
        case Remind() | Decide() | Discuss() | Suggest():
            heard = reader.hears(item) if isinstance(step, Remind) else reader.decides(item)
            if heard is None:
                _mark(scope, item, step)
                return True
            if not nudges.can(heard.person):
                return False
            nudges.add(heard, item, *_line(step))
            _mark(scope, item, step)
            return True


def _line(step: Remind | Decide | Discuss | Suggest) -> tuple[str, str]:
    match step:
        case Remind(why=why):
            return why, ""
        case Decide(what=what):
            return "decide", what
        case Discuss():
            return "discuss", ""
        case Suggest(reasons=reasons):
            return "suggest", ",".join(sorted(reasons))


def _mark(scope: Scope, item: Item, step: Remind | Decide | Discuss | Suggest) -> None:
    match step:
        case Remind():
            item.nudged_on = scope.today
        case Decide():
            item.decision_asked_on = scope.today
        case Discuss():
            item.discuss_told = True
        case Suggest(reasons=reasons):
            item.drift_suggested = sorted({*item.drift_suggested, *reasons})


def _tell_unsigned(scope: Scope, unsigned: Mapping[str, Sequence[Item]]) -> None:
    """Promise deputies and the business unit one message each for all that two meetings have left unsigned."""
    for person, found in unsigned.items():
        key = f"unsigned/{person}/{scope.today.isoformat()}/{found[0].ref}"
        outbox.put(scope, key, "unsigned", person=person, about={"items": [item.id for item in found]})


def _unanswered(scope: Scope) -> None:
    """Tell the business unit, once for all of them, which escalations have had no answer."""
    opens = late_ok(scope.now, scope.rules, scope.zone)
    silent = due.escalations(scope)
    moments = {row.id: max(escalations.chase_moment(scope, row.at, row.told_on), opens) for row in silent}
    told = [row for row in silent if moments[row.id] <= scope.now]
    if told:  # those that were told of before come along, so that all of them share a day of the week
        told += [row for row in due.unanswered(scope) if row not in told and row.told_on]
        for person in scope.partnership.business_unit:
            key = f"unanswered/{person}/{scope.today.isoformat()}/{told[0].id}"
            about = {"escalations": sorted(row.id for row in told)}
            outbox.put(scope, key, "unanswered", person=person, about=about)
    for row in (*silent, *told):
        row.told_on = scope.today if row in told else row.told_on
        row.look_again_at = escalations.chase_moment(scope, row.at, row.told_on) if row in told else moments[row.id]
        scope.add(row)


def _group(scope: Scope, group: Group) -> None:
    moments = [next_digest(scope.now, scope.rules, scope.zone)]
    for meeting in meetings.standing_after(scope, group.id):
        at = agenda_at(meeting.starts_at, scope.rules, scope.zone)
        if at > scope.now:
            moments.append(at)
            break
        if meeting.agenda_at is None:
            meeting.agenda_at = scope.now
            scope.add(meeting)
            opens, about = late_ok(scope.now, scope.rules, scope.zone), {"meeting": meeting.id}
            key = f"agenda/{meeting.id}"
            outbox.put(scope, key, "agenda", group_id=group.id, about=about, not_before=opens)
    if _digest_is_due(scope, group.digest_on):
        group.digest_on = scope.today
        key = f"digest/{group.id}/{scope.today.isoformat()}"
        outbox.put(scope, key, "digest", group_id=group.id, about={"day": scope.today.isoformat()})
    group.look_again_at = min(moments)
    scope.add(group)


def _digest_is_due(scope: Scope, done_on: object) -> bool:
    """Whether today is digest day and its hour has come; one whose day has passed is dropped."""
    return done_on != scope.today and is_timely(scope.now, scope.rules, scope.zone)


def _partnership(scope: Scope) -> None:
    partnership = scope.partnership
    if partnership.look_again_at and partnership.look_again_at > scope.now:
        return
    tidy(scope)
    if _digest_is_due(scope, partnership.digest_on):
        partnership.digest_on = scope.today
        for person in partnership.business_unit:
            key = f"digest/@{person}/{scope.today.isoformat()}"
            outbox.put(scope, key, "digest", person=person, about={"day": scope.today.isoformat()})
        for person in people.readers_of_digests(scope):
            key = f"digest/mine/{person}/{scope.today.isoformat()}"
            outbox.put(scope, key, "own_digest", person=person, about={"day": scope.today.isoformat()})
    partnership.look_again_at = next_digest(scope.now, scope.rules, scope.zone)
    scope.add(partnership)
    cards.as_the_day_begins(scope)
