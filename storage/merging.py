"""Three-way merging: what the file says now, what it said when last loaded, and what stands in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel


@dataclass(slots=True)
class Report:
    """What a run changed, and what it left as chat made it."""

    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)  # the same as `lines`, in ids and names of fields only

    def changed(self, what: str, text: str, about: str) -> None:
        """Something was written: `text` for the operator, `about` for the log."""
        self.lines.append(f"{what}: {text}" if text else what)
        self.log.append(about)

    def kept(self, text: str) -> None:
        """Something differs from the file and stays."""
        self.notes.append(text)


def show(value: Any) -> str:
    """A value in a line for the operator."""
    if value is None or value == []:
        return "none"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and "rrule" in value:
        return f"{value['rrule']} from {value['start']}"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)


def merge_fields(
    row: SQLModel, what: str, was: Mapping[str, Any], wanted: Mapping[str, Any], report: Report
) -> set[str]:
    """Write the fields that the file changed since it was last loaded; returns their names."""
    written = set()
    for name, value in wanted.items():
        stands = getattr(row, name)
        if stands == value:
            continue
        if was[name] == value if name in was else value in (None, []):  # what it leaves out it does not take away
            report.kept(_kept(what, name, stands, value))
        else:
            setattr(row, name, value)
            report.changed(f"changed {what}", f"{name} {show(stands)} -> {show(value)}", f"changed {what} {name}")
            written.add(name)
    return written


def merge_keys(
    stands: Mapping[str, Any], what: str, was: Mapping[str, Any], wanted: Mapping[str, Any], report: Report
) -> dict[str, Any]:
    """The same for a mapping whose keys come and go, such as `rules`."""
    result = dict(stands)
    for name in sorted({*stands, *was, *wanted}):
        value, held = wanted.get(name), stands.get(name)
        if held == value:
            continue
        if was.get(name) == value:
            report.kept(_kept(what, name, held, value))
            continue
        report.changed(f"changed {what}", f"{name} {show(held)} -> {show(value)}", f"changed {what} {name}")
        result[name] = value
    return {name: value for name, value in result.items() if value is not None}


def _kept(what: str, name: str, stands: Any, value: Any) -> str:
    return f'kept {what}: {name} changed by chat to "{show(stands)}" (the file says "{show(value)}")'


@dataclass(frozen=True, slots=True)
class Listing:
    """A list after merging: `lingering` is no longer in the file, and stays until --remove."""

    stands: tuple[str, ...]
    lingering: tuple[str, ...]


def merge_list(
    stands: Sequence[str],
    what: str,
    noun: str,
    was: Sequence[str],
    wanted: Sequence[str],
    report: Report,
    *,
    remove: bool,
) -> Listing:
    """The same for a list of ids: entries that the file added come in, and those it dropped go with `remove` only."""
    result = list(stands)
    for id in wanted:
        if id not in stands and id in was:
            report.kept(f"kept {what}: {noun} {id} was taken out by chat (the file still names them)")
        elif id not in stands:
            result.append(id)
            report.changed(f"changed {what}", f"{noun} {id} added", f"changed {what} {noun}: {id} added")
    dropped = [id for id in stands if id in was and id not in wanted]
    for id in dropped if remove else ():
        result.remove(id)
        report.changed(f"changed {what}", f"{noun} {id} taken out", f"changed {what} {noun}: {id} taken out")
    for id in () if remove else dropped:
        report.kept(f"not in the file any more: {noun} {id} of {what} (use --remove to take them out)")
    for id in (id for id in stands if id not in was and id not in wanted):
        report.kept(f"kept {what}: {noun} {id} was added by chat (the file does not name them)")
    return Listing(tuple(result), () if remove else tuple(dropped))
