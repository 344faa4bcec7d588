"""A Message as Slack shows it: in a conversation, or as the Home tab."""

from __future__ import annotations

import re

from lifbot.message import Heading, Message
from lifbot.slack.blocks import Json, clip, draw
from lifbot.slack.forms import answer_view, form_view, view_values

__all__ = ["escape", "form_view", "home", "message", "view_values", "window"]

MESSAGE_BLOCKS, HOME_BLOCKS = 50, 100
HOME_ROOM = 50_000  # characters; a view may have 250 kB of JSON
FALLBACK = 4000  # characters; chat.update refuses more


def message(msg: Message, *, place_is_channel: bool = False) -> Json:
    """Return what chat.postMessage and its like take; a channel's notification text holds nothing of the items."""
    return {
        "text": _fallback(msg, place_is_channel),
        "blocks": draw(msg.blocks, MESSAGE_BLOCKS),
        "unfurl_links": False,  # Slack would fetch what people linked
        "unfurl_media": False,
    }


def home(msg: Message) -> Json:
    """Return the view that views.publish takes."""
    return {"type": "home", "blocks": draw(msg.blocks, HOME_BLOCKS, HOME_ROOM)}


def window(msg: Message) -> Json:
    """Return the modal that shows an answer above the Home tab."""
    return answer_view(draw(msg.blocks, HOME_BLOCKS, HOME_ROOM))


def escape(text: str) -> str:
    """Return foreign text so that Slack's mrkdwn shows it: & < > are its only control characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fallback(msg: Message, place_is_channel: bool) -> str:
    headings = (block.text for block in msg.blocks if isinstance(block, Heading))
    spoken = next(headings, "") if place_is_channel else msg.plain()
    escaped = escape(clip(msg.summary or spoken or "A message from lifbot", FALLBACK))
    # A cut must not leave half an escape.
    return escaped if len(escaped) <= FALLBACK else re.sub(r"&\w{0,4}$", "", escaped[: FALLBACK - 1]) + "…"
