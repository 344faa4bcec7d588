"""What people say in the workspace, and say otherwise afterwards: each is told to the bot as Slack tells it."""

import secrets
from urllib.parse import quote

from lifbot.playground.cast import BOT
from lifbot.playground.messages import FILES, Message, as_slack
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.stage import Stage
from lifbot.playground.typed import as_sent
from lifbot.playground.wall import real_seconds

LONGEST = 12_000


def typed(text: str, *, may_be_empty: bool = False) -> str:
    """Words as they are kept; Refusal for none, or too many."""
    words = text.replace("\0", "\N{REPLACEMENT CHARACTER}").strip()
    if not words and not may_be_empty:
        raise Refusal("no_text")
    if len(words) > LONGEST:
        raise Refusal("msg_too_long")
    return words


async def spoken(stage: Stage, user: str, channel: str, words: str, thread: str | None, file: str | None) -> None:
    """Posts words, perhaps with a file, and tells the bot where it is there."""
    stage.workspace.join(channel, user)
    sent = as_sent(words, stage.workspace.cast, labelled=False)
    held = {"event_type": FILES, "event_payload": {"files": [_file(file, user)]}} if file else None
    message = await stage.post(channel, user, sent, thread_ts=thread, metadata=held)
    await _tell(stage, message)


def _file(name: str, user: str) -> Json:
    """A file as Slack's events describe it; its address is made up, for nothing is uploaded."""
    id = f"F0{secrets.token_hex(4).upper()}"
    link = f"https://playground.example/files/{user}/{id}/{quote(name, safe='')}"
    return {"id": id, "name": name, "title": name, "mode": "hosted", "user": user, "permalink": link}


async def _tell(stage: Stage, message: Message) -> None:
    """Sends a message to the bot: in channels every one of them, and once more where it is mentioned."""
    if BOT not in stage.workspace.members(message.channel):
        return
    event, is_direct = event_of(stage, message), message.channel.startswith("D")
    await stage.deliver({**event, "type": "message", "channel_type": "im" if is_direct else "channel"})
    if not is_direct and f"<@{BOT}>" in message.text:
        await stage.deliver({**event, "type": "app_mention"})


async def edit(stage: Stage, user: str, channel: str, ts: str, text: str) -> None:
    """Puts other words into one's own message."""
    message = stage.workspace.messages.find(channel, ts)
    if message.author != user or message.kind != "said":
        raise Refusal("cant_update_message")
    words = as_sent(typed(text), stage.workspace.cast, labelled=False)
    changed = stage.workspace.messages.change(message, words, message.blocks)
    if BOT in stage.workspace.members(channel):
        await stage.deliver(_changed(stage, message, changed))


def _changed(stage: Stage, old: Message, new: Message) -> Json:
    moment = f"{real_seconds():.6f}"
    said, before = (as_slack(each, stage.workspace.cast.team) for each in (new, old))
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": new.channel,
        "channel_type": "im" if new.channel.startswith("D") else "channel",
        "ts": moment,
        "event_ts": moment,
        "message": {**said, "edited": {"user": new.author, "ts": moment}},
        "previous_message": before,
    }


def _event(stage: Stage, message: Message) -> Json:
    shown = as_slack(message, stage.workspace.cast.team)
    return {**shown, "channel": message.channel, "event_ts": message.ts}


def event_of(stage: Stage, message: Message) -> Json:
    """A message as events hold it."""
    shown = as_slack(message, stage.workspace.cast.team)
    return {**shown, "channel": message.channel, "event_ts": message.ts}
