"""How agencies follow through, for those who oversee or belong to a group: counts by agency, never by person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from commands.context import Context
from commands.request_log import refuse_counts
from lifbot.grammar import Arg, command
from lifbot.message import Facts, Fine, Heading, Message, Say
from lifbot.model import Agency
from storage import follow_through, people

OfAgency = Annotated[Agency | None, Arg("agency", "Agency", "All of them, unless you name one.", leading=True)]
NOTE = "Counts only, in the order of the agencies' names. What an agency leads on counts, whoever answers for it."


@command(
    "agency summary",
    may="ask",
    title="How agencies follow through",
    examples=("/lif agency summary", "/lif agency summary Police"),
)
def summary(ctx: Context, agency: OfAgency = None) -> Message:
    """Show how agencies follow through: open, past date, completed, with the chair, requests and notices answered."""
    refuse_counts(ctx)
    counts = follow_through.counts(ctx.scope)
    every = [agency] if agency else people.agencies(ctx.scope)
    pairs = tuple((each.name, _said(counts.get(each.id, {}))) for each in every)
    if not pairs:
        return Message(
            (Say("There are no agencies yet. The business unit can type /lif setup agencies"),), "No agencies"
        )
    return Message((Heading("How agencies follow through"), Facts(pairs), Fine(NOTE)), "How agencies follow through")


def _said(counts: Mapping[str, int]) -> str:
    plain = ("open", "past its date", "completed", "with the chair")
    parts = [f"{counts[name]} {name}" for name in plain if counts.get(name)]
    if counts.get("asked"):
        parts.append(f"{counts.get('answered in time', 0)} of {counts['asked']} requests answered in time")
    if many := counts.get("to answer"):
        parts.append(f"{many} request{'' if many == 1 else 's'} to answer")
    if counts.get("notices"):
        parts.append(f"{counts.get('confirmed', 0)} of {counts['notices']} notices confirmed")
    return ", ".join(parts) or "nothing yet"
