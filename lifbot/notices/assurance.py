"""What agencies and askers are told of requests for assurance, information and returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.listed import listed
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.nudge import Beside
from lifbot.policy.assurance import ASKS_FOR, Times

HOW = (
    "Reply here in your own words, with what shows it: a link or a file helps. Please leave out names and case details."
)
BY_REF = "With several, put the reference first: “{ref} answered: …”."
MOST = 10


@dataclass(frozen=True, slots=True)
class Request:
    """A request as messages show it: nobody of an agency is named."""

    ref: str
    kind: str
    question: str
    due_on: date
    whose: str  # the group that asks, or the partnership
    status: str = "open"

    @property
    def asks_for(self) -> str:
        """What is asked for: "assurance", "a return"."""
        return ASKS_FOR.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Answered:
    """One agency's part: its answer, when it came and after how many working days."""

    agency: str
    status: str
    on: date | None = None
    days: int | None = None
    text: str = ""
    evidence: str = ""
    came_back_with: str = ""

    def standing(self, today: date, due_on: date) -> str:
        """Where it stands, in words: nothing of who answered."""
        if self.status == "answered" and self.on:
            after = f"after {working_days(self.days)}" if self.days else "on the day it was asked"
            return f"answered {say_date(self.on)}, {after}"
        late = f", {say_date(due_on)} has passed" if due_on < today else ""
        return f"{'sent back with a question' if self.came_back_with else 'waiting'}{late}"


def working_days(count: float) -> str:
    """A number of working days, in words; half a day stands as ".5"."""
    shown = f"{count:g}"
    return f"{shown} working day" if shown == "1" else f"{shown} working days"


def answer_buttons(ref: str, agency: str = "") -> tuple[Button, ...]:
    """Return what an agency can do about a request."""
    of = f" agency:{agency}" if agency else ""
    return (Button("Answer…", f"form request answer {ref}{of}", "primary"), Button("Show", f"request show {ref}"))


def asked(request: Request, agencies: Sequence[str], records: Sequence[str], note: str = "", said: str = "") -> Message:
    """Ask an agency: `note` says why it comes to whom it comes, `said` what its answer came back with."""
    who = listed(agencies)
    if said:
        text = f"{request.ref}: {request.whose} has a question about the answer of {who}."
    else:
        text = f"{request.whose} asks {who} for {request.asks_for} by {say_date(request.due_on)}."
    blocks: list[Block] = [Say(text), *([Say(note)] if note else []), *([Quote(said)] if said else [])]
    blocks += [_card(request, who), Fine(f"{HOW} {request.whose} sees your answer.")]
    return Message(tuple(blocks), f"{request.ref}: {text}", records=tuple(records), asks="request")


def _card(request: Request, who: str) -> ItemCard:
    line = f"{who} · due {say_date(request.due_on)}"
    return ItemCard(request.ref, request.question, line, None, answer_buttons(request.ref))


def changed(request: Request, agencies: Sequence[str], records: Sequence[str]) -> Message:
    """Tell an agency that a request that it was asked has other words, or another date."""
    text = f"{request.ref} has changed: this is how it stands now, with {say_date(request.due_on)} as its date."
    blocks = (Say(text), _card(request, listed(agencies)), Fine(f"{HOW} {request.whose} sees your answer."))
    return Message(blocks, text, records=tuple(records), asks="request")


def withdrawn(request: Request, why: str) -> Message:
    """Tell an agency that nothing more is needed."""
    text = f"{request.ref} is withdrawn; nothing more is needed. Thank you."
    return Message((Say(text), *([Quote(why)] if why else []), Quote(request.question)), text)


def all_answered(request: Request, rows: Sequence[Answered], today: date) -> Message:
    """Tell who asked that every agency has answered."""
    text = f"All agencies have answered {request.ref}." if len(rows) > 1 else f"{request.ref} is answered."
    facts = Facts(tuple((row.agency, row.standing(today, request.due_on)) for row in rows))
    buttons = (
        Button("Show", f"request show {request.ref}", "primary"),
        Button("Close", f"request close {request.ref}"),
    )
    return Message((Say(text), Quote(request.question), facts, Ask("", buttons)), text)


