"""What is answered, as Teams takes it: an activity, a card in place of another, or a dialog."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lifbot.message import Form, Message, Say, say
from lifbot.teams import render
from lifbot.teams.cards import CONTENT, Json, attachment, clip
from lifbot.teams.reading import HELD

LOG = logging.getLogger("lifbot.teams")
SPOKEN = 250  # characters of a toast


def drawn(msg: Message, *, place_is_channel: bool = False) -> Json:
    """Return the message as Teams takes it; as plain words if something in it cannot be drawn."""
    try:
        return render.message(msg, place_is_channel=place_is_channel)
    except ValueError as error:
        LOG.warning("a message cannot be drawn: %s", type(error).__name__)
        return render.message(Message((Say(msg.plain()),), msg.summary), place_is_channel=place_is_channel)


def in_place(activity: Json) -> Json:
    """Return the answer to Action.Execute that puts an activity's card in place of the one that was clicked."""
    return {"statusCode": 200, "type": CONTENT, "value": activity["attachments"][0]["content"]}


def words_in_dialog(text: str) -> Json:
    """Return the answer to a dialog that closes it with a line of words."""
    return {"task": {"type": "message", "value": text}}


def held_to(drawn: Any, channel: str | None) -> Any:
    """Return cards whose buttons remember the channel in which they were asked for."""
    if channel is None:
        return drawn
    if isinstance(drawn, list):
        return [held_to(each, channel) for each in drawn]
    if not isinstance(drawn, dict):
        return drawn
    inner = {name: held_to(value, channel) for name, value in drawn.items()}
    return {**inner, HELD: channel} if "line" in inner else inner


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, with the form that belongs to it, what is wrong in it and what was typed into it."""

    message: Message
    form: Form | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    instead: bool = False  # takes the place of the card whose button was pressed

    @property
    def says(self) -> str:
        """One line for a toast or a dialog."""
        return clip(self.message.summary or self.message.plain().split("\n")[0], SPOKEN)

    def activity(self, *, place_is_channel: bool = False) -> Json:
        """Return it as a message of a conversation."""
        if self.form:
            try:
                card = render.form_card(self.form, errors=self.message.errors, values=self.values)
                return {"type": "message", "summary": self.form.title, "attachments": [attachment(card)]}
            except ValueError as error:
                LOG.warning("a form does not fit: %s", type(error).__name__)
        return drawn(self._words(), place_is_channel=place_is_channel)

    def dialog(self) -> Json | None:
        """Return it as a dialog; None where there is no form, or Teams has no room for it."""
        if self.form is None:
            return None
        try:
            return render.dialog(self.form, errors=self.message.errors, values=self.values)
        except ValueError as error:
            LOG.warning("a form does not fit: %s", type(error).__name__)
            return None

    def _words(self) -> Message:
        """The message; where it is only a form's errors, those."""
        errors = [text for _, text in self.message.errors]
        return self.message if self.message.blocks or not errors else say(*errors)


CANCELLED: Json = {
    "type": "message",
    "summary": "Put aside",
    "attachments": [attachment(render.cancelled()["value"])],
}
