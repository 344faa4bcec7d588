"""A screenshot as a small picture: few colours, packed well; so that all of them together stay small."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Pixel = bytes


def small(png: bytes) -> bytes:
    """Return the same picture with at most 256 colours; for what a browser writes: 8 bits, RGB or RGBA, no gaps."""
    width, height, rows = _read(png)
    palette, index = _palette(Counter(pixel for row in rows for pixel in row))
    packed = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(packed, 9)),
        (b"IEND", b""),
    )
    return SIGNATURE + b"".join(_chunk(*part) for part in parts)


def size(png: bytes) -> tuple[int, int]:
    """Return a picture's width and height."""
    assert png.startswith(SIGNATURE)
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _read(png: bytes) -> tuple[int, int, list[list[Pixel]]]:
    width, height = size(png)
    wide = {2: 3, 6: 4}[png[25]]
    data = zlib.decompress(b"".join(data for kind, data in _chunks(png) if kind == b"IDAT"))
    line, before, rows = width * wide, bytearray(width * wide), []
    for at in range(0, height * (line + 1), line + 1):
        before = _unfiltered(data[at], bytearray(data[at + 1 : at + 1 + line]), before, wide)
        rows.append([bytes(before[x : x + 3]) for x in range(0, line, wide)])
    return width, height, rows


def _unfiltered(kind: int, line: bytearray, above: bytearray, wide: int) -> bytearray:
    for x in range(len(line) if kind else 0):
        left = line[x - wide] if x >= wide else 0
        corner = above[x - wide] if x >= wide else 0
        guess = (0, left, above[x], (left + above[x]) // 2, _paeth(left, above[x], corner))[kind]
        line[x] = (line[x] + guess) & 255
    return line


def _paeth(left: int, up: int, corner: int) -> int:
    near = left + up - corner
    return min((left, up, corner), key=lambda each: abs(near - each))


def _palette(counts: Counter[Pixel]) -> tuple[list[Pixel], dict[Pixel, int]]:
    """The finest grid that leaves no more than 256 colours; each is the one that is most often in its cell."""
    bits, cells = 8, _cells(counts, 8)
    while len(cells) > 256:
        bits, cells = bits - 1, _cells(counts, bits - 1)
    palette = list(cells.values())
    place = {pixel: at for at, pixel in enumerate(palette)}
    return palette, {pixel: place[cells[_cell(pixel, bits)]] for pixel in counts}


def _cells(counts: Counter[Pixel], bits: int) -> dict[tuple[int, ...], Pixel]:
    cells: dict[tuple[int, ...], Pixel] = {}
    for pixel, _ in counts.most_common():
        cells.setdefault(_cell(pixel, bits), pixel)
    return cells


def _cell(pixel: Pixel, bits: int) -> tuple[int, ...]:
    return tuple(part >> (8 - bits) for part in pixel)
