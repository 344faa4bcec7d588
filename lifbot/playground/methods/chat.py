"""chat.* and reactions.*: what lifbot says."""

from lifbot.playground.cast import BOT
from lifbot.playground.messages import Draft, Message, as_slack
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal

LONGEST_UPDATE = 4_000


def post_message(asked: Asked) -> Json:
    """Posts into a channel, direct messages or a thread."""
    message = asked.workspace.messages.post(_draft(asked, asked.channel(), None))
    shown = as_slack(message, asked.workspace.cast.team)
    return {"channel": message.channel, "ts": message.ts, "message": shown}


def post_ephemeral(asked: Asked) -> Json:
    """Posts for one person's eyes."""
    channel, user = asked.channel(), asked.text("user")
    if user not in asked.workspace.members(channel):
        raise Refusal("user_not_in_channel")
    message = asked.workspace.messages.post(_draft(asked, channel, user))
    return {"message_ts": message.ts}


def _draft(asked: Asked, channel: str, only_for: str | None) -> Draft:
    if BOT not in asked.workspace.members(channel):
        raise Refusal("not_in_channel")
    text, blocks = asked.content()
    return Draft(channel, BOT, text, asked.at, blocks, asked.args.get("metadata"), asked.maybe("thread_ts"), only_for)


def _own(asked: Asked, refusal: str) -> Message:
    message = asked.workspace.messages.find(asked.channel(), asked.text("ts"))
    if message.only_for or message.kind != "said":
        raise Refusal("message_not_found")
    if message.author != BOT:
        raise Refusal(refusal)
    return message


def update(asked: Asked) -> Json:
    """Redraws one of lifbot's own messages."""
    if len(str(asked.args.get("text") or "")) > LONGEST_UPDATE:
        raise Refusal("msg_too_long")
    message = _own(asked, "cant_update_message")
    text, blocks = asked.content()
    kept = blocks if "blocks" in asked.args else message.blocks
    changed = asked.workspace.messages.change(message, text, kept, asked.args.get("metadata"))
    shown = as_slack(changed, asked.workspace.cast.team)
    return {"channel": changed.channel, "ts": changed.ts, "text": changed.text, "message": shown}


def delete(asked: Asked) -> Json:
    """Takes back one of lifbot's own messages."""
    message = _own(asked, "cant_delete_message")
    asked.workspace.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(asked: Asked) -> Json:
    """The address that shows a message on the page."""
    message = asked.workspace.messages.find(asked.channel(), asked.text("message_ts"))
    thread = f"/{message.thread_ts}" if message.thread_ts else ""
    return {"channel": message.channel, "permalink": f"{asked.here}/#{message.channel}{thread}"}


def react(asked: Asked) -> Json:
    """Adds lifbot's reaction to a message."""
    message = asked.workspace.messages.find(asked.channel(), asked.text("timestamp"))
    asked.workspace.messages.react(message, asked.text("name"), BOT)
    return {}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
    "reactions.add": react,
}
