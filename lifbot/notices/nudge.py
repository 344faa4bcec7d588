"""The nudge: one message for all of a person's items and roles on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lifbot.buttons import (
    decision_buttons,
    owner_buttons,
    page_buttons,
    respond_buttons,
    sign_off_all,
    suggestion_buttons,
)
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.kinds import CHALLENGE, PRACTICE
from lifbot.listed import listed
from lifbot.message import Ask, Block, Fine, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.challenge import asked_to_respond
from lifbot.notices.instead import in_place, titled
from lifbot.notices.line import LEAVE_OUT, SEVERAL, Line, meetings, replies
from lifbot.policy.home import portions

DECIDING = "Signing off closes an item; returning it needs a note for the owner."
ASKED = 4  # of a chair's own words that are shown in full
OWN = (("overdue", "Past their date"), ("today", "Due now"), ("ahead", "Coming up"))
CHAIR = (
    ("discuss", "For discussion at the next meeting"),
    ("decide", "Waiting for your decision"),
    ("suggest", "Might need help sooner"),
)


ALL, MOST = 8, 9  # items with buttons that are all shown, and that are shown where there are more
TALKED_OF = 6  # items for discussion, which have no buttons
BESIDE = 6  # of each kind beside items
SHORT = 140  # letters of each item's text among many
FULL = 5  # items of one's own that each have all their buttons
SEE = {"discuss": "/lif meeting agenda", "decide": "/lif decisions", "suggest": "/lif decisions"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Something to be answered that is logged beside items: under which title, how it is shown, and its record's name.

    `alone` is what is said of it where it is all that a person hears of on the day.
    """

    title: str
    card: ItemCard
    record: str
    alone: str
    note: str = ""  # how to answer; said once for all under a title


def nudge(
    name: str,
    lines: Sequence[Line],
    today: date,
    cycles: int = 2,
    back: Sequence[Block] = (),
    others: Sequence[Beside] = (),
) -> Message:
    """One message for all of a person's items and roles on a day, most urgent first; `cycles` to an escalation.

    `back` says what happened while they were away, `others` what else waits for their answer.
    """
    answerable = [line for line in lines if line.why in dict(OWN)]
    for_others = [line for line in answerable if line.instead]
    own = [line for line in answerable if line.instead is None]
    chased = [line for line in lines if line.why == "chased"]
    mine = [line for line in lines if line not in for_others]
    shown = _shown([_short(line) for line in mine] if len(lines) > ALL else mine)
    hello = f"Good morning {name.split()[0]}." if len(lines) > len(chased) else f"Hello {name.split()[0]}."
    blocks: list[Block] = [Say(f"{hello} Where have these got to?" if len(own) > 1 and not chased else hello), *back]
    blocks += _all_asked(chased, today)
    if len(own) == 1:
        blocks += [Say(_question(own[0], today)), _own_card(own[0], today)]
    elif own:
        blocks += [_section(shown[why], title, today, len(own)) for why, title in OWN if shown[why]]
    left = len(own) - sum(len(shown[why]) for why, _ in OWN)
    own = [*chased, *own]
    if own:
        several = (SEVERAL.format(ref=own[0].view.ref),) if len(own) > 1 else ()
        more = (f"And {left} more of yours: /lif action list mine.",) if left else ()
        blocks.append(Fine(" ".join((*more, replies(own), *several, LEAVE_OUT))))
    blocks += in_place([_short(line) for line in for_others] if len(lines) > ALL else for_others, today)
    for why, title in CHAIR:
        if shown[why]:
            blocks += _for_chair(why, title, [line for line in lines if line.why == why], shown[why], cycles)
    blocks += _beside(others, is_all=not lines)
    summary = _asks(own[0], today) if len(own) == 1 and len(lines) == 1 and not others else _counted(lines, others)
    about = tuple(dict.fromkeys(line.view.id for line in (*chased, *answerable))) or tuple(
        line.view.id for line in lines
    )
    records = tuple(each.record for each in others)
    return Message(tuple(blocks), summary, about=about, records=records, asks="nudge")


def _beside(others: Sequence[Beside], *, is_all: bool) -> Iterator[Block]:
    """What is logged beside items, under a title for each kind; one that is all there is gets a sentence instead."""
    if is_all and len(others) == 1:
        only = others[0]
        yield Say(only.alone)
        yield only.card
        if only.note:
            yield Fine(only.note)
        return
    for title in dict.fromkeys(each.title for each in others):
        some = [each for each in others if each.title == title]
        yield ItemList(title, tuple(each.card for each in some[:BESIDE]))
        more = [f"And {len(some) - BESIDE} more."] if len(some) > BESIDE else []
        if small := " ".join((*more, *dict.fromkeys(each.note for each in some if each.note))):
            yield Fine(small)


def _short(line: Line) -> Line:
    """A line among many: its words are cut, so that there is room for the others."""
    return replace(line, view=replace(line.view, text=clip(line.view.text, SHORT)), said=clip(line.said, SHORT))


