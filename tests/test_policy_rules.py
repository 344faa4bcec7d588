"""The rules of a partnership file: each key with its default, and kind words for what cannot be read."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.policy.facts import Rules

IN_FULL = {
    "cycles_before_escalation": 2, "fallback_interval_days": 91, "remind_days_before": [14, 3, 0],
    "overdue_every_days": 7, "nudge_at": "09:00", "notices_between": ["08:00", "18:00"],
    "agenda_working_days_before": 2, "digest": "MON 09:00", "snooze_max_days": 7,
    "chair_answer_working_days": 3, "members_may_log_actions": False,
}  # fmt: skip


@pytest.mark.parametrize("mapping", [None, {}, IN_FULL])
def test_the_contract_in_full_is_the_default(mapping: object) -> None:
    assert Rules.parse(mapping) == Rules()


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({"remind_days_before": [3, 7, 3]}, replace(Rules(), remind_days_before=(7, 3))),
        ({"remind_days_before": []}, replace(Rules(), remind_days_before=())),
        ({"digest": "fri 16:30"}, replace(Rules(), digest=(4, time(16, 30)))),
        ({"digest": "Wednesday 9:00"}, replace(Rules(), digest=(2, time(9)))),
        ({"nudge_at": "8:05"}, replace(Rules(), nudge_at=time(8, 5))),
        ({"nudge_at": 630}, replace(Rules(), nudge_at=time(10, 30))),  # YAML reads an unquoted 10:30 so
        ({"notices_between": ["07:30", 1170]}, replace(Rules(), notices_between=(time(7, 30), time(19, 30)))),
        ({"members_may_log_actions": True}, replace(Rules(), members_may_log_actions=True)),
    ],
)
def test_what_can_be_set(mapping: object, expected: Rules) -> None:
    assert Rules.parse(mapping) == expected


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"remind_days": [1]}, "rules: there is no rule called “remind_days”. The rules are cycles_before"),
        ({1: 2}, "rules: there is no rule called “1”."),
        ({"fallback_grace_days": 10}, "rules: there is no rule called “fallback_grace_days”."),
        ({"cycles_before_escalation": 0}, "rules: cycles_before_escalation must be a whole number from 1 to 12."),
        ({"cycles_before_escalation": "two"}, "rules: cycles_before_escalation must be a whole number from 1 to 12."),
        ({"cycles_before_escalation": True}, "rules: cycles_before_escalation must be a whole number from 1 to 12."),
        ({"overdue_every_days": 7.5}, "rules: overdue_every_days must be a whole number from 1 to 90."),
        ({"overdue_every_days": None}, "rules: overdue_every_days must be a whole number from 1 to 90."),
        ({"remind_days_before": 14}, "rules: remind_days_before must be a list of days from 0 to 365, like"),
        ({"remind_days_before": [-1]}, "rules: remind_days_before must be a list of days from 0 to 365, like"),
        ({"nudge_at": "25:00"}, "rules: nudge_at must be a time like 09:00."),
        ({"nudge_at": 9.5}, "rules: nudge_at must be a time like 09:00."),
        ({"nudge_at": "18:00"}, "rules: nudge_at must be earlier than the end of notices_between."),
        ({"notices_between": ["18:00", "08:00"]}, "rules: notices_between must be two times, the earlier first,"),
        ({"notices_between": "08:00"}, "rules: notices_between must be two times, the earlier first,"),
        ({"digest": "MONKEY 09:00"}, "rules: digest must be a day and a time like MON 09:00."),
        ({"digest": "MON"}, "rules: digest must be a day and a time like MON 09:00."),
        ({"digest": 9}, "rules: digest must be a day and a time like MON 09:00."),
        ({"members_may_log_actions": "yes"}, "rules: members_may_log_actions must be true or false."),
        (["digest"], "rules must be written as keys with values"),
    ],
)
def test_what_cannot_be_read_is_named(mapping: object, words: str) -> None:
    with pytest.raises(ValueError, match=r"^rules") as refused:
        Rules.parse(mapping)
    assert str(refused.value).startswith(words)
    assert str(refused.value).endswith(".")


single = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)


@given(st.dictionaries(st.sampled_from([*IN_FULL, "other"]), single | st.lists(single, max_size=3), max_size=4))
def test_anything_yaml_can_hold_gives_rules_or_one_sentence(mapping: dict[str, object]) -> None:
    try:
        rules = Rules.parse(mapping)
    except ValueError as refused:
        said = str(refused)
    else:
        said = "rules." if set(mapping) <= set(IN_FULL) and rules.nudge_at < rules.notices_between[1] else ""
    assert said.startswith("rules")
    assert said.endswith(".")
