"""The log as a Word document: a table for each group, for printing and handing out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from lifbot.policy.brag import Brag, meaning
from lifbot.reports.office import FILLS, HEADER_FILL, INK, INKS, held, steady
from lifbot.reports.words import Entry, Log, Names, Reading, say_day_of, words

FONT = "Arial"
NAVY = RGBColor.from_string(HEADER_FILL)
GREY = RGBColor(0x55, 0x5F, 0x6B)
LINE = "B9C1CB"
SMALL, BODY = Pt(8.5), Pt(10.5)
COLUMNS = (("Ref", 2.9), ("Action", 7.0), ("Owner", 3.7), ("Due", 3.4), ("Where it stands", 2.8), ("Progress", 6.8))


def write(log: Log, names: Names) -> bytes:
    """Return the document's bytes; the same for the same log."""
    reading, paper = Reading(log, names), docx.Document()
    _set_up(paper, reading)
    _open(paper, reading)
    every = [*reading.practice, *reading.items]  # strong practice first, beside the actions
    groups = list(dict.fromkeys(item["group"] for item in every))
    for group in sorted(groups, key=reading.group):
        rows = [item for item in every if item["group"] == group]
        _heading(paper, reading.group(group))
        _table(paper, reading, rows)
    if not groups:
        _say(paper.add_paragraph(), "Nothing has been logged yet.")
    _close(paper)
    out = BytesIO()
    paper.save(out)
    return steady(out.getvalue(), _moment(log).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _moment(log: Log) -> datetime:
    return datetime.fromisoformat(log["exported_at"]).astimezone(UTC)


# --- the page ---------------------------------------------------------------------------------------------------


def _set_up(paper: Document, log: Reading) -> None:
    about, moment = paper.core_properties, _moment(log.log).replace(microsecond=0)
    about.author, about.title, about.comments = held(log.partnership), held(f"{log.partnership}: action log"), ""
    about.created = about.modified = moment
    about.language = "en-GB"
    page = paper.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = page.top_margin = Cm(1.5)
    page.bottom_margin = Cm(1.6)
    page.footer_distance = Cm(0.7)
    for name, size in (("Normal", BODY), ("Title", Pt(22)), ("Heading 1", Pt(14))):
        _style(paper, name, size)
    _foot(page.footer.paragraphs[0], f"{log.partnership} · action log · {say_day_of(log.log['exported_at'])} · page ")


def _style(paper: Document, name: str, size: Pt) -> None:
    style = paper.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = FONT, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(script), None)  # a theme's font would win over ours
    fonts.set(qn("w:cs"), FONT)
    fonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)
    if name != "Normal":
        style.font.color.rgb, style.font.bold = NAVY, True


def _foot(paragraph: Paragraph, text: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _say(paragraph, text, size=SMALL, ink=GREY)
    _field(paragraph, "PAGE")
    _say(paragraph, " of ", size=SMALL, ink=GREY)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """Add a number that Word counts itself."""
    field = _element("w:fldSimple", instr=code)
    paragraph._p.append(field)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = SMALL, GREY
    field.append(run._r)


# --- what it says -----------------------------------------------------------------------------------------------


def _open(paper: Document, log: Reading) -> None:
    _say(paper.add_paragraph(style="Title"), f"{log.partnership}: action log")
    every = [*log.practice, *log.items]
    counts = Counter(item["brag"] for item in every)
    parts = [f"{counts[colour.value]} {colour.value}" for colour in Brag if counts[colour.value]]
    gone = [f"{counts[None]} withdrawn or superseded"] if counts[None] else []
    line = f"As it stood on {say_day_of(log.log['exported_at'])}."
    _say(paper.add_paragraph(), f"{line} {len(every)} logged: {', '.join(parts + gone)}." if every else line)


def _heading(paper: Document, text: str) -> None:
    heading = paper.add_paragraph(style="Heading 1")
    heading.paragraph_format.space_before = Pt(10)
    _say(heading, text)


def _close(paper: Document) -> None:
    key = paper.add_paragraph()
    key.paragraph_format.space_before = Pt(10)
    for colour in Brag:
        _say(key, f"{words(colour.value)}: ", size=SMALL, bold=True)
        _say(key, f"{meaning(colour)} ", size=SMALL, ink=GREY)


# --- a group's table --------------------------------------------------------------------------------------------


def _table(paper: Document, log: Reading, items: list[Entry]) -> None:
    table = paper.add_table(1, len(COLUMNS), style="Table Grid")
    table.autofit = False
    _frame(table)
    _head(table)
    for item in items:
        row = table.add_row()
        _whole(row)
        for cell, lines in zip(row.cells, _cells(log, item), strict=True):
            _fill(cell, lines)
        _colour(row.cells[4], item["brag"])
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Cm(width)
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)


