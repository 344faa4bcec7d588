"""Messages, threads and who has read what."""

import json
import sqlite3
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from lifbot.playground.cast import APP, BOT, BOT_ID
from lifbot.playground.database import Database
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.wall import real_seconds

Kind = Literal["said", "echo", "notice"]  # echo: the command that somebody typed; notice: the playground's own words
FILES = "files"  # the kind of metadata that holds what somebody sent with a message
IN_PLACE = """SELECT * FROM messages WHERE channel = :channel AND thread_ts IS :thread
  AND (only_for IS NULL OR only_for = :viewer) AND (kind = 'said' OR :viewer IS NOT NULL)
  ORDER BY ts DESC LIMIT :limit"""
UNREAD = """SELECT count(*) AS waiting FROM messages
  WHERE channel = :channel AND kind <> 'echo' AND author <> :who AND (only_for IS NULL OR only_for = :who)
  AND ts > coalesce((SELECT r.ts FROM reads r WHERE r.channel = :channel AND r.person = :who), '')"""


@dataclass(frozen=True)
class Draft:
    """A message that is about to be posted; `at` is the time in the workspace."""

    channel: str
    author: str
    text: str
    at: datetime
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    only_for: str | None = None
    kind: Kind = "said"


@dataclass(frozen=True)
class Message(Draft):
    """A posted message."""

    ts: str = ""
    edited: bool = False
    reactions: list[Json] = field(default_factory=list)

    @property
    def files(self) -> list[Json]:
        """The files that somebody sent with it: a name and an address, for nothing is uploaded here."""
        held = self.metadata or {}
        return list(held["event_payload"]["files"]) if held.get("event_type") == FILES else []


class Messages:
    """Every message of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        last = database.row("SELECT max(ts) AS ts FROM messages")
        self._last = micros(last["ts"]) if last and last["ts"] else 0

    def post(self, draft: Draft) -> Message:
        """Keeps a message under a new, higher timestamp."""
        ts = self._next_ts()
        self._database.write(
            "INSERT INTO messages(ts, channel, author, kind, text, blocks, metadata, thread_ts, only_for, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ts,
            draft.channel,
            draft.author,
            draft.kind,
            draft.text,
            json.dumps(draft.blocks),
            json.dumps(draft.metadata) if draft.metadata else None,
            draft.thread_ts,
            draft.only_for,
            draft.at.isoformat(),
        )
        return self.find(draft.channel, ts)

    def _next_ts(self) -> str:
        with self._lock:
            self._last = max(self._last + 1, int(real_seconds() * 1_000_000))
            return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def find(self, channel: str, ts: str) -> Message:
        """The message, or Slack's message_not_found."""
        row = self._database.row("SELECT * FROM messages WHERE channel = ? AND ts = ?", channel, ts)
        if row is None:
            raise Refusal("message_not_found")
        return _message(row)

    def change(self, message: Message, text: str, blocks: list[Json], metadata: Json | None = None) -> Message:
        """Puts new words and blocks in the place of the old ones."""
        kept = metadata if metadata is not None else message.metadata
        self._database.write(
            "UPDATE messages SET text = ?, blocks = ?, metadata = ?, edited = 1 WHERE ts = ?",
            text,
            json.dumps(blocks),
            json.dumps(kept) if kept else None,
            message.ts,
        )
        return self.find(message.channel, message.ts)

    def remove(self, message: Message) -> None:
        """Takes a message away."""
        self._database.write("DELETE FROM messages WHERE ts = ?", message.ts)

    def react(self, message: Message, name: str, user: str) -> None:
        """Adds one reaction; a second one alike is refused."""
        one = {"name": name, "user": user}
        if one in message.reactions:
            raise Refusal("already_reacted")
        reactions = json.dumps([*message.reactions, one])
        self._database.write("UPDATE messages SET reactions = ? WHERE ts = ?", reactions, message.ts)

    def in_place(self, channel: str, viewer: str | None, limit: int) -> list[Message]:
        """The newest messages outside threads, oldest first, that `viewer` may see (None: only what all can see)."""
        return self._seen(channel, None, viewer, limit)

    def in_thread(self, channel: str, thread_ts: str, viewer: str | None, limit: int) -> list[Message]:
        """The replies of a thread, oldest first."""
        return self._seen(channel, thread_ts, viewer, limit)

    def _seen(self, channel: str, thread: str | None, viewer: str | None, limit: int) -> list[Message]:
        asked = {"channel": channel, "viewer": viewer, "limit": limit, "thread": thread}
        found = self._database.named(IN_PLACE, asked)
        return [_message(row) for row in reversed(found)]

    def thread_sizes(self, channel: str, viewer: str | None = None) -> dict[str, int]:
        """How many replies each thread of a place has."""
        found = self._database.rows(
            "SELECT thread_ts, count(*) AS replies FROM messages WHERE channel = ? AND thread_ts IS NOT NULL"
            " AND (only_for IS NULL OR only_for = ?) GROUP BY thread_ts",
            channel,
            viewer,
        )
        return {row["thread_ts"]: row["replies"] for row in found}

    def unread(self, person: str, channel: str) -> int:
        """How many messages of others in a place this person has not seen; found by an index."""
        found: int = self._database.named(UNREAD, {"who": person, "channel": channel})[0]["waiting"]
        return found

    def read(self, person: str, channel: str) -> None:
        """Remembers that this person has seen all there is in a place now."""
        self._database.write(
            "INSERT INTO reads(channel, person, ts) SELECT ?1, ?2, max(ts) FROM messages WHERE channel = ?1"
            " GROUP BY channel ON CONFLICT(channel, person) DO UPDATE SET ts = excluded.ts",
            channel,
            person,
        )


def micros(ts: str) -> int:
    """A timestamp as whole microseconds."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest or 0)


def _message(row: sqlite3.Row) -> Message:
    values: dict[str, Any] = dict(row)
    return Message(
        **{
            **values,
            "at": datetime.fromisoformat(row["at"]),
            "blocks": json.loads(row["blocks"]),
            "metadata": json.loads(row["metadata"]) if row["metadata"] else None,
            "edited": bool(row["edited"]),
            "reactions": json.loads(row["reactions"]),
        }
    )


def as_slack(message: Message, team: str, replies: int = 0) -> Json:
    """The message as Slack's Web API and events show it."""
    shown: Json = {
        "type": "message",
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "team": team,
        "blocks": message.blocks,
    }
    if message.files:
        shown |= {"subtype": "file_share", "files": message.files, "upload": True}
    if message.author == BOT:
        shown |= {"bot_id": BOT_ID, "app_id": APP}
    if message.thread_ts:
        shown |= {"thread_ts": message.thread_ts, "parent_user_id": BOT}
    if replies:
        shown |= {"thread_ts": message.ts, "reply_count": replies}
    if message.edited:
        shown["edited"] = {"user": message.author, "ts": message.ts}
    if message.reactions:
        shown["reactions"] = [{"name": r["name"], "users": [r["user"]], "count": 1} for r in message.reactions]
    return shown
