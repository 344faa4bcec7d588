"""What most bots are: Bolt as it comes, Flask under gunicorn with 32 threads, and a SQLModel session on SQLite.

SQLite runs at `synchronous=NORMAL`, which a power cut may cost the last changes.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import create_engine, event
from sqlmodel import Session

from bench.wire import PATH, SECRET
from bench.yardsticks import QUIET, answers, database, entry, installed, item, promise

engine = create_engine(f"sqlite:///{database()}", connect_args={"timeout": 30}, pool_size=32)


@event.listens_for(engine, "connect")
def prepare(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()


def authorize(**given: Any) -> AuthorizeResult:
    return installed()


app = App(logger=QUIET, signing_secret=SECRET, authorize=authorize, ignoring_self_events_enabled=False)
handler = SlackRequestHandler(app)
web = Flask("bench")
known = answers()


@app.command("/lif")
def lif(ack: Ack) -> None:
    with Session(engine) as session:
        made = item()
        session.add(made)
        session.flush()
        session.add_all([entry(made), promise(made)])
        session.commit()
    ack(known["add"])


@web.post(PATH)
def events() -> Response:
    found: Response = handler.handle(request)
    return found
