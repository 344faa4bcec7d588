"""Slack's payloads as Incoming values, and where an answer to each goes back to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from lifbot.message import Incoming, IncomingKind, Place
from lifbot.slack.entities import without_mention, words
from lifbot.slack.forms import view_values

Payload = Mapping[str, Any]

# A message with a file, or a reply shown in the channel too, is still somebody's words; joins and topics are not.
SPOKEN = (None, "file_share", "thread_broadcast")
UNSAID = datetime.max.replace(tzinfo=UTC)  # when something was, where Slack does not say it
HOME = "home"  # the command that the Home tab shows


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer goes back to: `stays` in the bot's own conversation with a person, where answers are kept."""

    who: str
    channel: str
    stays: bool
    thread: str | None = None
    url: str | None = None  # Slack's response_url: five posts in thirty minutes
    message: str | None = None  # the message whose button was pressed
    tab: bool = False  # it was pressed on the Home tab, or in a window above it
    view: str | None = None  # that window, if it was there


def command(body: Payload, at: datetime) -> tuple[Incoming, Origin]:
    """Read what was typed to /lif, which works in conversations where the bot is not."""
    channel, who = body["channel_id"], body["user_id"]
    incoming = Incoming(
        platform="slack",
        team=body.get("team_id") or "",
        who=who,
        place=Place(channel, channel.startswith("D")),
        text=words(body.get("text") or "").strip(),
        at=at,
        can_open_form=bool(body.get("trigger_id")),
    )
    return incoming, Origin(who, channel, stays=False, url=body.get("response_url"))


def click(body: Payload, at: datetime) -> tuple[Incoming, Origin]:
    """Read a button or a menu's option: its value is a command line, empty where there is none."""
    action, box, who = body["actions"][0], body.get("container") or {}, body["user"]["id"]
    window = body.get("view") or {}
    channel = (body.get("channel") or {}).get("id") or box.get("channel_id") or who  # the Home tab is in no channel
    direct = channel == who or channel.startswith("D")
    stamp = box.get("message_ts")
    incoming = Incoming(
        platform="slack",
        team=_team(body),
        who=who,
        place=Place(channel, direct, stamp or box.get("thread_ts")),
        text=action.get("value") or (action.get("selected_option") or {}).get("value") or "",
        at=at,
        kind="click",
        can_open_form=bool(body.get("trigger_id")),
    )
    stays = direct and not box.get("is_ephemeral")
    tab = box.get("type") == "view"
    view = window.get("id") if window.get("type") == "modal" else None
    return incoming, Origin(who, channel, stays, box.get("thread_ts"), body.get("response_url"), stamp, tab, view)


def form(body: Payload, at: datetime) -> tuple[Incoming, Origin]:
    """Read a submitted form: the command that it completes travelled in the view's metadata."""
    view, who = body["view"], body["user"]["id"]
    held = json.loads(view["private_metadata"])
    origin = Origin(who=who, **held["origin"])
    incoming = Incoming(
        platform="slack",
        team=_team(body),
        who=who,
        place=Place(**held["place"]),
        text=held["command"],
        at=at,
        kind="form",
        fields=view_values(view),
    )
    return incoming, origin


def metadata(command: str, place: Place, origin: Origin) -> str:
    """Return what a form must remember until it is submitted."""
    kept = {name: value for name, value in asdict(origin).items() if name != "who" and value is not None}
    return json.dumps({"command": command, "place": asdict(place), "origin": kept}, ensure_ascii=False)


def spoken(body: Payload, me: str | None, at: datetime) -> tuple[Incoming, Origin] | None:
    """Read a mention, a direct message, a reply in a channel's thread, or the new words of one of these; else None.

    What bots say, joins and what people say to each other outside threads is dropped here.
    """
    event = body["event"]
    if event.get("subtype") == "message_changed":
        return _edited(body, event, me, at)
    kind = _kind(event, event, me)
    if kind is None or (kind == "mention" and event["type"] != "app_mention"):  # the mention arrives by itself
        return None
    incoming = _said(body, event, event, kind, me, at)
    return incoming, Origin(incoming.who, incoming.place.channel, incoming.place.direct, event.get("thread_ts"))


def _edited(body: Payload, event: Payload, me: str | None, at: datetime) -> tuple[Incoming, Origin] | None:
    """Read the new words of a message; Slack says "changed" of links that it has unfurled as well."""
    new, old = event.get("message") or {}, event.get("previous_message") or {}
    edited = new.get("edited") or {}
    kind = _kind(event, new, me)
    if kind is None or not edited.get("ts") or new.get("text") == old.get("text"):
        return None
    incoming = _said(body, event, new, kind, me, at)
    incoming = replace(incoming, edits=incoming.event, event=f"{incoming.event}/{edited['ts']}", files=())
    return incoming, Origin(incoming.who, incoming.place.channel, incoming.place.direct, new.get("thread_ts"))


def _kind(event: Payload, said: Payload, me: str | None) -> IncomingKind | None:
    """What a message is to lifbot: said to it, overheard in a thread, or nothing."""
    channel = event.get("channel") or ""
    if _is_noise(said, me) or not said.get("user") or not said.get("ts"):
        return None
    if channel.startswith("D") or event.get("channel_type") == "im":
        return "words"
    if event["type"] == "app_mention" or (me and f"<@{me}>" in (said.get("text") or "")):
        return "mention"
    return "thread" if said.get("thread_ts") not in (None, said["ts"]) else None


def _said(body: Payload, event: Payload, said: Payload, kind: IncomingKind, me: str | None, at: datetime) -> Incoming:
    channel, direct = event["channel"], kind == "words"
    text = words(said.get("text") or "")
    return Incoming(
        platform="slack",
        team=body.get("team_id") or event.get("team") or "",
        who=said["user"],
        place=Place(channel, direct, said.get("thread_ts")),
        text=without_mention(text, me) if me or not direct else text.strip(),
        at=at,
        kind=kind,
        event=f"slack:{channel}:{said['ts']}",  # one message may arrive as a mention and as a message
        can_open_form=False,
        stamp=said["ts"],
        files=_files(said),
    )


def _files(said: Payload) -> tuple[tuple[str, str], ...]:
    """The names and addresses of the files with a message; of another workspace's Slack tells neither."""
    found = (each for each in said.get("files") or () if each.get("mode") != "tombstone")
    return tuple((each.get("title") or each.get("name") or "", each.get("permalink") or "") for each in found)


def opened_home(body: Payload, at: datetime) -> Incoming | None:
    """Read that somebody opened the Home tab; None for the tab of messages."""
    event = body["event"]
    if event.get("tab") != "home":
        return None
    place = Place(event.get("channel") or event["user"], direct=True)
    return Incoming("slack", body.get("team_id") or "", event["user"], place, HOME, at, "tab", can_open_form=False)


def bot_user(body: Payload) -> str | None:
    """Return the bot's own user id, where the event names the installation that it was sent to."""
    return next((each["user_id"] for each in body.get("authorizations") or () if each.get("is_bot")), None)


def removed_at(body: Payload) -> datetime | None:
    """Return when a workspace removed lifbot; None where only some person's own token was revoked."""
    event, at = body["event"], body.get("event_time")
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return None
    return datetime.fromtimestamp(at, UTC) if isinstance(at, int) else UNSAID


def _is_noise(event: Payload, me: str | None) -> bool:
    ours = me is not None and event.get("user") == me
    return ours or bool(event.get("bot_id") or event.get("hidden")) or event.get("subtype") not in SPOKEN


def _team(body: Payload) -> str:
    return (body.get("team") or {}).get("id") or body["user"].get("team_id") or ""
