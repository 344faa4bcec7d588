"""Many items at once make few messages: what the business unit, deputies and chairs are told comes together."""

from __future__ import annotations

from tests.room import file, room
from tests.test_rulings import MONTHLY


def test_silence_about_many_escalations_is_told_in_one_message(database_url: str) -> None:
    with room(database_url, file(MONTHLY)) as it:
        refs = [it.logs(f"Audit {number}", "20 January 2026") for number in range(15)]
        later = it.logs("Audit later", "10 February 2026")
        it.wind("2026-03-12")
        (told,) = it.all("amina", "no answer is recorded yet")
        assert told.when == "2026-03-11 09:00"
        assert "15 items are with the partnership chair" in told
        assert all(ref in told for ref in refs[:12])
        assert "And 3 more." in told
        it.types("dev", f"action seen {refs[0]}", "Ddev")
        it.wind("2026-03-18 12:00")
        assert "14 items are with" in it.all("amina", "no answer")[-1]
        assert len(it.all("amina", "no answer")) == 2
        # A newcomer brings the others along to its day, so that there is one message a week again.
        it.wind("2026-04-30")
        days = it.days("amina", "no answer")
        assert days[2:] == ["2026-03-25 09:00", "2026-04-01 09:00", "2026-04-08 09:00", *days[5:]]
        assert "15 items are with" in it.all("amina", "no answer")[-1]
        assert it.item(later)["escalations"]
        assert len({day[:10] for day in days}) == len(days)


def test_what_two_meetings_left_unsigned_is_told_in_one_message(database_url: str) -> None:
    with room(database_url, file(MONTHLY)) as it:
        refs = [it.logs(f"Audit {number}", "20 January 2026") for number in range(4)]
        for ref in refs:
            it.types("cleo", f"action done {ref} trained", "Dcleo")
        it.wind("2026-03-20")
        for person in ("grace", "amina"):
            (first, *_) = it.all(person, "passed without a decision")
            assert "4 items were reported and two meetings have passed without a decision." in first
            assert all(ref in first for ref in refs)
            days = it.days(person, "passed without a decision")
            assert len(days) == len(set(days))
        it.types("grace", f"action signoff {refs[0]}")
        it.wind("2026-03-27")
        assert refs[0] not in it.all("amina", "passed without a decision")[-1]
