"""What spreadsheets and documents need of us: text that their files can hold, and the same bytes for the same data."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNKNOWN_TO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold

FILLS = {"blue": "1F5FA8", "green": "2B7A4B", "amber": "F4B942", "red": "B3261E"}
INKS = {"amber": "000000"}
INK = "FFFFFF"
HEADER_FILL = "24364B"


def held(text: str) -> str:
    """Return the text without the characters that no XML file may hold."""
    return UNKNOWN_TO_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def steady(file: bytes, modified: str) -> bytes:
    """Return the office file with one moment (ISO, UTC) in place of those at which its library wrote it."""
    out = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + modified.encode(), part)
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()
