"""What a partnership says where its profile leaves something open: how often a duty comes round."""

from __future__ import annotations

from lifbot import profiles, rhythm
from lifbot.partnership_file.faults import FaultyFile, said
from lifbot.partnership_file.nodes import line_of
from lifbot.partnership_file.table import Table, text_of


def answers(row: Table, profile: str | None) -> dict[str, str]:
    """Return how often duties come round, by their ids in the profile; each in words that can be read."""
    node = row.node("answers")
    if node is None:
        return {}
    if profile is None:
        raise row.fault("answers", "answers belong to a profile; please name one, or take them out.")
    duties = tuple(duty.id for duty in profiles.load(profile).duties)
    table = Table(node, row.at("answers"), duties or ("",), row.ledger)
    found = {}
    for id, value in table.nodes.items():
        words = text_of(value, table.at(id))
        if isinstance(question := rhythm.read(words), str):
            raise FaultyFile(line_of(value), table.at(id), f"{said(words)}: {question}")
        found[id] = words
    return found
