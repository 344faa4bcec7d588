"""A form as Slack's modal, and what comes back from it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifbot.message import Field, FieldKind, Form
from lifbot.slack.render import form_view, view_values
from tests.slack_limits import check

TEXTS = st.text(max_size=40) | st.text(max_size=30).map(lambda text: text * 400)
PEOPLE = tuple((f"p{n}", f"Person {n:03}") for n in range(250))


def field(kind: FieldKind, **given: Any) -> Field:
    return Field("who", "Who?", kind, **given)


def element(of: Field) -> dict[str, Any]:
    view = form_view(Form("New action", "action add", (of,)), "{}")
    assert check(view) == []
    return dict(view["blocks"][0]["element"])


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (field("line"), "plain_text_input"),
        (field("text"), "plain_text_input"),
        (field("person", options=PEOPLE[:3]), "static_select"),
        (field("people", options=PEOPLE[:3]), "multi_static_select"),
        (field("choice", options=PEOPLE[:3]), "radio_buttons"),
        (field("choice", options=PEOPLE[:3], required=False), "static_select"),
        (field("choice", options=PEOPLE[:4]), "static_select"),
        (field("date"), "datepicker"),
        (field("tick", options=PEOPLE[:10]), "checkboxes"),
        (field("tick", options=PEOPLE[:11]), "multi_static_select"),
        (field("tick"), "checkboxes"),
        (field("person"), "plain_text_input"),
        (field("account"), "users_select"),
        (field("accounts", value="<@U0BEN>,<@U0CLEO>"), "multi_users_select"),
        (field("channel", value="C0SE"), "conversations_select"),
    ],
)
def test_each_kind_of_field_has_its_means(of: Field, kind: str) -> None:
    assert element(of)["type"] == kind


def test_a_field_opens_with_what_it_holds() -> None:
    assert element(field("line", value="31 March"))["initial_value"] == "31 March"
    assert element(field("text", value="x" * 5000, max_length=9000))["max_length"] == 3000
    assert element(field("date", value="2026-03-31"))["initial_date"] == "2026-03-31"
    assert "initial_date" not in element(field("date", value="next meeting"))
    assert element(field("person", options=PEOPLE, value="p249"))["initial_option"]["value"] == "p249"
    assert "initial_option" not in element(field("person", options=PEOPLE, value="nobody"))
    assert element(field("account", value="<@U0BEN>"))["initial_user"] == "U0BEN"
    assert element(field("accounts", value="<@U0BEN>,<@U0CLEO>"))["initial_users"] == ["U0BEN", "U0CLEO"]
    assert element(field("channel", value="C0SE"))["initial_conversation"] == "C0SE"
    assert "initial_user" not in element(field("account", value="somebody"))
    ticked = element(field("tick", options=PEOPLE[:3], value="p0,p2"))["initial_options"]
    assert [option["value"] for option in ticked] == ["p0", "p2"]


def test_everybody_of_a_large_partnership_can_be_chosen() -> None:
    groups = element(field("person", options=PEOPLE))["option_groups"]
    assert sum(len(group["options"]) for group in groups) == 250
    assert groups[2]["label"]["text"] == "Person 200 – Person 249"


def test_a_form_too_large_for_slack_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="3001"):
        form_view(Form("New action", "action add", ()), "x" * 3001)
    with pytest.raises(ValueError, match="101 blocks"):
        form_view(Form("F", "x", tuple(Field(f"f{n}", "L") for n in range(101))), "")


KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
FIELDS = st.builds(
    Field,
    name=st.uuids().map(str),
    label=TEXTS,
    kind=st.sampled_from(KINDS),
    required=st.booleans(),
    hint=TEXTS,
    placeholder=TEXTS,
    options=st.just(PEOPLE[:7]),
    value=TEXTS,
    max_length=st.integers(1, 9000),
)


@given(st.builds(Form, TEXTS, st.just("action add"), st.lists(FIELDS, max_size=8).map(tuple), TEXTS, TEXTS))
def test_no_form_at_all_breaks_a_limit(form: Form) -> None:
    assert check(form_view(form, "{}")) == []


def test_what_was_put_into_a_form_comes_back_by_field() -> None:
    values = {
        "text": {"value": {"type": "plain_text_input", "value": "Audit <MASH> & co"}},
        "owner": {"value": {"type": "static_select", "selected_option": {"value": "cleo"}}},
        "with": {"value": {"type": "multi_static_select", "selected_options": [{"value": "ben"}, {"value": "fay"}]}},
        "due": {"value": {"type": "datepicker", "selected_date": "2026-03-31"}},
        "none": {"value": {"type": "plain_text_input", "value": None}},
        "nobody": {"value": {"type": "static_select", "selected_option": None}},
        "unticked": {"value": {"type": "checkboxes", "selected_options": []}},
        "chair": {"value": {"type": "users_select", "selected_user": "U0BEN"}},
        "nochair": {"value": {"type": "users_select", "selected_user": None}},
        "members": {"value": {"type": "multi_users_select", "selected_users": ["U0BEN", "U0CLEO"]}},
        "nomembers": {"value": {"type": "multi_users_select", "selected_users": []}},
        "channel": {"value": {"type": "conversations_select", "selected_conversation": "C0SE"}},
    }
    assert view_values({"state": {"values": values}}) == (
        ("text", "Audit <MASH> & co"),
        ("owner", "cleo"),
        ("with", "ben,fay"),
        ("due", "2026-03-31"),
        ("none", ""),
        ("nobody", ""),
        ("unticked", ""),
        ("chair", "<@U0BEN>"),
        ("nochair", ""),
        ("members", "<@U0BEN>,<@U0CLEO>"),
        ("nomembers", ""),
        ("channel", "C0SE"),
    )
    assert view_values({}) == ()
