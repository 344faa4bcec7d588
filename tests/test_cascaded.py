"""How an agency says that learning was passed on, in plain words; and when it is asked, on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifbot.calendar import is_working_day
from lifbot.cascaded import Cascaded, number, read, say, ways
from lifbot.policy.cascade import APART, STEPS, asked_next, course, expires_on, now_due
from lifbot.policy.stand_in import Standing, for_agency

PHRASES: tuple[tuple[str, Cascaded], ...] = (
    (
        "at team meeting and supervision to 40 social workers",
        Cascaded(("team_meeting", "supervision"), "social workers", 40),
    ),
    ("to all staff by email, about 120 people", Cascaded(("email",), "all staff", 120)),
    ("team meeting", Cascaded(("team_meeting",))),
    ("40", Cascaded(reach=40)),
    ("about 1,200 staff via the weekly bulletin", Cascaded(("newsletter",), "", 1200)),
    (
        "in supervision with 12 managers and 40 social workers",
        Cascaded(("supervision",), "12 managers and 40 social workers", 52),
    ),
    ("at the locality huddle on 3 May", Cascaded((), "locality huddle on 3 May")),
    ("to our health visitors at their team meeting", Cascaded(("team_meeting",), "health visitors")),
    ("newsletter to everyone", Cascaded(("newsletter",), "everyone")),
    (
        "at team meeting on 12 May 2026 to 40 social workers",
        Cascaded(("team_meeting",), "social workers, 12 May 2026", 40),
    ),
    ("emailed to all schools: https://x.org/abc.", Cascaded(("email",), "all schools", None, "https://x.org/abc")),
    ("shared at 3 team meetings to 25 practitioners", Cascaded(("team_meeting",), "practitioners", 25)),
    ("7 Point Briefing discussed in supervision", Cascaded(("supervision",), "7 Point Briefing discussed")),
    ("we read it out", Cascaded((), "we read it out")),
    ("to about 40 people", Cascaded(reach=40)),
    ("all 35 of our staff at team brief", Cascaded(("team_meeting",), "", 35)),
    ("with the MASH team, in supervision, n=12", Cascaded(("supervision",), "MASH team", 12)),
    ("by e-mail to 300", Cascaded(("email",), "", 300)),
    ("to social workers", Cascaded((), "social workers")),
    ("discussed at staff meeting; reached 60", Cascaded(("team_meeting",), "", 60)),
    (
        "supervision, newsletter and training to early help practitioners (around 85 people)",
        Cascaded(("supervision", "newsletter", "training"), "early help practitioners", 85),
    ),
    ("at Team Meetings and 1:1 supervision", Cascaded(("team_meeting", "supervision"))),
    ("to 80% of staff", Cascaded((), "80% of staff")),
    ("to GPs via the intranet", Cascaded(("other",), "GPs")),
    ("at training to all front line staff (about 200)", Cascaded(("training",), "all front line staff", 200)),
    ("to 40 staff, 36 of them social workers", Cascaded((), "staff, 36 of them social workers", 40)),
    ("to staff in two teams through supervision", Cascaded(("supervision",), "staff in two teams")),
    ("", Cascaded()),
)


@pytest.mark.parametrize(("words", "meant"), PHRASES, ids=[words for words, _ in PHRASES])
def test_plain_words(words: str, meant: Cascaded) -> None:
    assert read(words) == meant


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_nothing_that_anybody_writes_is_refused(words: str) -> None:
    found = read(words)
    assert found.reach is None or 0 <= found.reach <= 1_000_000
    assert say(found.how, found.to_whom, found.reach) is not None


def test_what_a_form_holds_and_how_it_is_said_again() -> None:
    assert ways("team_meeting,other") == ("team_meeting", "other")
    assert ways("E-mail, supervision and smoke signals") == ("email", "supervision", "other")
    assert (number("about 1,200 staff"), number("many")) == (1200, None)
    said = say(("team_meeting", "supervision"), "social workers", 40)
    assert said == "by team meeting and supervision, to social workers, about 40 people"
    assert say((), None, 1) == "about 1 person"


# Published on Friday 9 January 2026.
COURSES: tuple[tuple[str, str, dict[str, str]], ...] = (
    # half-time, the date, a week after it, and the digest from then on
    ("2026-01-09", "2026-02-06", {"half": "2026-01-23", "due": "2026-02-06", "representative": "2026-02-13"}),
    # a date on a Sunday: the working day before; half-time on a Saturday: the Monday
    ("2026-01-09", "2026-01-25", {"half": "2026-01-19", "due": "2026-01-23", "representative": "2026-01-30"}),
    # a very short time: no half-time, and no reminder in the days after the notice itself
    ("2026-01-09", "2026-01-12", {"due": "2026-01-12", "representative": "2026-01-19"}),
    ("2026-01-09", "2026-01-09", {"due": "2026-01-12", "representative": "2026-01-19"}),
    # published after its date
    ("2026-01-09", "2025-12-19", {"due": "2026-01-12", "representative": "2026-01-19"}),
    # Easter: Good Friday is none, nor is Monday
    ("2026-03-06", "2026-04-03", {"half": "2026-03-20", "due": "2026-04-02", "representative": "2026-04-09"}),
)


@pytest.mark.parametrize(("published", "by", "days"), COURSES)
def test_the_days_of_asking(published: str, by: str, days: dict[str, str]) -> None:
    found = course(date.fromisoformat(published), date.fromisoformat(by))
    assert {step: found[step].isoformat() for step in STEPS if step in found} == days
    assert found["digest"] > found["representative"]


@settings(max_examples=60)
@given(st.dates(date(2025, 1, 1), date(2027, 12, 1)), st.integers(-40, 200))
def test_never_twice_on_a_day_nor_on_a_weekend(published: date, days: int) -> None:
    found = course(published, published + timedelta(days=days))
    asked = [found[step] for step in STEPS if step in found]
    assert all(map(is_working_day, asked))
    assert asked == sorted(set(asked))
    assert asked[0] - published >= APART - timedelta(days=1)


def test_what_is_due_now() -> None:
    days = course(date(2026, 1, 9), date(2026, 2, 6))
    assert now_due(days, "waiting", [], date(2026, 1, 12)).again == date(2026, 1, 23)
    half = now_due(days, "waiting", [], date(2026, 1, 23))
    assert (half.step, half.done, half.again) == ("half", ("half",), date(2026, 2, 6))
    assert now_due(days, "received", [], date(2026, 1, 23)).step is None, "who has it is asked at the date"
    assert now_due(days, "received", [], date(2026, 2, 6)).step == "due"
    late = now_due(days, "waiting", [], date(2026, 2, 20))
    assert (late.step, late.done) == ("representative", ("half", "due", "representative")), (
        "after an outage one is enough"
    )
    assert now_due(days, "waiting", late.done, date(2026, 3, 1)).again is None
    for answered in ("cascaded", "not_for_us", "withdrawn"):
        assert now_due(days, answered, [], date(2026, 2, 6)) == now_due(days, answered, [], date(2027, 1, 1))
        assert now_due(days, answered, [], date(2026, 2, 6)).step is None


def test_who_is_asked_in_the_end() -> None:
    assert asked_next("rep", "deputy", {"link"}) == "rep"
    assert asked_next("rep", "deputy", {"rep"}) == "deputy", "who was asked already is not asked twice"
    assert asked_next("rep", None, {"rep"}) is None
    assert expires_on(date(2026, 2, 6), date(2026, 1, 9)) == date(2026, 3, 8)
    assert expires_on(date(2026, 2, 6), date(2026, 6, 1)) == date(2026, 7, 1), "at least thirty days"


ROLL = {
    "link": Standing(),
    "deputy": Standing(),
    "head": Standing(),
    "unit": Standing(),
    "sub": Standing(),
    "left": Standing(is_here=False),
    "away": Standing(away_until=date(2026, 2, 1), substitute="sub"),
    "outside": Standing(has_address=False),
}
HEARERS = (
    (("link", "deputy", "head"), ("link", "link")),
    (("away", "deputy", "head"), ("deputy", "away")),
    (("away", None, "head"), ("sub", "away")),
    (("left", "deputy", "head"), ("deputy", "deputy")),
    (("left", None, "head"), ("head", "head")),
    ((None, None, "head"), ("head", "head")),
    (("outside", None, "head"), ("head", "outside")),
    (("outside", None, None), ("unit", "outside")),
    (("outside", "deputy", None), ("deputy", "outside")),
    (("left", None, None), None),
    ((None, None, None), None),
)


@pytest.mark.parametrize(("posts", "heard"), HEARERS)
def test_who_hears_for_an_agency(
    posts: tuple[str | None, str | None, str | None], heard: tuple[str, str] | None
) -> None:
    found = for_agency(ROLL, *posts, ["unit"])
    assert (found and (found.person, found.of)) == heard
