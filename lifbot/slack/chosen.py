"""The message shortcut "Log as action": a message that somebody chose, as the first words of a form."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from lifbot.message import Incoming, Place
from lifbot.slack.blocks import clip
from lifbot.slack.entities import words
from lifbot.slack.reading import Origin

LOG = logging.getLogger("lifbot.slack")
LINE = "form action add"
LONGEST = 1000  # characters that the form's field takes
LINK_SECONDS = 0.8  # the trigger that opens the form lives for three, and the form needs most of them


def read(body: Mapping[str, Any], link: str, at: datetime) -> tuple[Incoming, Origin]:
    """Read which message was chosen, and who wrote it; the answer is for the person who chose it alone."""
    channel, who, message = body["channel"]["id"], body["user"]["id"], body["message"]
    found = (("text", clip(words(message.get("text") or "").strip(), LONGEST)), *_said(message, link))
    incoming = Incoming(
        platform="slack",
        team=(body.get("team") or {}).get("id") or body["user"].get("team_id") or "",
        who=who,
        place=Place(channel, channel.startswith("D")),
        text=LINE,
        at=at,
        kind="click",
        fields=tuple((name, value) for name, value in found if value),
        can_open_form=bool(body.get("trigger_id")),
    )
    return incoming, Origin(who, channel, stays=False, url=body.get("response_url"))


def _said(message: Mapping[str, Any], link: str) -> tuple[tuple[str, str], ...]:
    """Who said it, as a neutral mention, and where; what an app said has nobody to thank for it."""
    sender = "" if message.get("bot_id") else message.get("user") or ""
    return ("said_by", f"<@{sender}>" if sender else ""), ("said_url", link)


async def permalink(client: AsyncWebClient, body: Mapping[str, Any]) -> str:
    """Return the message's own address; nothing where Slack does not tell it in time, or the bot may not see it."""
    channel, stamp = body["channel"]["id"], body["message"]["ts"]
    try:
        async with asyncio.timeout(LINK_SECONDS):
            answer = await client.chat_getPermalink(channel=channel, message_ts=stamp)
            return str(answer.get("permalink") or "")
    except Exception as error:  # whatever Slack or the network did, the form opens all the same
        LOG.info("the address of a message in %s is not known: %s", channel, type(error).__name__)
        return ""
