"""Asking for help: escalations, and what follows where there is no answer or no way through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import decision_buttons, escalation_buttons
from lifbot.calendar import say_date
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.line import NO_BLAME, NOT_A_PERSON, meetings
from lifbot.notices.reasons import in_words
from lifbot.views import ItemView

MOST = 12  # items listed in one message


def escalation(
    view: ItemView,
    reason: str,
    note: str,
    discussion: tuple[str, str] | None,
    history: Sequence[tuple[str, str]],
    unreached: str = "",
) -> Message:
    """Ask a partnership chair for help: how it stands, what the group said, the history in five lines.

    `unreached` says why it does not go to the chair, where somebody else gets it: "Dev Rao could not be reached".
    """
    why = {
        "two_cycles": f"{_open(view)} after {meetings(view.cycles_missed)}",
        "drift": "has slowed, and its group's chair asks for your help",
        "early": "needs your help, its group's chair says",
    }[reason]
    if view.kind == CHALLENGE and reason == "early":
        why = "is a challenge that still remains after it was discussed"
    agency = f" (agency: {view.agency})" if view.agency else ""
    said = f"The group discussed it on {discussion[0]}:" if discussion else "No discussion of it was recorded."
    blocks: list[Block] = [Say(f"{view.ref}{agency} {why}."), _escalated_card(view)]
    blocks += [Say(f"It comes to you because {unreached}.")] if unreached else []
    blocks += [Quote(note)] if note else []
    blocks += [Say(said), *([Quote(discussion[1])] if discussion else [])]
    blocks += [Heading("So far"), Facts(tuple(history[-5:]))] if history else []
    who = "Your help is asked for" if view.kind == CHALLENGE else "The chair asks for your help"
    ask = f"{who}. Reply “seen”, “decide …” or “return to group …”, or use the buttons."
    blame = NOT_A_PERSON if view.kind == CHALLENGE else NO_BLAME
    blocks += [Ask(ask, escalation_buttons(view.ref)), Fine(f"{blame} Your answer goes to the group's log.")]
    return Message(tuple(blocks), f"{view.ref}{agency} {why}.", about=(view.id,), asks="escalation")


def _open(view: ItemView) -> str:
    return "is strong practice that has not spread everywhere yet" if view.kind == PRACTICE else "is still open"


def _escalated_card(view: ItemView) -> ItemCard:
    return ItemCard(view.ref, view.text, f"{view.group} · {view.line(named=True)}", view.brag_word)


def unanswered(lines: Sequence[tuple[ItemView, date, str]]) -> Message:
    """Tell the business unit which escalations have had no answer yet: each with its day and the chair's name."""
    view, since, chair = lines[0]
    if len(lines) == 1:
        text = (
            f"{view.ref} has been with the partnership chair ({chair}) since {say_date(since)}; "
            "no answer is recorded yet."
        )
        blocks: tuple[Block, ...] = (Say(text), _escalated_card(view))
    else:
        text = f"{len(lines)} items are with the partnership chair, and no answer is recorded yet."
        cards = [_waiting_card(view, f"with {chair} since {say_date(since)}") for view, since, chair in lines]
        blocks = (Say(text), *_listed("Waiting for an answer", cards))
    return Message((*blocks, Fine("You may want to speak with them. " + NO_BLAME)), text)


def _waiting_card(view: ItemView, waits: str, buttons: tuple[Button, ...] = ()) -> ItemCard:
    return ItemCard(view.ref, view.text, f"{view.group} · {view.line(named=True)}", view.brag_word, buttons, waits)


def _listed(title: str, cards: Sequence[ItemCard]) -> list[Block]:
    """As many as a message holds, and how many more there are."""
    more = len(cards) - MOST
    return [ItemList(title, tuple(cards[:MOST])), *([Fine(f"And {more} more.")] if more > 0 else [])]


def unsigned(views: Sequence[ItemView]) -> Message:
    """Tell deputy and business unit which items two meetings have left unsigned."""
    first = views[0]
    text = f"{first.ref} was reported {first.status.replace('_', ' ')} and two meetings have passed without a decision."
    if len(views) > 1:
        text = f"{len(views)} items were reported and two meetings have passed without a decision."
    cards = [
        ItemCard(view.ref, view.text, view.line(named=True), view.brag_word, decision_buttons(view.waiting, view.ref))
        for view in views
    ]
    shown = [cards[0]] if len(cards) == 1 else _listed("Waiting for a decision", cards)
    note = Fine("The deputy chair or the business unit can decide as well.")
    return Message((Say(text), *shown, note), text)


def not_added(who: str | None, group: str, waiting: int) -> Message:
    """Tell somebody who can help that messages wait until lifbot is added in Teams: for a person, else for a group."""
    wait = "a message waits" if waiting == 1 else f"{waiting} messages wait"
    if who:
        text = f"{who} has not added lifbot in Teams yet, so {wait}."
        how = f"Could you let {who} know? In Teams: Apps, lifbot, Add. What waits then arrives."
    else:
        text = f"lifbot is not in the team of {group} in Teams yet, so {wait}."
        how = "Could one of its owners add it? In Teams: Apps, lifbot, Add to a team. What waits then arrives."
    return Message((Say(text), Say(how), Fine("Teams lets lifbot write only where somebody has added it.")), text)


def undelivered(who: str, what: str, reason: str, refs: Sequence[str]) -> Message:
    """Tell somebody that a message could not be delivered, and to whom and why."""
    named = {"nudge": "A reminder", "change": "News of a change", "escalation": "An escalation", "agenda": "An agenda"}
    named |= {"file": "A list that they asked for", "card": "A card", "cascade": "A notice to pass on"}
    about = f" about {', '.join(refs)}" if refs else ""
    text = f"{named.get(what, 'A message')}{about} could not be delivered to {who}: {in_words(reason)}."
    return Message((Say(text), Say("Please pass it on, and check their address in the partnership file.")), text)
