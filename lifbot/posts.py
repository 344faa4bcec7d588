"""A person named by the post they hold, as people write it: "the chair of L&D", "SE deputy", "the business unit"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PostName = Literal["chair", "deputy", "business unit"]
PARTNERSHIP = "partnership"

NAME = r"(?P<post>deputy(?:\s+chair)?|vice[\s-]chair|chair(?:person|man|woman)?)"
POST_OF = re.compile(rf"(?:the\s+)?{NAME}\s+(?:of|for)\s+(?:the\s+)?(?P<of>.+)", re.IGNORECASE)
OF_POST = re.compile(rf"(?:the\s+)?(?P<of>.+?)(?:['’]s?)?\s+{NAME}", re.IGNORECASE)
ALONE = re.compile(rf"(?:the|our|its)\s+{NAME}|{NAME.replace('?P<post>', '?P<bare>')}", re.IGNORECASE)
UNIT = re.compile(r"(?:the\s+)?business\s+unit", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """A post: `of` is a group as it was typed, "partnership", or nothing where it is the group's that meets here."""

    name: PostName
    of: str = ""


def read(said: str) -> Post | None:
    """Return the post that words name, or None where they name none."""
    words = " ".join(said.split()).strip(" @.,")
    if UNIT.fullmatch(words):
        return Post("business unit")
    if alone := ALONE.fullmatch(words):
        return Post(_name(alone["post"] or alone["bare"]))
    found = POST_OF.fullmatch(words) or OF_POST.fullmatch(words)
    return Post(_name(found["post"]), _of(found["of"])) if found else None


def _name(post: str) -> PostName:
    return "deputy" if post.lower().startswith(("deputy", "vice")) else "chair"


def _of(group: str) -> str:
    words = group.strip()
    return PARTNERSHIP if words.lower() in ("partnership", "the partnership", "whole partnership") else words
