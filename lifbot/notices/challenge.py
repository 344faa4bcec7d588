"""The challenge log, and one challenge, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.buttons import decision_buttons
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Quote, Say
from lifbot.policy.challenge import State, counted
from lifbot.views import ItemView

LOCAL = (
    "This reads like a disagreement about a child's or a family's case, so nothing was kept. Please use your local "
    "procedure for resolving professional disagreement; if somebody is at immediate risk, dial 999. A challenge here "
    "is about how an agency or a group works: say that, without the case."
)
MOST = 12
CHOICE = "A challenge is about how an agency or group works; disagreement about a child's case has its local procedure."


@dataclass(frozen=True, slots=True)
class Challenged:
    """A challenge as messages show it."""

    ref: str
    text: str
    to: str
    raised_by: str  # the agency of who raised it
    due_on: date
    state: State
    response: str = ""
    responded_on: date | None = None
    discussed_on: date | None = None
    reason: str = ""
    decisions: tuple[str, ...] = ()  # of the partnership chair, or of the chairs of two Boards

    def line(self) -> str:
        """One line of facts: to whom, where it stands, since when."""
        since = f" on {say_date(self.responded_on)}" if self.state is State.RESPONDED and self.responded_on else ""
        due = f"due {say_date(self.due_on)}" if self.state is State.WAITING else ""
        return " · ".join(part for part in (f"to {self.to}", f"{self.state}{since}", due) if part)


def log(title: str, found: Sequence[Challenged], every: Sequence[State]) -> Message:
    """The challenge log: the progress over all that were set, then each with its number."""
    if not every:
        text = "No challenge has been set yet. Any partner can raise one: /lif challenge add"
        return Message((Heading(title), Say(text), Fine(CHOICE)), text)
    cards = tuple(_card(each) for each in found[:MOST])
    blocks: list[Block] = [Heading(title), Say(f"{counted(every)}."), ItemList("", cards, "None of them is open.")]
    blocks += (
        [Fine(f"And {len(found) - MOST} more. Type /lif challenge list and a group.")] if len(found) > MOST else []
    )
    return Message(tuple(blocks), f"{title}: {counted(every)}")


def _card(each: Challenged) -> ItemCard:
    told = [f"Response: {clip(each.response, 200)}"] if each.response else []
    said = "\n".join([*told, *(f"Decision: {clip(each_, 200)}" for each_ in each.decisions)])
    return ItemCard(
        each.ref, clip(each.text, 200), each.line(), None, (Button("Show", f"challenge show {each.ref}"),), said
    )


def beside(each: Challenged) -> list[Block]:
    """What a challenge has beside its item: to whom, the response, the discussion, the outcome."""
    pairs = [("To", each.to), ("Raised by", each.raised_by), ("Stands", str(each.state))]
    pairs += [("Discussed on", say_date(each.discussed_on))] if each.discussed_on else []
    pairs += [("Because", each.reason)] if each.reason else []
    pairs += [("The partnership chair's decision", said) for said in each.decisions]
    blocks: list[Block] = [Facts(tuple((name, value) for name, value in pairs if value))]
    if each.response:
        when = f" of {say_date(each.responded_on)}" if each.responded_on else ""
        blocks += [Say(f"Response{when}:"), Quote(each.response)]
    return blocks


def decide(each: Challenged) -> Ask:
    """Ask what became of it."""
    return Ask("Does that resolve it?", decision_buttons("outcome", each.ref))


def asked_to_respond(view: ItemView, today: date) -> str:
    """Ask for a response in a reminder: before its date, on it, and past it."""
    if view.due_on < today:
        passed = f"The challenge {view.ref} passed its date of {say_date(view.due_on)}."
        return f"{passed} Could you respond, or say what gets in the way and until when you need?"
    when = "today" if view.due_on == today else f"by {say_date(view.due_on)}"
    return f"A response to the challenge {view.ref} is asked for {when}. What can you say?"
