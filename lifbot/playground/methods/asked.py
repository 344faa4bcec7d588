"""What a Web API call brings, and what every method is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lifbot.playground.limits import broken_in
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.shapes import with_ids
from lifbot.playground.workspace import Workspace

MOST_TEXT = 40_000


@dataclass(frozen=True)
class Asked:
    """One call: the workspace, its present time, where this server is, and the arguments."""

    workspace: Workspace
    at: datetime
    here: str
    args: Mapping[str, Any]

    def text(self, name: str) -> str:
        """An argument that must be there."""
        value = self.args.get(name)
        if not value:
            raise Refusal("invalid_arguments", f"missing required field: {name}")
        return str(value)

    def maybe(self, name: str) -> str | None:
        """An argument that may be absent."""
        return str(self.args[name]) if self.args.get(name) else None

    def flag(self, name: str) -> bool:
        """A yes or no, in any of the ways that clients write it."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def limit(self, standard: int) -> int:
        """How many results are wanted, at most 1,000."""
        value = str(self.args.get("limit") or standard)
        return min(int(value), 1000) if value.isdigit() else standard

    def channel(self) -> str:
        """The place that is meant; a person's id means their direct messages."""
        if not self.args.get("channel"):
            raise Refusal("channel_not_found")
        return self.workspace.place(str(self.args["channel"]))

    def content(self) -> tuple[str, list[Json]]:
        """Text and blocks, held to Slack's limits."""
        blocks = self.args.get("blocks") or []
        broken = broken_in(blocks, "message")
        if broken:
            raise Refusal("invalid_blocks", *broken)
        text = str(self.args.get("text") or "")[:MOST_TEXT]
        if not text and not blocks:
            raise Refusal("no_text")
        return text, with_ids(blocks)


Method = Callable[[Asked], Json]
