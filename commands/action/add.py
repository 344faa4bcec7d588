"""Logging actions, recommendations and issues."""

from __future__ import annotations

import re
from datetime import timedelta

from commands import changes
from commands.arguments import Contributors, Criteria, InGroup, OfAgency, Owner, Parent, Scope, Source, Text, When
from commands.bind import Due
from commands.context import Context
from commands.names import default_group, exactly, group
from lifbot import timescale
from lifbot.calendar import is_certain, say_date
from lifbot.errors import LifError
from lifbot.grammar import command
from lifbot.message import Ask, Button, Fine, ItemCard, Message, Say
from lifbot.model import Agency, Group, Item, Person
from storage import items, log, meetings

PERSON = r"(?:<@[^>]+>|@[\w.'’-]+)"
LEADING_OWNER = re.compile(
    rf"\s*(?:action:?\s+)?({PERSON}(?:\s*(?:[,&/+]|\band\b)\s*{PERSON})*)(?![\w.'’-])\s*(?:(?:is\s+|are\s+)?to\s+|will\s+|[:,–—-]\s*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
LEADING_NAME = re.compile(
    r"\s*([^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,2}?)\s+(?:is\s+to|to|will)\s+(.+)", re.DOTALL
)
RECENT = timedelta(days=14)


def sentence(ctx: Context, raw: dict[str, str]) -> None:
    """Read `@cleo to audit MASH thresholds by 31 March`; what was typed with a key stands."""
    text = raw.get("text", "")
    if "owner" not in raw and (leading := _leading_owner(ctx, text)):
        raw["owner"], text = leading
    if "due" not in raw:
        owning = group(ctx, raw["group"]) if raw.get("group") else default_group(ctx)
        taken = timescale.take_from(text, meetings.calendar(ctx.scope, owning))
        if taken and taken[0].strip():
            text, raw["due"] = taken
    raw["text"] = text


def _leading_owner(ctx: Context, text: str) -> tuple[str, str] | None:
    """Take who is to do it off the front: mentions, or a name that is exactly one person's."""
    found = LEADING_OWNER.fullmatch(text)
    if found is None:
        found = LEADING_NAME.fullmatch(text)
        if found is None or len(exactly(ctx, found[1])) != 1:
            return None
    rest = found[2].strip()
    return found[1], rest[:1].upper() + rest[1:]


def save(ctx: Context, kind: str, text: str, owner: Person, due: Due, group: Group, **more: object) -> Message:
    """Keep a new item, promise to tell its owner, and say what was understood."""
    agency = more.get("agency")
    ref, number = items.next_ref(ctx.scope, group)
    held = meetings.last_held(ctx.scope, group.id)
    others = more.get("contributors") or ()
    item = ctx.scope.insert(
        Item,
        group_id=group.id,
        ref=ref,
        number=number,
        kind=kind,
        text=text,
        owner=owner.id,
        contributors=[person.id for person in others] if isinstance(others, tuple) else [],
        agency=agency.id if isinstance(agency, Agency) else owner.agency,
        timescale_text=due.said,
        due_on=due.on,
        original_due_on=due.on,
        due_meeting=due.meeting_id,
        agreed_at_meeting=held.id if held and ctx.scope.now - held.starts_at < RECENT else None,
        source=_text(more.get("source")),
        success_criteria=_text(more.get("success_criteria")),
        parent=_parent(ctx, _text(more.get("parent"))),
        scope=_text(more.get("scope")),
        created_at=ctx.scope.now,
        created_by=ctx.caller.id,
        told_on=ctx.scope.today,
        look_again_at=ctx.scope.now,
    )
    entry = log.write(ctx.scope, ctx.caller.id, f"{kind} add", item, is_new=True)
    changes.tell(ctx, owner.id, item, "assigned")
    return _saved(ctx, item, due, changes.undo_button(entry))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _parent(ctx: Context, ref: str | None) -> int | None:
    found = items.find(ctx.scope, ref, ctx.here) if ref else []
    if ref and len(found) != 1:
        raise LifError(f"I do not know one item called {ref[:40]}. Type parent: and a whole reference.", field="parent")
    return found[0].id if found else None


def _saved(ctx: Context, item: Item, due: Due, undo: Button) -> Message:
    view = ctx.reader.view(item)
    when = say_date(item.due_on)
    title = f"Saved as {item.ref}, due {when}."
    yours = "You answer for it." if item.owner == ctx.caller.id else f"{view.owner} answers for it and will be told."
    plain = due.how == "the date given" and str(item.due_on.year) in due.said
    read = "" if plain else f"“{due.said}” was read as {when}: {due.how}."
    unsure = "" if is_certain(item.due_on, ctx.scope.today) else "Bank holidays are not yet certain that far ahead."
    small = " ".join(part for part in (read, unsure, changes.SEEN_BY) if part)
    card = ItemCard(item.ref, item.text, view.line(named=True), view.brag_word)
    buttons = (Button("Show", f"action show {item.ref}"), undo)
    return Message((Say(f"{title} {yours}"), card, Fine(small), Ask("", buttons)), summary=title)


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
    scope: Scope = "",
    parent: Parent = "",
) -> Message:
    """Log an action with one accountable owner and a timescale."""
    more = {"agency": agency, "source": source, "success_criteria": success_criteria, "scope": scope, "parent": parent}
    return save(ctx, "action", text, owner, due, group, contributors=contributors, **more)


@command(
    "recommendation add",
    may="log",
    title="Log a recommendation",
    examples=("/lif recommendation add Review the neglect toolkit owner:@cleo due:within six months source:LCSPR 2",),
    sentence=sentence,
    replaces=True,
)
def recommendation(
    ctx: Context,
    text: Text,
    owner: Owner,
    due: When,
    group: InGroup,
    source: Source = "",
    success_criteria: Criteria = "",
    agency: OfAgency = None,
    scope: Scope = "",
) -> Message:
    """Log a finding of a review or audit that needs a response."""
    more = {"agency": agency, "source": source, "success_criteria": success_criteria, "scope": scope}
    return save(ctx, "recommendation", text, owner, due, group, **more)


@command(
    "issue add",
    may="log issue",
    title="Log an issue of concern",
    examples=("/lif issue add Strategy meetings start late owner:@grace due:next meeting",),
    sentence=sentence,
    replaces=True,
)
def issue(
    ctx: Context,
    text: Text,
    owner: Owner,
    due: When,
    group: InGroup,
    agency: OfAgency = None,
    source: Source = "",
    scope: Scope = "",
) -> Message:
    """Log a concern that the group should look at, perhaps not yet an action."""
    return save(ctx, "issue", text, owner, due, group, agency=agency, source=source, scope=scope)
