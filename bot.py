#!/usr/bin/env python3
"""lifbot: follow-through for safeguarding partnerships. The command line, and the one place that starts things."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lifbot import __version__
from lifbot.errors import LifError

if TYPE_CHECKING:
    from lifbot.settings import Settings


class OneLine(argparse.ArgumentParser):
    """A parser whose complaint is one clear line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to look, and leave with 2."""
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help\n")


def serve(settings: Settings, options: argparse.Namespace, *, web: bool = True, worker: bool = True) -> int:
    """Run the web half, the scheduler's half, or both."""
    from operations import running

    return running.serve(settings, web=web, worker=worker)


def migrate(settings: Settings, options: argparse.Namespace) -> int:
    """Bring the database to the newest schema."""
    from operations import chores

    return chores.migrate(settings)


def setup(settings: Settings, options: argparse.Namespace) -> int:
    """Load or update a partnership."""
    from operations import chores

    if options.write:
        return chores.write_file(settings, options.partnership, Path(options.file))
    return chores.setup(settings, Path(options.file), remove=options.remove)


def code(settings: Settings, options: argparse.Namespace) -> int:
    """Print a one-time code with which a partnership is set up by chat."""
    from operations import chores

    return chores.code(settings)


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Say what is right and what is not."""
    import asyncio

    from operations.check import check as look

    lines = asyncio.run(look(settings))
    for good, text in lines:
        print("ok     " if good else "WRONG  ", text, sep="")
    return 0 if all(good for good, _ in lines) else 1


def tick(settings: Settings, options: argparse.Namespace) -> int:
    """Do one pass of the scheduler."""
    from operations import passes

    return passes.tick(settings, options.at, dry_run=options.dry_run)


def export(settings: Settings, options: argparse.Namespace) -> int:
    """Write the whole log."""
    from operations import chores

    return chores.export(settings, options.partnership, options.format, options.output)


def outbox(settings: Settings, options: argparse.Namespace) -> int:
    """Show what waits, was sent, and was given up."""
    from operations import chores

    return chores.show_outbox(settings, options.format)


def manifest(settings: Settings, options: argparse.Namespace) -> int:
    """Write a platform's app manifest."""
    from operations import chores

    return chores.manifest(settings, options)


def docs(settings: Settings, options: argparse.Namespace) -> int:
    """Write docs/commands.md anew from the commands."""
    from commands import SECTIONS
    from lifbot.manual import page

    Path("docs/commands.md").write_text(page(SECTIONS), encoding="utf-8")
    return 0


Run = Callable[["Settings", argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar."""
    top = OneLine(prog="bot.py", description="lifbot: follow-through for safeguarding partnerships.")
    top.add_argument("--version", action="version", version=f"lifbot {__version__}")
    top.set_defaults(run=serve)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=OneLine)

    def add(name: str, run: Run, what: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=what, description=what)
        command.set_defaults(run=run)
        return command

    add("web", lambda s, o: serve(s, o, worker=False), "the web half: commands, clicks and replies")
    add("worker", lambda s, o: serve(s, o, web=False), "the scheduler's half: reminders and delivery")
    add("migrate", migrate, "bring the database to the newest schema; safe to run twice and at once")
    loading = add("setup", setup, "load or update a partnership from its file; prints what changed")
    loading.add_argument("file", metavar="FILE.yaml")
    loading.add_argument("--remove", action="store_true", help="take out what the file no longer names")
    loading.add_argument(
        "--write", action="store_true", help="write the partnership as it stands into FILE.yaml instead"
    )
    loading.add_argument("--partnership", metavar="ID", help="with --write, needed where there are several")
    add("code", code, "print a one-time code with which a partnership is set up by chat: /lif setup code:…")
    add("check", check, "settings, database, tokens, scopes and schedule: one line each")
    pass_ = add("tick", tick, "one pass of the scheduler")
    pass_.add_argument("--at", metavar="ISO", help="as of then; later than now only with --dry-run or time travel")
    pass_.add_argument("--dry-run", action="store_true", help="print what would be sent, and why; change nothing")
    exporting = add("export", export, "write the whole log")
    exporting.add_argument("--partnership", metavar="ID", help="needed where there are several")
    exporting.add_argument("--format", choices=("json", "csv", "xlsx", "docx"), required=True)
    exporting.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    listing = add("outbox", outbox, "what is waiting, sent and given up")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    platform = add("manifest", manifest, "write a platform's app manifest")
    platform.add_argument("platform", choices=("slack", "teams"), help="slack: YAML; teams: a zip to upload")
    platform.add_argument("--url", metavar="URL", default="https://lif.example.org", help="where they reach us")
    platform.add_argument("--oauth", action="store_true", help="Slack: many workspaces, which install it themselves")
    platform.add_argument("--socket", action="store_true", help="Slack: lifbot fetches, and needs no address")
    platform.add_argument("-o", "--output", metavar="FILE", help="instead of standard output")
    add("docs", docs, "write docs/commands.md anew (for developers)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a LifError is one line on stderr and exit 2."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("apscheduler", "httpx", "alembic", "asyncio", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each tick that falls into a long pass
    options = parser().parse_args(arguments)
    from lifbot.settings import load  # heavy, and --help has no need of it

    try:
        run: Callable[[Settings, argparse.Namespace], int] = options.run
        return run(load(), options)
    except LifError as error:
        print(f"bot.py: {error.text}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


if __name__ == "__main__":
    sys.exit(main())
