"""The log as an Excel workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lifbot.reports.office import FILLS, HEADER_FILL, INK, INKS, held, steady
from lifbot.reports.sheets import Cell, Column, Sheet, action_log, sheets
from lifbot.reports.words import Log, Names, Reading

LONGEST_CELL = 32_767  # Excel's own limit; what is longer stands whole in the JSON
FORMULAS = ("=", "+", "-", "@")
DAY, TIME = "d mmmm yyyy", "d mmmm yyyy hh:mm"
TOP = Alignment(vertical="top", wrap_text=True)
LINE = Border(bottom=Side("thin", color="D0D5DB"))
HEADER = PatternFill("solid", fgColor=HEADER_FILL)
A3 = "8"
PAGE_WIDTH = 220  # characters across a sheet of A3 that can still be read
LINE_HEIGHT, TALLEST = 15, 409  # points; the second is Excel's own limit
WIDE = 1.15  # wrapped lines end at words, so they are never quite full


def write(log: Log, names: Names) -> bytes:
    """Return the workbook's bytes; the same for the same log."""
    return _book(log, names, sheets(log, names))


def write_list(log: Log, names: Names, about: Sequence[tuple[str, str]]) -> bytes:
    """Return a workbook of some of the log's items, and a sheet that says what was asked for."""
    asked = Sheet("About this list", (Column("", 24), Column("", 90)), tuple(about))
    return _book(log, names, (action_log(Reading(log, names)), asked))


def _book(log: Log, names: Names, pages: Sequence[Sheet]) -> bytes:
    moment = datetime.fromisoformat(log["exported_at"]).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    book = Workbook()
    book.remove(book.worksheets[0])
    reading = Reading(log, names)
    book.properties.creator = held(reading.partnership)
    book.properties.title = held(f"{reading.partnership}: action log")
    book.properties.created = moment
    for sheet in pages:
        _fill(book.create_sheet(sheet.title), sheet)
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue(), f"{moment.isoformat()}Z")


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for at, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
        _head(_at(page, 1, at), column.title)
    brag = next((at for at, column in enumerate(sheet.columns, 1) if column.title == "BRAG"), None)
    for down, row in enumerate(sheet.rows, 2):
        for at, value in enumerate(row, 1):
            _put(_at(page, down, at), value)
        if brag:
            _colour(_at(page, down, brag))
        page.row_dimensions[down].height = _height(sheet, row)
    _lay_out(page, sheet)


def _at(page: Worksheet, row: int, column: int) -> BookCell:
    cell = page.cell(row, column)
    assert isinstance(cell, BookCell)  # nothing is merged here
    return cell


def _head(cell: BookCell, title: str) -> None:
    cell.value, cell.fill = title, HEADER
    cell.font = Font("Calibri", 11, bold=True, color=INK)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _put(cell: BookCell, value: Cell) -> None:
    cell.alignment, cell.border = TOP, LINE
    if isinstance(value, date):
        cell.value = value
        cell.number_format = TIME if isinstance(value, datetime) else DAY
        cell.alignment = Alignment(horizontal="left", vertical="top")
    elif value:
        text = held(value)
        cell.value = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
        cell.data_type = "s"  # "=1+1" and "#N/A" are words here
        cell.quotePrefix = text.startswith(FORMULAS)  # and stay words when somebody edits them


def _colour(cell: BookCell) -> None:
    colour = str(cell.value or "").lower()
    if colour in FILLS:
        cell.fill = PatternFill("solid", fgColor=FILLS[colour])
        cell.font = Font("Calibri", 11, bold=True, color=INKS.get(colour, INK))
        cell.alignment = Alignment(horizontal="center", vertical="top")


def _height(sheet: Sheet, row: tuple[Cell, ...]) -> float:
    """The height, in points, that the longest wrapped text of a row takes: not every program works it out by itself."""
    texts = [(cell, column.width) for cell, column in zip(row, sheet.columns, strict=True) if isinstance(cell, str)]
    lines = (sum(ceil(len(part) * WIDE / width) or 1 for part in text.split("\n")) for text, width in texts)
    return float(min(max(lines, default=1) * LINE_HEIGHT + 3, TALLEST))


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    page.row_dimensions[1].height = 32
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A3
    page.page_setup.fitToWidth = max(1, round(sum(column.width for column in sheet.columns) / PAGE_WIDTH))
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    assert page.oddFooter is not None
    page.oddFooter.center.text = "&P / &N"
