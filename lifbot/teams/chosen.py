"""The message action "Log as action": a message that somebody chose, as the first words of a form."""

from __future__ import annotations

from lifbot.teams import markup
from lifbot.teams.payload import Payload, all_at, at, text_at

COMMAND = "log_as_action"  # its id in the app's manifest
LINE = "form action add"
LONGEST, LONGEST_LINK = 1000, 500  # characters that are kept


def fields(activity: Payload) -> tuple[tuple[str, str], ...]:
    """Return the message's words, who wrote it and its link; people in it stay neutral mentions."""
    message = at(activity, "value", "messagePayload")
    text = text_at(message, "body", "content")
    if text_at(message, "body", "contentType") == "html":
        text = markup.words(text, _people(message))
    sender = text_at(message, "from", "user", "id").lower()
    said = (("said_by", f"<@{sender}>" if sender else ""), ("said_url", _link(text_at(message, "linkToMessage"))))
    found = (("text", _cut(text.strip())), *said)
    return tuple((name, value) for name, value in found if value)


def _people(message: Payload) -> dict[str, str]:
    mentions = ((each, text_at(each, "mentioned", "user", "id")) for each in all_at(message, "mentions"))
    return {str(each.get("id")): f"<@{who}>" for each, who in mentions if who}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _link(url: str) -> str:
    """The link, without what only speeds up its opening where it is too long."""
    short = url if len(url) <= LONGEST_LINK else url.partition("?")[0]
    return short if len(short) <= LONGEST_LINK else ""
