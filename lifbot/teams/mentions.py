"""What people typed in Teams, as the words they meant: people stay neutral mentions (`<@7f3c…>`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lifbot.teams import markup
from lifbot.teams.payload import Payload, all_at, text_at

_MENTION = re.compile(r"<at\b[^<>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_PLACEHOLDER = re.compile(r"<quoted\b[^<>]*/>", re.IGNORECASE)
# What people type as < > & arrives escaped. One pass, so that a typed "&lt;" is not read a second time.
_ESCAPED = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#39|#160);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "#39": "'", "#160": " "}
_QUOTATION = re.compile(r"<blockquote\b[^>]*schema\.skype\.com/Reply[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"""\bitemid=["']([\w.-]{1,100})["']""", re.IGNORECASE)


def known(activity: Payload) -> dict[str, str]:
    """Return the directory ids that an activity tells by itself, by ids in Teams."""
    everybody = [activity.get("from"), *(each.get("mentioned") for each in _mentions(activity))]
    found = {text_at(each, "id"): text_at(each, "aadObjectId").lower() for each in everybody}
    return {id: who for id, who in found.items() if id and who}


def unknown(activity: Payload) -> set[str]:
    """Return the ids in Teams of the writer and of people mentioned whose directory id the activity does not tell."""
    ids = {text_at(activity, "from", "id"), *(text_at(each, "mentioned", "id") for each in _mentions(activity))}
    return {id for id in ids if id.startswith(("29:", "8:"))} - known(activity).keys()


def words(activity: Payload, people: Mapping[str, str]) -> str:
    """Return what was typed, without the bot's own mention; `people` are directory ids by ids in Teams."""
    html = _html(activity)
    if _QUOTATION.search(html):  # some clients put what is quoted into the text as well
        return markup.words(html, without=("blockquote",))
    text, mentions = text_at(activity, "text"), _mentions(activity)
    me = text_at(activity, "recipient", "id")
    parts, end = [""], 0
    for found in _MENTION.finditer(text):
        parts += [_plain(text[end : found.start()]), _named(found, mentions, me, people)]
        end = found.end()
    typed = "".join([*parts, _plain(text[end:])]).strip()
    return typed.lstrip(",: \n") if end else typed


def quoted(activity: Payload) -> str | None:
    """Return the id of the message that a reply in a chat quotes."""
    for each in all_at(activity, "entities"):
        if id := text_at(each, "quotedReply", "messageId"):
            return id
    quotation = _QUOTATION.search(_html(activity))
    item = _ITEM.search(quotation[0]) if quotation else None
    return item[1] if item else None


def _mentions(activity: Payload) -> list[Payload]:
    return [each for each in all_at(activity, "entities") if each.get("type") == "mention"]


def _named(found: re.Match[str], mentions: list[Payload], me: str, people: Mapping[str, str]) -> str:
    """The mention in neutral form; two people may have one name, so each in the text takes one of the entities."""
    mine = next((each for each in mentions if each.get("text") == found[0]), None)
    if mine is None:
        return f"@{_plain(found[1])}"
    mentions.remove(mine)
    id = text_at(mine, "mentioned", "id")
    if me and id == me:
        return " "
    return f"<@{people[id]}>" if id in people else f"@{_plain(found[1])}"


def _plain(text: str) -> str:
    text = _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], _PLACEHOLDER.sub(" ", text))
    return text.replace("\xa0", " ")


def _html(activity: Payload) -> str:
    pages = (each for each in all_at(activity, "attachments") if each.get("contentType") == "text/html")
    return next((text_at(each, "content") for each in pages), "")
