"""Who hears an outbox row in the end: whom it was promised to, or whoever stands in for them by then."""

from __future__ import annotations

from dataclasses import replace

from lifbot.message import Message, Say
from lifbot.model import Outbox
from lifbot.policy import stand_in
from lifbot.policy.stand_in import Hearer
from storage import outbox, stand_ins
from storage.items import Reader
from storage.scope import Scope

OWN = ("absence", "digest", "own_digest", "file", "notice_check")  # for whom it is promised to, and for nobody else


def hearer(scope: Scope, reader: Reader, row: Outbox) -> Hearer | str | None:
    """Return who hears a row, None for a channel's, or why nobody does."""
    if row.person is None:
        return None
    if row.occasion == "escalation":
        return _of_escalation(scope, reader, row.person)
    heard = stand_in.for_owner(reader.roll, row.person, None, scope.partnership.business_unit)
    if row.person not in reader.roll or not reader.roll[row.person].is_here:
        return "they have left"
    if row.occasion in OWN and not reader.roll[row.person].has_address:
        return "they are in no workspace"
    if heard is None or not heard.is_stand_in or row.occasion in OWN:
        return Hearer(row.person, row.person)
    if outbox.told_too(scope, row, heard.person):
        return "who stands in for them hears it anyway"
    return heard


def _of_escalation(scope: Scope, reader: Reader, person: str) -> Hearer | str:
    """A chair who does not hear is not stood in for here: the next in line is asked, who may then answer."""
    heard = stand_ins.helps(scope, reader.roll, person)
    if heard is None or heard.is_stand_in:
        return reader.why(heard) if heard else "they have left"
    return heard


def introduced(message: Message, reader: Reader, heard: Hearer | None) -> Message:
    """Say first in whose place it is heard."""
    if heard is None or not heard.is_stand_in:
        return message
    ask = ":" if heard.why == "away" else ". Could you pass it on?"
    words = f"For {reader.name(heard.of)}, who {reader.why(heard)}{ask}"
    return replace(message, blocks=(Say(words), *message.blocks))
