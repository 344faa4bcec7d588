"""Themes that come up again: in what was logged, and in the learning register, after something was signed off."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import col

from lifbot.calendar import local_day
from lifbot.model import Item, Source
from storage.scope import Scope


def again_since(scope: Scope, item: Item) -> list[tuple[str, list[str]]]:
    """Return an item's themes that came up again since its sign-off from another source, with the references."""
    if not (item.themes and item.signed_off_on):
        return []
    spelled = {theme.casefold(): theme for theme in item.themes}
    found: dict[str, list[str]] = defaultdict(list)
    for source in scope.all(Source, col(Source.held_at).is_(None), Source.status != "withdrawn", order=col(Source.id)):
        if source.id != item.source_id and local_day(source.created_at, scope.zone) > item.signed_off_on:
            _note(found, spelled, source.themes, source.ref)
    for row in scope.all(Item, Item.status != "withdrawn", order=col(Item.id)):
        later = local_day(row.created_at, scope.zone) > item.signed_off_on
        elsewhere = row.source is not None and row.source != item.source
        if later and elsewhere and row.id != item.id:
            _note(found, spelled, row.themes, row.ref)
    return sorted((spelled[theme], refs) for theme, refs in found.items())


def _note(found: dict[str, list[str]], spelled: dict[str, str], themes: list[str], ref: str) -> None:
    for theme in themes:
        if theme.casefold() in spelled and ref not in found[theme.casefold()]:
            found[theme.casefold()].append(ref)
