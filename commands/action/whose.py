"""Who is to do it, where a sentence begins with them."""

from __future__ import annotations

import re

from commands.context import Context
from commands.names import exactly
from commands.roles import is_role

PERSON = r"(?:<@[^>]+>|@[\w.'’-]+)"
LEADING_OWNER = re.compile(
    rf"\s*(?:action:?\s+)?({PERSON}(?:\s*(?:[,&/+]|\band\b)\s*{PERSON})*)(?![\w.'’-])\s*(?:(?:is\s+|are\s+)?to\s+|will\s+|[:,–—-]\s*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
LEADING_NAME = re.compile(
    r"\s*([^\W\d_][\w.'’&-]*(?:\s+[^\W\d_][\w.'’&-]*){0,5}?)\s+(?:is\s+to|to|will)\s+(.+)", re.DOTALL
)


def leading_owner(ctx: Context, text: str) -> tuple[str, str] | None:
    """Take who is to do it off the front: mentions, or a name that is exactly one person's."""
    found = LEADING_OWNER.fullmatch(text)
    if found is None:
        found = LEADING_NAME.fullmatch(text)
        if found is None or not (len(exactly(ctx, found[1])) == 1 or is_role(ctx, found[1])):
            return None
    rest = found[2].strip()
    return found[1], rest[:1].upper() + rest[1:]
