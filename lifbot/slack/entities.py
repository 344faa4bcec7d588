"""What Slack puts between < and > in a text, as the words a person meant."""

from __future__ import annotations

import re

# What people type as < > & arrives escaped, so a bare < always opens one of Slack's own entities. One pass reads both,
# so that a typed "&lt;!channel&gt;" becomes the words "<!channel>" and is not read a second time.
_ENTITY = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>|&(?:amp|lt|gt);")
_ESCAPES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


def words(text: str) -> str:
    """Return the text as typed: people stay neutral mentions (`<@U0CLEO>`), everything else becomes plain words."""
    return _ENTITY.sub(_plain, text)


def without_mention(text: str, bot: str | None) -> str:
    """Return the words after the bot's own mention where it leads; any mention counts while the bot's id is unknown."""
    leading = rf"\s*(?:<@{re.escape(bot) if bot else r'[UW][A-Z0-9]+'}>[\s,:]*)+"
    return re.sub(rf"^{leading}", "", text).strip()


def _plain(found: re.Match[str]) -> str:
    inside, label = found[1], _unescaped(found[2] or "")
    if inside is None:
        return _ESCAPES[found[0]]
    match inside[:1]:
        case "@":
            return f"<{inside}>"
        case "#":
            return f"#{label or inside[1:]}"
        case "!":
            return _special(inside[1:], label)
        case _:
            return _link(_unescaped(inside), label)


def _special(name: str, label: str) -> str:
    """A mention of everybody becomes words that call nobody; a date or a user group becomes its label."""
    if name in ("channel", "here", "everyone"):
        return f"@{name}"
    return label or ("@group" if name.startswith("subteam") else f"@{name}")


def _link(url: str, label: str) -> str:
    """An address as it was typed; one behind other words stands after them, since it may be the evidence."""
    typed = re.sub(r"^(mailto|tel):", "", url)
    if not label:
        return typed
    return label if label in url else f"{label} ({typed})"


def _unescaped(text: str) -> str:
    return re.sub(r"&(?:amp|lt|gt);", lambda found: _ESCAPES[found[0]], text)
