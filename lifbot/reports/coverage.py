"""Agencies and notices as an Excel workbook: a word and a colour for each pair, and all that was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lifbot.calendar import say_date
from lifbot.notices.cascade import WORDS, Stand
from lifbot.notices.coverage import Row
from lifbot.reports.office import HEADER_FILL, INK, held, steady

LOOKS = {
    "cascaded": ("Cascaded", "2B7A4B", "FFFFFF"),
    "received": ("Received", "F4B942", "000000"),
    "waiting": ("Not yet", "FFFFFF", "000000"),
    "not_for_us": ("Not for them", "5B6776", "FFFFFF"),
    None: ("–", "EEF1F4", "5B6776"),
}
"""By status: the word, the colour behind it, and that of the letters."""
LINE = Side("thin", color="8A94A0")
EDGE = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
KEY = "Cascaded, received, not yet, not for them; – means that the agency was not asked."


def write(
    partnership: str, said: str, as_of: datetime, rows: Sequence[Row], details: Sequence[tuple[str, Stand]]
) -> bytes:
    """Return the workbook's bytes; the same for the same data."""
    moment = as_of.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = held(partnership)
    book.properties.title = held(f"{partnership}: coverage of notices")
    book.properties.description = held(f"{said}. {KEY}")
    book.properties.created = moment
    _picture(book.create_sheet("Coverage"), f"{partnership}: {said}", rows)
    _details(book.create_sheet("What agencies said"), details)
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue(), f"{moment.isoformat()}Z")


def _picture(page: Worksheet, title: str, rows: Sequence[Row]) -> None:
    """A row for each agency, a column for each notice, and how many have passed it on at the end of both."""
    agencies = list(dict.fromkeys(agency for row in rows for agency, _ in row.stands))
    _put(page, 1, 1, title).font = Font("Calibri", 13, bold=True)
    _put(page, 2, 1, KEY)
    _head(_put(page, 3, 1, "Agency"))
    for across, row in enumerate(rows, 2):
        _head(_put(page, 3, across, f"{row.ref}\n{row.name}"))
        for down, agency in enumerate(agencies, 4):
            _cell(_put(page, down, across, ""), dict(row.stands).get(agency))
        asked = [status for _, status in row.stands if status]
        _put(page, len(agencies) + 4, across, f"{asked.count('cascaded')} of {len(asked)} cascaded").font = Font(
            bold=True
        )
        page.column_dimensions[get_column_letter(across)].width = 20
    for down, agency in enumerate(agencies, 4):
        _put(page, down, 1, agency).font = Font("Calibri", 11, bold=True)
        page.row_dimensions[down].height = 22
    page.column_dimensions["A"].width = 34
    page.row_dimensions[3].height = 66
    page.freeze_panes = "B4"
    _for_print(page)


def _cell(cell: BookCell, status: str | None) -> None:
    word, fill, ink = LOOKS.get(status, LOOKS[None])
    cell.value, cell.border = word, EDGE
    cell.fill, cell.font = PatternFill("solid", fgColor=fill), Font("Calibri", 11, bold=status is not None, color=ink)
    cell.alignment = Alignment(horizontal="center", vertical="center")


def _details(page: Worksheet, details: Sequence[tuple[str, Stand]]) -> None:
    heads = (
        ("Notice", 16),
        ("Agency", 30),
        ("Stands", 18),
        ("How, or why not", 50),
        ("What applies", 50),
        ("Evidence", 50),
        ("On", 18),
    )
    for across, (name, width) in enumerate(heads, 1):
        _head(_put(page, 1, across, name))
        page.column_dimensions[get_column_letter(across)].width = width
    for down, (ref, each) in enumerate(details, 2):
        proof = "\n".join(part for part in (each.evidence, each.url if each.url not in each.evidence else "") if part)
        on = say_date(each.on) if each.on else ""
        for across, text in enumerate((ref, each.agency, WORDS[each.status], each.said, each.applies, proof, on), 1):
            _put(page, down, across, text).alignment = Alignment(vertical="top", wrap_text=True)
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(details) + 1}"
    _for_print(page)


def _for_print(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _head(cell: BookCell) -> None:
    cell.fill, cell.font = PatternFill("solid", fgColor=HEADER_FILL), Font("Calibri", 11, bold=True, color=INK)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _put(page: Worksheet, row: int, column: int, text: str) -> BookCell:
    """Write words, which stay words: "=1+1" is no formula here."""
    cell = page.cell(row, column)
    assert isinstance(cell, BookCell)  # nothing is merged here
    cell.value = held(text)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
