"""The words of a message that Teams hands over as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser

LINES = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote"}
NO_WORDS = {"script", "style", "systemeventmessage"}


class _Words(HTMLParser):
    def __init__(self, people: Mapping[str, str], without: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._people = people
        self._without = without
        self._inside = 0  # elements whose words are left out
        self._mention = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag in self._without:
            self._inside += 1
        elif tag == "at":
            self._mention = self._people.get(dict(attrs).get("id") or "", "")
            self.parts.append(self._mention or "@")
        elif tag in LINES:
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")  # an emoji

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in self._without:
            self._inside = max(0, self._inside - 1)
        elif tag == "at":
            self._mention = ""
        elif tag in LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take words, but not the name of somebody who is mentioned by id."""
        if not self._inside and not self._mention:
            self.parts.append(data)


def words(html: str, people: Mapping[str, str] | None = None, *, without: tuple[str, ...] = ()) -> str:
    """Return the words, a line for each paragraph; `people` are neutral mentions by the ids of the `<at>` elements."""
    parser = _Words(people or {}, frozenset({*NO_WORDS, *without}))
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
