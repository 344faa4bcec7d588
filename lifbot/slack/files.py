"""How a file reaches somebody's direct message: an address to send the bytes to, the bytes, and then the message."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import File, Receipt
from lifbot.settings import is_loopback
from lifbot.slack.blocks import Json

SECONDS = 30  # for the bytes
SLACKS = ("slack.com", "slack-files.com", "slack-edge.com")


def is_slacks(url: str, base_url: str) -> bool:
    """Say whether an address may be given a file: one of Slack's by https, or where SLACK_API_URL leads."""
    parts, ours = urlsplit(url), urlsplit(base_url)
    host = (parts.hostname or "").lower()
    if (parts.scheme, host, parts.port) == (ours.scheme, (ours.hostname or "").lower(), ours.port):
        return True
    return parts.scheme == "https" and any(host == each or host.endswith(f".{each}") for each in SLACKS)


async def hand_over(client: AsyncWebClient, url: object, content: bytes) -> None:
    """Send a file's bytes to the address that Slack named for them, and nowhere else."""
    if not isinstance(url, str) or not is_slacks(url, client.base_url):
        raise Undeliverable("upload_url")
    proxy = None if is_loopback(urlsplit(url).hostname) else client.proxy
    try:
        async with (
            asyncio.timeout(SECONDS),
            aiohttp.ClientSession() as session,
            session.post(url, data=content, allow_redirects=False, proxy=proxy) as answer,
        ):
            if answer.status != 200:
                raise TryLater(f"http_{answer.status}")
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise TryLater(type(error).__name__) from None


def found(messages: object, channel: str, file: File) -> Receipt | None:
    """Return where a file arrived before: no two of one person's are named alike."""
    for message in messages if isinstance(messages, list) else ():
        for each in (message.get("files") or ()) if isinstance(message, dict) else ():
            if isinstance(each, dict) and (each.get("title"), each.get("name")) == (file.title, file.name):
                return Receipt(channel, str(message.get("ts") or each.get("id") or ""))
    return None


def receipt(answer: Json, channel: str, id: str) -> Receipt:
    """Return where a file came to stand: its message, where Slack names it, else the file itself."""
    files = answer.get("files")
    first = files[0] if isinstance(files, list) and files and isinstance(files[0], dict) else {}
    shares = first.get("shares")
    for kind in ("private", "public"):
        there = (shares.get(kind) or {}).get(channel) if isinstance(shares, dict) else None
        if isinstance(there, list) and there and isinstance(there[0], dict) and there[0].get("ts"):
            return Receipt(channel, str(there[0]["ts"]))
    return Receipt(channel, id)
