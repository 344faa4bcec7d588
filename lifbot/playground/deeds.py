"""What somebody does at the keyboard: say something, type a command, click, open Home."""

import json
from dataclasses import dataclass
from typing import Any

from lifbot.playground.answers import Answering
from lifbot.playground.cast import APP, COMMAND, HOUSE, dm_of
from lifbot.playground.messages import as_slack
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.responses import answer_command
from lifbot.playground.shapes import Values, chosen, element_in, state_of
from lifbot.playground.spoken import spoken, typed
from lifbot.playground.stage import Stage
from lifbot.playground.typed import as_sent
from lifbot.playground.views import View
from lifbot.playground.wall import real_seconds
from lifbot.playground.wire import Reply

UNANSWERED = "lifbot did not answer in time. Nothing you typed is lost; please try again."


@dataclass(frozen=True)
class Click:
    """A button pressed or an option chosen, in a message (`channel`, `ts`) or in a view (`view_id`)."""

    action_id: str
    block_id: str | None = None
    picked: Any = None
    channel: str = ""
    ts: str = ""
    view_id: str = ""


def identity(stage: Stage, user: str) -> Json:
    """A person as interaction payloads name them."""
    person = stage.workspace.cast.person(user)
    if person is None:
        raise Refusal("user_not_found")
    team = stage.workspace.cast.team
    return {"id": person.id, "username": person.handle, "name": person.handle, "team_id": team}


def frame(stage: Stage, user: str, kind: str) -> Json:
    """What every interaction payload holds."""
    return {
        "type": kind,
        "token": "playground",
        "team": {"id": stage.workspace.cast.team, "domain": "playground"},
        "user": identity(stage, user),
        "api_app_id": APP,
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": stage.workspace.triggers.new(user),
    }


async def say(
    stage: Stage, user: str, place: str, text: str, thread: str | None = None, file: str | None = None
) -> None:
    """Says something in a place or a thread, perhaps with a file: a command, words to lifbot, or to the others."""
    channel = stage.workspace.place(place)
    identity(stage, user)
    if thread:
        stage.workspace.messages.find(channel, thread)
    words = typed(text, may_be_empty=file is not None)
    if words.startswith("/") and file is None:
        await _command(stage, user, channel, words, thread)
    else:
        await spoken(stage, user, channel, words, thread, file)


async def _command(stage: Stage, user: str, channel: str, words: str, thread: str | None) -> None:
    echo = as_sent(words, stage.workspace.cast, labelled=False)
    await stage.post(channel, user, echo, only_for=user, kind="echo", thread_ts=thread)
    name, *rest = words.split(maxsplit=1)
    if name.lower() != COMMAND:
        await notice(stage, user, channel, f"{name} is not a command here. Try {COMMAND} help.", thread)
    elif thread:
        line = f"{COMMAND} does not work in a thread. Type it in the channel, or in your messages with lifbot."
        await notice(stage, user, channel, line, thread)
    else:
        fields = _command_fields(stage, user, channel, "".join(rest))
        await _show_reply(stage, user, channel, await stage.wire.form(fields))


def _command_fields(stage: Stage, user: str, channel: str, rest: str) -> dict[str, str]:
    place = stage.workspace.cast.channel(channel)
    return {
        "token": "playground",
        "team_id": stage.workspace.cast.team,
        "team_domain": "playground",
        "channel_id": channel,
        "channel_name": place.name if place else "directmessage",
        "user_id": user,
        "user_name": identity(stage, user)["name"],
        "command": COMMAND,
        "text": as_sent(rest, stage.workspace.cast, labelled=True),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": stage.response_url(Answering(channel, user, None, None)),
        "trigger_id": stage.workspace.triggers.new(user),
    }