def reminder(request: Request, agency: str, agency_id: str, record: str, today: date, *, others: bool) -> Beside:
    """One line of a nudge; `others` says that it is for somebody beside the agency's link."""
    late = request.due_on < today
    when = f"its date of {say_date(request.due_on)} has passed" if late else f"due {say_date(request.due_on)}"
    alone = f"{request.ref} asks {agency} for {request.asks_for}: {when}."
    if late and not others:
        alone += " Is something getting in the way?"
    said = "No answer has come yet; perhaps you can help it along." if others else ""
    card = ItemCard(
        request.ref,
        clip(request.question, 300),
        f"{agency} · {when}",
        None,
        answer_buttons(request.ref, agency_id),
        said,
    )
    return Beside("Requests to agencies", card, record, alone, f"{HOW} {BY_REF.format(ref=request.ref)}")


def shown(request: Request, rows: Sequence[Answered], today: date, about: str, buttons: tuple[Button, ...]) -> Message:
    """A request with every agency's answer, for those who asked."""
    blocks: list[Block] = [Heading(f"Request {request.ref}"), Quote(request.question)]
    pairs = [("Asks for", request.asks_for), ("Asked by", request.whose), ("Due", say_date(request.due_on))]
    pairs += [("About", about)] if about else []
    pairs += [("Status", request.status)] if request.status != "open" else []
    answered = sum(row.status == "answered" for row in rows)
    blocks += [Facts((*pairs, ("Answered", f"{answered} of {len(rows)}"))), Heading("By agency")]
    blocks.append(Facts(tuple((row.agency, row.standing(today, request.due_on)) for row in rows)))
    for row in [row for row in rows if row.text][:MOST]:
        blocks += [Say(f"{row.agency}:"), Quote(clip(row.text, 1000))]
        blocks += [Say(f"What shows it: {row.evidence}")] if row.evidence else []
        blocks += [Say(f"Sent back: {row.came_back_with}")] if row.came_back_with and row.status == "waiting" else []
    blocks += [Ask("", buttons)] if buttons else []
    blocks.append(Fine("Only you can see this answer."))
    return Message(tuple(blocks), f"{request.ref}: {answered} of {len(rows)} answered")


def overview(title: str, cards: Sequence[ItemCard], more: int) -> Message:
    """Several requests, newest first."""
    note = "There is nothing here. To ask agencies, type /lif request add"
    blocks: list[Block] = [ItemList(title, tuple(cards), note)]
    blocks += [Fine(f"And {more} older ones: type /lif request show and a reference.")] if more > 0 else []
    return Message(tuple(blocks), f"{title}: {len(cards)}")


def card(request: Request, rows: Sequence[Answered], today: date, buttons: tuple[Button, ...] = ()) -> ItemCard:
    """One request of a list: how many agencies have answered."""
    answered = sum(row.status == "answered" for row in rows)
    late = " · past its date" if request.status == "open" and request.due_on < today and answered < len(rows) else ""
    stands = "" if request.status == "open" else f" · {request.status}"
    line = f"{answered} of {len(rows)} answered · due {say_date(request.due_on)}{late}{stands}"
    show = Button("Show", f"request show {request.ref}")
    return ItemCard(request.ref, clip(request.question, 200), line, None, buttons or (show,))


def response_times(found: Sequence[Times]) -> Message:
    """How long answers took, by agency in the order of their names: counts and medians, nobody is named."""
    if not found:
        return Message((Say("No agency was asked for anything within the last year."),), "No requests within a year")
    pairs = tuple((each.agency, _times(each)) for each in found)
    note = "From asking to the first answer, over the last year. Agencies stand in the order of their names."
    return Message((Heading("Answers of agencies"), Facts(pairs), Fine(note)), "Answers of agencies")


def _times(each: Times) -> str:
    parts = [f"asked {each.asked}", f"answered {each.answered}", f"by the date {each.in_time}"]
    parts += [f"past its date {each.past_date}"] if each.past_date else []
    parts += [f"median {working_days(each.median_days)}"] if each.median_days is not None else []
    return ", ".join(parts)
