"""Reading what came in, whatever shape it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Payload = Mapping[str, Any]


def at(payload: object, *path: str) -> Any:
    """Return what stands at a path of keys; None where there is nothing."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload


def text_at(payload: object, *path: str) -> str:
    """Return the text at a path of keys, empty where there is none."""
    found = at(payload, *path)
    return found if isinstance(found, str) else ""


def all_at(payload: object, *path: str) -> list[Payload]:
    """Return the objects in the list at a path of keys."""
    found = at(payload, *path)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
