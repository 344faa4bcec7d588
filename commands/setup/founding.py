"""A workspace without a partnership: its first person sets one up, with a code that the operator made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from commands.context import Context
from commands.setup.draft import UNCHANGED
from commands.setup.partnership import profile_options
from commands.setup.walk import setup
from lifbot import grammar, ids, profiles
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command
from lifbot.message import Field, Form, Incoming, Message, Say, say
from lifbot.model import Person, SetupCode
from storage import codes, serving
from storage.amending import found
from storage.db import Session
from storage.scope import Scope

HOW = (
    "There is no partnership for this workspace yet. Ask whoever runs lifbot to type python bot.py code, "
    "and then type /lif setup code:ABCD-EFGH with that code."
)
WRONG = f"That code cannot be used: each works once, for seven days. Please check it, or ask for a new one. {UNCHANGED}"
TOO_OFTEN = f"That was a wrong code too often. A colleague can try, or you can next week. {UNCHANGED}"
STANDS = (
    "Another partnership here names no workspace of its own yet, and would be cut off. Whoever runs lifbot can put its "
    f"workspace into its file first. {UNCHANGED}"
)
INTRO = "You become its first person and its business unit. The next forms ask for agencies, groups and people."


def _never(ctx: Context) -> Message:
    raise NotImplementedError  # there is no partnership in which a command could run


FOUNDING = Command(
    words="setup",
    run=_never,
    may="set up",
    args=(
        Arg("line", "Code", name="code", longest=40),
        Arg("line", "Name of the partnership", name="name", longest=200, required=True),
        Arg("line", "Abbreviation", name="abbreviation", longest=40, required=True),
        Arg("line", "Your name", name="you", longest=200, required=True),
        Arg("line", "Profile", name="profile", longest=40),
        Arg("line", "Time zone", name="timezone", longest=60),
    ),
    summary="Make a partnership",
    title="Set up lifbot",
)


def answer(session: Session, incoming: Incoming) -> Message | None:
    """Answer "setup" where there is no partnership; None where something else was said."""
    text = " ".join(incoming.text.replace("\x00", " ").removeprefix("/lif").split()).removeprefix("form ")
    if not f"{text} ".lower().startswith("setup ") or not incoming.team:
        return None
    rest = text[len("setup") :].strip()
    if not rest:
        return say(HOW)
    if not rest.lower().startswith("code:"):
        return None
    try:
        raw = grammar.parse(FOUNDING, rest) | {name: value.strip() for name, value in incoming.fields if value.strip()}
        code = _code(session, incoming, raw.get("code", ""))
        with session.begin_nested():
            return _founded(session, incoming, raw, code)
    except LifError as error:
        form = incoming.kind == "form"
        return Message((), summary=error.text, errors=((error.field or "", error.text),)) if form else say(error.text)


def _code(session: Session, incoming: Incoming, typed: str) -> SetupCode:
    """Return the code that was typed; a wrong one is remembered, since a few tries are enough for anybody."""
    who = f"{incoming.platform}/{incoming.team}/{incoming.who}"
    if not codes.may_try(session, who):
        raise LifError(TOO_OFTEN)
    code = codes.find(session, typed, incoming.at)
    if code is None:
        codes.note_wrong(session, who, incoming.at)
        raise LifError(WRONG)
    return code


def _founded(session: Session, incoming: Incoming, raw: Mapping[str, str], code: SetupCode) -> Message:
    missing = [arg for arg in FOUNDING.args if arg.required and not raw.get(arg.name)]
    for arg in FOUNDING.args:
        grammar.refuse_long(arg, raw.get(arg.name, ""))
    if missing and incoming.kind == "form":
        raise LifError(f"Please fill in: {missing[0].label.lower()}.", field=missing[0].name)
    if missing:
        return _asked(incoming, raw)
    _refuse_cutting_off(session)
    if not codes.use(session, code, f"{incoming.platform}/{incoming.team}/{incoming.who}", incoming.at):
        raise LifError(WRONG)
    wanted = _wanted(session, incoming, raw)
    (me,) = wanted["people"]
    scope = found(session, wanted, me, incoming.at)
    return _welcome(scope, incoming, me)


def _asked(incoming: Incoming, raw: Mapping[str, str]) -> Message:
    """Open the form; where the platform tells the caller's name, it holds that."""
    name = dict(incoming.names).get(incoming.who, "")
    fields = (
        Field(
            "name",
            "Name of the partnership",
            hint="For example Kirklees Safeguarding Children Partnership.",
            max_length=200,
        ),
        Field("abbreviation", "Abbreviation", hint="For example KSCP.", max_length=40),
        Field("you", "Your name", max_length=200),
        Field(
            "profile",
            "Profile",
            "choice",
            required=False,
            options=profile_options(),
            hint="Its groups will be offered to you.",
        ),
        Field("timezone", "Time zone", max_length=60),
    )
    held = {"you": name, "timezone": "Europe/London", **raw}
    filled = tuple(replace(field, value=held.get(field.name, "")) for field in fields)
    form = Form("Set up lifbot", f"setup code:{raw['code']}", filled, "Make it", INTRO)
    typed = "Type for example: /lif setup code:ABCD-EFGH name:Kirklees Partnership abbreviation:KSCP you:Amina Yusuf"
    unnamed = () if name else (incoming.who,)
    return Message((Say(typed),), summary=typed, form=form if incoming.can_open_form else None, unnamed=unnamed)


def _refuse_cutting_off(session: Session) -> None:
    """A partnership that names no workspace is served while it is the only one: a second would end that."""
    if serving.would_be_cut_off(session):
        raise LifError(STANDS)


def _wanted(session: Session, incoming: Incoming, raw: Mapping[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The partnership as its file would have it: itself, its Boards if its profile has several, and one person."""
    profile, abbreviation = raw.get("profile") or None, raw["abbreviation"]
    id = ids.of_name(abbreviation, serving.ids(session), "partnership")
    me, slack = ids.of_person(raw["you"], ()), incoming.platform == "slack"
    head = {
        "name": raw["name"],
        "abbreviation": abbreviation,
        "timezone": raw.get("timezone") or "Europe/London",
        "profile": profile,
        "business_unit": [me],
        "slack_team": incoming.team if slack else None,
        "teams_tenant": None if slack else incoming.team.lower(),
    }
    boards = profiles.load(profile).boards if profile in profiles.names() else ()
    person = {"name": raw["you"], incoming.platform: incoming.who if slack else incoming.who.lower()}
    return {
        "partnership": {id: head},
        "boards": {each.id: {"name": each.name, "scope": each.scope} for each in boards},
        "agencies": {},
        "people": {me: person},
        "groups": {},
    }


def _welcome(scope: Scope, incoming: Incoming, me: str) -> Message:
    caller = scope.first(Person, Person.id == me)
    assert caller is not None
    walk = setup.run(Context(scope, caller, incoming, None))
    text = f"{scope.partnership.name} is set up. Thank you. You are its business unit."
    return replace(walk, blocks=(Say(text), *walk.blocks), summary=text)
