"""A form as a card in Teams, in the conversation or in a dialog, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifbot.message import Field, FieldKind, Form
from lifbot.teams.render import dialog, form_card, form_values
from tests.any_message import TEXTS
from tests.card_page import easel
from tests.golden_messages import FORMS, HOSTILE, look_as_before
from tests.teams_limits import actions, bare, check, check_card, nodes, size, texts

PEOPLE = tuple((f"@p{n}", f"Person {n:03} (Kirklees Council)") for n in range(600))
NOTE = "Nothing is saved yet. Please see the notes beside the fields."


BEN, CLEO = "0000be40-0000-4000-8000-000000000001", "0000c1e0-0000-4000-8000-000000000002"


def field(kind: FieldKind, **given: Any) -> Field:
    return Field("who", "Who?", kind, **given)


def inputs(form: Form, **given: Any) -> list[dict[str, Any]]:
    card = form_card(form, **given)
    assert check_card(card) == []
    return [dict(node) for node in nodes(card) if node["type"].startswith("Input.")]


def drawn(of: Field) -> dict[str, Any]:
    return inputs(Form("New action", "action add", (of,)))[0]


@pytest.mark.parametrize(
    ("of", "kind", "style"),
    [
        (field("line"), "Input.Text", None),
        (field("account", value=f"<@{BEN}>"), "Input.ChoiceSet", None),
        (field("accounts"), "Input.ChoiceSet", None),
        (field("channel", options=PEOPLE[:1]), "Input.ChoiceSet", "compact"),
        (field("text"), "Input.Text", None),
        (field("person", options=PEOPLE[:3]), "Input.ChoiceSet", "compact"),
        (field("person", options=PEOPLE[:8]), "Input.ChoiceSet", "filtered"),
        (field("people", options=PEOPLE[:3]), "Input.ChoiceSet", "filtered"),
        (field("choice", options=PEOPLE[:3]), "Input.ChoiceSet", "expanded"),
        (field("choice", options=PEOPLE[:3], required=False), "Input.ChoiceSet", "compact"),
        (field("choice", options=PEOPLE[:4]), "Input.ChoiceSet", "compact"),
        (field("date"), "Input.Date", None),
        (field("date", value="next meeting"), "Input.Text", None),
        (field("tick", options=PEOPLE[:11]), "Input.ChoiceSet", "expanded"),
        (field("tick"), "Input.Toggle", None),
        (field("person"), "Input.Text", None),
    ],
)
def test_each_kind_of_field_has_its_means(of: Field, kind: str, style: str | None) -> None:
    assert (drawn(of)["type"], drawn(of).get("style")) == (kind, style)


def test_a_field_opens_with_what_it_holds() -> None:
    assert drawn(field("line", value="31 March"))["value"] == "31 March"
    assert drawn(field("text", value="x", max_length=2000))["maxLength"] == 2000
    assert drawn(field("date", value="2026-03-31"))["value"] == "2026-03-31"
    assert drawn(field("date", value="next meeting"))["value"] == "next meeting"
    assert drawn(field("person", options=PEOPLE[:20], value="@p19"))["value"] == "@p19"
    assert drawn(field("tick", options=PEOPLE[:3], value="@p0, @p2,@p9"))["value"] == "@p0,@p2"
    assert drawn(field("tick", value="yes"))["value"] == "yes"
    assert drawn(field("tick"))["value"] == ""


def test_the_only_choice_there_is_needs_no_press() -> None:
    assert drawn(field("choice", options=PEOPLE[:1]))["value"] == "@p0"
    assert "value" not in drawn(field("choice", options=PEOPLE[:1], required=False))
    assert "value" not in drawn(field("choice", options=PEOPLE[:2]))


def test_nothing_typed_is_lost_when_it_does_not_fit() -> None:
    assert drawn(field("line", value="x" * 90, max_length=50))["value"] == "x" * 90
    nobody = drawn(field("person", options=PEOPLE[:9], value="Cleo"))
    assert "value" not in nobody
    assert nobody["placeholder"] == "“Cleo”: please choose"


def test_what_is_required_says_so() -> None:
    assert drawn(field("person", options=PEOPLE[:3]))["errorMessage"] == "Please choose somebody."
    assert drawn(field("line"))["isRequired"] is True
    assert "isRequired" not in drawn(field("line", required=False))


def test_an_error_stands_under_its_field_and_what_was_typed_is_kept() -> None:
    typed = {"text": "Audit <MASH>", "due": "1 March", "owner": "ben"}
    card = form_card(FORMS["add"], errors=(("due", "That date has passed."),), values=typed)
    assert check_card(card) == []
    at = next(place for place, part in enumerate(card["body"]) if part.get("id") == "due")
    assert card["body"][at + 1]["inlines"][0]["text"] == "That date has passed."
    assert {part["id"]: part["value"] for part in card["body"] if "id" in part} == typed
    assert NOTE in texts(card)


def test_an_error_of_no_field_stands_at_the_top() -> None:
    card = form_card(FORMS["add"], errors=(("", "Something went wrong on our side."),))
    assert texts(card)[:3] == ["New action", FORMS["add"].intro, "Something went wrong on our side."]
    assert NOTE not in texts(card)


def test_everybody_of_a_large_partnership_can_be_chosen() -> None:
    assert len(drawn(field("person", options=PEOPLE[:250]))["choices"]) == 250


def test_a_partnership_too_large_for_a_card_types_a_name() -> None:
    agency = Field("agency", "Agency", "choice", options=PEOPLE[:5], value="@p1")
    who, kept = inputs(Form("F", "x", (field("person", options=PEOPLE, value="@p5"), agency)))
    assert (who["type"], who["placeholder"], who["value"]) == ("Input.Text", "Type a name", "@p5")
    assert len(kept["choices"]) == 5


def test_a_form_that_teams_cannot_take_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="2 fields"):
        form_card(Form("F", "x", tuple(Field(f"f{n}", "L", "text", value="x" * 15_000) for n in range(2))))
    with pytest.raises(ValueError, match="comma"):
        form_card(Form("F", "x", (field("tick", options=(("a,b", "A"),)),)))
    for name in ("line", "lif", "action", "msteams"):
        with pytest.raises(ValueError, match="name"):
            form_card(Form("F", "x", (Field(name, "L"),)))


def test_a_form_is_saved_or_put_aside() -> None:
    save, cancel = actions(form_card(Form("New action", "action add 14", (field("line"),), "Log it")))
    assert (save["title"], save["verb"], save["data"]) == ("Log it", "lif.form", {"line": "action add 14"})
    assert save["fallback"]["data"] == {"lif": "form", "line": "action add 14"}
    assert (cancel["title"], cancel["verb"], cancel["associatedInputs"]) == ("Cancel", "lif.cancel", "none")


def test_a_dialog_holds_the_same_form_with_a_submit() -> None:
    answer = dialog(FORMS["add"], values={"due": "next meeting"})
    assert check(answer) == []
    value = answer["task"]["value"]
    assert (answer["task"]["type"], value["title"]) == ("continue", "New action")
    (save,) = actions(value["card"]["content"])
    assert (save["type"], save["data"]) == ("Action.Submit", {"lif": "form", "line": "action add"})
    ids = [node["id"] for node in nodes(value["card"]["content"]) if "id" in node]
    assert ids == ["text", "owner", "due"]


async def fill(form: Form, **typed: str) -> dict[str, Any] | None:
    async with easel() as drawing:
        result = await drawing.draw(form_card(form))
        assert (result.faults, result.marked) == ([], [])
        for label, words in typed.items():
            await drawing.page.get_by_label(label).first.fill(words)
        return await drawing.press(form.submit)


async def test_a_person_fills_it_in_and_saves() -> None:
    sent = await fill(FORMS["add"], **{"What is to be done?": "Audit <MASH> & co", "By when?": "31 March"})
    assert sent is not None
    assert (sent["verb"], sent["data"]["line"]) == ("lif.form", "action add")
    assert form_values(sent["data"]) == (("text", "Audit <MASH> & co"), ("owner", "cleo"), ("due", "31 March"))


async def test_a_form_with_something_wanting_stays_and_can_be_put_aside() -> None:
    async with easel() as drawing:
        await drawing.draw(form_card(FORMS["add"]))
        assert await drawing.press("Save") is None
        assert await drawing.page.get_by_text("Please fill this in.").count() == 2
        assert await drawing.press("Cancel") == {"type": "Action.Execute", "verb": "lif.cancel", "data": {"line": ""}}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_renderer_finds_no_fault_with_a_form(name: str, dark: bool) -> None:
    form = FORMS[name]
    errors = tuple((field.name, "What to type instead.") for field in form.fields)
    async with easel(width=320, dark=dark) as drawing:
        result = await drawing.draw(form_card(form, errors=errors))
        assert (result.faults, result.marked) == ([], [])
        assert result.values == {field.name: field.value for field in form.fields}
        assert await drawing.page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_words_of_people_in_a_form_are_shown_as_they_are() -> None:
    kinds: tuple[FieldKind, ...] = ("line", "choice", "tick", "people")
    async with easel() as drawing:
        for text in [*HOSTILE, "[your bank](https://example.org)", "1. first"]:
            fields = tuple(
                Field(f"a {kind}", text, kind, hint=text, options=(("a", text),) if kind != "line" else ())
                for kind in kinds
            )
            card = form_card(Form(text, "x", fields, intro=text), errors=(("a line", text),))
            assert check_card(card) == []
            result = await drawing.draw(card)
            assert (result.faults, result.marked) == ([], [])
            said = " ".join(bare(result.words).split())
            assert said.count(" ".join(text.split())) >= 12


def test_what_was_put_into_a_form_comes_back_by_field() -> None:
    data: Mapping[str, Any] = {
        "line": "action add", "lif": "form", "msteams": {}, "action": "x",
        "text": "Audit <MASH> & co", "with": "@ben,@fay", "also": ["a", "b"], "due": "2026-03-31",
        "none": None, "on": True, "off": False, "count": 3,
    }  # fmt: skip
    assert form_values(data) == (
        ("text", "Audit <MASH> & co"), ("with", "@ben,@fay"), ("also", "a,b"), ("due", "2026-03-31"),
        ("none", ""), ("on", "yes"), ("off", ""), ("count", "3"),
    )  # fmt: skip
    assert form_values({}) == ()


KINDS: tuple[FieldKind, ...] = get_args(FieldKind)
FIELDS = st.builds(
    Field,
    name=st.uuids().map(str),
    label=TEXTS,
    kind=st.sampled_from(KINDS),
    required=st.booleans(),
    hint=TEXTS,
    placeholder=TEXTS,
    options=st.sampled_from([(), PEOPLE[:7]]),
    value=st.text(max_size=40) | st.just("@p1,@p3"),
    max_length=st.integers(1, 9000),
)


@settings(deadline=None, max_examples=50)  # the published schema takes its time
@given(
    st.builds(
        Form,
        TEXTS.map("A form {}".format),
        st.just("action add"),
        st.lists(FIELDS, max_size=4).map(tuple),
        TEXTS,
        TEXTS,
    ),
    TEXTS,
)
def test_no_form_at_all_breaks_a_limit(form: Form, error: str) -> None:
    card = form_card(form, errors=tuple((field.name, error) for field in form.fields))
    assert check_card(card) == []
    assert size(card) <= 25_000


@pytest.mark.parametrize("name", FORMS)
def test_forms_look_as_they_did(name: str) -> None:
    card = form_card(FORMS[name])
    assert check_card(card) == []
    assert look_as_before("teams", name, card)


def test_people_are_picked_from_the_whole_tenant_and_come_back_as_mentions() -> None:
    (one,) = inputs(Form("F", "group edit", (field("accounts", value=f"<@{BEN}>,<@{CLEO}>"),)))
    assert one["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert (one["value"], one["isMultiSelect"]) == (f"{BEN},{CLEO}", True)
    assert form_values({"line": "group edit", "chair": BEN.upper(), "members": f"{BEN},{CLEO}", "name": "SE, LD"}) == (
        ("chair", f"<@{BEN}>"),
        ("members", f"<@{BEN}>,<@{CLEO}>"),
        ("name", "SE, LD"),
    )


def test_a_channel_is_offered_only_where_it_is_asked() -> None:
    other = field("channel", options=(("19:here", "The channel where you ask"),), value="19:other")
    (one,) = inputs(Form("F", "group edit", (other,)))
    assert [choice["value"] for choice in one["choices"]] == ["19:here", "19:other"]
    card = form_card(Form("F", "group edit", (field("line"), Field("channel", "Channel", "channel"))))
    assert [node["id"] for node in nodes(card) if node["type"].startswith("Input.")] == ["who"]
