"""What it costs to answer /lif over HTTP: lifbot against Bolt alone, and against bots that store the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import update

from bench import Goal, Measured, in_turns, wire
from bench.load import Answered, Load, Order
from bench.partnership import file
from bench.sides import CLIENTS, Side, lifbot, yardstick
from lifbot.model import Item, Outbox
from lifbot.partnership_file import read
from storage.clock import real
from storage.db import Database
from storage.migrate import migrate
from storage.setup import apply
from tests.postgres import Server

AT_ONCE = 32
SECONDS = 1.5  # of every measurement

BARE = "Bolt alone, one listener, `process_before_response`, acknowledging with the same answer made beforehand"
STOCK = "Bolt alone as it comes, acknowledging with the same answer"
FLASK = "Bolt as it comes, Flask, gunicorn (32 threads), SQLModel `Session`, SQLite `NORMAL`: the same rows"
AIOSQLITE = "Bolt as it comes, `AsyncSession`, aiosqlite, SQLite `NORMAL`: the same rows"
ASYNCPG = "Bolt, `process_before_response`, `AsyncSession`, asyncpg, 10 connections: the same rows"
ADD = "`/lif action add`"
G1 = Goal("G1", "`/lif help`: answers a second", BARE, 0.9, at_least=True)
G2 = Goal("G2", "50 further subcommands: time of an answer", "lifbot with a single command", 1.05)
G3_HELP = Goal("G3", "`/lif help`: median time, one at a time", STOCK, 0.05)
G3_ADD = Goal("G3", f"{ADD}: median time, one at a time", STOCK, 0.15)
G4 = Goal("G4", f"{ADD}, SQLite `FULL`: answers a second", BARE, 0.25, at_least=True)
G5_RATE = Goal("G5", f"{ADD}, SQLite `FULL`: answers a second", FLASK, 2, at_least=True)
G5_TAIL = Goal("G5", f"{ADD}, SQLite `FULL`: time of the slowest in a hundred", FLASK, 0.5)
G6 = Goal("G6", f"{ADD}, SQLite `FULL`: answers a second", AIOSQLITE, 3, at_least=True)
G7 = Goal("G7", f"{ADD}, PostgreSQL: answers a second", ASYNCPG, 1.3, at_least=True)


class Bench:
    """The clients, and the servers that they ask."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack, self._open = stack, stack.enter_context
        self.folder = Path(self._open(TemporaryDirectory()))
        self.load = self._open(Load(CLIENTS))
        self.answers = self.folder / "answers.json"
        self._databases: list[Database] = []

    def lifbot(self, database_url: str, *further: str) -> Side:
        """Start lifbot on a new database."""
        self.fill(database_url)
        return self._open(lifbot(database_url, *further))

    def yardstick(self, name: str, database_url: str = "") -> Side:
        """Start a yardstick."""
        return self._open(yardstick(name, self.answers, database_url))

    def fill(self, database_url: str) -> None:
        """Put the partnership into a new database."""
        db = Database(database_url)
        migrate(db)
        with db.begin() as session:
            apply(session, read(file(wire.PEOPLE)), real(), remove=False)
        self._databases.append(db)
        self._stack.callback(db.close)

    def settle(self) -> None:
        """Take what was promised as sent, as the worker half would, and what was logged as done with.

        A person has a few promises waiting and a group some dozens of open items: not the thousands of a bench.
        """
        for db in self._databases:
            with db.begin() as session:
                session.execute(update(Outbox).values(status="sent"))
                session.execute(update(Item).values(status="withdrawn", look_again_at=None))

    def asks(self, side: Side, requests: Callable[[], list[bytes]], clients: int = AT_ONCE) -> Callable[[], Answered]:
        """Return what measures a server with these requests."""

        def ask() -> Answered:
            answered = self.load.send(Order(side.port, requests(), clients, SECONDS))
            self.settle()
            return answered

        return ask

    def in_turns(self, *asks: Callable[[], Answered]) -> list[list[Answered]]:
        """Measure all of them in each round, once each was measured in vain."""
        for ask in asks:
            ask()
        return in_turns(asks)


def measured() -> Iterator[Measured]:
    """Measure everything that answers over HTTP."""
    with ExitStack() as stack:
        bench = Bench(stack)
        ours = bench.lifbot(f"sqlite:///{bench.folder}/lifbot.db")
        answers = {"help": ours.answer(wire.help_()[0]), "add": ours.answer(wire.adds()[0])}
        bench.answers.write_text(json.dumps(answers), encoding="utf-8")
        yield from _helping(bench, ours)
        yield from _adding(bench, ours)
        yield from _on_postgres(bench)
        yield _subcommands(bench)


def _helping(bench: Bench, ours: Side) -> Iterator[Measured]:
    bare, stock = bench.yardstick("bolt_bare"), bench.yardstick("bolt_stock")
    rounds = bench.in_turns(bench.asks(bare, wire.help_), bench.asks(ours, wire.help_))
    yield Measured(G1, tuple(us.rate / them.rate for them, us in rounds))
    alone = [bench.asks(side, ask, 1) for ask in (wire.help_, wire.adds) for side in (stock, ours)]
    rounds = bench.in_turns(*alone)
    yield Measured(G3_HELP, tuple(us.p50 / them.p50 for them, us, _, _ in rounds))
    yield Measured(G3_ADD, tuple(us.p50 / them.p50 for _, _, them, us in rounds))


def _adding(bench: Bench, ours: Side) -> Iterator[Measured]:
    stored = {name: f"{bench.folder}/{name}.db" for name in ("flask_bot", "aiosqlite_bot")}
    for path in stored.values():
        bench.fill(f"sqlite:///{path}")
    sides = (bench.yardstick("bolt_bare"), *(bench.yardstick(name, path) for name, path in stored.items()), ours)
    rounds = bench.in_turns(*(bench.asks(side, wire.adds) for side in sides))
    yield Measured(G4, tuple(us.rate / bare.rate for bare, _, _, us in rounds))
    yield Measured(G5_RATE, tuple(us.rate / flask.rate for _, flask, _, us in rounds))
    yield Measured(G5_TAIL, tuple(us.p99 / flask.p99 for _, flask, _, us in rounds))
    yield Measured(G6, tuple(us.rate / aiosqlite.rate for _, _, aiosqlite, us in rounds))


def _on_postgres(bench: Bench) -> Iterator[Measured]:
    with Server() as server, ExitStack() as stack:
        here = Bench(stack)
        here.answers = bench.answers
        ours = here.lifbot(server.new_database())
        theirs = server.new_database()
        here.fill(theirs)
        asyncpg = here.yardstick("asyncpg_bot", theirs.replace("postgresql://", "postgresql+asyncpg://"))
        rounds = here.in_turns(here.asks(asyncpg, wire.adds), here.asks(ours, wire.adds))
        yield Measured(G7, tuple(us.rate / them.rate for them, us in rounds))


def _subcommands(bench: Bench) -> Measured:
    """The table that commands are found in holds one command, or that one and 50 more."""
    sides = [
        bench.lifbot(f"sqlite:///{bench.folder}/{further}.db", "-m", "bench.subcommands", str(further))
        for further in (0, 50)
    ]
    rounds = bench.in_turns(*(bench.asks(side, wire.lists) for side in sides))
    return Measured(G2, tuple(one.rate / many.rate for one, many in rounds))
