"""Response addresses and events not yet taken by the bot; both outlive the process."""

import json
import secrets
from dataclasses import dataclass

from lifbot.playground.database import Database
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.wall import real_seconds

USES_AT_MOST = 5
GOOD_FOR_SECONDS = 30 * 60


@dataclass(frozen=True)
class Answering:
    """What a response address answers: a place, a person and perhaps the message that was clicked."""

    channel: str
    person: str
    original_ts: str | None
    thread_ts: str | None


class Answers:
    """Response addresses: five uses within thirty real minutes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def new(self, answering: Answering) -> str:
        """A token for a fresh response address."""
        token = secrets.token_urlsafe(18)
        self._database.write(
            "INSERT INTO answers(token, channel, person, original_ts, thread_ts, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            token,
            answering.channel,
            answering.person,
            answering.original_ts,
            answering.thread_ts,
            real_seconds(),
        )
        return token

    def use(self, token: str) -> Answering:
        """What the token answers, counting this use; refused when spent or too old."""
        touched = self._database.write(
            "UPDATE answers SET uses = uses + 1 WHERE token = ? AND uses < ? AND made_at > ?",
            token,
            USES_AT_MOST,
            real_seconds() - GOOD_FOR_SECONDS,
        )
        row = self._database.row("SELECT * FROM answers WHERE token = ?", token)
        if not touched or row is None:
            raise Refusal("used_url" if row else "expired_url")
        return Answering(row["channel"], row["person"], row["original_ts"], row["thread_ts"])


class Deliveries:
    """Events the bot has not yet answered 200 to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, body: Json) -> None:
        """Keeps an event until the bot has taken it."""
        self._database.write("INSERT INTO deliveries(event_id, body) VALUES (?, ?)", body["event_id"], json.dumps(body))

    def tried(self, event_id: str) -> None:
        """Counts one attempt that failed."""
        self._database.write("UPDATE deliveries SET attempts = attempts + 1 WHERE event_id = ?", event_id)

    def drop(self, event_id: str) -> None:
        """Forgets an event: it was taken, or tried often enough."""
        self._database.write("DELETE FROM deliveries WHERE event_id = ?", event_id)

    def waiting(self) -> list[tuple[Json, int]]:
        """Each waiting event with the number of attempts made, oldest first."""
        found = self._database.rows("SELECT body, attempts FROM deliveries ORDER BY rowid")
        return [(json.loads(row["body"]), row["attempts"]) for row in found]
