"""A partnership as it stands, as the file that would make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

Sections = Mapping[str, Mapping[str, Mapping[str, Any]]]  # as `PartnershipFile.plain` gives them

WIDTH = 118


def write(plain: Sections) -> str:
    """The text of a partnership file that says this, and nothing that is empty."""
    ((id, head),) = plain["partnership"].items()
    rules = dict(head.get("rules", {}))
    partnership = {"id": id, **_said({key: value for key, value in head.items() if key != "rules"})}
    if plain.get("boards"):
        partnership["boards"] = _rows(plain["boards"])
    whole: dict[str, Any] = {"partnership": partnership}
    whole |= {section: _rows(plain[section]) for section in ("agencies", "people", "groups") if plain.get(section)}
    if rules:
        whole["rules"] = rules
    # Leaves on one line each, as people write them.
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None)


def _rows(entries: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": id, **_said(entry)} for id, entry in entries.items()]


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty; an empty list of a group's other names stays, since without it the profile's would come."""
    return {key: value for key, value in entry.items() if key == "aliases" or value not in (None, [], {})}
