"""The whole log as a file: JSON for scripts, CSV and Excel for sorting, Word for handing out."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from io import StringIO

from lifbot.reports.sheets import Cell, whole_log
from lifbot.reports.words import Log, Names, Reading

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads accents and dashes wrongly
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


def as_json(log: Log) -> bytes:
    """Return one JSON document in UTF-8, as CONTRACT.md lays it down."""
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(log: Log, names: Names) -> bytes:
    """Return a row for each item in UTF-8, dates in ISO; no cell can become a formula."""
    sheet = whole_log(Reading(log, names))
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.title for column in sheet.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def as_xlsx(log: Log, names: Names) -> bytes:
    """Return an Excel workbook: the action log, strong practice, impact, updates, escalations and meetings."""
    from lifbot.reports import workbook  # openpyxl is slow to load

    return workbook.write(log, names)


def list_as_xlsx(log: Log, names: Names, about: Sequence[tuple[str, str]]) -> bytes:
    """Return an Excel workbook of a list: its items, and a sheet that says what was asked for."""
    from lifbot.reports import workbook  # as above

    return workbook.write_list(log, names, about)


def as_docx(log: Log, names: Names) -> bytes:
    """Return a Word document: the action log of each group, for printing and handing out."""
    from lifbot.reports import document  # python-docx is slow to load

    return document.write(log, names)


def _harmless(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    text = cell or ""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULAS) else text
