"""How the workspace says no, in Slack's own words."""

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """A Web API call is refused; the error is Slack's code for why."""

    def __init__(self, error: str, *details: str) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def as_json(self) -> Json:
        """The answer Slack would give."""
        answer: Json = {"ok": False, "error": self.error}
        if self.details:
            answer["errors"] = list(self.details)
            answer["response_metadata"] = {"messages": [f"[ERROR] {detail}" for detail in self.details]}
        return answer
