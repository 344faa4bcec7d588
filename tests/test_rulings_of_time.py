"""DOMAIN.md's rulings as people live through them: nudges, notices, digests, agendas, and waking up late."""

from __future__ import annotations

import pytest

from tests.room import Room, file, room

DATES = '["2026-01-08T10:00", "2026-03-12T10:00", "2026-05-14T10:00"]'


def nudged(it: Room, to: str = "cleo") -> list[str]:
    """The days on which somebody had a nudge."""
    return [said.when[:10] for said in it.all(to) if said.message.asks == "nudge"]


def test_nudges_come_14_and_3_days_before_on_the_day_and_weekly(database_url: str) -> None:
    with room(database_url, file(DATES)) as it:
        it.logs("A", "27 February 2026")
        it.wind("2026-04-13")
        assert nudged(it) == [
            *("2026-02-13", "2026-02-24", "2026-02-27", "2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"),
            *("2026-04-07", "2026-04-10"),  # 3 and 6 April are Good Friday and Easter Monday
        ]
        assert {said.when[11:] for said in it.all("cleo", "Good morning")} == {"09:00"}  # the clocks change on 29 March


def test_on_the_day_comes_before_a_weekend_and_says_the_day(database_url: str) -> None:
    with room(database_url, file(DATES)) as it:
        it.logs("A", "Sunday 1 March 2026")
        it.wind("2026-02-26 10:00")
        it.new("cleo")
        it.wind("2026-03-02")
        (told,) = it.new("cleo")
        assert told.when == "2026-02-27 09:00"
        assert "is due on 1 March 2026" in told
        assert "today" not in told.text


def test_all_that_is_overdue_shares_one_weekday(database_url: str) -> None:
    with room(database_url, file(DATES)) as it:
        for day in ("3 March 2026", "5 March 2026", "12 March 2026"):
            it.logs("A", day)
        it.wind("2026-03-12 10:00")
        it.new("cleo")
        it.wind("2026-04-01")
        late = it.new("cleo")
        assert [said.when[:10] for said in late] == ["2026-03-17", "2026-03-24", "2026-03-31"]
        assert all(said.text.count("SE-2026-") >= 3 for said in late)


def test_a_snooze_is_short_and_never_stops_the_cycle_clock(database_url: str) -> None:
    with room(database_url, file(DATES)) as it:
        ref = it.logs("A", "27 February 2026")
        it.wind("2026-03-06 10:00")
        assert "12 March 2026. That is as far as a snooze goes" in it.says("cleo", "snooze 20 days")  # the meeting
        it.wind("2026-03-12 12:00")
        assert nudged(it)[-1] == "2026-03-12"
        assert it.item(ref)["cycles_missed"] == 1


def test_news_goes_at_once_in_the_hours_for_it_and_two_minutes_of_it_in_one_message(database_url: str) -> None:
    with room(database_url) as it:
        it.logs("A", "27 June 2026")
        it.wind("2026-01-09 10:01")
        it.logs("B", "27 June 2026")
        it.wind("2026-01-09 10:03")
        it.logs("C", "27 June 2026")
        it.wind("2026-01-09 17:59")
        it.logs("D", "27 June 2026")
        it.wind("2026-01-09 19:00")
        it.logs("E", "27 June 2026")
        it.wind("2026-01-12 07:30")
        it.logs("F", "27 June 2026")
        it.wind("2026-01-12 08:30")
        told = [(said.when, said.text.count("due 27 June")) for said in it.all("cleo")]
        assert [when for when, _ in told] == [
            "2026-01-09 10:02", "2026-01-09 10:05", "2026-01-09 17:59", "2026-01-12 08:00",
        ]  # fmt: skip
        assert "SE-2026-001" in it.all("cleo")[0]
        assert "SE-2026-002" in it.all("cleo")[0]
        assert "SE-2026-005" in it.all("cleo")[3]
        assert "SE-2026-006" in it.all("cleo")[3]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("MON 09:00", ["2026-01-12 09:00", "2026-01-19 09:00"]),
        ("FRI 15:00", ["2026-01-09 15:00", "2026-01-16 15:00"]),
        ("TUE 07:00", ["2026-01-13 07:00", "2026-01-20 07:00"]),
        ("FRI 19:00", ["2026-01-09 19:00", "2026-01-16 19:00"]),
        ("SUN 10:00", ["2026-01-12 10:00", "2026-01-19 10:00"]),
    ],
)
def test_the_digest_comes_when_the_partnership_says(database_url: str, when: str, expected: list[str]) -> None:
    with room(database_url, file(rules=f'digest: "{when}"')) as it:
        it.logs("A", "27 June 2026")
        it.wind("2026-01-21")
        assert it.days("C0SE", "Week to") == expected
        assert it.days("amina", "Week to") == expected
        assert not any("Cleo" in said for said in it.all("C0SE"))


