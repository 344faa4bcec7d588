"""What one person sees, as the JSON the page draws."""

from lifbot.playground.cast import BOT, BOT_NAME, HOUSE, Person, dm_of
from lifbot.playground.files import File
from lifbot.playground.messages import Message
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.stage import Stage

SHOWN_AT_MOST = 300
HOME = "home"


def sight(stage: Stage, me: str, place: str, thread: str | None) -> Json:
    """The whole page for `me` at `place`; the clock is as last heard."""
    person = stage.workspace.cast.person(me)
    if person is None:
        raise Refusal("user_not_found")
    channel = dm_of(me) if place == HOME else stage.workspace.place(place)
    if channel.startswith("D") and channel != dm_of(me):
        raise Refusal("channel_not_found")
    stack, home = stage.workspace.views.stack(me), stage.workspace.views.home(me)
    return {
        "revision": stage.workspace.database.revision,
        "people": [_person(stage, each) for each in stage.workspace.cast.people],
        "bot": {"id": BOT, "name": BOT_NAME},
        "house": HOUSE,
        "channels": _channels(stage, me),
        "dm": {"id": dm_of(me), "unread": stage.workspace.messages.unread(me, dm_of(me))},
        "messages": [] if place == HOME else _messages(stage, me, channel),
        "thread": _thread(stage, me, channel, thread) if thread else None,
        "modal": {**stack[-1].body, "height": len(stack)} if stack else None,
        "home": home.body if home else None,
        "clock": clock(stage),
    }


def clock(stage: Stage) -> Json:
    """The time in the workspace, and where it is going if it is on its way."""
    living = stage.clock.living_through
    return {
        **stage.clock.shown(stage.clock.guess()),
        "zone": str(stage.clock.zone),
        "travels": stage.clock.travels,
        "living": stage.clock.shown(living) if living else None,
    }


def _person(stage: Stage, person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "handle": person.handle,
        "title": person.title,
        "initials": person.initials,
        "hue": person.hue,
        "unread": stage.workspace.messages.unread(person.id, dm_of(person.id)),
    }


def _channels(stage: Stage, me: str) -> list[Json]:
    return [
        {
            "id": channel.id,
            "name": channel.name,
            "topic": channel.topic,
            "members": [member for member in stage.workspace.members(channel.id) if member != BOT],
            "unread": stage.workspace.messages.unread(me, channel.id),
        }
        for channel in stage.workspace.cast.channels
    ]


def _messages(stage: Stage, me: str, channel: str) -> list[Json]:
    sizes = stage.workspace.messages.thread_sizes(channel, me)
    found = stage.workspace.messages.in_place(channel, me, SHOWN_AT_MOST)
    return [_message(stage, message, sizes.get(message.ts, 0)) for message in found]


def _thread(stage: Stage, me: str, channel: str, ts: str) -> Json | None:
    try:
        first = stage.workspace.messages.find(channel, ts)
    except Refusal:
        return None
    if first.only_for not in (None, me):
        return None
    replies = stage.workspace.messages.in_thread(channel, ts, me, SHOWN_AT_MOST)
    return {"ts": ts, "messages": [_message(stage, message, 0) for message in (first, *replies)]}


def _message(stage: Stage, message: Message, replies: int) -> Json:
    return {
        "ts": message.ts,
        "channel": message.channel,
        "author": message.author,
        "kind": message.kind,
        "text": message.text,
        "blocks": message.blocks,
        "private": message.only_for is not None,
        "edited": message.edited,
        "reactions": message.reactions,
        "files": [_file(file) for file in stage.workspace.files.of(message.ts)] if message.author == BOT else [],
        "sent": message.files,
        "replies": replies,
        **stage.clock.shown(message.at),
    }


def _file(file: File) -> Json:
    return {"id": file.id, "name": file.name, "title": file.title, "size": file.size}
