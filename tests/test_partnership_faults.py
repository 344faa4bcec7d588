"""The one line an operator is told where a partnership file cannot be loaded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.partnership_file import FaultyFile, read
from tests.partnership_texts import BOARDS, GOOD

LONG = "x" * 201

# What is written instead of what, and what the operator is told.
FAULTS = (
    ("chair: dev", "chair: dve", 'line 7: partnership: chair: nobody is called "dve"; did you mean "dev"?'),
    ("chair: dev", "chair: Dev Rao", 'line 7: partnership: chair: nobody is called "Dev Rao"; did you mean "dev"?'),
    ("chair: dev", "chair: zzz", 'line 7: partnership: chair: nobody is called "zzz"; please add it under people.'),
    ("chair: dev", "chiar: dev", 'line 7: partnership: there is no key "chiar" here; did you mean "chair"?'),
    ("chair: dev", "chair: [dev]", "line 7: partnership: chair: text is meant here, not a list."),
    ("chair: dev", "chair: {id: dev}", "line 7: partnership: chair: text is meant here, not a group of keys."),
    ("chair: dev", 'chair: ""', "line 7: partnership: chair: this is empty; please fill it in or take it out."),
    (
        "chair: dev",
        "deputy_chair: bne",
        'line 7: partnership: deputy_chair: nobody is called "bne"; did you mean "ben"?',
    ),
    (
        "business_unit: [amina]",
        "business_unit: [amina, bne]",
        'line 8: partnership: business_unit: nobody is called "bne"; did you mean "ben"?',
    ),
    (
        "business_unit: [amina]",
        "business_unit: amina",
        "line 8: partnership: business_unit: a list is meant here; please begin each entry with a dash, or use [ ].",
    ),
    (
        "id: kirklees",
        "id: Kirk Lees",
        'line 2: partnership: id: "Kirk Lees" cannot be an id; please use a-z, 0-9, _ and -, at most 40 characters.',
    ),
    ("  id: kirklees\n", "", 'line 2: partnership: "id" is missing; please add it.'),
    (
        "  name: Kirklees Safeguarding Children Partnership\n",
        "",
        'line 2: partnership: "name" is missing; please add it.',
    ),
    (
        "name: Kirklees Safeguarding Children Partnership",
        "name:",
        'line 3: partnership: "name" is missing; please add it.',
    ),
    (
        "name: Kirklees Safeguarding Children Partnership",
        f"name: {LONG}",
        "line 3: partnership: name: this is too long; please use at most 200 characters.",
    ),
    (
        "name: Kirklees Safeguarding Children Partnership",
        'name: "Kirk\\0lees"',
        "line 3: partnership: name: please write this on one line, without control characters.",
    ),
    (
        "name: Kirklees Safeguarding Children Partnership",
        "name: |\n    Kirklees\n    Partnership",
        "line 3: partnership: name: please write this on one line, without control characters.",
    ),
    (
        "Europe/London",
        "Europe/Lodnon",
        'line 5: partnership: timezone: there is no time zone "Europe/Lodnon"; did you mean "Europe/London"?',
    ),
    (
        "Europe/London",
        "0",
        'line 5: partnership: timezone: there is no time zone "0"; please write it like "Europe/London".',
    ),
    (
        "profile: kirklees",
        "profile: kirkles",
        'line 6: partnership: profile: "kirkles" is not known here; did you mean "kirklees"?',
    ),
    (
        "profile: kirklees",
        "profile: 42",
        'line 6: partnership: profile: "42" is not known here; '
        "please use one of kirklees, leeds, wakefield, west-sussex, wolverhampton.",
    ),
    ("ld_link: amina", "ld_link: anima", 'line 11: agencies: ld_link: nobody is called "anima"; did you mean "amina"?'),
    (
        "{id: police,",
        "{id: council,",
        'line 12: agencies: id: "council" is already used on line 11; each needs its own.',
    ),
    ("id: police, name: West Yorkshire Police", "id: police", 'line 12: agencies: "name" is missing; please add it.'),
    (
        "agency: police",
        "agency: polise",
        'line 15: people: agency: there is no agency called "polise"; did you mean "police"?',
    ),
    ("{id: dev,", "{id: ben,", 'line 16: people: id: "ben" is already used on line 15; each needs its own.'),
    ("U0DEV", "U0BEN", 'line 16: people: slack: "U0BEN" is already used on line 15; each needs its own.'),
    (
        "slack: U0DEV",
        "teams: 7F3C-1",
        'line 16: people: teams: "7F3C-1" is already used on line 15; each needs its own.',
    ),
    (
        "slack: U0DEV",
        'slack: "@dev"',
        'line 16: people: slack: "@dev" is a name; please write the platform\'s own id, without # or @.',
    ),
    (
        "amina@example.org",
        "amina.example",
        'line 14: people: email: "amina.example" is not an e-mail address; please write it like name@example.org.',
    ),
    ("slack: U0DEV", "slcak: U0DEV", 'line 16: people: there is no key "slcak" here; did you mean "slack"?'),
    ("slack: U0DEV", "slack: U0DEV, slack: U1", 'line 16: people: "slack" is written twice; please keep one.'),
    (
        "  - {id: dev, name: Dev Rao, agency: council, slack: U0DEV}",
        "  - dev",
        'line 16: people: please write this as "id: …" and so on, a key for each value.',
    ),
    ("prefix: LD", "prefix: SE", 'line 28: groups: prefix: "SE" is already used on line 20; each needs its own.'),
    ("prefix: LD", "prefix: se", 'line 28: groups: prefix: "se" cannot be a prefix; please write "SE".'),
    (
        "prefix: LD",
        "prefix: L&D",
        'line 28: groups: prefix: "L&D" cannot be a prefix; please use A-Z, then 0-9, at most 8.',
    ),
    ("    prefix: LD\n", "", 'line 26: groups: "prefix" is missing; please add it.'),
    ("id: ld", "id: se", 'line 26: groups: id: "se" is already used on line 18; each needs its own.'),
    ("chair: ben", "chair: bne", 'line 21: groups: chair: nobody is called "bne"; did you mean "ben"?'),
    ("deputy: null", "deputy: bne", 'line 22: groups: deputy: nobody is called "bne"; did you mean "ben"?'),
    ("[amina, ben]", "[amina, bne]", 'line 23: groups: members: nobody is called "bne"; did you mean "ben"?'),
    ("[amina, ben]", "[ben, ben]", 'line 23: groups: members: "ben" is listed twice; please keep one.'),
    ("[amina, ben]", "[[ben]]", "line 23: groups: members: text is meant here, not a list."),
    ("C0LD", "C0SE", 'line 30: groups: slack_channel: "C0SE" is already used on line 24; each needs its own.'),
    (
        "C0LD",
        '"#learning"',
        'line 30: groups: slack_channel: "#learning" is a name; please write the platform\'s own id, without # or @.',
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH",
        "every second Thursday",
        "line 25: groups: meetings: rrule: “every second Thursday” is not a meeting rule I can read. "
        "Please write it like FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH.",
    ),
    (
        "2026-01-08T10:00",
        "8 January",
        'line 25: groups: meetings: start: "8 January" is not a date and time I can read; '
        "please write it like 2026-03-12T10:00.",
    ),
    (', start: "2026-01-08T10:00"', "", 'line 25: groups: meetings: "start" is missing; please add it.'),
    ("start:", "begin:", 'line 25: groups: meetings: there is no key "begin" here; please use rrule, start.'),
    (
        "2026-06-11 14:00",
        "2026-06-31 14:00",
        'line 33: groups: meetings: "2026-06-31 14:00" is not a date and time I can read; '
        "please write it like 2026-03-12T10:00.",
    ),
    (
        "2026-06-11 14:00",
        "2026-03-12T10:00",
        'line 33: groups: meetings: "2026-03-12T10:00" is listed twice; please keep one.',
    ),
    (
        "    meetings:\n      - 2026-03-12T10:00\n      - 2026-06-11 14:00\n",
        "    meetings: monthly\n",
        'line 31: groups: meetings: please write {rrule: "FREQ=…", start: "2026-01-08T10:00"} or a list of dates.',
    ),
    ('"09:00"', '"25:00"', "line 35: rules: nudge_at must be a time like 09:00."),
    ('"09:00"', "19:00", "line 35: rules: nudge_at must be earlier than the end of notices_between."),
    ("nudge_at", "nudge", 'line 35: rules: there is no key "nudge" here; did you mean "nudge_at"?'),
    ("[14, 3, 0]", "soon", "line 36: rules: remind_days_before must be a list of days from 0 to 365, like [14, 3, 0]."),
    ("rules:", "rule:", 'line 34: there is no key "rule" here; did you mean "rules"?'),
    ("agencies:", "people:", 'line 13: "people" is written twice; please keep one.'),
    (
        "partnership:\n",
        "partnership: kirklees\nboards:\n",
        'line 2: there is no key "boards" here; please use partnership, agencies, people, groups, rules.',
    ),
    (
        "  - id: se",
        "  - id: [se",
        "line 19: this is not YAML (expected ',' or ']', but got ':'); please check indents, quotes and colons.",
    ),
    (
        "name: Dev Rao",
        "name: &dev Dev Rao, agency: *dev",
        "line 16: please write the value out instead of using a YAML alias (*).",
    ),
    (
        "name: Dev Rao",
        "name: !!python/name:os.system Dev",
        'line 16: please write plain text without the YAML tag "tag:yaml.org,2002:python/name:os.system".',
    ),
    ("name: Dev Rao", "name: Dev\0Rao", "line 16: please delete the NUL character."),
    ("name: Dev Rao", "name: Dev\x1bRao", "line 16: please delete the character that cannot be shown."),
    ("chair: dev", "chair: " + "[" * 30, "line 7: this is nested too deeply; please check the brackets and indents."),
    (GOOD, "", 'line 1: the file is empty; please begin with "partnership:".'),
    (GOOD, "agencies: []", 'line 1: "partnership" is missing; please begin with "partnership:".'),
    (GOOD, "- a\n- b", 'line 1: please write this as "partnership: …" and so on, a key for each value.'),
    (
        GOOD,
        "partnership: {id: a, name: A}",
        "line 1: partnership: chair: escalations would reach nobody; "
        "please name a chair (or a deputy_chair or business_unit).",
    ),
    (
        GOOD,
        GOOD + "#" * 1_000_000,
        "line 1: the file is longer than a million characters; please check that it is the right one.",
    ),
    (
        GOOD,
        'partnership: "\\UFFFFFFFF"',
        "line 1: this is not YAML; please check for stray escapes (\\) and percent signs.",
    ),
)


@pytest.mark.parametrize(("old", "new", "told"), FAULTS, ids=[str(n) for n in range(len(FAULTS))])
def test_a_faulty_file_is_told_in_one_line(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(FaultyFile) as caught:
        read(GOOD.replace(old, new, 1))
    assert caught.value.text == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "  boards",
            "  chair: dev\n  boards",
            "line 7: partnership: chair: with boards, each Board has a chair of its own; please take this one out.",
        ),
        (
            "chair: ben}]",
            "chair: bne}]",
            'line 8: partnership: boards: chair: nobody is called "bne"; did you mean "ben"?',
        ),
        (
            "scope: adults",
            "scope: adult",
            'line 8: partnership: boards: scope: "adult" is not known here; did you mean "adults"?',
        ),
        ("scope: adults, ", "", 'line 8: partnership: boards: "scope" is missing; please add it.'),
        (
            "id: wsab",
            "id: wscb",
            'line 8: partnership: boards: id: "wscb" is already used on line 7; each needs its own.',
        ),
    ],
)
def test_boards_are_checked_too(old: str, new: str, told: str) -> None:
    with pytest.raises(FaultyFile) as caught:
        read(BOARDS.replace(old, new, 1))
    assert caught.value.text == told


@given(st.text())
def test_any_text_is_a_file_or_a_fault(text: str) -> None:
    _read_or_fault(text)


PIECES = st.sampled_from(
    [
        *":-[]{}&*!|>%@`'\"#,?~<\\\n \t",
        "\n  ",
        "id",
        "partnership:",
        "people",
        "\\x",
        "\\U",
        "é",
        "0",
        "%YAML 1.1\n",
        "---\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_yaml_like_text_is_a_file_or_a_fault(text: str) -> None:
    _read_or_fault(text)


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.lists(PIECES, max_size=6).map("".join))
def test_a_good_file_with_any_damage_is_a_file_or_a_fault(start: int, length: int, text: str) -> None:
    _read_or_fault(GOOD[:start] + text + GOOD[start + length :])


def _read_or_fault(text: str) -> None:
    told = ""
    try:
        read(text)
    except FaultyFile as fault:
        told = fault.text
    assert told == "" or (told.startswith("line ") and told.isprintable())
