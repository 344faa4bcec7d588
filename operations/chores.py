"""What operators do by hand: migrate, load a partnership, export, look at the outbox."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lifbot import manifest as manifests
from lifbot.errors import LifError
from lifbot.manual import hint
from lifbot.model import Outbox, Partnership
from lifbot.partnership_file import read, write
from lifbot.reports import export as writers
from lifbot.settings import Settings
from storage import codes, due, outbox
from storage import export as gathering
from storage import migrate as schema
from storage.clock import WorldClock
from storage.db import Database, take_turn
from storage.present import plain
from storage.scope import Scope
from storage.setup import apply

LARGEST_FILE = 4_000_000


def migrate(settings: Settings) -> int:
    """Bring the database to the newest schema."""
    before, after = schema.migrate(Database(settings.database_url))
    was = before or "empty"
    print(f"The database is at {after}." if before == after else f"The database went from {was} to {after}.")
    return 0


def _opened(settings: Settings) -> tuple[Database, WorldClock]:
    db = Database(settings.database_url)
    schema.migrate(db)
    return db, WorldClock(db, travel=settings.travels)


def setup(settings: Settings, path: Path, *, remove: bool) -> int:
    """Load or update a partnership from its file, in one transaction."""
    file = read(_text(path))
    db, clock = _opened(settings)
    now = clock.now()
    with db.begin() as session:
        lines = apply(session, file, now, remove=remove)
    print("\n".join(lines))
    return 0


def write_file(settings: Settings, partnership_id: str | None, path: Path) -> int:
    """Write a partnership as it stands into a file, which counts as the one last loaded from then on."""
    db, clock = _opened(settings)
    now = clock.now()
    with db.begin() as session:
        row = _chosen(list(due.partnerships(session)), partnership_id)
        take_turn(session, row.id)
        text = write(plain(Scope(session, row, now)))
        row.loaded = read(text).plain()
        session.add(row)
        _write(path, text.encode())
    print(f"{path} holds {row.name} as it stands.")
    return 0


def code(settings: Settings) -> int:
    """Print a one-time code; only a digest of it is kept."""
    db, clock = _opened(settings)
    now = clock.now()
    with db.begin() as session:
        made = codes.make(session, now)
    print(f"{made}\nIt is valid once, for seven days. In the workspace type: /lif setup code:{made}")
    return 0


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise LifError(f"{path} is larger than a partnership file can be.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LifError(f"{path} is not a text file in UTF-8.") from None
    except OSError as error:
        raise LifError(f"{path} cannot be read: {(error.strerror or 'unknown').lower()}.") from None


def export(settings: Settings, partnership_id: str | None, form: str, output: str | None) -> int:
    """Write the whole log of a partnership to standard output or a file."""
    db, clock = _opened(settings)
    now = clock.now()
    with db.begin() as session:
        scope = Scope(session, _chosen(list(due.partnerships(session)), partnership_id), now)
        log, names = gathering.whole_log(scope), gathering.names(scope)
    body = {
        "json": lambda: writers.as_json(log),
        "csv": lambda: writers.as_csv(log, names),
        "xlsx": lambda: writers.as_xlsx(log, names),
        "docx": lambda: writers.as_docx(log, names),
    }[form]()
    _put(body, output)
    return 0


def manifest(settings: Settings, options: argparse.Namespace) -> int:
    """Write a platform's app manifest to standard output or a file."""
    from commands import COMMANDS, SECTIONS

    if options.platform == "slack":
        body = manifests.slack(options.url, hint(SECTIONS), oauth=options.oauth, socket=options.socket).encode()
    else:
        body = manifests.teams(options.url, settings, COMMANDS)
        if not options.output and sys.stdout.isatty():
            raise LifError("The app package is a zip. Type where to put it: -o lifbot.zip")
    _put(body, options.output)
    return 0


def _put(body: bytes, output: str | None) -> None:
    if output:
        _write(Path(output), body)
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()


def _chosen(rows: list[Partnership], id: str | None) -> Partnership:
    known = ", ".join(row.id for row in rows)
    if not rows:
        raise LifError("No partnership is loaded yet. Run: python bot.py setup FILE.yaml")
    found = [row for row in rows if id in (None, row.id)]
    if len(found) == 1:
        return found[0]
    unknown = "" if id is None else f"There is no {id!r} here. "
    raise LifError(f"{unknown}Name one with --partnership: {known}.")


def _write(path: Path, body: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError as error:
        raise LifError(f"{path} cannot be written: {(error.strerror or 'unknown').lower()}.") from None


def show_outbox(settings: Settings, form: str) -> int:
    """Show what waits, was sent, and was given up, with the error."""
    db, _ = _opened(settings)
    with db.begin() as session:
        rows = [_row(row) for row in outbox.every(session)]
    if form == "json":
        print(json.dumps(rows, indent=1))
        return 0
    for row in rows:
        error = f"  {row['error']}" if row["error"] else ""
        print(f"{row['status']:<9} {row['not_before']}  {row['key']}  to {row['to']}{error}")
    if not rows:
        print("Nothing has been promised to anybody yet.")
    return 0


def _row(row: Outbox) -> dict[str, object]:
    settled = row.settled_at.isoformat() if row.settled_at else None
    return {
        "id": row.id,
        "partnership": row.partnership_id,
        "key": row.key,
        "occasion": row.occasion,
        "to": row.person or f"#{row.group_id}",
        "status": "waiting" if row.status == "leased" else row.status,
        "not_before": row.not_before.isoformat(),
        "attempts": row.attempts,
        "error": row.error,
        "settled_at": settled,
        "channel": row.channel,
        "stamp": row.stamp,
    }
