"""`bot.py export`: the whole log as people made it by typing, in four kinds of file that agree with each other."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from commands import dispatch
from lifbot.message import Incoming, Place
from lifbot.model import Partnership
from lifbot.reports.export import as_csv, as_docx, as_json, as_xlsx
from storage import export
from storage.db import Database
from storage.scope import Scope
from tests.ready import with_tables
from tests.setup_runs import FILE, edited, setup

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://evil.example","a|b") & <!channel> ﷽ 🎉'


@dataclass
class Office:
    """A partnership whose people type into their group's channel; each line is a minute later."""

    database: Database
    now: datetime = START

    def types(self, who: str, line: str) -> str:
        """Send a command as somebody, and return the answer."""
        self.now += timedelta(minutes=1)
        place = Place("C0SE", direct=False)
        incoming = Incoming("slack", "T0LIFBOT", f"U0{who.upper()}", place, line, self.now, can_open_form=False)
        answer = dispatch.handle(self.database, incoming)
        assert answer is not None
        return answer.plain()

    def exported(self, at: datetime | None = None) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
        """Return what `bot.py export` gathers."""
        with self.database.begin() as session:
            scope = Scope(session, session.get_one(Partnership, "kirklees"), at or self.now)
            return export.whole_log(scope), export.names(scope)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    database = with_tables(database_url)
    setup(database)
    yield Office(database)
    database.close()


@pytest.fixture
def busy(office: Office) -> Office:
    """An office in which most things have happened once."""
    add = "action add"
    assert "SE-2026-001" in office.types("ben", f"{add} Audit MASH thresholds owner:@cleo due:31 March source:LCSPR 2")
    assert "SE-2026-002" in office.types("ben", "recommendation add Review the toolkit owner:@grace due:30 April 2026")
    office.types("ben", f"{add} {FORMULA} owner:@cleo due:30 June 2026 parent:SE-2026-002 contributors:@grace")
    office.types("ben", "issue add -1 strategy meeting starts late owner:@amina due:31 May 2026")
    office.types("cleo", "action update SE-2026-001 Draft is with partners")
    office.types("cleo", "action done SE-2026-001 40 staff trained, https://example.org/a")
    assert "Signed off" in office.types("ben", "action signoff SE-2026-001")
    office.types("amina", "action cannot SE-2026-004 because the post is vacant instead we briefed all teams")
    office.types("ben", "action escalate SE-2026-003 because two agencies disagree")
    office.types("dev", "action decide SE-2026-003 The ICB will lead")
    office.types("ben", "meeting cancel 14 May 2026 because the chair is away")
    return office


def item(log: dict[str, Any], ref: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in log["items"] if row["ref"] == ref)
    return found


# --- JSON -------------------------------------------------------------------------------------------------------


def test_an_item_holds_every_key_of_the_contract(busy: Office) -> None:
    log, _ = busy.exported()
    done = item(log, "SE-2026-001")
    assert [update["kind"] for update in done["updates"]] == ["update", "done", "signed_off"]
    assert [(row["months"], row["status"]) for row in done.pop("impacts")] == [(3, "waiting"), (12, "waiting")]
    assert done | {"updates": None} == {
        "ref": "SE-2026-001",
        "kind": "action",
        "group": "se",
        "text": "Audit MASH thresholds",
        "owner": "cleo",
        "contributors": [],
        "offered_to": None,
        "taken_on_at": None,
        "agency": "icb",
        "timescale_text": "31 March",
        "due_on": "2026-03-31",
        "original_due_on": "2026-03-31",
        "status": "complete",
        "brag": "blue",
        "cycles_missed": 0,
        "signed_off_on": "2026-03-02",
        "parent": None,
        "source": "LCSPR 2",
        "said_by": None,
        "said_url": None,
        "success_criteria": None,
        "escalations": [],
        "updates": None,
        "not_completable": None,
        "evidence": [
            {
                "at": "2026-03-02T10:06:00+00:00",
                "by": "cleo",
                "text": "40 staff trained, https://example.org/a",
                "url": "https://example.org/a",
                "name": None,
                "corrects": None,
            }
        ],
        "impact": None,
        "embedded": None,
        "themes": [],
        "gap": None,
        "priority": None,
        "scope": None,
        "response": None,
        "response_reason": None,
        "superseded_by": None,
        "repeats": None,
        "repeats_text": None,
        "repeat_of": None,
        "handed_to": [],
        "handed_from": [],
        "source_ref": None,
    }


