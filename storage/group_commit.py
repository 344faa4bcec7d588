"""One thread for all that a process does with SQLite; what has come to wait there is done in one transaction."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 64  # pieces of work in one transaction


@dataclass(slots=True)
class Task:
    """A piece of work, who waits for it, and what came of it."""

    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    waits: asyncio.Future[Any]
    came: Any = None
    failed: Exception | None = None

    def do(self) -> None:
        """Do it, and keep what comes of it."""
        try:
            self.came = self.work()
        except Exception as error:  # it is raised where somebody waits for it
            self.failed = error

    def tell(self) -> None:
        """Let who waits go on."""
        if self.waits.done():
            return
        if self.failed:
            self.waits.set_exception(self.failed)
        else:
            self.waits.set_result(self.came)


class GroupCommit:
    """Does work in turn. A commit waits for the disk, whatever it holds, so what waits meanwhile shares the next one.

    `transaction` opens the one around several pieces of work; each has a savepoint of its own within it. Nobody is told
    that theirs is done before all of it is on the disk.
    """

    def __init__(self, transaction: Callable[[], AbstractContextManager[None]]) -> None:
        self._transaction = transaction
        self._waiting: SimpleQueue[Task | None] = SimpleQueue()
        self._thread = Thread(target=self._go_on, name="storage", daemon=True)
        self._thread.start()
        self._closed = False

    def do(self, work: Callable[..., T], *args: Any) -> asyncio.Future[T]:
        """Put work into the line; returns what to wait for."""
        if self._closed:
            raise RuntimeError("the database is closed")
        loop = asyncio.get_running_loop()
        task = Task(partial(work, *args), loop, loop.create_future())
        self._waiting.put(task)
        return task.waits

    def close(self) -> None:
        """Finish what is in the line, and end the thread."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join()

    def _go_on(self) -> None:
        while first := self._waiting.get():
            tasks = [first, *self._others()]
            self._do_together(tasks)
            _tell(tasks)

    def _others(self) -> Iterator[Task]:
        """What has come to wait meanwhile."""
        for _ in range(MOST - 1):
            try:
                task = self._waiting.get_nowait()
            except Empty:
                return
            if task is None:
                self._waiting.put(None)
                return
            yield task

    def _do_together(self, tasks: Sequence[Task]) -> None:
        if len(tasks) == 1:
            tasks[0].do()
            return
        try:
            with self._transaction():
                for task in tasks:
                    task.do()
        except Exception as error:  # nothing of it is on the disk
            for task in tasks:
                task.failed = error


def _tell(tasks: Sequence[Task]) -> None:
    """Wake each event loop once."""
    of: dict[asyncio.AbstractEventLoop, list[Task]] = defaultdict(list)
    for task in tasks:
        of[task.loop].append(task)
    for loop, theirs in of.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_tell_each, theirs)


def _tell_each(tasks: Sequence[Task]) -> None:
    for task in tasks:
        task.tell()
