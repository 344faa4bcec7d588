"""Writing a partnership's entries: those of its file, or those that somebody changed by chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lifbot.calendar import local_day
from lifbot.errors import LifError
from lifbot.model import Agency, Board, Group, Item, Membership, Person
from lifbot.policy.rules import Rules
from storage import log, meetings
from storage.leaving import LEAVE, is_here
from storage.meetings_plan import plan_anew
from storage.merging import Report, merge_fields, merge_keys, merge_list
from storage.scope import Scope
from storage.setup_checks import check_alone

Entry = dict[str, Any]

MODELS: dict[str, type[Board | Agency | Person | Group]] = {
    "boards": Board,
    "agencies": Agency,
    "people": Person,
    "groups": Group,
}
NOUNS = {"boards": "board", "agencies": "agency", "people": "person", "groups": "group"}
LISTS = frozenset({"members", "business_unit", "rules", "answers"})  # merged entry by entry, not as one value


@dataclass(slots=True)
class Run:
    """What was said before (`was`), what is said now, and what will be kept as loaded; `by` says it."""

    scope: Scope
    was: dict[str, dict[str, Entry]]
    wanted: dict[str, dict[str, Entry]]
    loaded: dict[str, dict[str, Entry]]
    remove: bool
    report: Report
    by: str = "setup"

    def before(self, section: str, id: str) -> Entry:
        """An entry as it was when last loaded; nothing if the file is new or did not name it."""
        return self.was.get(section, {}).get(id, {})


def write(run: Run, *, is_new: bool) -> None:
    """Write what differs from before; LifError, and the caller rolls back, where it cannot be done."""
    zone_was = run.scope.partnership.timezone
    _partnership(run, is_new=is_new)
    run.scope.session.add(run.scope.partnership)
    changed = {section: _section(run, section) for section in MODELS}
    _members(run)
    _leave(run)
    check_alone(run.scope)
    for group in run.scope.all(Group, order=Group.id):
        if group.id in changed["groups"] or run.scope.partnership.timezone != zone_was:
            _plan(run, group)
    run.scope.session.flush()


def _partnership(run: Run, *, is_new: bool) -> None:
    row, id = run.scope.partnership, run.scope.id
    wanted, was, what = run.wanted["partnership"][id], run.before("partnership", id), f"partnership {id}"
    if is_new:
        run.report.changed(f"added {what} ({row.name})", "", f"added {what}")
        return
    merge_fields(row, what, was, _single(wanted), run.report)
    row.rules = merge_keys(row.rules, f"{what} rules", was.get("rules", {}), wanted["rules"], run.report)
    row.answers = merge_keys(
        row.answers, f"{what} answers", was.get("answers", {}), wanted.get("answers", {}), run.report
    )
    _check_rules(row.rules)
    unit = merge_list(
        row.business_unit,
        what,
        "business unit",
        was.get("business_unit", []),
        wanted["business_unit"],
        run.report,
        remove=run.remove,
    )
    row.business_unit = list(unit.stands)
    run.loaded["partnership"][id]["business_unit"] += unit.lingering


def _check_rules(rules: Entry) -> None:
    """The file's rules were checked, but not together with those that chat changed."""
    try:
        Rules.parse(rules)
    except ValueError as wrong:
        raise LifError(f"{wrong} Some of these rules were changed by chat. Nothing was changed.") from None


def _single(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if name not in LISTS}


def _section(run: Run, section: str) -> set[str]:
    """Write one section; returns the ids whose entry is new or whose meetings changed."""
    changed = set()
    for id, entry in run.wanted[section].items():
        written = _entry(run, section, id, _single(entry))
        if "meetings" in written:
            changed.add(id)
    run.scope.session.flush()
    return changed


def _entry(run: Run, section: str, id: str, fields: Entry) -> set[str]:
    """Write one entry; returns the names of the fields that were written."""
    model, what, was = MODELS[section], f"{NOUNS[section]} {id}", run.before(section, id)
    row = run.scope.first(model, model.id == id)
    if row is None and was:
        run.report.kept(f"kept {what} out: taken out by chat (the file still names it)")
        return set()
    if row is None:
        run.scope.add(model(partnership_id=run.scope.id, id=id, **fields))
        run.report.changed(f"added {what} ({fields['name']})", "", f"added {what}")
        return set(fields)
    if isinstance(row, Person) and row.left_on:
        _come_back(run, row, what, was)
    run.scope.session.add(row)
    return merge_fields(row, what, was, fields, run.report)


def _come_back(run: Run, row: Person, what: str, was: Entry) -> None:
    if was:
        run.report.kept(f"kept {what}: marked as left by chat (the file still names them)")
        return
    row.left_on = None
    run.report.changed(f"changed {what}", "back in the partnership", f"changed {what} left_on")


def _members(run: Run) -> None:
    here = {group.id: group for group in run.scope.all(Group)}
    for id, entry in run.wanted["groups"].items():
        if id not in here:
            continue
        was = run.before("groups", id)
        report = run.report if was else Report()  # a new group's members need no lines of their own
        stand = {
            row.person_id: row
            for row in run.scope.all(Membership, Membership.group_id == id, order=Membership.person_id)
        }
        merged = merge_list(
            list(stand), f"group {id}", "member", was.get("members", []), entry["members"], report, remove=run.remove
        )
        run.loaded["groups"][id]["members"] += merged.lingering
        for person in merged.stands:
            if person not in stand:
                run.scope.session.add(Membership(partnership_id=run.scope.id, group_id=id, person_id=person))
        for person, row in stand.items():
            if person not in merged.stands:
                run.scope.session.delete(row)
    run.scope.session.flush()


def _leave(run: Run) -> None:
    """Take out what the file no longer names, or say that it is still there."""
    for section, leaves in LEAVE:
        for id, entry in run.was.get(section, {}).items():
            if id in run.wanted[section] or not is_here(run.scope, section, id):
                continue
            if run.remove:
                leaves(run.scope, id, run.report)
                continue
            run.loaded[section][id] = entry
            them = "them" if section == "people" else "it"
            run.report.kept(f"not in the file any more: {NOUNS[section]} {id} (use --remove to take {them} out)")
    run.scope.session.flush()


def _plan(run: Run, group: Group) -> None:
    scope, is_new = run.scope, group.planned_until is None
    scope.__dict__.pop("zone", None)  # it may just have been changed
    coming = meetings.next_meeting(scope, group.id)
    tied = scope.with_held.all(Item, Item.due_meeting == coming.id) if coming else ()
    gone, made = plan_anew(scope.session, group, scope.zone, scope.now)
    _follow(run, group, [item for item in tied if item.due_meeting is None])
    if not is_new:
        run.report.kept(f"group {group.id}: {gone} planned meetings taken out, {made} new ones")


def _follow(run: Run, group: Group, tied: list[Item]) -> None:
    """What was due at the coming meeting is due at the one that has come in its place; without one its date stays."""
    coming = meetings.next_meeting(run.scope, group.id)
    if coming is None:
        return
    for item in tied:
        before = log.picture(item)
        item.due_meeting, item.due_on = coming.id, local_day(coming.starts_at, run.scope.zone)
        run.scope.add(item)
        log.write(run.scope, run.by, "meeting rhythm", item, before=before)
