"""Groups: which there are, adding and editing one, its members, and closing it."""

from __future__ import annotations

from typing import Annotated, Any

from commands.context import Context
from commands.setup import group_form
from commands.setup.answers import kept, opened
from commands.setup.draft import UNCHANGED, Draft, given
from commands.setup.group_entry import members_of, written
from lifbot import ids
from lifbot.calendar import say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Ask, Button, Facts, Fine, Message, Say, say
from lifbot.model import Group, Item
from storage import items, meetings, people

PREFIX = Annotated[str, Arg("line", "Prefix", "Of its references, such as SE in SE-2026-014.", longest=8)]
CHANNEL = Annotated[str, Arg("channel", "Channel", "Where its agendas go; “here” for this one.", longest=200)]
CHAIR = Annotated[str, Arg("account", "Chair", longest=200)]
DEPUTY = Annotated[str, Arg("account", "Deputy", longest=200)]
MEMBERS = Annotated[str, Arg("accounts", "Members", longest=4000)]
MEETS = Annotated[
    str, Arg("line", "When it meets", "For example “second Thursday every two months at 10”.", longest=200)
]


@command("group", may="ask", title="Groups", examples=("/lif group",), is_word=True)
def list_(ctx: Context) -> Message:
    """Show the groups, who chairs them, when they meet, and how much is open, to those who may."""
    every = people.groups(ctx.scope)
    shown = [each for each in every if ctx.may("oversee", None) or ctx.may("set up group", each)]
    if every and not shown:
        ctx.require("oversee", None)
    if not shown:
        return say("There are no groups yet. The business unit can type /lif group add")
    pairs = tuple((f"{each.name} ({each.prefix})", _told(ctx, each)) for each in shown)
    return Message(
        (Facts(pairs), Fine("To change one, type for example /lif group edit SE. Only you see this.")), summary="Groups"
    )


def _told(ctx: Context, group: Group) -> str:
    chair = f"chair {ctx.reader.name(group.chair)}" if group.chair else "no chair yet"
    count = len(people.members(ctx.scope, group))
    coming = meetings.next_meeting(ctx.scope, group.id)
    meets = f"meets next on {say_moment(coming.starts_at, ctx.scope.zone)}" if coming else "no meeting planned"
    open_ = items.count_open(ctx.scope, group.id)
    return f"{chair}, {count} member{'' if count == 1 else 's'}, {open_} open, {meets}"


@command(
    "group add",
    may="set up",
    title="New group",
    examples=("/lif group add Learning and Development Subgroup prefix:LD chair:@harry",),
    form=group_form.new,
)
def add(
    ctx: Context,
    name: Annotated[str, Arg("line", "Name", leading=True, longest=200)] = "",
    prefix: PREFIX = "",
    channel: CHANNEL = "",
    chair: CHAIR = "",
    deputy: DEPUTY = "",
    members: MEMBERS = "",
    meets: MEETS = "",
) -> Message:
    """Add a group with a log of its own."""
    said = given(
        ctx, name=name, prefix=prefix, channel=channel, chair=chair, deputy=deputy, members=members, meets=meets
    )
    if not said.get("name"):
        return opened(
            ctx, group_form.new(ctx, {}), "Type for example: /lif group add Learning and Development Subgroup prefix:LD"
        )
    draft = Draft(ctx)
    id = new_group(draft, said["name"], said.get("prefix", ""))
    return written(
        draft,
        id,
        said,
        "group add",
        f"{said['name']} is set up, with the prefix {draft.plain['groups'][id]['prefix']}.",
    )


def new_group(draft: Draft, name: str, prefix: str = "", id: str = "") -> str:
    """Add a group to the draft; returns its id."""
    groups = draft.plain["groups"]
    if any(each["name"].casefold() == name.casefold() for each in groups.values()):
        raise LifError(f"There is a group of that name already. {UNCHANGED}", field="name")
    prefix = prefix.strip().upper() or ids.prefix_of(name, {each["prefix"] for each in groups.values()})
    id = id if id and id not in groups else ids.of_name(prefix, groups, "group")
    empty: dict[str, Any] = {"chair": None, "deputy": None, "members": [], "slack_channel": None, "teams_channel": None}
    groups[id] = {"name": name, "prefix": prefix, **empty, "meetings": None}
    return id


