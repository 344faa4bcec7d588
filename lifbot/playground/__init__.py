"""A local workspace that speaks Slack's own wire protocol, with its web page."""

from lifbot.playground.cast import Cast, Channel, Person
from lifbot.playground.playground import Playground
from lifbot.playground.refusal import Refusal
from lifbot.playground.workspace import Call, Workspace

__all__ = ["Call", "Cast", "Channel", "Person", "Playground", "Refusal", "Workspace"]
