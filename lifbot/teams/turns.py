"""Each kind of activity: read, handed to `handle`, and answered."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from lifbot.message import Incoming, Message, say
from lifbot.teams import chosen, reading, render
from lifbot.teams.answers import SENT, Answers
from lifbot.teams.cards import Json
from lifbot.teams.members import Members
from lifbot.teams.payload import Payload, all_at, at, text_at
from lifbot.teams.reading import Kind, Origin
from lifbot.teams.replies import CANCELLED, Reply, drawn, held_to, in_place, words_in_dialog
from lifbot.teams.typed import as_typed

Handle = Callable[[Incoming], Awaitable[Message | None]]

LOG = logging.getLogger("lifbot.teams")
SORRY = "Something went wrong on our side; nothing was changed. Please try again."
ALREADY = "That has been dealt with already."
FORM_BELOW, FORM_SENT = "The form is below.", "The form was sent to your own chat with me."
HELLO = "Hello, I am lifbot. I keep track of what the partnership agrees, and remind people in good time."
HELLO_PERSONAL = say(HELLO, "Type help to see what I can do.")
HELLO_CHANNEL = say(HELLO, "Mention me and type help to see what I can do. I answer in your own chat with me.")


class Turns:
    """Answers messages, buttons, forms and dialogs."""

    def __init__(self, handle: Handle, now: Callable[[], datetime], answers: Answers, members: Members) -> None:
        self._handle = handle
        self._now = now
        self._answers = answers
        self._members = members

    async def message(self, activity: Payload) -> None:
        """Answer what was typed, or a button of a client that knows no Action.Execute."""
        if reading.is_ours(activity):
            return
        source, people = await self._members.resolved(activity, reading.origin(activity))
        await self._answers.remember(source)
        data = at(activity, "value")
        if isinstance(data, Mapping) and data.get("lif"):
            await self._submitted(activity, source, data)
            return
        reply = await self._reply(reading.spoken(activity, source, people, self._now()), source)
        if reply:
            await self._answers.deliver(source, reply.activity())

    async def edited(self, activity: Payload) -> None:
        """Answer the new words of a message that corrects what it said; anything else is left alone."""
        if reading.is_ours(activity) or text_at(activity, "channelData", "eventType") != "editMessage":
            return
        source, people = await self._members.resolved(activity, reading.origin(activity))
        reply = await self._reply(
            reading.edited(reading.spoken(activity, source, people, self._now()), activity), source
        )
        if reply:
            await self._answers.deliver(source, reply.activity(), told=True)  # nothing is said to the channel

    async def _submitted(self, activity: Payload, source: Origin, data: Payload) -> None:
        if not text_at(data, "line"):
            await self._answers.instead(source, CANCELLED)
            return
        kind: Kind = "form" if data["lif"] == "form" else "click"
        incoming, source = reading.pressed(activity, source, data, self._now(), kind)
        reply = await self._reply(incoming, source)
        if reply:
            await self._placed(source, reply)

    async def _placed(self, source: Origin, reply: Reply) -> None:
        body = self._activity(source, reply)
        if not (reply.instead and await self._answers.instead(source, body)):
            await self._answers.deliver(source, body)

    async def executed(self, activity: Payload) -> Json:
        """Answer Action.Execute: with a card for who pressed and, a moment later, for everybody; or with a toast."""
        verb, data = text_at(activity, "value", "action", "verb"), at(activity, "value", "action", "data")
        if verb == "lif.cancel":
            self._answers.later(self._answers.instead(reading.origin(activity), CANCELLED))
            return render.cancelled()
        if verb not in ("lif", "lif.form") or not text_at(data, "line"):
            return {}
        source, reply = await self._pressed(activity, data, "form" if verb == "lif.form" else "click")
        if reply is None:
            return render.toast(ALREADY)
        body = self._activity(source, reply)
        if reply.instead:
            self._answers.later(self._answers.instead(source, body))
            return in_place(body)
        self._answers.later(self._answers.deliver(source, body, told=True))
        return render.toast(_toast(source, reply))

    async def fetched(self, activity: Payload) -> Json:
        """Answer a button that opens a dialog."""
        data = at(activity, "value", "data")
        if not text_at(data, "line"):
            return {}
        return self._in_dialog(*await self._pressed(activity, data, "click"))

    async def submitted(self, activity: Payload) -> Json:
        """Answer a dialog's form: with its faults, with the next form, or by closing it."""
        data = at(activity, "value", "data")
        if not text_at(data, "line"):
            return {}
        return self._in_dialog(*await self._pressed(activity, data, "form"))

    async def chosen(self, activity: Payload) -> Json:
        """Answer "Log as action" in a message's own menu with a form that holds the message."""
        if text_at(activity, "value", "commandId") != chosen.COMMAND:
            return {}
        fields = chosen.fields(activity)
        return self._in_dialog(*await self._pressed(activity, {"line": chosen.LINE}, "click", fields))

    async def installed(self, activity: Payload) -> None:
        """Take note that the bot was added somewhere, with a short hello, or removed."""
        source, _ = await self._members.resolved(activity, reading.origin(activity))
        me, action = source.near.bot, text_at(activity, "action")
        if action.startswith("remove") or me in _ids(activity, "membersRemoved"):
            await self._answers.forget(source)
            return
        added = action.startswith("add") or me in _ids(activity, "membersAdded")
        if added and await self._answers.remember(source):
            await self._answers.say(source, drawn(HELLO_PERSONAL if source.stays else HELLO_CHANNEL))

    async def _pressed(
        self, activity: Payload, data: Payload, kind: Kind, fields: tuple[tuple[str, str], ...] = ()
    ) -> tuple[Origin, Reply | None]:
        source, _ = await self._members.resolved(activity, reading.origin(activity))
        incoming, source = reading.pressed(activity, source, data, self._now(), kind)
        return source, await self._reply(replace(incoming, fields=fields or incoming.fields), source)

    def _in_dialog(self, source: Origin, reply: Reply | None) -> Json:
        if reply is None:
            return words_in_dialog(ALREADY)
        if opened := reply.dialog():
            return dict(held_to(opened, source.held))
        body = self._activity(source, reply)
        replaces = reply.message.replaces and source.card
        answers = self._answers
        answers.later(answers.instead(source, body) if replaces else answers.deliver(source, body, told=True))
        return words_in_dialog(reply.says)

    def _activity(self, source: Origin, reply: Reply) -> Json:
        in_channel = reply.instead and not source.stays
        return dict(held_to(reply.activity(place_is_channel=in_channel), source.held))

    async def _reply(self, incoming: Incoming, source: Origin) -> Reply | None:
        answer = await self._ask(incoming, source)
        if answer is None:
            return None
        if incoming.kind == "form" and answer.errors:
            # Nothing of a form is kept here: it is asked for once more, and what was typed came with the press.
            opening = replace(incoming, kind="click", text=f"form {incoming.text}", fields=(), event=None)
            again = await self._ask(opening, source)
            form = again.form if again else None
            return Reply(answer, form, dict(incoming.fields), instead=form is not None)
        return Reply(answer, answer.form, {}, instead=answer.replaces or incoming.kind == "form")

    async def _ask(self, incoming: Incoming, source: Origin) -> Message | None:
        try:
            answer = await self._handle(incoming)
            if answer and answer.unnamed:
                names = await self._members.named(answer.unnamed, source)
                answer = await self._handle(replace(incoming, names=names, event=None)) if names else answer
            return answer and as_typed(answer)
        except Exception as error:  # of any kind: the person is told, and no word of theirs is logged
            spot = traceback.extract_tb(error.__traceback__)[-1]
            ids = (incoming.kind, incoming.team, incoming.who, incoming.place.channel)
            LOG.error("%s of %s/%s in %s: %s at %s:%s", *ids, type(error).__name__, spot.name, spot.lineno)
            return replace(say(SORRY), errors=(("", SORRY),))


def _toast(source: Origin, reply: Reply) -> str:
    if reply.form:
        return FORM_BELOW if source.stays else FORM_SENT
    return reply.says if source.stays else SENT


def _ids(activity: Payload, name: str) -> set[str]:
    return {text_at(each, "id") for each in all_at(activity, name)}
