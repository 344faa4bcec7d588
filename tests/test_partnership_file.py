"""What an operator may write in a partnership file, and what the profiles hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifbot import profiles
from lifbot.partnership_file import MeetingRule, read
from lifbot.policy.rules import READERS
from tests.partnership_texts import BOARDS, GOOD


def test_a_good_file_is_read_as_it_was_meant() -> None:
    file = read(GOOD)
    se, ld = file.groups
    assert (file.partnership.chair, file.partnership.business_unit) == ("dev", ("amina",))
    assert se.meetings == MeetingRule("FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", "2026-01-08T10:00")
    assert ld.meetings == ("2026-03-12T10:00", "2026-06-11T14:00")
    assert (se.deputy, se.members, ld.members) == (None, ("amina", "ben"), ())
    assert file.rules == {"nudge_at": "09:00", "remind_days_before": [14, 3, 0]}


def test_several_boards_each_have_a_chair() -> None:
    file = read(BOARDS)
    assert [(board.scope, board.chair) for board in file.boards] == [("children", "dev"), ("adults", "ben")]
    assert file.partnership.chair is None


def test_what_may_be_left_out_has_its_default() -> None:
    head = read("partnership: {id: tiny, name: Tiny, chair: dev}\npeople: [{id: dev, name: Dev}]").partnership
    assert (head.abbreviation, head.timezone, head.profile, head.slack_team) == ("TINY", "Europe/London", None, None)


def test_words_that_yaml_takes_for_numbers_or_truth_stay_as_typed() -> None:
    file = read(GOOD.replace("prefix: LD", "prefix: NO").replace('"09:00"', "10:00").replace("id: ld", "id: 0123"))
    assert (file.groups[1].prefix, file.groups[1].id, file.rules["nudge_at"]) == ("NO", "0123", "10:00")


def test_names_keep_markup_emoji_and_right_to_left_text() -> None:
    name = "<!channel> & שלום 🎉 O'Brien"
    assert read(GOOD.replace("name: Dev Rao", f'name: "{name}"')).people[2].name == name


def test_meetings_may_be_dates_with_an_offset_or_without_a_time() -> None:
    file = read(GOOD.replace("2026-06-11 14:00", "2026-06-11T13:00:00Z").replace("2026-03-12T10:00", "2026-03-12"))
    assert file.groups[1].meetings == ("2026-03-12T10:00", "2026-06-11T14:00")  # summer time in June


def test_a_group_gets_the_names_its_profile_knows_it_by() -> None:
    assert "L&D" in read(GOOD).groups[1].aliases
    assert read(GOOD.replace("prefix: LD", "prefix: LD\n    aliases: [Learners]")).groups[1].aliases == ("Learners",)


def test_every_rule_of_the_contract_may_be_set() -> None:
    lines = {
        "cycles_before_escalation": "3",
        "fallback_interval_days": "60",
        "remind_days_before": "[7]",
        "overdue_every_days": "14",
        "nudge_at": "08:30",
        "notices_between": '["08:00", 18:00]',
        "agenda_working_days_before": "3",
        "digest": "FRI 15:00",
        "snooze_max_days": "3",
        "chair_answer_working_days": "5",
        "members_may_log_actions": "yes",
        "cards_in_channel": "yes",
        "impact_after_months": "[6]",
    }
    text = GOOD[: GOOD.index("rules:")] + "rules:\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items())
    assert set(read(text).rules) == set(READERS) == set(lines)


def test_the_playgrounds_partnership_is_a_good_file() -> None:
    file = read(Path("lifbot/playground/kirklees.yaml").read_text(encoding="utf-8"))
    assert [group.prefix for group in file.groups] == ["SE", "LD", "SPR", "BG"]
    assert "eve" not in {person.id for person in file.people}


def test_the_five_partnerships_have_profiles() -> None:
    assert profiles.names() == ("kirklees", "leeds", "wakefield", "west-sussex", "wolverhampton")
    assert [board.scope for board in profiles.load("wolverhampton").boards] == ["children", "adults"]
    assert profiles.load("wakefield").learning_methods[0].timing == profiles.Timing(
        "working_days_within", 15, "notification"
    )
    with pytest.raises(KeyError):
        profiles.load("../kirklees")