async def _show_reply(stage: Stage, user: str, channel: str, reply: Reply) -> None:
    if reply.ok:
        await answer_command(stage, Answering(channel, user, None, None), reply.json)
        return
    error = "operation_timeout" if reply.status == 0 else "dispatch_failed"
    await notice(stage, user, channel, f'{COMMAND} failed with the error "{error}". Please try again in a moment.')


async def notice(stage: Stage, user: str, channel: str, line: str, thread: str | None = None) -> None:
    """Tells one person something in the playground's own name."""
    await stage.post(channel, HOUSE, line, only_for=user, kind="notice", thread_ts=thread)


async def open_home(stage: Stage, user: str) -> None:
    """Opens lifbot's Home tab."""
    identity(stage, user)
    view = stage.workspace.views.home(user)
    event = {
        "type": "app_home_opened",
        "user": user,
        "channel": dm_of(user),
        "tab": "home",
        "event_ts": f"{real_seconds():.6f}",
    }
    await stage.deliver(event | ({"view": view.body} if view else {}))


async def click(stage: Stage, user: str, what: Click, values: Values) -> str | None:
    """Presses or chooses something; a sentence if the bot did not take it."""
    if what.view_id:
        payload, blocks = _view_payload(stage, user, stage.workspace.views.find(what.view_id), values)
    else:
        payload, blocks = _message_payload(stage, user, what, values)
    block, element = element_in(blocks, what.block_id, what.action_id)
    used = {"type": element["type"], "action_id": what.action_id, "block_id": block["block_id"]}
    payload["actions"] = [{**used, **chosen(element, what.picked), "action_ts": f"{real_seconds():.6f}"}]
    reply = await stage.wire.form({"payload": json.dumps(payload)})
    return None if reply.ok else UNANSWERED


async def choose(stage: Stage, user: str, channel: str, ts: str, shortcut: str) -> str | None:
    """Picks a shortcut in a message's own menu; a sentence if the bot did not take it."""
    message = stage.workspace.messages.find(stage.workspace.place(channel), ts)
    if message.only_for or message.kind != "said":
        raise Refusal("message_not_found")
    place = stage.workspace.cast.channel(channel)
    payload: Json = {
        **frame(stage, user, "message_action"),
        "callback_id": shortcut,
        "action_ts": f"{real_seconds():.6f}",
        "channel": {"id": channel, "name": place.name if place else "directmessage"},
        "message_ts": message.ts,
        "message": as_slack(message, stage.workspace.cast.team),
        "response_url": stage.response_url(Answering(channel, user, None, message.thread_ts)),
    }
    reply = await stage.wire.form({"payload": json.dumps(payload)})
    return None if reply.ok else UNANSWERED


def _view_payload(stage: Stage, user: str, view: View, values: Values) -> tuple[Json, list[Json]]:
    if view.person != user:
        raise Refusal("not_found")
    blocks: list[Json] = view.body["blocks"]
    shown = {**view.body, "state": state_of(blocks, values)}
    container = {"type": "view", "view_id": view.id}
    return {**frame(stage, user, "block_actions"), "container": container, "view": shown}, blocks


def _message_payload(stage: Stage, user: str, what: Click, values: Values) -> tuple[Json, list[Json]]:
    message = stage.workspace.messages.find(what.channel, what.ts)
    if message.only_for not in (None, user):
        raise Refusal("message_not_found")
    place = stage.workspace.cast.channel(what.channel)
    private = message.only_for is not None
    container = {"type": "message", "message_ts": message.ts, "channel_id": what.channel, "is_ephemeral": private}
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    answering = Answering(what.channel, user, message.ts, message.thread_ts)
    payload: Json = {
        **frame(stage, user, "block_actions"),
        "container": container | thread,
        "channel": {"id": what.channel, "name": place.name if place else "directmessage"},
        "state": state_of(message.blocks, values),
        "response_url": stage.response_url(answering),
    }
    # Slack leaves the message out where only one person sees it.
    shown = {} if private else {"message": as_slack(message, stage.workspace.cast.team)}
    return payload | shown, message.blocks
