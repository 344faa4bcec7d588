"""What is set up already, what is still missing, and which form comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from commands.setup.draft import Draft
from lifbot import profiles
from lifbot.grammar import clip
from lifbot.message import Button
from lifbot.partnership_file import undecided


class Step(NamedTuple):
    """Something that is missing: what it is, what its form is called, and the line that opens it."""

    missing: str
    label: str
    line: str


def facts(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return what is there, in counts."""
    head, plain = draft.head, draft.plain
    chairs = [draft.name(board["chair"]) for board in plain["boards"].values()] or [draft.name(head["chair"])]
    unit = ", ".join(draft.name(id) for id in head["business_unit"])
    met = sum(bool(group["meetings"]) for group in plain["groups"].values())
    return (
        ("Partnership", f"{head['name']} ({head['abbreviation']}), {head['timezone']}"),
        ("Profile", profiles.load(head["profile"]).name if head["profile"] else "none chosen"),
        ("Chair", ", ".join(filter(None, chairs)) or "not named yet"),
        ("Business unit", clip(unit, 300) or "not named yet"),
        ("Agencies", str(len(plain["agencies"]))),
        ("Groups", f"{len(plain['groups'])}, {met} with meetings"),
        ("People", str(len(plain["people"]))),
    )


def steps(draft: Draft) -> Iterator[Step]:
    """Yield what is missing, in the order in which it is asked for."""
    head, plain = draft.head, draft.plain
    if not plain["agencies"]:
        yield Step("no agencies", "agencies", "form setup agencies")
    if not plain["groups"]:
        yield Step("no groups", "groups", "form setup groups")
    yield from _of_groups(draft)
    if None in [board["chair"] for board in plain["boards"].values()] or not (plain["boards"] or head["chair"]):
        missing = "a Board without a chair" if plain["boards"] else "no partnership chair"
        yield Step(missing, "the partnership's chair", "form setup partnership")
    if alone := [id for id, each in plain["people"].items() if not each["agency"]]:
        people = "1 person" if len(alone) == 1 else f"{len(alone)} people"
        yield Step(f"{people} without an agency", "people's agencies", "form setup people")
    profile = profiles.load(head["profile"]) if head["profile"] else None
    if open_ := undecided(profile, head["answers"]):
        named = ", ".join(clip(duty.name, 60) for duty in open_)
        yield Step(f"how often it comes round: {named}", "recurring duties", "form setup duties")


def _of_groups(draft: Draft) -> Iterator[Step]:
    lacks = {"chair": "chair", "members": "members", "meetings": "meetings"}
    groups = draft.plain["groups"]
    for name, noun in lacks.items():
        found = [id for id, group in groups.items() if not group[name]]
        if not found:
            continue
        many = "1 group" if len(found) == 1 else f"{len(found)} groups"
        named = ", ".join(groups[id]["prefix"] for id in found[:8])
        label = clip(groups[found[0]]["name"], 40)
        yield Step(
            f"{many} without {'a ' if name == 'chair' else ''}{noun} ({named})",
            label,
            f"form group edit group:{found[0]}",
        )


def next_button(draft: Draft) -> tuple[Button, ...]:
    """Return the button that opens the next form, for whoever may fill it in; none where nothing is missing."""
    if not draft.ctx.may("set up", None):
        return ()
    following = next(steps(draft), None)
    return (Button(f"Next: {following.label}", following.line, "primary"),) if following else ()
