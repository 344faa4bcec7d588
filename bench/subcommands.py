"""lifbot with fewer or more commands than it has: `python -m bench.subcommands 50 web` is one command and 50 more."""

from __future__ import annotations

import sys
from dataclasses import replace

import bot
from commands import dispatch

COMMAND = "action list"


def main() -> int:
    """Change the table that commands are found in, and start lifbot."""
    further, *arguments = sys.argv[1:]
    command = dispatch.BY_WORDS[COMMAND]
    more = {f"area{number} do": replace(command, words=f"area{number} do") for number in range(int(further))}
    dispatch.BY_WORDS.clear()
    dispatch.BY_WORDS.update({**more, COMMAND: command})
    return bot.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
