"""Running `bot.py setup` on a database with the playground's file, edited as an operator would."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from lifbot.model import Item, Meeting
from lifbot.partnership_file import read
from storage.db import Database
from storage.setup import apply

FILE = Path("lifbot/playground/kirklees.yaml").read_text(encoding="utf-8")
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
SE_RULE = 'meetings: {rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}'


def setup(database: Database, text: str = FILE, *, remove: bool = False, now: datetime = NOW) -> tuple[str, ...]:
    """What `bot.py setup` does."""
    with database.begin() as session:
        return apply(session, read(text), now, remove=remove)


def edited(*changes: tuple[str, str], text: str = FILE) -> str:
    """The playground's file with some words changed."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def starts(database: Database, group: str, status: str = "planned") -> list[datetime]:
    with database.begin() as session:
        rows = select(Meeting.starts_at).where(Meeting.group_id == group, Meeting.status == status)
        return sorted(session.exec(rows).all())


def log_item(session: Session, number: int = 1, group: str = "se", **fields: Any) -> Item:
    """An action of the police's, owned by Fay."""
    item = Item(
        partnership_id="kirklees",
        group_id=group,
        ref=f"{group.upper()}-2026-{number:03}",
        number=number,
        text="Audit thresholds",
        owner="fay",
        agency="police",
        timescale_text="31 March",
        due_on=date(2026, 3, 31),
        original_due_on=date(2026, 3, 31),
        created_at=NOW,
        created_by="ben",
        look_again_at=NOW + timedelta(30),
    )
    for name, value in fields.items():
        setattr(item, name, value)
    session.add(item)
    session.flush()
    return item
