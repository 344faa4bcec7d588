"""From what was said about a notice to its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from commands import ask, files
from commands.context import Context
from commands.names import agency, group
from commands.which_meeting import CLOCK, time_of_day
from lifbot.calendar import at_local, parse_local
from lifbot.errors import LifError
from lifbot.links import is_link
from lifbot.timescale import DueDate, read
from storage import meetings, people
from storage import notices as stored

SEVERAL = re.compile(r"\s*(?:,|;|\band\b)\s*", re.IGNORECASE)
NOTHING = frozenset({"none", "no", "nothing", "nobody", "-"})
ONCE_CHECKED = frozenset({"once checked", "when checked", "checked", "now", "once it is checked", "at once"})
UNCHANGED = "Nothing was changed."


def columns(ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said, as columns; what was left out is not among them, what a form emptied is."""
    emptied = ask.emptied(ctx) if ctx.incoming.kind == "form" else frozenset()
    found: dict[str, Any] = {}
    for name, reading in READERS.items():
        if given.get(name):
            found |= reading(ctx, given[name])
        elif name in emptied:
            found |= EMPTY.get(name, {})
    return found


def defaults(ctx: Context) -> dict[str, Any]:
    """Return what a new notice has where nothing is said: all agencies, and all groups that have a channel."""
    return {
        "agencies": [each.id for each in people.agencies(ctx.scope)],
        "groups": [each.id for each in people.groups(ctx.scope) if each.slack_channel or each.teams_channel],
    }


def product(ctx: Context, said: str) -> str:
    """Return a product of the profile by its id or name; else the words."""
    wanted = " ".join(said.split()).casefold()
    known = stored.products(ctx.scope)
    exact = [id for id, name in known if wanted in (id.casefold(), name.casefold())]
    close = [id for id, name in known if len(wanted) > 3 and wanted in name.casefold()]
    found = exact or close
    return found[0] if len(found) == 1 else " ".join(said.split())


def channel(ctx: Context, said: str) -> str:
    """Return a channel of the profile by its id or name; else the words."""
    wanted = said.strip().casefold().replace("-", "_")
    known = stored.channels(ctx.scope)
    found = [id for id, name in known if wanted in (id, name.casefold())]
    found = found or [id for id, name in known if len(wanted) > 3 and wanted in name.casefold()]
    return found[0] if len(found) == 1 else said.strip()


def moment(ctx: Context, said: str, field: str) -> datetime:
    """Read a date with its time of day; LifError says how to write one."""
    try:
        return parse_local(said, ctx.scope.zone)
    except ValueError:
        clock = CLOCK.search(said)
    example = "Please give the day and the time, such as 6 March 2026 09:00."
    if clock is None:
        raise LifError(f"{example} {UNCHANGED}", field=field)
    day = read(said[: clock.start()].strip(" ,") or "today", meetings.calendar(ctx.scope, None))
    if not isinstance(day, DueDate):
        raise LifError(f"{day.why} {example} {UNCHANGED}", field=field)
    return at_local(day.on, time_of_day(clock), ctx.scope.zone)


def ahead(ctx: Context, said: str, field: str) -> datetime:
    """Read a moment at which something is to be published; one that has passed is refused."""
    at = moment(ctx, said, field)
    if at <= ctx.scope.now:
        raise LifError(f"That time has passed. Please give one that is ahead. {UNCHANGED}", field=field)
    return at


def _publish(ctx: Context, said: str) -> dict[str, Any]:
    words = " ".join(said.lower().split()).strip(".")
    if words in NOTHING:
        return {"publish_at": None}
    return {"publish_at": ctx.scope.now if words in ONCE_CHECKED else ahead(ctx, said, "publish")}


def link(said: str) -> str:
    """Return an address that readers may open."""
    address = said.strip().strip("<>").partition("|")[0]
    if not is_link(address):
        raise LifError(f"Please give a link that begins with https:// {UNCHANGED}", field="link")
    return address


def _file(ctx: Context, said: str) -> dict[str, Any]:
    found = files.WRITTEN.findall(said)
    return {"url": found[0][0], "file_name": found[0][1]} if found else {}


def _several(said: str, one: Callable[[str], str]) -> list[str]:
    if said.strip().lower() in NOTHING:
        return []
    return list(dict.fromkeys(one(part) for part in SEVERAL.split(said) if part.strip()))


def _all_or(name: str, one: Callable[[Context, str], str]) -> Callable[[Context, Any], dict[str, Any]]:
    def reading(ctx: Context, said: str) -> dict[str, Any]:
        if said.strip().lower() == "all":
            return {name: defaults(ctx)[name]}
        try:  # a name may hold an "and" of its own
            return {name: [one(ctx, said)]}
        except LifError:
            return {name: _several(said, lambda part: one(ctx, part))}

    return reading


READERS: Mapping[str, Callable[[Context, Any], dict[str, Any]]] = {
    "title": lambda ctx, said: {"title": " ".join(said.split())},
    "product": lambda ctx, said: {"product": product(ctx, said)},
    "summary": lambda ctx, said: {"summary": said},
    "cascade_by": lambda ctx, due: {"cascade_by": due.on, "cascade_text": due.said},
    "ask": lambda ctx, said: {"asks": said},
    "link": lambda ctx, said: {"url": link(said), "file_name": None},
    "files": _file,
    "audience": lambda ctx, said: {"audience": said},
    "source": lambda ctx, source: {"source_id": source.id},
    "theme": lambda ctx, themes: {"themes": list(themes)},
    "agencies": _all_or("agencies", lambda ctx, said: agency(ctx, said).id),
    "groups": _all_or("groups", lambda ctx, said: group(ctx, said).id),
    "channels": lambda ctx, said: {"channels": _several(said, lambda part: channel(ctx, part))},
    "on": lambda ctx, said: {"event_at": moment(ctx, said, "on")},
    "place": lambda ctx, said: {"place": said},
    "scope": lambda ctx, said: {"scope": said},
    "publish": _publish,
}
EMPTY: Mapping[str, dict[str, Any]] = {
    "ask": {"asks": None},
    "link": {"url": None, "file_name": None},
    "source": {"source_id": None},
    "theme": {"themes": []},
    "agencies": {"agencies": []},
    "groups": {"groups": []},
    "channels": {"channels": []},
    "on": {"event_at": None},
    "place": {"place": None},
}