@command(
    "group edit",
    may="set up",
    title="Change a group",
    examples=(
        "/lif group edit SE chair:@ben deputy:@grace",
        "/lif group edit SE deputy:nobody",
        "/lif group edit SE channel:here",
    ),
    form=group_form.old,
    replaces=True,
)
def edit(
    ctx: Context,
    group: Annotated[Group, Arg("group", "Group", leading=True)],
    name: Annotated[str, Arg("line", "Name", longest=200)] = "",
    prefix: PREFIX = "",
    channel: CHANNEL = "",
    chair: CHAIR = "",
    deputy: DEPUTY = "",
    members: MEMBERS = "",
    meets: MEETS = "",
) -> Message:
    """Change a group's name, prefix, channel, chair, deputy, members or rhythm."""
    said = given(
        ctx, name=name, prefix=prefix, channel=channel, chair=chair, deputy=deputy, members=members, meets=meets
    )
    if not said:
        return opened(
            ctx,
            group_form.old(ctx, {"group": group.id}),
            f"Type for example: /lif group edit {group.prefix} chair:@ben",
        )
    draft = Draft(ctx)
    entry = draft.plain["groups"][group.id]
    entry["name"], entry["prefix"] = said.get("name") or entry["name"], (said.get("prefix") or entry["prefix"]).upper()
    return written(draft, group.id, said, "group edit", f"{entry['name']} is changed.")


@command(
    "group members",
    may="set up group",
    title="Members",
    examples=("/lif group members SE add:@cleo remove:@ian",),
    form=group_form.members,
)
def members(
    ctx: Context,
    group: Annotated[Group, Arg("group", "Group", leading=True)],
    add: Annotated[str, Arg("accounts", "Add", longest=4000)] = "",
    remove: Annotated[str, Arg("accounts", "Take out", longest=4000)] = "",
) -> Message:
    """Add members to a group, or take them out."""
    draft, form = Draft(ctx), ctx.incoming.kind == "form"
    entry = draft.plain["groups"][group.id]
    before = entry["members"]
    if form:
        entry["members"] = members_of(draft, given(ctx), before)
    elif add or remove:
        gone = draft.several(remove, "remove")
        entry["members"] = list(dict.fromkeys([*(id for id in before if id not in gone), *draft.several(add, "add")]))
    else:
        return opened(
            ctx,
            group_form.members(ctx, {"group": group.id}),
            f"Type for example: /lif group members {group.prefix} add:@cleo",
        )
    count = len(entry["members"])
    return kept(draft, draft.keep("group members"), f"{group.name} has {count} member{'' if count == 1 else 's'} now.")


@command("group close", may="set up", title="Close a group", examples=("/lif group close SE",), replaces=True)
def close(
    ctx: Context,
    group: Annotated[Group, Arg("group", "Group", leading=True)],
    sure: Annotated[str, Arg("line", "Sure", longest=5, in_form=False)] = "",
) -> Message:
    """Close a group whose work is done: it meets no more, and its log stays."""
    if open_ := items.count_open(ctx.scope, group.id):
        many = "1 item is" if open_ == 1 else f"{open_} items are"
        raise LifError(
            f"{many} still open in the log of {group.name}. Please finish or withdraw what is open first. {UNCHANGED}"
        )
    if not sure:
        return _asked(group)
    draft = Draft(ctx)
    if has_log(ctx, group):
        draft.plain["groups"][group.id]["meetings"] = None
        return kept(
            draft, draft.keep("group close"), f"{group.name} is closed: no meetings are planned. Its log stays."
        )
    del draft.plain["groups"][group.id]
    return kept(draft, draft.keep("group close"), f"{group.name} is taken out: it had no log yet.")


def _asked(group: Group) -> Message:
    question = (
        f"{group.name} would meet no more, and its planned meetings would be taken out. What is in its log stays."
    )
    return Message(
        (
            Say(question),
            Ask("Close it?", (Button("Yes, close it", f"group close group:{group.id} sure:yes", "danger"),)),
        ),
        summary=question,
    )


def has_log(ctx: Context, group: Group) -> bool:
    """Say whether a group has logged or met: then it stays in the record."""
    return bool(ctx.scope.count(Item, Item.group_id == group.id)) or meetings.last_held(ctx.scope, group.id) is not None
