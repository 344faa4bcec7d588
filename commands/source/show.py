"""Seeing the register: lists, one source with all that came of it, the year's programme, themes that recur."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated

from commands.action.facts import named
from commands.context import Context
from commands.source import hold, words
from commands.source.words import ORIGINS, Ref
from lifbot.calendar import say_date
from lifbot.grammar import Arg, clip, command
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Say, say
from lifbot.model import Item, Milestone, Source
from lifbot.policy import clocks
from lifbot.policy.rollup import Child, rollup
from lifbot.tags import RESPONSES, SCOPES, counted, label
from storage import family, milestones, sources

MOST = 15
Which = Annotated[str, Arg("line", "Which", "open, closed, held, all, a method or an agency.", longest=80)]


@command(
    "source list", may="ask", title="Learning register", examples=("/lif source list", "/lif source list rapid review")
)
def list_(ctx: Context, which: Which = "") -> Message:
    """List the sources in the learning register that you may see."""
    every = sources.newest(ctx.scope)
    seen = [row for row in every if words.may_see(ctx, row) and _fits(ctx, row, which.strip().lower())]
    if not seen:
        return say(_nothing(ctx, which))
    title = f"Learning register: {len(seen)} {which.strip().lower() or 'open'}"
    more = [Fine(f"{len(seen) - MOST} more are not shown: add a method to the line.")] if len(seen) > MOST else []
    cards = tuple(words.card(ctx, row) for row in seen[:MOST])
    return Message((ItemList(title, cards), *more, Fine("Only you can see this answer.")), summary=title)


def _fits(ctx: Context, row: Source, which: str) -> bool:
    if which == "held":
        return row.held_at is not None
    if which in ("", "open", "closed"):
        return row.status == (which or "open")
    if (row.own_reference or "").casefold() == which or row.learning_method == _method(ctx, which):
        return True
    called = f"{row.learning_method} {sources.method_name(ctx.scope, row)} {ctx.reader.agency(row.agency)}"
    return which == "all" or which in called.casefold()


def _method(ctx: Context, said: str) -> str | None:
    """The method that goes by a name, an old one or a short one among them: SPR, TTR."""
    profile = ctx.scope.profile
    found = profile.method_called(said) if profile else None
    return found.id if found else None


def _nothing(ctx: Context, which: str) -> str:
    said = f"Nothing in the learning register fits “{clip(which, 40)}”." if which else "The learning register is empty."
    how = " To add a review or audit type /lif source add"
    return said + (how if any(ctx.may("keep register", group) for group in ctx.reader.groups.values()) else "")


@command("source show", may="ask", title="A source", examples=("/lif source show LR-2026-003",))
def show(ctx: Context, source: Ref) -> Message:
    """Show a source with its milestones, recommendations, actions and notices."""
    words.require_seen(ctx, source)
    heading = Heading(f"{source.ref} {source.title}")
    if source.held_at:
        silent = hold.counted(ctx, source)
        count = Fine(
            f"{silent} item{'' if silent == 1 else 's'} of it {'is' if silent == 1 else 'are'} silent with it."
        )
        lift = Ask("", (Button("Lift the hold", f"source lift {source.ref}"),))
        return Message((heading, *hold.told(ctx, source), count, lift), summary=f"{source.ref} is on hold")
    blocks = (heading, Facts(_facts(ctx, source)), *_milestones(ctx, source), *_came_of_it(ctx, source))
    fine = Fine("Only you can see this answer.")
    return Message((*blocks, *_notices(ctx, source), *_buttons(ctx, source), fine), summary=f"{source.ref}")


def _facts(ctx: Context, source: Source) -> tuple[tuple[str, str], ...]:
    group, profile = words.group_of(ctx, source), ctx.scope.profile
    shows = profile.evidence_for(sources.method(ctx.scope, source)) if profile else ()
    first = sources.days_to_notice(ctx.scope, source)
    pairs = (
        ("Method", sources.method_name(ctx.scope, source)),
        ("Own reference", source.own_reference or ""),
        ("Lead group", group.name if group else ""),
        ("Responsible", ctx.reader.name(source.person)),
        ("Agency", ctx.reader.agency(source.agency)),
        ("Concerns", label(SCOPES, source.scope)),
        ("Learning from", label(ORIGINS, source.origin) if source.origin != "own" else ""),
        ("Themes", ", ".join(source.themes)),
        *sources.story(ctx.scope, source),
        ("Publication delayed", source.delay_reason or ""),
        ("Checks the result of", named(ctx, ctx.scope.get(Item, source.result_of))),
        ("Evidence to look for", ", ".join(shows)),
        ("From start to first notice", f"{first} days" if first is not None else ""),
        ("Status", source.status),
    )
    return tuple((name, value) for name, value in pairs if value)


def _milestones(ctx: Context, source: Source) -> list[Block]:
    rows = milestones.of(ctx.scope, source)
    ahead = tuple(_milestone(ctx, source, row) for row in rows if row.status != "done")
    done = tuple(ItemCard(row.text, "", _done(row)) for row in rows if row.status == "done")
    return [ItemList(title, cards) for title, cards in (("Milestones", ahead), ("Milestones done", done)) if cards]


def _done(row: Milestone) -> str:
    return f"done on {say_date(row.done_on or row.due_on)}"


def _milestone(ctx: Context, source: Source, row: Milestone) -> ItemCard:
    late = ", past the date" if row.due_on < ctx.scope.today else ""
    why = f" · {row.due_why}" if row.due_why else ""
    buttons = (Button("Done", f"source done {source.ref} {milestones.called(row)}"),)
    return ItemCard(row.text, "", f"by {say_date(row.due_on)}{late}{why}", None, buttons)


def _came_of_it(ctx: Context, source: Source) -> list[Block]:
    rows = [row for row in sources.items_of(ctx.scope, source) if ctx.may("see", ctx.group_of(row), row)]
    heads = [row for row in rows if row.parent is None]
    if not heads:
        return [Fine(f"No recommendation or action yet. One that says source:{source.ref} is shown here.")]
    return [ItemList("What came of it", tuple(_item(ctx, row) for row in heads[:MOST]))]


def _item(ctx: Context, row: Item) -> ItemCard:
    view = ctx.reader.view(row)
    answered = f"response: {label(RESPONSES, row.response).lower()}" if row.response else ""
    waits = "no response yet" if row.kind == "recommendation" and not row.response else ""
    line = " · ".join(part for part in (row.kind, answered, waits, view.line(named=False)) if part)
    show_ = (Button("Show", f"action show {row.ref}"),)
    return ItemCard(row.ref, clip(row.text, 300), line, view.brag_word, show_, by_agency(ctx, row))


def by_agency(ctx: Context, item: Item) -> str:
    """Return how far each agency is with its part of an item: "By agency: Police 1 action: 1 on track"."""
    parts: dict[str, list[Child]] = defaultdict(list)
    for row in family.children(ctx.scope, item):
        parts[ctx.reader.agency(row.agency) or "No agency"].append(ctx.reader.child(row))
    lines = [f"{name} {rollup(rows).words}" for name, rows in sorted(parts.items()) if rollup(rows).total]
    return f"By agency: {'; '.join(lines)}" if lines else ""


def _notices(ctx: Context, source: Source) -> list[Block]:
    rows = sources.notices_of(ctx.scope, source)
    lines = [f"{row.ref} {row.title} ({row.status})" for row in rows]
    return [Say("Notices:\n" + "\n".join(lines))] if lines else []


def _buttons(ctx: Context, source: Source) -> list[Block]:
    if source.status != "open" or not ctx.may("keep register", words.group_of(ctx, source)):
        return []
    dates = Button("Dates…", f"form source date {source.ref}")
    add = Button("Add a recommendation…", f"form recommendation add source:{source.ref}")
    return [Ask("", (dates, add, Button("Close", f"source close {source.ref}")))]


@command("source programme", may="ask", title="Audit programme", examples=("/lif source programme",))
def programme(ctx: Context) -> Message:
    """Count how often each method was used this year, beside what the framework plans."""
    ctx.require("see register", ctx.here)
    first, last = clocks.year_of(ctx.scope.today)
    profile = ctx.scope.profile
    held = [
        row
        for row in sources.shown(ctx.scope)
        if words.may_see(ctx, row) and first <= sources.begun(ctx.scope, row) <= last
    ]
    if profile:
        lines = [
            each.line for each in clocks.programme(profile.learning_methods, (row.learning_method for row in held))
        ]
    else:
        lines = [f"{name}: {count} this year" for name, count in counted([[row.learning_method] for row in held])]
    title = f"Programme, {say_date(first)} to {say_date(last)}"
    return Message(
        (Heading(title), Say("\n".join(lines) or "Nothing yet this year."), Fine("Only you can see this.")), title
    )


@command("source themes", may="ask", title="Recurring themes", examples=("/lif source themes",))
def themes(ctx: Context) -> Message:
    """Show which themes come up in more than one source."""
    ctx.require("see register", ctx.here)
    rows = [row for row in sources.shown(ctx.scope) if words.may_see(ctx, row)]
    found = [theme for theme, count in counted([row.themes for row in rows]) if count > 1]
    refs = {each: [r.ref for r in rows if each.casefold() in map(str.casefold, r.themes)] for each in found}
    lines = [f"{theme}: {', '.join(refs[theme])}" for theme in found]
    return say(*(lines or ["No theme has come up in more than one source yet."]), summary="Recurring themes")
