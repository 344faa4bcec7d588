"""Requests to agencies: what is told at once, reminders, and what is passed on when it is long past its date."""

from __future__ import annotations

from lifbot.calendar import local_day
from lifbot.message import Message
from lifbot.model import AssuranceAnswer, AssuranceRequest, Outbox, Person
from lifbot.notices import Beside
from lifbot.notices import assurance as said
from lifbot.policy import assurance
from lifbot.policy.moments import late_ok, nudge_after, nudge_on
from lifbot.policy.stand_in import Hearer, can_hear
from scheduler.nudges import Nudges
from storage import outbox, records, requests
from storage.items import Reader
from storage.request_views import answered, view
from storage.scope import Scope


def sweep(scope: Scope, reader: Reader, nudges: Nudges) -> None:
    """Remind agencies of what they were asked, three days before, on the day, then weekly."""
    for taken in records.due(scope, AssuranceRequest):  # somebody took its closing back
        taken.look_again_at = None
        scope.add(taken)
        for row in requests.answers(scope, taken):
            row.look_again_at = scope.now
            scope.add(row)
    for row in records.due(scope, AssuranceAnswer):
        request = scope.get(AssuranceRequest, row.request_id)
        is_over = request is None or request.status != "open" or row.status != "waiting"
        row.look_again_at = None
        if not is_over and request is not None:
            _remind(scope, reader, nudges, request, row)
        scope.add(row)


def _remind(scope: Scope, reader: Reader, nudges: Nudges, request: AssuranceRequest, row: AssuranceAnswer) -> None:
    """Put an agency's part into the nudge of who answers for it, if its day has come; and say when to look again."""
    row.look_again_at = nudge_after(scope.today, scope.rules, scope.zone)
    if requests.is_held(scope, request):  # silent, and looked at again every day
        return
    last = row.nudged_on or local_day(request.asked_at, scope.zone)
    at = nudge_on(assurance.next_reminder(request.due_on, last), scope.rules, scope.zone)
    opens = late_ok(scope.now, scope.rules, scope.zone)
    if at > scope.now or opens > scope.now:
        row.look_again_at = max(at, opens)
        return
    heard = requests.asked_for(scope, row.agency_id)
    if heard is None or not nudges.can(heard.person):
        return
    name = records.name_of(row)
    nudges.add_record(heard, name, "request")
    if (beside := _beside(reader, request, row, heard)) and nudges.can(beside):
        nudges.add_record(Hearer(beside, beside), name, "representative")
    row.nudged_on = scope.today
    row.look_again_at = nudge_on(assurance.next_reminder(request.due_on, scope.today), scope.rules, scope.zone)


def _beside(reader: Reader, request: AssuranceRequest, row: AssuranceAnswer, heard: Hearer) -> str | None:
    """The agency's representative, once a request is long past its date."""
    agency = reader.agencies.get(row.agency_id)
    person = agency.representative if agency else None
    late = assurance.is_passed_on(request.due_on, reader.scope.today)
    return person if late and person != heard.person and can_hear(reader.roll, person) else None


def says(scope: Scope, reader: Reader, person: Person, row: object, why: str) -> Beside | None:
    """Return a line of a nudge, or None where it is answered, closed or on hold by now."""
    assert isinstance(row, AssuranceAnswer)
    request = scope.get(AssuranceRequest, row.request_id)
    if request is None or not _awaits(scope, request, row):
        return None
    shown, agency = view(scope, reader, request), reader.agency(row.agency_id)
    others = why == "representative"
    return said.reminder(shown, agency, row.agency_id, records.name_of(row), scope.today, others=others)


def _awaits(scope: Scope, request: AssuranceRequest, row: AssuranceAnswer) -> bool:
    return request.status == "open" and row.status == "waiting" and not requests.is_held(scope, request)


def request(scope: Scope, reader: Reader, row: Outbox) -> Message | str:
    """What is told of a request at once: asked, changed, sent back, withdrawn, all answered."""
    taken = scope.get(AssuranceRequest, row.about["request"])
    if taken is None or requests.is_held(scope, taken):
        return "it is on hold"
    what, shown = row.about["what"], view(scope, reader, taken)
    if what == "withdrawn":
        told = outbox.of_key(scope, row.about["after"])
        sent = told is not None and told.status == "sent"
        return said.withdrawn(shown, row.about["why"]) if sent and taken.status == "withdrawn" else "it stands"
    rows = requests.answers(scope, taken)
    if what == "all":
        is_all = taken.status == "open" and requests.all_answered(rows)
        return said.all_answered(shown, answered(scope, reader, taken), scope.today) if is_all else "it is not so now"
    waiting = [each for each in rows if each.agency_id in row.about["agencies"] and _awaits(scope, taken, each)]
    return _asked(scope, reader, row, taken, waiting) if waiting else "it was answered, or is not asked any more"


def _asked(
    scope: Scope, reader: Reader, row: Outbox, taken: AssuranceRequest, waiting: list[AssuranceAnswer]
) -> Message:
    shown, names = view(scope, reader, taken), [reader.agency(each.agency_id) for each in waiting]
    about = [records.name_of(each) for each in waiting]
    match row.about["what"]:
        case "changed":
            return said.changed(shown, names, about)
        case "returned":
            return said.asked(shown, names, about, said=requests.came_back_with(scope, waiting[0]))
        case _:
            return said.asked(shown, names, about, _note(scope, reader, waiting, row.person or ""))


def _note(scope: Scope, reader: Reader, waiting: list[AssuranceAnswer], person: str) -> str:
    """Why it comes to whom it comes: nobody is named for the agency, or they cannot be reached."""
    notes = []
    for each in waiting:
        heard, agency = requests.asked_for(scope, each.agency_id), reader.agencies.get(each.agency_id)
        if not any(requests.named(agency)) or (heard and heard.of not in requests.named(agency)):
            notes.append(f"{reader.agency(each.agency_id)} has named nobody yet: could you pass it on?")
        elif heard and heard.is_stand_in and heard.person == person:
            notes.append(f"It comes to you because {reader.name(heard.of)} {reader.why(heard)}.")
    return " ".join(dict.fromkeys(notes))
