"""Logging an action; recommendations and issues are kept the same way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from commands import changes
from commands.action import family, where_from
from commands.action.card import post_button, when_logged
from commands.arguments import (
    Contributors,
    Criteria,
    Gap,
    InGroup,
    OfAgency,
    Owner,
    Parent,
    Priority,
    Repeats,
    SaidBy,
    SaidUrl,
    Scope,
    Source,
    Text,
    Themes,
    When,
)
from commands.bind import Due
from commands.context import Context
from commands.names import MENTION, default_group, exactly, group
from commands.priorities import spelled
from commands.roles import has_link, is_role
from lifbot import alike, rhythm, timescale
from lifbot.calendar import is_certain, say_date
from lifbot.grammar import command
from lifbot.kinds import KINDS, PRACTICE
from lifbot.message import Ask, Button, Fine, ItemCard, Message, Say
from lifbot.model import Agency, Group, Item, LogEntry, Person
from lifbot.rhythm import Rhythm
from lifbot.timescale.recurring import RECURRING
from lifbot.timescale.words import normalise
from storage import holds, items, log, meetings, people

PERSON = r"(?:<@[^>]+>|@[\w.'’-]+)"
LEADING_OWNER = re.compile(
    rf"\s*(?:action:?\s+)?({PERSON}(?:\s*(?:[,&/+]|\band\b)\s*{PERSON})*)(?![\w.'’-])\s*(?:(?:is\s+|are\s+)?to\s+|will\s+|[:,–—-]\s*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
LEADING_NAME = re.compile(
    r"\s*([^\W\d_][\w.'’&-]*(?:\s+[^\W\d_][\w.'’&-]*){0,5}?)\s+(?:is\s+to|to|will)\s+(.+)", re.DOTALL
)
RECENT = timedelta(days=14)


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Read `@cleo to audit MASH thresholds by 31 March`; what was typed with a key stands."""
    text = raw.get("text", "")
    if "owner" not in raw and (leading := _leading_owner(ctx, text)):
        raw["owner"], text = leading
    if "owner" not in raw and raw.get("agency") and has_link(ctx, raw["agency"]):
        raw["owner"] = raw["agency"]  # an agency's representative answers for what it is given
    if "due" not in raw:
        owning = group(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
        taken = timescale.take_from(text, meetings.calendar(ctx.scope, owning))
        if taken and taken[0].strip():
            text, raw["due"] = taken
    raw["text"] = text
    if ctx.command and ctx.command.words == "action add" and is_series(raw.get("due", "")):
        raw.setdefault("repeats", raw["due"])  # its first date is then asked for
    if mention := MENTION.fullmatch(raw.get("said_by", "")):  # who wrote the message that was chosen
        sender = people.by_address(ctx.scope, ctx.incoming.platform, mention[1])
        raw["said_by"] = sender.id if sender else mention[1]


def is_series(due: str) -> bool:
    """Whether a timescale is no date but how often it comes round: "every quarter"."""
    return bool(RECURRING.fullmatch(normalise(due))) and isinstance(rhythm.read(due), Rhythm)


def _leading_owner(ctx: Context, text: str) -> tuple[str, str] | None:
    """Take who is to do it off the front: mentions, or a name that is exactly one person's."""
    found = LEADING_OWNER.fullmatch(text)
    if found is None:
        found = LEADING_NAME.fullmatch(text)
        if found is None or not (len(exactly(ctx, found[1])) == 1 or is_role(ctx, found[1])):
            return None
    rest = found[2].strip()
    return found[1], rest[:1].upper() + rest[1:]


def save(ctx: Context, kind: str, text: str, owner: Person, due: Due, group: Group, **more: object) -> Message:
    """Keep a new item, promise to tell its owner, and say what was understood."""
    like = alike.first_alike(text, items.open_texts(ctx.scope, group))
    item, entry = put(ctx, kind, text, owner, due, group, **more)
    return _saved(ctx, item, due, changes.undo_button(entry), like)


def put(
    ctx: Context, kind: str, text: str, owner: Person, due: Due, group: Group, **more: object
) -> tuple[Item, LogEntry]:
    """Keep a new item with all that was said of it, and promise to tell its owner."""
    agency = more.get("agency")
    others = more.get("contributors") or ()
    item = made(
        ctx,
        kind,
        text,
        owner.id,
        due,
        group,
        contributors=[person.id for person in others if person.id != owner.id] if isinstance(others, tuple) else [],
        agency=agency.id if isinstance(agency, Agency) else owner.agency,
        source=_text(more.get("source")),
        success_criteria=_text(more.get("success_criteria")),
        parent=family.parent_of_new(ctx, _text(more.get("parent"))),
        scope=_text(more.get("scope")),
        themes=_themes(more.get("theme")),
        gap=_text(more.get("gap")),
        priority=spelled(ctx, _text(more.get("priority")) or "") or None,
        said_by=_text(more.get("said_by")),
        said_url=_text(more.get("said_url")),
        **_rhythm(more.get("repeats")),
    )
    return item, kept(ctx, item, about=_text(more.get("about")))


def made(ctx: Context, kind: str, text: str, owner: str, due: Due, group: Group, **columns: Any) -> Item:
    """Return a new item with the group's next reference; it is not kept yet."""
    ref, number = items.next_ref(ctx.scope, group)
    held = meetings.last_held(ctx.scope, group.id)
    columns |= where_from.of_source(ctx, group, columns)
    return ctx.scope.new(
        Item,
        group_id=group.id,
        ref=ref,
        number=number,
        kind=kind,
        text=text,
        owner=owner,
        timescale_text=due.said,
        due_on=due.on,
        original_due_on=due.on,
        due_meeting=due.meeting_id,
        agreed_at_meeting=held.id if held and ctx.scope.now - held.starts_at < RECENT else None,
        created_at=ctx.scope.now,
        created_by=ctx.caller.id,
        told_on=ctx.scope.today,
        taken_on_at=ctx.scope.now if owner == ctx.caller.id else None,
        look_again_at=ctx.scope.now,
        **columns,
    )


def kept(ctx: Context, item: Item, about: str | None = None) -> LogEntry:
    """Keep a new item with its log entry, and promise to tell its owner."""
    ctx.scope.add(item)
    if item.held:
        holds.mark(ctx.scope, item, held=True)
    entry = log.write(ctx.scope, ctx.caller.id, KINDS[item.kind].logged_by, item, about=about, is_new=True)
    if item.held:
        return entry
    changes.tell(ctx, item.owner, item, "assigned")
    for person in item.contributors:
        changes.tell(ctx, person, item, "contributes")
    ctx.__dict__.pop("reader", None)  # what it belongs to is read anew for the answer
    return entry


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _rhythm(value: object) -> dict[str, str]:
    return {"repeats": value.rrule, "repeats_text": value.words} if isinstance(value, Rhythm) and value.rrule else {}


def _themes(value: object) -> list[str]:
    return list(value) if isinstance(value, tuple) else []


def _saved(ctx: Context, item: Item, due: Due, undo: Button, like: str | None) -> Message:
    if item.held:
        said = f"Saved as {item.ref}. {holds.SILENT}"
        return Message((Say(said),), summary=said)
    view = ctx.reader.view(item)
    when = say_date(item.due_on)
    title = f"Saved as {item.ref}, {'to spread by' if item.kind == PRACTICE else 'due'} {when}."
    yours = "You answer for it." if item.owner == ctx.caller.id else changes.will_hear(ctx, item)
    plain = due.how == "the date given" and str(item.due_on.year) in due.said
    read = "" if plain else f"“{due.said}” was read as {when}: {due.how}."
    unsure = "" if is_certain(item.due_on, ctx.scope.today) else "Bank holidays are not yet certain that far ahead."
    again = f"It repeats {item.repeats_text}." if item.repeats else ""
    small = " ".join(part for part in (read, again, unsure, changes.SEEN_BY) if part)
    card = ItemCard(item.ref, item.text, view.line(named=True), view.brag_word)
    buttons = (Button("Show", f"action show {item.ref}"), *post_button(ctx, item), undo)
    alike_ = f"This looks like {like}, which is open. If it is the same, undo this one."
    twice = (Ask(alike_, (Button(f"Show {like}", f"action show {like}"),)),) if like else ()
    return Message((Say(f"{title} {yours}"), card, Fine(small), *twice, Ask("", buttons)), summary=title)


@command(
    "action add",
    may="log",
    title="Log an action",
    examples=(
        "/lif action add Audit MASH thresholds owner:@cleo due:31 March",
        "/lif action add @cleo to audit MASH thresholds by 31 March",
    ),
    sentence=sentence,
    replaces=True,
)
def action(
    ctx: Context,
    text: Text,
    owner: Owner,
    due: When,
    group: InGroup,
    agency: OfAgency = None,
    source: Source = "",
    success_criteria: Criteria = "",
    contributors: Contributors = (),
    theme: Themes = (),
    gap: Gap = "",
    priority: Priority = "",
    scope: Scope = "",
    parent: Parent = "",
    repeats: Repeats = None,
    said_by: SaidBy = "",
    said_url: SaidUrl = "",
) -> Message:
    """Log an action with one accountable owner and a timescale."""
    more = {"agency": agency, "source": source, "success_criteria": success_criteria, "parent": parent}
    marks = {"theme": theme, "gap": gap, "priority": priority, "scope": scope}
    marks |= {"said_by": said_by, "said_url": where_from.address(said_url)}
    people = {"contributors": contributors, "repeats": repeats}
    answer = save(ctx, "action", text, owner, due, group, **people, **more, **marks)
    when_logged(ctx)
    return answer
