"""Files that lifbot shares: their bytes, and the message each came with."""

import secrets
from dataclasses import dataclass

from lifbot.playground.database import Database
from lifbot.playground.refusal import Json, Refusal

MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class File:
    """A file; `ts` is the message it was shared with, none while it is only uploaded."""

    id: str
    name: str
    title: str
    size: int
    ts: str | None

    def as_slack(self, here: str) -> Json:
        """The file as Slack's messages hold it."""
        address = f"{here}/playground/files/{self.id}/{self.name}"
        return {"id": self.id, "name": self.name, "title": self.title, "size": self.size, "url_private": address}


class Files:
    """Every file of the workspace; its id cannot be guessed, so who has it was given it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def expect(self, name: str, size: int) -> str:
        """The id of a file that is about to be uploaded."""
        if not 0 < size <= MOST_BYTES:
            raise Refusal("invalid_arguments", "length")
        id = f"F{secrets.token_hex(10).upper()}"
        self._database.write("INSERT INTO files(id, name, title, size) VALUES (?, ?, ?, ?)", id, name, name, size)
        return id

    def take(self, id: str, content: bytes) -> None:
        """Keeps the bytes of an expected file."""
        if len(content) != self.find(id).size:
            raise Refusal("length_mismatch")
        self._database.write("UPDATE files SET content = ? WHERE id = ?", content, id)

    def share(self, id: str, title: str, ts: str) -> None:
        """Ties a file to the message it is shared with; one without bytes is refused."""
        if not self.content(id):
            raise Refusal("file_not_found")
        self._database.write("UPDATE files SET title = ?, ts = ? WHERE id = ?", title, ts, id)

    def find(self, id: str) -> File:
        """A file, or Slack's file_not_found."""
        row = self._database.row("SELECT id, name, title, size, ts FROM files WHERE id = ?", id)
        if row is None:
            raise Refusal("file_not_found")
        return File(**dict(row))

    def content(self, id: str) -> bytes | None:
        """A file's bytes, once they are there."""
        row = self._database.row("SELECT content FROM files WHERE id = ?", id)
        return row["content"] if row else None

    def of(self, ts: str) -> list[File]:
        """The files that were shared with a message."""
        rows = self._database.rows("SELECT id, name, title, size, ts FROM files WHERE ts = ?", ts)
        return [File(**dict(row)) for row in rows]