def test_the_document_has_the_keys_of_the_contract(busy: Office) -> None:
    log, _ = busy.exported()
    read = json.loads(as_json(log))
    assert read == log
    first = ["partnership", "exported_at", "items", "practice", "notices", "meetings", "log"]
    assert [name for name in read if name in first] == first
    assert {"requests", "challenges"} <= read.keys(), "additions, which scripts may pass by"
    assert (read["partnership"], read["exported_at"]) == ("kirklees", "2026-03-02T10:11:00+00:00")
    assert [row["ref"] for row in read["items"]] == [f"SE-2026-00{number}" for number in (1, 2, 3, 4)]
    assert (read["practice"], read["notices"]) == ([], [])


def test_an_escalation_and_a_parent_are_told_by_id_and_ref(busy: Office) -> None:
    raised = item(busy.exported()[0], "SE-2026-003")
    assert raised["parent"] == "SE-2026-002"
    assert raised["contributors"] == ["grace"]
    assert raised["brag"] == "red"
    assert raised["text"] == FORMULA
    assert raised["escalations"] == [
        {
            "at": "2026-03-02T10:09:00+00:00",
            "to": "dev",
            "reason": "early",
            "acknowledged_at": "2026-03-02T10:10:00+00:00",
            "decision": "The ICB will lead",
        }
    ]


def test_what_cannot_be_completed_says_why_and_what_was_done_instead(busy: Office) -> None:
    stuck = item(busy.exported()[0], "SE-2026-004")
    assert stuck["kind"] == "issue"
    assert stuck["status"] == "not_completable"
    assert stuck["not_completable"] == {
        "reason": "the post is vacant",
        "done_instead": "we briefed all teams",
        "accepted_by": None,
    }


def test_a_meeting_counts_as_held_once_it_has_begun(busy: Office) -> None:
    before, _ = busy.exported(datetime(2026, 3, 12, 9, 59, tzinfo=UTC))
    after, _ = busy.exported(datetime(2026, 3, 12, 10, 0, tzinfo=UTC))
    assert meeting(before, "2026-03-12T10:00:00+00:00") == "planned"
    assert meeting(after, "2026-03-12T10:00:00+00:00") == "held"
    assert meeting(after, "2026-05-14T10:00:00+01:00") == "cancelled"


def meeting(log: dict[str, Any], at: str) -> str:
    return next(str(row["status"]) for row in log["meetings"] if (row["group"], row["at"]) == ("se", at))


def test_meetings_end_somewhat_more_than_a_year_ahead(busy: Office) -> None:
    log, _ = busy.exported()
    days = [datetime.fromisoformat(row["at"]) - busy.now for row in log["meetings"]]
    assert timedelta(365) < max(days) <= timedelta(400)


def test_the_log_says_who_changed_what_and_why(busy: Office) -> None:
    log, _ = busy.exported()
    entry = next(row for row in log["log"] if row["what"] == "action cannot")
    assert list(entry) == ["at", "by", "what", "ref", "about", "why", "before", "after"]
    assert (entry["by"], entry["ref"], entry["why"]) == ("amina", "SE-2026-004", "the post is vacant")
    assert entry["before"]["status"] == "not_started"
    assert entry["after"]["status"] == "not_completable"
    cancelled = next(row for row in log["log"] if row["what"] == "meeting cancel")
    assert (cancelled["ref"], cancelled["about"].split()[0]) == (None, "meeting")


