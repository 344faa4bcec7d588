"""Teams' activities as Incoming values, and where an answer to each goes back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from lifbot.message import Incoming, Place
from lifbot.teams.forms import form_values
from lifbot.teams.mentions import quoted, words
from lifbot.teams.payload import Payload, all_at, at, text_at
from lifbot.teams.references import Reference

HELD = "lif.place"  # in a card's data: the channel in which was asked what the card answers
THREAD = ";messageid="
PERSONAL = "personal"
FILE = "application/vnd.microsoft.teams.file.download.info"
Kind = Literal["mention", "words", "click", "form"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer goes back to.

    `near` is the conversation without a thread, with the person who asked; `conversation` has its thread. `stays`: in
    the person's own chat with the bot, where answers are kept. `card` is the activity whose button was pressed.
    """

    near: Reference
    conversation: str
    stays: bool
    card: str | None = None
    quiet: bool = False  # the bot may not be in the conversation: nothing is said there
    held: str | None = None  # the channel that the answer's own buttons belong to

    @property
    def who(self) -> str:
        """The person's directory id; their id in Teams, which no partnership knows, where Teams does not tell it."""
        return self.near.who or self.near.user or ""


def origin(activity: Payload) -> Origin:
    """Read where an activity came from, and from whom."""
    conversation = text_at(activity, "conversation", "id")
    there = place(activity)
    near = Reference(
        tenant=(
            text_at(activity, "channelData", "tenant", "id") or text_at(activity, "conversation", "tenantId")
        ).lower(),
        conversation=conversation.partition(THREAD)[0],
        service_url=text_at(activity, "serviceUrl"),
        bot=text_at(activity, "recipient", "id"),
        who=text_at(activity, "from", "aadObjectId").lower() or None,
        user=text_at(activity, "from", "id") or None,
        channel=None if there.direct else there.channel,
    )
    quiet = text_at(activity, "name").startswith("composeExtension/")
    stays = there.direct and not quiet
    return Origin(near, conversation, stays, text_at(activity, "replyToId") or None, quiet, near.channel)


def place(activity: Payload) -> Place:
    """Read where something was said: a channel by its own id with the thread's conversation, or a chat."""
    conversation = text_at(activity, "conversation", "id")
    root, _, thread = conversation.partition(THREAD)
    channel = text_at(activity, "channelData", "channel", "id") or text_at(activity, "channelData", "teamsChannelId")
    kind = text_at(activity, "conversation", "conversationType")
    if kind == PERSONAL or not (kind or channel or at(activity, "conversation", "isGroup")):
        return Place(root, direct=True, thread=quoted(activity) or text_at(activity, "replyToId") or None)
    if kind == "groupChat":
        return Place(root, direct=False)
    return Place(channel or root, direct=False, thread=conversation if thread else None)


def reference(source: Origin) -> Reference:
    """Return what is kept of an activity's conversation: of a channel nothing about who wrote in it."""
    return source.near if source.stays else replace(source.near, who=None, user=None)


def is_ours(activity: Payload) -> bool:
    """Say whether a bot wrote it."""
    return text_at(activity, "from", "role") == "bot" or text_at(activity, "from", "id").startswith("28:")


def spoken(activity: Payload, source: Origin, people: Mapping[str, str], at_: datetime) -> Incoming:
    """Read what was typed; `people` are directory ids by ids in Teams."""
    there = place(activity)
    incoming = _incoming(activity, source, there, words(activity, people), at_, "words" if there.direct else "mention")
    return replace(incoming, files=_files(activity))


def _files(activity: Payload) -> tuple[tuple[str, str], ...]:
    """The names of the files with a message, and where people open them: not the address to fetch them from."""
    sent = (each for each in all_at(activity, "attachments") if each.get("contentType") == FILE)
    return tuple((text_at(each, "name"), text_at(each, "contentUrl")) for each in sent)


def edited(incoming: Incoming, activity: Payload) -> Incoming:
    """Return what was typed as the new words of the message with the same id."""
    moment = text_at(activity, "timestamp") or text_at(activity, "localTimestamp") or str(hash(incoming.text))
    return replace(incoming, edits=incoming.event, event=f"{incoming.event}/{moment}", files=())


def pressed(activity: Payload, source: Origin, data: Payload, at_: datetime, kind: Kind) -> tuple[Incoming, Origin]:
    """Read a button's or a form's data: the command line, the fields, and the channel that the card was made for."""
    held = text_at(data, HELD) or source.held
    there = Place(held, direct=False) if held and source.stays else place(activity)
    incoming = _incoming(activity, source, there, text_at(data, "line"), at_, kind)
    fields = form_values({name: value for name, value in data.items() if name != HELD}) if kind == "form" else ()
    return replace(incoming, fields=fields), replace(source, held=held)


def _incoming(activity: Payload, source: Origin, there: Place, text: str, at_: datetime, kind: Kind) -> Incoming:
    id = text_at(activity, "id")
    return Incoming(
        platform="teams",
        team=source.near.tenant,
        who=source.who,
        place=there,
        text=text,
        at=at_,
        kind=kind,
        event=f"teams:{source.conversation}:{id}" if id else None,
    )
