"""What the program knows of the five partnerships: their groups, methods, clocks, products and duties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lifbot import profiles, rhythm
from lifbot.profiles import Profile
from lifbot.profiles.parts import TIMINGS

SCOPES = {None, "children", "adults", "joint"}
KINDS = {"briefing", "resource", "training", "event", "bulletin", "report", "review", "plan", "policy"}


def somebody(profile: Profile, name: str) -> bool:
    """Whether a name is a group, Board, unit or agency of the profile, or words for more than one ("each agency")."""
    known = {group.id for group in profile.groups} | {board.id for board in profile.boards} | {"business_unit"}
    return name in known or name in profile.agencies or " " in name


@pytest.mark.parametrize("name", profiles.names())
def test_a_profile_is_whole(name: str) -> None:
    profile = profiles.load(name)
    methods = {method.id for method in profile.learning_methods}
    assert profile.id == name
    assert profile.name
    assert profile.abbreviation
    assert profile.evidence_types
    assert profile.cascade_by in {role.id for role in profile.roles} | {None}
    for few in (profile.groups, profile.learning_methods, profile.products, profile.duties, profile.roles):
        assert len({each.id for each in few}) == len(few)
    for group in profile.groups:
        assert set(group.methods_led) <= methods, group
        assert group.scope in SCOPES, group
    for product in profile.products:
        assert product.kind in KINDS, product
        assert product.owner is None or somebody(profile, product.owner), product
        assert product.checked_by is None or somebody(profile, product.checked_by), product


@pytest.mark.parametrize("name", profiles.names())
def test_methods_have_a_clock_in_words_and_a_lead_who_exists(name: str) -> None:
    profile = profiles.load(name)
    assert profile.learning_methods
    for method in profile.learning_methods:
        assert method.name[:1].isupper(), method
        assert method.scope in SCOPES, method
        assert all(somebody(profile, lead) for lead in method.lead), method
        assert profile.evidence_for(method), method
        if method.timing:
            assert method.timing.kind in TIMINGS, method
            assert "None" not in method.timing.words, method
        for called in (method.id, method.name, *method.aliases):
            assert profile.method_called(called) == method, called


@pytest.mark.parametrize("name", profiles.names())
def test_duties_come_round_as_rhythms_are_read_or_ask_how_often(name: str) -> None:
    profile = profiles.load(name)
    for duty in profile.duties:
        for often in (duty.repeats, *duty.choices):
            assert often is None or not isinstance(rhythm.read(often), str), duty
        assert not duty.choices or duty.every is None, duty
        assert duty.method is None or profile.method(duty.method), duty
        assert all(somebody(profile, who) for who in (duty.giver, duty.receiver) if who), duty


def test_the_old_names_of_reviews_find_the_method_of_today() -> None:
    said = {
        "kirklees": {"SCR 3": "serious_practice_review", "DHR": "multi_agency_review", "s11": "section_11"},
        "leeds": {"SPR": "cspr", "LCSPR 2": "cspr", "learning lessons reviews": "learning_lessons_review"},
        "wakefield": {"Serious Case Review": "cspr", "RR": "rapid_review", "MACAS": "deep_dive_audit"},
        "west-sussex": {"scrs": "lcspr", "Rapid Reviews": "rapid_review"},
        "wolverhampton": {"SCR 3": "scr", "sar no 7": "sar", "school audit": "section_175_157", "MACA": "maca"},
    }
    for name, methods in said.items():
        found = {words: profiles.load(name).method_called(words) for words in methods}
        assert {words: method and method.id for words, method in found.items()} == methods
    assert profiles.load("leeds").method_called("SAR 1") is None


def test_what_the_frameworks_say_of_publishing() -> None:
    wakefield = profiles.load("wakefield").method("cspr")
    assert wakefield
    assert wakefield.publication == profiles.Publication(
        years=1, copies_to=("National Panel", "Ofsted"), if_delayed_tell="National Panel", action_waits=False
    )
    both = [method for method in profiles.load("wolverhampton").learning_methods if method.publication]
    assert [(method.id, method.publication and method.publication.with_response) for method in both] == [
        ("scr", True),
        ("sar", True),
    ]
    leeds = profiles.load("leeds").method("cspr")
    assert leeds
    assert leeds.publication == profiles.Publication()


def test_the_table_of_methods_names_evidence_and_leading_groups() -> None:
    kirklees = profiles.load("kirklees")
    training = kirklees.method("training_audit")
    assert training
    assert kirklees.who_leads(training) == ("Learning and Development Subgroup",)
    assert kirklees.evidence_for(training) == ("participant feedback", "action plan feedback")
    assert kirklees.evidence_for(kirklees.method("section_11")) == kirklees.evidence_types
    wolverhampton = profiles.load("wolverhampton")
    review = wolverhampton.method("multi_agency_review")
    assert review
    assert wolverhampton.who_leads(review) == ("SCR committee", "SAR committee")


def test_a_profile_holds_names_and_numbers_and_no_sentences() -> None:
    for path in Path("lifbot/profiles").glob("*.yaml"):
        values = re.findall(r"[\[{,:] ?([^\[\]{},:\"']{20,})", re.sub(r"#.*", "", path.read_text(encoding="utf-8")))
        assert values
        assert all(len(value.split()) <= 12 for value in values), max(values, key=len)