def _frame(table: Table) -> None:
    """Give cells room, and thin grey lines."""
    borders, margins = _element("w:tblBorders"), _element("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    for side, width in (("top", "50"), ("left", "100"), ("bottom", "50"), ("right", "100")):
        margins.append(_element(f"w:{side}", w=width, type="dxa"))
    layout = table._tblPr.find(qn("w:tblLayout"))
    assert layout is not None  # there since the widths are fixed
    layout.addprevious(borders)
    layout.addnext(margins)


def _head(table: Table) -> None:
    row = table.rows[0]
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # again on each page
    _whole(row)
    for cell, (title, _) in zip(row.cells, COLUMNS, strict=True):
        _say(cell.paragraphs[0], title, size=SMALL, bold=True, ink=RGBColor.from_string(INK))
        _shade(cell, HEADER_FILL)


def _whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().insert(0, _element("w:cantSplit"))


def _cells(log: Reading, item: Entry) -> list[list[str]]:
    """Return what stands in each column, a paragraph a line; what is empty is left out."""
    due = say_day_of(item["due_on"])
    first = say_day_of(item["original_due_on"])
    criteria, source, parent = item["success_criteria"], item["source"], log.parent(item)
    from_where = (("Source", source), ("Belongs to", parent), ("Success criteria", criteria))
    others = ", ".join(map(log.person, item["contributors"]))
    said = item["timescale_text"]
    return [
        [item["ref"], words(item["kind"])],
        [item["text"], *_named(("To spread to", item.get("spread_to")), *from_where)],
        [log.person(item["owner"]), log.agency(item["agency"]), *_named(("With", others))],
        [due, f"“{said}”" if said != due else "", f"First: {first}" if first != due else ""],
        [words(item["brag"]), words(item["status"])],
        _progress(log, item),
    ]


def _progress(log: Reading, item: Entry) -> list[str]:
    why = item["not_completable"] or {"reason": None, "done_instead": None}
    return [
        log.latest_update(item),
        *_named(
            ("Why it cannot be completed", why["reason"]),
            ("Done instead", why["done_instead"]),
            ("Evidence", log.evidence(item)),
            ("Impact", item["impact"]),
            ("Embedded", words(item["embedded"])),
            ("Escalated", log.escalations(item)),
        ),
    ]


def _named(*pairs: tuple[str, str | None]) -> list[str]:
    return [f"{name}: {value}" for name, value in pairs if value]


def _fill(cell: _Cell, lines: list[str]) -> None:
    for at, line in enumerate(filter(None, lines)):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        _say(paragraph, line, size=SMALL, ink=GREY if at else None)


def _colour(cell: _Cell, brag: str | None) -> None:
    """Shade the cell; the word in it stays, for those who see no colour."""
    if brag in FILLS:
        _shade(cell, FILLS[brag])
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.font.color.rgb, run.font.bold = RGBColor.from_string(INKS.get(brag, INK)), True


def _shade(cell: _Cell, fill: str) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=fill))


def _say(
    paragraph: Paragraph, text: str, *, size: Pt | None = None, bold: bool | None = None, ink: RGBColor | None = None
) -> None:
    run = paragraph.add_run(held(text))
    run.font.size, run.font.bold, run.font.color.rgb = size, bold, ink


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