def test_times_carry_the_partnerships_own_offset(office: Office) -> None:
    office.now = datetime(2026, 7, 1, 8, tzinfo=UTC)
    office.types("ben", "action add Audit MASH thresholds owner:@cleo due:31 December 2026")
    log, _ = office.exported()
    assert log["exported_at"] == "2026-07-01T09:01:00+01:00"
    assert log["log"][-1]["at"] == "2026-07-01T09:01:00+01:00"


def test_another_partnerships_log_stays_out(busy: Office) -> None:
    setup(busy.database, edited(("id: kirklees\n", "id: leeds\n"), ("T0LIFBOT", "T0LEEDS"), text=FILE))
    with busy.database.begin() as session:
        scope = Scope(session, session.get_one(Partnership, "leeds"), busy.now)
        log = export.whole_log(scope)
    assert (log["partnership"], log["items"]) == ("leeds", [])
    assert {row["what"] for row in log["log"]} == {"setup"}


def test_refs_are_in_the_order_of_their_numbers(office: Office) -> None:
    for number in range(11):
        office.types("ben", f"action add Task {number} owner:@cleo due:31 December 2026")
    refs = [row["ref"] for row in office.exported()[0]["items"]]
    assert refs == [f"SE-2026-{number:03}" for number in range(1, 12)]


# --- CSV --------------------------------------------------------------------------------------------------------


def rows(body: bytes) -> list[dict[str, str]]:
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def test_csv_holds_names_and_iso_dates(busy: Office) -> None:
    first, second, third, fourth = rows(as_csv(*busy.exported()))
    assert (first["Accountable owner"], first["Agency"]) == ("Cleo Hart", "West Yorkshire ICB")
    assert (first["Group"], first["Due date"]) == ("Safeguarding Effectiveness Subgroup", "2026-03-31")
    assert (first["BRAG"], first["Date set"], first["Date closed"]) == ("Blue", "2026-03-02", "2026-03-02")
    assert first["Latest update"] == "2 March 2026, Ben Carter. Signed off"
    assert (second["Recommendation"], second["Action"]) == ("Review the toolkit", "")
    assert third["Recommendation"] == "SE-2026-002 Review the toolkit"
    assert third["Contributors"] == "Grace Okafor"
    assert third["Escalation"].endswith("to Dev Rao (asked early by the group's chair): The ICB will lead")
    assert (fourth["Status"], fourth["Done instead"]) == ("Not completable", "we briefed all teams")


def test_no_cell_of_the_csv_is_a_formula(busy: Office) -> None:
    found = rows(as_csv(*busy.exported()))
    assert found[2]["Action"] == f"'{FORMULA}"
    assert found[3]["Action"] == "'-1 strategy meeting starts late"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d"])
def test_whatever_makes_a_formula_gets_an_apostrophe(busy: Office, start: str) -> None:
    log, names = busy.exported()
    item(log, "SE-2026-001")["source"] = f"{start}1+1"
    assert rows(as_csv(log, names))[0]["Source"] == f"'{start}1+1"


def test_an_empty_log_is_a_row_of_titles(office: Office) -> None:
    text = as_csv(*office.exported()).decode("utf-8-sig")
    assert text.count("\r\n") == 1
    assert text.startswith("Ref,Group,Kind,Source,Recommendation,Action,Accountable owner,")


# --- Excel ------------------------------------------------------------------------------------------------------


def sheet(body: bytes, name: str) -> list[dict[str, Any]]:
    titles, *found = openpyxl.load_workbook(BytesIO(body))[name].iter_rows(values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in found]


def test_excel_agrees_with_the_json(busy: Office) -> None:
    log, names = busy.exported()
    body = as_xlsx(log, names)
    found = sheet(body, "Action log")
    assert [row["Ref"] for row in found] == [row["ref"] for row in log["items"]]
    assert [row["Due date"].date() for row in found] == [date.fromisoformat(row["due_on"]) for row in log["items"]]
    assert [row["BRAG"].lower() for row in found] == [row["brag"] for row in log["items"]]
    assert len(sheet(body, "Updates")) == sum(len(row["updates"]) for row in log["items"])
    assert [row["To"] for row in sheet(body, "Escalations")] == ["Dev Rao"]
    assert len(sheet(body, "Meetings")) == len(log["meetings"])


