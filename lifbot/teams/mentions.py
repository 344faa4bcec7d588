"""What people typed in Teams, as the words they meant: people stay neutral mentions (`<@7f3c…>`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lifbot.teams.markup import words as words_of_html

Payload = Mapping[str, Any]

_MENTION = re.compile(r"<at\b[^<>]*>(.*?)</at>", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r"<quoted\b[^<>]*/>", re.IGNORECASE)
# What people type as < > & arrives escaped. One pass, so that a typed "&lt;" is not read a second time.
_ESCAPED = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#39|#160);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "#39": "'", "#160": " "}
_REPLY = re.compile(r"""<blockquote\b[^>]*schema\.skype\.com/Reply[^>]*>""", re.IGNORECASE)
_ITEM = re.compile(r"""\bitemid=["']([\w.-]{1,100})["']""", re.IGNORECASE)


def _entities(activity: Payload, kind: str) -> Iterator[Payload]:
    found = activity.get("entities")
    yield from (
        each
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, Mapping) and each.get("type") == kind
    )


def _mentioned(activity: Payload) -> Iterator[tuple[str, Payload]]:
    for each in _entities(activity, "mention"):
        whom, text = each.get("mentioned"), each.get("text")
        if isinstance(whom, Mapping) and isinstance(text, str):
            yield text, whom


def _is_person(id: object) -> bool:
    return isinstance(id, str) and id.startswith(("29:", "8:"))


def known(activity: Payload) -> dict[str, str]:
    """Return the directory ids that an activity tells by itself, by ids in Teams."""
    everybody = [whom for _, whom in _mentioned(activity)] + [activity.get("from")]
    return {
        each["id"]: each["aadObjectId"]
        for each in everybody
        if isinstance(each, Mapping) and _is_person(each.get("id")) and isinstance(each.get("aadObjectId"), str)
    }


def unknown(activity: Payload) -> set[str]:
    """Return the ids in Teams of people mentioned, or writing, whose directory id the activity does not tell."""
    ids = {whom.get("id") for _, whom in _mentioned(activity)}
    writer = activity.get("from")
    ids |= {writer.get("id")} if isinstance(writer, Mapping) else set()
    return {id for id in ids if isinstance(id, str) and _is_person(id)} - known(activity).keys()


def words(activity: Payload, people: Mapping[str, str]) -> str:
    """Return what was typed, without the bot's own mention; `people` are directory ids by ids in Teams."""
    text = activity.get("text")
    text = _reply(activity) or (text if isinstance(text, str) else "")
    mentioned = list(_mentioned(activity))
    recipient = activity.get("recipient")
    me = recipient.get("id") if isinstance(recipient, Mapping) else None
    parts, end = [], 0
    for found in _MENTION.finditer(text):
        parts += [_plain(text[end : found.start()]), _named(found, mentioned, me, people)]
        end = found.end()
    whole = "".join([*parts, _plain(text[end:])])
    return whole.encode("utf-8", "replace").decode().strip().lstrip(",: \n") if parts else _clean(whole)


def _clean(text: str) -> str:
    """Half an emoji, as some clients cut them, becomes a question mark."""
    return text.encode("utf-8", "replace").decode().strip()


def _named(found: re.Match[str], mentioned: list[tuple[str, Payload]], me: object, people: Mapping[str, str]) -> str:
    for index, (text, whom) in enumerate(mentioned):
        if text == found[0]:
            del mentioned[index]  # two people may have one name: each mention in the text takes its own
            id = whom.get("id")
            if me and id == me:
                return " "
            if isinstance(id, str) and id in people:
                return f"<@{people[id]}>"
            break
    return f"@{_plain(found[1])}"


def _plain(text: str) -> str:
    text = _QUOTED.sub(" ", text)
    return _ESCAPED.sub(lambda found: _CHARACTERS[found[1]], text).replace("\xa0", " ")


def _html(activity: Payload) -> str:
    found = activity.get("attachments")
    for each in found if isinstance(found, list) else ():
        if isinstance(each, Mapping) and each.get("contentType") == "text/html":
            content = each.get("content")
            return content if isinstance(content, str) else ""
    return ""


def quoted(activity: Payload) -> str | None:
    """Return the id of the message that a reply in a chat quotes."""
    for each in _entities(activity, "quotedReply"):
        inner = each.get("quotedReply")
        id = inner.get("messageId") if isinstance(inner, Mapping) else None
        if isinstance(id, str) and id:
            return id
    quotation = _REPLY.search(_html(activity))
    item = _ITEM.search(quotation[0]) if quotation else None
    return item[1] if item else None


def _reply(activity: Payload) -> str:
    """The words below a quotation, since some clients put what is quoted into the text as well."""
    html = _html(activity)
    return words_of_html(html, without=("blockquote",)) if _REPLY.search(html) else ""