def test_a_digest_moved_off_a_bank_holiday_takes_no_other_weeks_place(database_url: str) -> None:
    with room(database_url) as it:
        it.jump("2026-03-31 10:00")
        it.logs("A", "27 June 2026")
        it.wind("2026-05-20")
        assert [when[:10] for when in it.days("C0SE", "Week to")] == [
            *("2026-04-07", "2026-04-13", "2026-04-20", "2026-04-27", "2026-05-05", "2026-05-11", "2026-05-18"),
        ]


def test_no_digest_where_nothing_is_open_and_nothing_happened(database_url: str) -> None:
    with room(database_url) as it:
        it.wind("2026-01-20")
        assert it.told == []
        ref = it.logs("A", "27 June 2026")
        it.wind("2026-01-27")
        it.says("cleo", f"{ref} done: 40 trained")
        it.types("ben", f"action signoff {ref}")
        it.wind("2026-02-24")
        assert [when[:10] for when in it.days("C0SE")] == ["2026-01-26", "2026-02-02"]


def test_a_group_without_channel_or_chair_has_no_digest_and_nobody_is_bothered(database_url: str) -> None:
    text = file().replace("chair: ben, deputy: grace,", "").replace("slack_channel: C0SE,", "")
    with room(database_url, text) as it:
        it.logs("A", "27 June 2026", by="amina")
        it.wind("2026-01-21")
        assert it.days("amina", "Week to") == ["2026-01-12 09:00", "2026-01-19 09:00"]
        assert it.all("amina", "could not be delivered") == []


def test_the_pack_comes_two_working_days_before_the_meeting(database_url: str) -> None:
    with room(database_url, file('["2026-01-08T10:00", "2026-04-07T10:00"]')) as it:
        it.logs("A", "27 March 2026")
        it.wind("2026-04-08")
        assert it.days("C0SE", "Matters arising") == ["2026-04-01 09:00"]  # Easter lies between
        assert "Cleo" not in it.all("C0SE", "Matters arising")[0].text


def test_after_an_outage_each_person_has_one_nudge_and_packs_and_digests_are_dropped(database_url: str) -> None:
    with room(database_url, file(DATES)) as it:
        for day in ("20 February 2026", "3 March 2026", "5 March 2026"):
            it.logs("A", day)
        it.says("cleo", "SE-2026-002 done: 40 trained")
        it.pause()
        before = len(it.told)
        it.jump("2026-06-06 15:00")  # a Saturday
        assert it.told[before:] == []
        it.wind("2026-06-09 08:00")
        late = it.told[before:]
        assert {said.when for said in late} == {"2026-06-08 09:00"}
        assert sum(said.to == "cleo" for said in late) == 1
        assert sum(said.to == "ben" for said in late) == 1
        assert [said.message.asks for said in late if said.to == "dev"] == ["escalation", "escalation"]
        assert [said for said in late if "Matters arising" in said] == []
        assert sum("Week to" in said for said in late) == 2  # today's, to the channel and the business unit
