"""Recommendations: logging one, the partnership's response to it, and what is done about it."""

from __future__ import annotations

import re
from typing import Annotated

from commands import ask, changes
from commands.action import family
from commands.action import show as showing
from commands.action.add import save, sentence
from commands.arguments import (
    Criteria,
    Gap,
    InGroup,
    OfAgency,
    Owner,
    Parent,
    Priority,
    Ref,
    Scope,
    Source,
    Text,
    Themes,
    When,
)
from commands.context import Context
from lifbot import grammar
from lifbot import model as registered
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.kinds import a_kind
from lifbot.message import Ask, Button, Message
from lifbot.model import Item
from lifbot.tags import RESPONSES, label
from storage import log, people, sources

Answer = Annotated[str, Arg("choice", "Response", options=RESPONSES)]
WhyNot = Annotated[
    str,
    Arg(
        "text",
        "Reason",
        "Needed where it is accepted in part or not at all.",
        leads=("because",),
        keys=("because", "why"),
        usual=True,
    ),
]
SPOKEN = (
    ("not", r"(?:not\s+accept(?:ed)?|reject(?:ed)?|declined?|no)"),
    ("part", r"(?:(?:accept(?:ed)?\s+)?(?:in\s+part|part(?:ly|ially)?(?:\s+accepted)?))"),
    ("accepted", r"(?:accept|agreed?|yes|in\s+full|accepted\s+in\s+full)"),
)


@command(
    "recommendation add",
    may="log",
    title="Log a recommendation",
    examples=("/lif recommendation add Review the neglect toolkit owner:@cleo due:within six months source:LCSPR 2",),
    sentence=sentence,
    replaces=True,
)
def add(
    ctx: Context,
    text: Text,
    owner: Owner,
    due: When,
    group: InGroup,
    source: Source = "",
    success_criteria: Criteria = "",
    agency: OfAgency = None,
    theme: Themes = (),
    gap: Gap = "",
    priority: Priority = "",
    scope: Scope = "",
    parent: Parent = "",
) -> Message:
    """Log a finding of a review or audit that needs a response."""
    if (known := sources.linked(ctx.scope, source)) and not success_criteria:
        line = grammar.line("form recommendation add", text=text, owner=f"@{owner.id}", due=due.said, source=source)
        _ask_criteria(ctx, known, f"{line} group:{group.id}")
    more = {"agency": agency, "source": source, "success_criteria": success_criteria, "parent": parent}
    marks = {"theme": theme, "gap": gap, "priority": priority, "scope": scope}
    return save(ctx, "recommendation", text, owner, due, group, **more, **marks)


@command(
    "recommendation show", may="ask", title="Show", examples=("/lif recommendation show SE-2026-014",), in_help=False
)
def show(ctx: Context, item: Ref) -> Message:
    """Show a recommendation with the actions under it and its whole history."""
    return showing.shown(ctx, item)


def _ask_criteria(ctx: Context, source: registered.Source, line: str) -> None:
    """Raise LifError: what a review recommends needs an agreed test of when it has worked (K18)."""
    why = f"How will you know that it has worked? What {source.ref} recommends needs success criteria."
    example = "Add success: and what will be seen when it has, for example success:9 of 10 audited files show it."
    button = Button("Add success criteria…", ask.button_line(ctx, line))
    answer = Message((Ask(f"{why} {example} Nothing is saved yet.", (button,)),), summary=why)
    raise LifError(why, field="success_criteria", answer=answer)


def response_as_said(ctx: Context, raw: dict[str, str]) -> None:
    """Read "in part", "rejected" or "agreed" as one of the three responses."""
    said = raw.get("response", "").strip()
    meant = [value for value, words in SPOKEN if re.fullmatch(rf"{words}\W*", said, re.IGNORECASE)]
    raw |= {"response": meant[0]} if meant else {}


def refuse_others(ctx: Context, item: Item) -> None:
    """Raise LifError unless it is a recommendation that is still in the log."""
    if item.kind != "recommendation":
        is_ = a_kind(item.kind)
        raise LifError(f"{item.ref} is {is_}; a response is given to a recommendation. Nothing was changed.")
    if item.status in ("withdrawn", "superseded"):
        raise LifError(f"{item.ref} is {item.status}, so nothing was changed.")


@command(
    "recommendation respond",
    may="decide",
    title="Response",
    examples=(
        "/lif recommendation respond SE-2026-014 accepted",
        "/lif recommendation respond SE-2026-014 part because two agencies have done so already",
    ),
    sentence=response_as_said,
    fits=refuse_others,
)
def respond(ctx: Context, item: Ref, response: Answer, because: WhyNot = "") -> Message:
    """Record the partnership's response: accepted, in part or not, with the reason."""
    said = label(RESPONSES, response).lower()
    if response != "accepted" and not because:
        example = f"/lif recommendation respond {item.ref} {response} because …"
        raise LifError(f"Please say why it is {said}. Type {example} Nothing was changed.", field="because")
    if (item.response, item.response_reason) == (response, because or None):
        raise LifError(f"The response to {item.ref} is {said} already, so nothing was changed.")
    before = log.picture(item)
    item.response, item.response_reason = response, because or None
    text = f"Response: {said}" + (f": {because}" if because else ".")
    entry = changes.keep(ctx, item, before, kind="edited", text=text, why=because or None)
    return changes.answer(
        ctx, item, entry, f"The response to {item.ref} is recorded: {said}.{_boards(ctx, item)}", *_next(item)
    )


def _boards(ctx: Context, item: Item) -> str:
    """Say for which Boards a response stands, where there are several (V12)."""
    named = people.boards_concerned(ctx.scope, item)
    return f" It stands for {' and '.join(named)}." if named else ""


def _next(item: Item) -> tuple[Ask, ...]:
    """What usually follows: actions for what was accepted, an end for what was not."""
    if changes.is_finished(item):
        return ()
    if item.response == "not":
        end = Button("Withdraw…", f"action withdraw {item.ref}")
        return (Ask("Its date stands. If nothing more is to be done about it, it can be withdrawn.", (end,)),)
    return (Ask("What will be done about it?", (Button("Add an action…", family.add_line(item)),)),)
