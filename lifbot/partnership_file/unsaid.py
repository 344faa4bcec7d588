"""What a partnership's profile brings, and what is still to be said because no framework says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lifbot import profiles
from lifbot.listed import listed
from lifbot.profiles import Duty, Profile

Sections = Mapping[str, Mapping[str, Mapping[str, Any]]]  # as `PartnershipFile.plain` gives them
MOST_NAMED = 8


def brought(profile: Profile) -> Iterator[str]:
    """Yield what comes with a profile, in a few lines."""
    counts = (
        _counted(len(profile.learning_methods), "learning method", "learning methods"),
        _counted(len(profile.products), "product", "products"),
        _counted(len(profile.channels), "channel", "channels"),
        _counted(len(profile.roles), "role", "roles"),
        _counted(len(profile.duties), "recurring duty", "recurring duties"),
    )
    yield f"the {profile.id} profile brings {listed(counts)}"
    timed = [f"{each.name} ({each.timing.words})" for each in profile.learning_methods if each.timing]
    if timed:
        yield f"its learning methods with a time of their own: {_several(timed)}"
    known = [f"{duty.name} ({duty.repeats})" for duty in profile.duties if duty.repeats]
    if known:
        yield f"its recurring duties, none of which starts by itself (see /lif duty list): {_several(known)}"


def unsaid(plain: Sections) -> Iterator[str]:
    """Yield what nobody has said yet, and how to say it in the file."""
    ((_, head),) = plain["partnership"].items()
    profile = profiles.load(head["profile"]) if head["profile"] else None
    if not plain["groups"]:
        none = f" (the {profile.id} profile names none)" if profile and not profile.groups else ""
        yield f"its groups{none}: write them under groups"
    for duty in undecided(profile, head["answers"]):
        either, words = (f": {' or '.join(duty.choices)}?", "…") if duty.choices else ("?", "every …")
        yield f"how often is {duty.name}{either} Under partnership write answers: {{{duty.id}: {words}}}"
    boards = [f"the Board {board['name']}" for board in plain["boards"].values() if not board["chair"]]
    needs_none = head["chair"] or plain["boards"] or (profile and profile.boards)  # each of its Boards has its own
    without = boards or ([] if needs_none else ["the partnership"])
    if without:
        yield f"who chairs {listed(without)}: write chair there"
    for key, what in (
        ("chair", "who chairs {}: write chair there"),
        ("meetings", "when {} meet: write meetings there"),
    ):
        if lacking := [group["name"] for group in plain["groups"].values() if not group[key]]:
            said = what.replace(" meet:", " meets:") if len(lacking) == 1 else what
            yield said.format(_several(lacking))


def undecided(profile: Profile | None, answers: Mapping[str, str]) -> list[Duty]:
    """Return the recurring duties of which nobody has said how often they come round."""
    return [duty for duty in profile.duties if not duty.every and duty.id not in answers] if profile else []


def _counted(count: int, noun: str, many: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {many}"


def _several(names: Sequence[str]) -> str:
    shown = list(names[:MOST_NAMED])
    return ", ".join(shown) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