def _shown(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines of each kind that there is room for: a card of Teams holds 28 kB, a message of Slack 50 blocks."""
    found = {why: [line for line in lines if line.why == why] for why, _ in (*OWN, *CHAIR)}
    pressed = [why for why in found if why != "discuss"]
    total = sum(len(found[why]) for why in pressed)
    shares = portions([len(found[why]) for why in pressed], total if total <= ALL else MOST)
    cut = {why: found[why][:most] for why, most in zip(pressed, shares, strict=True)}
    return {**cut, "discuss": found["discuss"][:TALKED_OF]}


def _for_chair(why: str, title: str, every: list[Line], shown: Sequence[Line], cycles: int) -> Iterator[Block]:
    for heading, some in titled(title, shown):
        yield ItemList(heading, tuple(map(_chair_card, some)))
    if button := sign_off_all([line.view.ref for line in every if why == "decide" and line.view.waiting == "sign_off"]):
        yield Ask("", (button,))
    more = f"And {len(every) - len(shown)} more: {SEE[why]}. " if len(every) > len(shown) else ""
    yield Fine(more + _chair_note(why, every, cycles))


def _all_asked(chased: Sequence[Line], today: date) -> Iterator[Block]:
    """What chairs ask in their own words: the first few in full, the others in a list, as far as there is room."""
    for line in chased[:ASKED]:
        yield from _asked(line, today)
    if more := chased[ASKED : 3 * ASKED]:
        cards = (replace(_own_card(line, today), said=clip(f"{line.by}: {line.said}", SHORT)) for line in more)
        yield ItemList("Asked about as well", tuple(cards))
    if left := len(chased) - 3 * ASKED:
        yield from [Fine(f"And {left} more are asked about: /lif action list mine.")] if left > 0 else []


def _asked(line: Line, today: date) -> list[Block]:
    """A chair's own words about an item, with what can be answered."""
    whose = f"{line.instead.phrase}: {line.by}" if line.instead else line.by
    return [Say(f"{whose} asks about {line.view.ref}:"), Quote(line.said), _own_card(line, today)]


def _asks(line: Line, today: date) -> str:
    return f"{line.by} asks about {line.view.ref}." if line.why == "chased" else _question(line, today)


def _counted(lines: Sequence[Line], others: Sequence[Beside] = ()) -> str:
    if len(others) == 1 and not lines:
        return others[0].alone
    names = {
        "chased": "asked about by a chair",
        "overdue": "past date",
        "today": "due now",
        "ahead": "coming up",
        "discuss": "for discussion",
    }
    names |= {"decide": "waiting for your decision", "suggest": "that might need help sooner"}
    parts = [(sum(line.why == why for line in lines), name) for why, name in names.items()]
    beside = dict.fromkeys(each.title for each in others)
    parts += [(sum(each.title == title for each in others), title.lower()) for title in beside]
    return "Today from lifbot: " + ", ".join(f"{count} {name}" for count, name in parts if count) + "."


def _question(line: Line, today: date) -> str:
    view = line.view
    if view.kind == CHALLENGE:
        return asked_to_respond(view, today)
    if line.why == "overdue":
        meets = f" The group meets on {say_date(line.meets)}." if line.meets else ""
        return (
            f"{view.ref} passed its date of {say_date(view.due_on)}.{meets} Is something getting in the way? "
            "You can ask for help, propose a date, or record what was done instead."
        )
    if view.kind == PRACTICE:
        by = "today" if view.due_on == today else say_date(view.due_on)
        return f"{view.ref} is strong practice that is to spread by {by}. How far has it come?"
    when = "today" if view.due_on == today else f"on {say_date(view.due_on)}"
    return f"{view.ref} is due {when}. Where has it got to?"


def _own_card(line: Line, today: date) -> ItemCard:
    view = line.view
    buttons = respond_buttons(view.ref) if view.kind == CHALLENGE else owner_buttons(view.ref, view.kind)
    return ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons)


def _section(shown: Sequence[Line], title: str, today: date, count: int) -> ItemList:
    """Items of one's own; among many, each has its commonest buttons and the rest behind one."""
    cards = tuple(_own_card(line, today) for line in shown)
    if count <= FULL:
        return ItemList(title, cards)
    return ItemList(title, tuple(_shorter(card, line) for card, line in zip(cards, shown, strict=True)))


def _shorter(card: ItemCard, line: Line) -> ItemCard:
    is_challenge = line.view.kind == CHALLENGE
    return card if is_challenge else replace(card, buttons=page_buttons(card.ref, line.view.kind))


def _chair_card(line: Line) -> ItemCard:
    view = line.view
    decides = line.why == "decide"
    buttons = decision_buttons(view.waiting, view.ref) if decides else ()
    buttons = suggestion_buttons(view.ref, line.said) if line.why == "suggest" else buttons
    facts = view.line(named=True, status=not decides)  # the title says already that it waits
    return ItemCard(view.ref, view.text, facts, view.brag_word, buttons, line.said)


def _chair_note(why: str, lines: Sequence[Line], cycles: int) -> str:
    help_comes = f"After {meetings(cycles)} the partnership chair is asked for help."
    asked = "The partnership chair is asked for help as well."
    return {
        "discuss": asked if all(line.view.escalated for line in lines) else f"A meeting has passed. {help_comes}",
        "decide": DECIDING,
        "suggest": "Asking the partnership chair is routine help. “Not now” lets it rest until something changes.",
    }[why]


def discuss(group: str, lines: Sequence[Line], meets: date | None, cycles: int = 2) -> Message:
    """Tell a group's chair, once, what is for discussion after the first missed cycle."""
    when = f" on {say_date(meets)}" if meets else ""
    text = f"{group}: a meeting has passed since the date of {_refs(lines)}. For discussion{when}."
    cards = tuple(_chair_card(line) for line in lines)
    note = Fine(_chair_note("discuss", lines, cycles))
    return Message((Say(text), ItemList("For discussion", cards), note), summary=text)


def _refs(lines: Sequence[Line]) -> str:
    return listed([line.view.ref for line in lines])
