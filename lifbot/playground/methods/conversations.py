"""conversations.*: channels, direct messages and what was said in them."""

from lifbot.playground.cast import BOT, Channel, dm_of
from lifbot.playground.messages import Message, as_slack
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.workspace import Workspace

EVERYTHING = 5_000


def _channel(workspace: Workspace, channel: Channel) -> Json:
    members = workspace.members(channel.id)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": False,
        "is_member": BOT in members,
        "num_members": len(members),
        "topic": {"value": channel.topic},
    }


def _dm(user: str) -> Json:
    return {"id": dm_of(user), "is_im": True, "is_channel": False, "user": user, "is_open": True}


def open_dm(asked: Asked) -> Json:
    """Opens the direct messages with one person."""
    channel = asked.maybe("channel")
    alone = asked.workspace.cast.in_dm(channel) if channel else None
    users = [alone.id] if alone else [user for user in asked.text("users").split(",") if user]
    if len(users) != 1 or asked.workspace.cast.person(users[0]) is None:
        raise Refusal("user_not_found")
    whole = _dm(users[0]) if asked.flag("return_im") else {"id": dm_of(users[0])}
    return {"channel": whole, "already_open": True, "no_op": True}


def info(asked: Asked) -> Json:
    """One channel or direct messages."""
    place = asked.channel()
    channel = asked.workspace.cast.channel(place)
    alone = asked.workspace.cast.in_dm(place)
    return {"channel": _channel(asked.workspace, channel) if channel else _dm(alone.id if alone else "")}


def members(asked: Asked) -> Json:
    """The ids of all who are in a place."""
    return {"members": asked.workspace.members(asked.channel()), "response_metadata": {"next_cursor": ""}}


def every(asked: Asked) -> Json:
    """All channels, and direct messages where `types` asks for them."""
    wanted = (asked.maybe("types") or "public_channel").split(",")
    cast = asked.workspace.cast
    channels = [_channel(asked.workspace, each) for each in cast.channels] if "public_channel" in wanted else []
    dms = [_dm(person.id) for person in cast.people] if "im" in wanted else []
    return {"channels": channels + dms, "response_metadata": {"next_cursor": ""}}


def history(asked: Asked) -> Json:
    """The newest messages of a place, newest first."""
    place = _heard(asked)
    found = asked.workspace.messages.in_place(place, None, EVERYTHING)
    sizes = asked.workspace.messages.thread_sizes(place)
    inside = [message for message in reversed(found) if _within(asked, message)]
    page, more = inside[: asked.limit(100)], len(inside) > asked.limit(100)
    shown = [_shown(asked, message, sizes.get(message.ts, 0)) for message in page]
    return {"messages": shown, "has_more": more, "response_metadata": {"next_cursor": page[-1].ts if more else ""}}


def replies(asked: Asked) -> Json:
    """A thread: its first message and the replies, oldest first."""
    place = _heard(asked)
    try:
        first = asked.workspace.messages.find(place, asked.text("ts"))
    except Refusal:
        raise Refusal("thread_not_found") from None
    found = asked.workspace.messages.in_thread(place, first.ts, None, asked.limit(1000))
    shown = [_shown(asked, first, len(found)), *(_shown(asked, message, 0) for message in found)]
    return {"messages": shown, "has_more": False}


def _heard(asked: Asked) -> str:
    place = asked.channel()
    if BOT not in asked.workspace.members(place):
        raise Refusal("not_in_channel")
    return place


def _within(asked: Asked, message: Message) -> bool:
    oldest, latest = asked.maybe("oldest") or "0", asked.maybe("latest") or "9" * 12
    ts = float(message.ts)
    if ts >= float(asked.maybe("cursor") or "inf"):
        return False
    if asked.flag("inclusive"):
        return float(oldest) <= ts <= float(latest)
    return float(oldest) < ts < float(latest)


def _shown(asked: Asked, message: Message, size: int) -> Json:
    shown = as_slack(message, asked.workspace.cast.team, size)
    if files := asked.workspace.files.of(message.ts):
        shown["files"] = [each.as_slack(asked.here) for each in files]
    if message.metadata and asked.flag("include_all_metadata"):
        shown["metadata"] = message.metadata
    return shown


METHODS: dict[str, Method] = {
    "conversations.open": open_dm,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.list": every,
    "conversations.history": history,
    "conversations.replies": replies,
}