def test_excel_shows_a_formula_as_words(busy: Office) -> None:
    page = openpyxl.load_workbook(BytesIO(as_xlsx(*busy.exported())))["Action log"]
    cell = page["F4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)
    assert not [each for row in page.iter_rows() for each in row if each.data_type in ("f", "e")]


def test_excel_is_ready_to_filter_and_print(busy: Office) -> None:
    page = openpyxl.load_workbook(BytesIO(as_xlsx(*busy.exported())))["Action log"]
    colours = [(row[16].value, row[16].fill.fgColor.rgb) for row in page.iter_rows(min_row=2)]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:AE5")
    assert colours[0] == ("Blue", "001F5FA8")
    assert colours[2] == ("Red", "00B3261E")


def test_times_in_excel_are_those_of_the_partnerships_clock(office: Office) -> None:
    body = as_xlsx(*office.exported())
    assert {row["When"].strftime("%H:%M") for row in sheet(body, "Meetings") if row["Group"] == "Business Group"} == {
        "13:00"
    }


# --- Word -------------------------------------------------------------------------------------------------------


def test_word_has_a_table_for_each_group(busy: Office) -> None:
    busy.types("grace", "action add Refresh the training owner:@harry due:31 May 2026 group:LD")
    paper = docx.Document(BytesIO(as_docx(*busy.exported())))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[0] == "Kirklees Safeguarding Children Partnership: action log"
    assert words[1] == "As it stood on 2 March 2026. 5 logged: 1 blue, 1 red, 3 green."
    assert words[2:4] == ["Learning and Development Subgroup", "Safeguarding Effectiveness Subgroup"]
    learning, effectiveness = paper.tables
    assert [cell.text for cell in learning.rows[0].cells][:2] == ["Ref", "Action"]
    assert len(effectiveness.rows) == 5
    first, _, third, _ = effectiveness.rows[1:]
    assert first.cells[4].text == "Blue\nComplete"
    assert first.cells[3].text == "31 March 2026\n“31 March”"
    assert third.cells[1].text.startswith(FORMULA)
    assert "Escalated: 2 March 2026, to Dev Rao" in third.cells[5].text


def test_word_repeats_the_header_and_counts_the_pages(busy: Office) -> None:
    with ZipFile(BytesIO(as_docx(*busy.exported()))) as parts:
        body = parts.read("word/document.xml").decode()
        footers = "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name)
    assert "<w:tblHeader/>" in body
    assert 'w:instr="PAGE"' in footers
    assert 'w:orient="landscape"' in body


def test_an_empty_log_says_so(office: Office) -> None:
    paper = docx.Document(BytesIO(as_docx(*office.exported())))
    assert "Nothing has been logged yet." in [paragraph.text for paragraph in paper.paragraphs]


# --- both -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [as_xlsx, as_docx])
def test_the_same_log_is_the_same_file(busy: Office, write: Any) -> None:
    assert write(*busy.exported()) == write(*busy.exported())


@pytest.mark.parametrize("text", ["a\x0bb\x1fc", "\ufffe\uffff", "#N/A", "<b>&amp;</b>", "\u202egnol", "x" * 40_000])
def test_any_text_that_was_kept_can_be_written(busy: Office, text: str) -> None:
    log, names = busy.exported()
    item(log, "SE-2026-001")["text"] = text
    first = sheet(as_xlsx(log, names), "Action log")[0]["Action"] or ""
    told = docx.Document(BytesIO(as_docx(log, names))).tables[0].rows[1].cells[1].paragraphs[0].text
    kept = "".join(each for each in text if each not in "\x0b\x1f\ufffe\uffff")
    assert told == kept
    assert first == (kept if len(kept) < 32_768 else f"{kept[:32_766]}…")
