"""Addresses that people give as evidence: which of them may be opened with a tap, and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_LINK = 2000  # characters
ADDRESS = re.compile(r"https?://[^\s<>|\"“”]+")
CLOSING = ".,;:!?)’'"  # what ends a sentence, and not the address in it
OF_A_MESSAGE = re.compile(
    r"https://(?:[\w-]+\.slack\.com/archives/|teams\.(?:microsoft|cloud\.microsoft)[\w.]*/l/message/)"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A line that ends in something to open: words, a name, and the address; only an https address becomes a link."""

    text: str
    name: str
    url: str


def is_link(url: str) -> bool:
    """Say whether an address may be opened with a tap: https, and nothing in it hides where it leads."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        whole = parts.scheme == "https" and bool(host) and host.isascii() and "@" not in parts.netloc
    except ValueError:
        return False
    return whole and url.isprintable() and len(url) <= LONGEST_LINK and not set(url) & set(' <>|"“”\\^`{}')


def is_mail(url: str) -> bool:
    """Say whether an address begins a letter to one person: nothing in it but what is written for that."""
    to, _, rest = url.removeprefix("mailto:").partition("?")
    plain = re.fullmatch(r"[\w.+%'-]+@[\w.-]+", to, re.ASCII) and re.fullmatch(r"[\w.~%=&+-]*", rest, re.ASCII)
    return url.startswith("mailto:") and bool(plain) and len(url) <= LONGEST_LINK


def first_in(text: str) -> str | None:
    """Return the first address in somebody's words."""
    found = ADDRESS.search(text)
    return found[0].rstrip(CLOSING) if found else None


def name_of(url: str, name: str | None = None) -> str:
    """Return what a link is called: a file's own name, a message, else the place that it leads to.

    A name that is itself an address would say that the link leads elsewhere, so it is not used.
    """
    if name and name.strip() and not re.search(r"://|^\s*www\.", name, re.IGNORECASE):
        return name.strip()
    if OF_A_MESSAGE.match(url):
        return "the message"
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
