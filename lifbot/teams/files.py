"""A file in somebody's own chat: Teams asks whether they want it, and only then takes it into their OneDrive."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import httpx

from lifbot.errors import TryLater
from lifbot.message import File, Message, say
from lifbot.settings import is_loopback, is_safe
from lifbot.teams import reading
from lifbot.teams.answers import Answers
from lifbot.teams.cards import Json, clip
from lifbot.teams.members import Members
from lifbot.teams.payload import Payload, at, text_at
from lifbot.teams.reading import Origin
from lifbot.teams.replies import drawn

LOG = logging.getLogger("lifbot.teams")
Draw = Callable[[str, tuple[str, str]], Awaitable[File | None]]

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
MICROSOFTS = (
    *("sharepoint.com", "sharepoint.us", "sharepoint.cn", "sharepoint-mil.us", "svc.ms"),
    *("onedrive.com", "onedrive.live.com", "1drv.com", "1drv.ms", "microsoft.com", "office.com", "office365.us"),
)
SECONDS = 30.0
KEPT = "The list was put into your OneDrive."
DECLINED = "The file was not kept. To have it after all, ask for the list again."
GONE = "I can no longer make that file. Please ask for the list again."
FAILED = "Teams did not take the file just now. Please ask for the list again in a minute."


async def no_file(key: str, who: tuple[str, str]) -> File | None:
    """Say that nothing is promised."""
    return None


def consent(msg: Message, file: File, key: str) -> Json:
    """Return the question whether somebody wants a file; it holds the row to draw the file from, and none of it."""
    words = f"{msg.summary} If you allow it, Teams keeps it in your OneDrive, where only you can open it."
    content = {
        "description": clip(words, 400),
        "sizeInBytes": len(file.content),
        "acceptContext": {"lif": "file", "key": key},
        "declineContext": {"lif": "file", "key": key},
    }
    card = {"contentType": CONSENT, "name": file.name, "content": content}
    return {"type": "message", "summary": msg.summary, "attachments": [card]}


def info(upload: Payload) -> Json:
    """Return the card of a file that was put into OneDrive."""
    content = {"uniqueId": text_at(upload, "uniqueId"), "fileType": text_at(upload, "fileType")}
    url, name = text_at(upload, "contentUrl"), text_at(upload, "name")
    card = {"contentType": INFO, "contentUrl": url, "name": name, "content": content}
    return {"type": "message", "summary": KEPT, "attachments": [card]}


def is_microsofts(url: str, service_url: str) -> bool:
    """Say whether an address may be given a file: one of Microsoft's, or this machine where Teams itself is on it."""
    try:
        host = (urlsplit(url).hostname or "").lower()
        if is_loopback(host):
            return is_safe(url) and is_loopback(urlsplit(service_url).hostname)
    except ValueError:
        return False
    return url.startswith("https://") and any(host == each or host.endswith(f".{each}") for each in MICROSOFTS)


class Files:
    """Answers what people say to the question whether they want a file."""

    def __init__(self, http: httpx.AsyncClient, answers: Answers, members: Members, draw: Draw) -> None:
        self._http = http
        self._answers = answers
        self._members = members
        self._draw = draw

    async def answered(self, activity: Payload) -> Json:
        """Take somebody's yes or no; the file follows a moment later."""
        self._answers.later(self._answered(activity))
        return {}

    async def _answered(self, activity: Payload) -> None:
        source, _ = await self._members.resolved(activity, reading.origin(activity))
        value = at(activity, "value")
        key = text_at(value, "context", "key")
        if not source.stays or text_at(value, "context", "lif") != "file" or not key:
            return
        if text_at(value, "action") != "accept":
            await self._answers.instead(source, drawn(say(DECLINED)))
            return
        await self._accepted(source, key, at(value, "uploadInfo"))

    async def _accepted(self, source: Origin, key: str, upload: Payload) -> None:
        file = await self._draw(key, ("teams", source.who))
        if file is None:
            await self._answers.say(source, drawn(say(GONE)))
            return
        try:
            await self._put(text_at(upload, "uploadUrl"), source.near.service_url, file.content)
        except TryLater as error:
            LOG.warning("a file for %s was not taken: %s", source.who, error.reason)
            await self._answers.say(source, drawn(say(FAILED)))
            return
        await self._answers.say(source, info(upload))
        await self._answers.instead(source, drawn(say(KEPT)))

    async def _put(self, url: str, service_url: str, content: bytes) -> None:
        if not is_microsofts(url, service_url):
            raise TryLater("upload_url")
        last = len(content) - 1
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{last}/{len(content)}"}
        try:
            answer = await self._http.put(
                url, content=content, headers=headers, timeout=SECONDS, follow_redirects=False
            )
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise TryLater(type(error).__name__) from None
        if answer.status_code not in (200, 201):
            raise TryLater(f"http_{answer.status_code}")
