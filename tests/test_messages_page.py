"""docs/messages.md: no occasion and no command is forgotten, every picture is there, and all of them are small."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from commands import COMMANDS
from scheduler.compose import OCCASIONS
from tests.gallery.png import size, small
from tests.gallery.table import ANSWERS, NOTICES, SLIPS

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "messages.md").read_text(encoding="utf-8")
PICTURE = re.compile(r'<img src="(images/messages/[a-z0-9-]+\.png)" alt="([^"]+)" width="(\d+)" height="(\d+)">')
MOST_BYTES = 4_000_000
AGAIN = "Add a row to tests/gallery/table.py, then type `make messages`."


def test_every_occasion_is_on_the_page() -> None:
    assert set(OCCASIONS) - {row.occasion for row in NOTICES} == set(), AGAIN
    assert set(OCCASIONS) - set(re.findall(r"^- Occasion: `(\w+)`$", PAGE, re.MULTILINE)) == set(), AGAIN


def test_every_command_is_on_the_page() -> None:
    words = {command.words for command in COMMANDS}
    assert words - {row.command for row in ANSWERS} == set(), AGAIN
    told = re.findall(r"^#### /lif ([a-z -]+)", PAGE, re.MULTILINE)
    assert [name for name in sorted(words) if name not in told] == [], AGAIN
    assert {row.command for row in (*ANSWERS, *SLIPS)} <= words, "a row for a command that is none"


def test_every_picture_is_there_with_its_words_and_no_other() -> None:
    shown = PICTURE.findall(PAGE)
    assert len(shown) == PAGE.count("<img ") == len({name for name, *_ in shown})
    assert len(shown) == len(NOTICES) + len(ANSWERS) + len(SLIPS)
    for name, alt, width, height in shown:
        picture = (DOCS / name).read_bytes()
        assert size(picture) == (int(width), int(height)), name
        assert int(width) <= 700, name
        assert len(alt) > 20, name
    assert {DOCS / name for name, *_ in shown} == set((DOCS / "images" / "messages").iterdir())


def test_all_pictures_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "images" / "messages").iterdir()) < MOST_BYTES


def test_a_picture_looks_the_same_once_it_is_small() -> None:
    many = [[bytes((x % 256, x // 3 % 256, 7)) for x in range(start, start + 40)] for start in range(0, 1200, 40)]
    for rows in ([[b"\xff\x00\x00", b"\xff\x00\x00"], [b"\x00\x80\xff", b"\xff\xff\xff"]], many):
        again = _pixels(small(_png(rows)))
        worst = max(abs(a - b) for old, new in zip(rows, again, strict=True) for p, q in zip(old, new, strict=True)
                    for a, b in zip(p, q, strict=True))  # fmt: skip
        assert worst <= (0 if len(rows) == 2 else 32)


def _png(rows: list[list[bytes]]) -> bytes:
    """Write a picture as a browser may: each line by another filter."""
    wide, raw, above = 3 * len(rows[0]), b"", bytes(3 * len(rows[0]))
    for at, row in enumerate(rows):
        line, kind = b"".join(row), at % 3
        before = {0: bytes(wide), 1: bytes(3) + line[:-3], 2: above}[kind]
        raw += bytes([kind]) + bytes((a - b) & 255 for a, b in zip(line, before, strict=True))
        above = line
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(data)) + kind + data + bytes(4) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _pixels(png: bytes) -> list[list[bytes]]:
    """Read a picture with a palette and no filters."""
    at, found = 8, {}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += length + 12
    width, height = size(png)
    data, palette = zlib.decompress(found[b"IDAT"]), found[b"PLTE"]
    lines = [data[y * (width + 1) + 1 : (y + 1) * (width + 1)] for y in range(height)]
    return [[palette[3 * index : 3 * index + 3] for index in line] for line in lines]
