"""What somebody typed after "list" or "find", read as what they look for; and written again as a line for a button."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from commands.context import Context
from commands.names import MENTION, SEVERAL, default_group, group
from commands.roles import simple
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.model import Agency, Group, Person
from lifbot.policy.brag import Brag
from lifbot.query import FILTERS, MOST_WORDS, SORTS, Query, words_of
from lifbot.tags import GAPS
from lifbot.timescale import Question, Span, read_span
from storage import meetings

EVERYWHERE = "everywhere"
KNOWN = {*FILTERS, EVERYWHERE}
NAMES = ", ".join(FILTERS)
KINDS = (
    *(("action", "Actions"), ("recommendation", "Recommendations"), ("issue", "Issues")),
    *((PRACTICE, "Strong practice"), (CHALLENGE, "Challenges")),
)

Which = Annotated[str, Arg("line", f"{NAMES}, and a group", longest=200)]
Words = Annotated[str, Arg("line", "Words", "In the text, source, criteria or history.", longest=2000)]
OfGroup = Annotated[Group | None, Arg("group", "Group")]
Owners = Annotated[str, Arg("line", "Accountable owner", "A name, or several.", longest=300)]
FromAgency = Annotated[Agency | None, Arg("agency", "Lead agency")]
Kind = Annotated[str, Arg("choice", "Kind", options=KINDS)]
Theme = Annotated[str, Arg("line", "Theme", longest=100)]
Priority = Annotated[str, Arg("line", "Delivery plan priority", longest=100)]
Gap = Annotated[str, Arg("choice", "What became of the gap", options=GAPS)]
DueWhen = Annotated[str, Arg("line", "Due", "“before 30 June”, “this quarter”, “March 2026”.", longest=100)]
Colours = Annotated[str, Arg("line", "BRAG", "blue, red, amber or green, or several.", longest=60)]
From = Annotated[str, Arg("line", "Source", longest=200)]
Sort = Annotated[str, Arg("choice", "In which order", options=tuple(SORTS.items()))]
Page = Annotated[str, Arg("line", "Page", longest=6, in_form=False)]
AsFile = Annotated[
    str, Arg("choice", "As a file", options=(("xlsx", "Excel"), ("csv", "CSV")), keys=("as",), in_form=False)
]


@dataclass(frozen=True)
class Asked:
    """What is looked for, in which group, and the arguments that a button needs to ask for it again."""

    query: Query
    group: Group | None
    raw: dict[str, str]


def trailing(ctx: Context, raw: dict[str, str]) -> None:
    """Take filters off the ends of values: "owner:@cleo overdue" asks for what of Cleo's is overdue."""
    for name in [name for name in raw if name not in ("which", "words")]:
        words, kept = raw[name].split(), len(raw[name].split())
        while kept > 1 and words[kept - 1].lower().strip(",") in KNOWN:
            kept -= 1
        if kept < len(words):
            raw[name] = " ".join(words[:kept])
            raw["which"] = " ".join((raw.get("which", ""), *words[kept:])).strip()


def asked(ctx: Context, typed: Mapping[str, Any], *, finds: bool) -> Asked:
    """Read what was typed; `finds` says that bare words are looked for, rather than a group's name."""
    agency: Agency | None = typed["agency"] or None
    filters, rest = _filters(typed["which"])
    words = words_of(" ".join((rest if finds else "", typed["words"])))
    if len(words) > MOST_WORDS:
        raise LifError(f"Please look for at most {MOST_WORDS} words at once.", field="words")
    of: Group | None = typed["group"] or _group(ctx, "" if finds else rest, filters, anywhere=finds)
    default = ("all",) if finds else ("open",) if of or EVERYWHERE in filters else ("mine",)
    shown = tuple(each for each in FILTERS if each in filters) or default
    query = Query(
        filters=(*shown, "all") if finds and shown == ("mine",) else shown,
        words=words,
        group=of.id if of else None,
        owners=tuple(person.id for person in _owners(ctx, typed["owner"])),
        agency=agency.id if agency else None,
        kind=typed["kind"],
        theme=typed["theme"],
        priority=typed["priority"],
        gap=typed["gap"],
        source=typed["source"],
        brag=_colours(typed["brag"]),
        due=_due(ctx, typed["due"], of),
        sort=typed["sort"],
    )
    return Asked(query, of, _again(query))


def _filters(said: str) -> tuple[set[str], str]:
    """Take the words that are filters out of what was typed."""
    words = said.replace(",", " ").split()
    found = {word.lower() for word in words if word.lower() in KNOWN}
    return found, " ".join(word for word in words if word.lower() not in KNOWN)


def _group(ctx: Context, said: str, filters: set[str], *, anywhere: bool) -> Group | None:
    if said:
        return _named_group(ctx, said)
    return None if anywhere or {"mine", EVERYWHERE} & filters else default_group(ctx)


def _named_group(ctx: Context, said: str) -> Group:
    try:
        return group(ctx, said)
    except LifError as error:
        raise LifError(f"{error.text} To look for words, type /lif find {clip(said, 40)}", field="group") from None


def _owners(ctx: Context, said: str) -> list[Person]:
    """Those meant by names or mentions, whether they are still here or have left."""
    parts = [part.strip() for part in SEVERAL.split(MENTION.sub(r" <@\1> ", said)) if part.strip()]
    return list({person.id: person for part in parts for person in [_owner(ctx, part)]}.values())


def _owner(ctx: Context, said: str) -> Person:
    wanted = simple(said).strip(" @.,")
    if wanted in ("me", "myself"):
        return ctx.caller
    every = list(ctx.reader.people.values())
    exact = [each for each in every if wanted in (simple(each.id), simple(each.name), simple(each.email or ""))]
    close = exact or [each for each in every if wanted in simple(each.name).split()]
    close = close or [each for each in every if len(wanted) > 2 and wanted in simple(each.name)]
    if len(close) == 1:
        return close[0]
    if close:
        names = ", ".join(person.name for person in close[:8])
        raise LifError(f"“{clip(said, 40)}” could be {names}. Please type the whole name.", field="owner")
    raise LifError(f"I do not know who “{clip(said, 40)}” is. Type a name of this partnership.", field="owner")


def _colours(said: str) -> tuple[str, ...]:
    words = [word.lower() for word in re.split(r"[\s,;/&]+", said) if word and word.lower() not in ("or", "and")]
    known = [colour.value for colour in Brag]
    if odd := [word for word in words if word not in known]:
        raise LifError(
            f"“{clip(odd[0], 40)}” is no BRAG colour. Type one or several of: {', '.join(known)}.", field="brag"
        )
    return tuple(dict.fromkeys(words))


def _due(ctx: Context, said: str, of: Group | None) -> Span | None:
    if not said:
        return None
    span = read_span(said, meetings.calendar(ctx.scope, of))
    if isinstance(span, Question):
        raise LifError(f"{span.why} Type for example: due:before 30 June", field="due")
    return span


def _again(query: Query) -> dict[str, str]:
    """Return the arguments that ask for the same, wherever they are typed."""
    everywhere = () if query.group or "mine" in query.filters else (EVERYWHERE,)
    values = {
        "which": " ".join((*query.filters, *everywhere)),
        "words": " ".join(query.words),
        "group": query.group or "",
        "owner": ", ".join(f"@{id}" for id in query.owners),
        "agency": query.agency or "",
        "due": query.due.said if query.due else "",
        "brag": " ".join(query.brag),
    }
    values |= {name: getattr(query, name) for name in ("kind", "theme", "priority", "gap", "source", "sort")}
    return {name: value for name, value in values.items() if value}
