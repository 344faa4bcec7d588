"""The nudge: one message for all of a person's items and roles on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lifbot.buttons import decision_buttons, owner_buttons
from lifbot.calendar import say_date
from lifbot.message import Block, Fine, ItemCard, ItemList, Message, Quote, Say
from lifbot.notices.line import LEAVE_OUT, REPLY, SEVERAL, Line, meetings

OWN = (("overdue", "Past their date"), ("today", "Due now"), ("ahead", "Coming up"))
CHAIR = (
    ("discuss", "For discussion at the next meeting"),
    ("decide", "Waiting for your decision"),
    ("suggest", "Might need help sooner"),
)


def nudge(name: str, lines: Sequence[Line], today: date, cycles: int = 2) -> Message:
    """One message for all of a person's items and roles on a day, most urgent first; `cycles` to an escalation."""
    own = [line for line in lines if line.why in dict(OWN)]
    chased = [line for line in lines if line.why == "chased"]
    hello = f"Good morning {name.split()[0]}." if len(lines) > len(chased) else f"Hello {name.split()[0]}."
    blocks: list[Block] = [Say(f"{hello} Where have these got to?" if len(own) > 1 and not chased else hello)]
    blocks += [block for line in chased for block in _asked(line, today)]
    if len(own) == 1:
        blocks += [Say(_question(own[0], today)), _own_card(own[0], today)]
    elif own:
        blocks += [_section(own, why, title, today) for why, title in OWN if any(line.why == why for line in own)]
    own = [*chased, *own]
    if own:
        several = (SEVERAL.format(ref=own[0].view.ref),) if len(own) > 1 else ()
        blocks.append(Fine(" ".join((REPLY, *several, LEAVE_OUT))))
    for why, title in CHAIR:
        found = [line for line in lines if line.why == why]
        if found:
            cards = tuple(_chair_card(line) for line in found)
            blocks += [ItemList(title, cards), Fine(_chair_note(why, found, cycles))]
    summary = _asks(own[0], today) if len(own) == 1 and len(lines) == 1 else _counted(lines)
    return Message(tuple(blocks), summary, about=tuple(line.view.id for line in own or lines), asks="nudge")


def _asked(line: Line, today: date) -> list[Block]:
    """A chair's own words about an item, with what can be answered."""
    return [Say(f"{line.by} asks about {line.view.ref}:"), Quote(line.said), _own_card(line, today)]


def _asks(line: Line, today: date) -> str:
    return f"{line.by} asks about {line.view.ref}." if line.why == "chased" else _question(line, today)


def _counted(lines: Sequence[Line]) -> str:
    names = {
        "chased": "asked about by a chair",
        "overdue": "past their date",
        "today": "due now",
        "ahead": "coming up",
        "discuss": "for discussion",
    }
    names |= {"decide": "waiting for your decision", "suggest": "that might need help sooner"}
    parts = [(sum(line.why == why for line in lines), name) for why, name in names.items()]
    return "Today from lifbot: " + ", ".join(f"{count} {name}" for count, name in parts if count) + "."


def _question(line: Line, today: date) -> str:
    view = line.view
    if line.why == "overdue":
        meets = f" The group meets on {say_date(line.meets)}." if line.meets else ""
        return (
            f"{view.ref} passed its date of {say_date(view.due_on)}.{meets} Is something getting in the way? "
            "You can ask for help, propose a date, or record what was done instead."
        )
    when = "today" if view.due_on == today else f"on {say_date(view.due_on)}"
    return f"{view.ref} is due {when}. Where has it got to?"


def _own_card(line: Line, today: date) -> ItemCard:
    view = line.view
    return ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, owner_buttons(view.ref))


def _section(own: Sequence[Line], why: str, title: str, today: date) -> ItemList:
    return ItemList(title, tuple(_own_card(line, today) for line in own if line.why == why))


def _chair_card(line: Line) -> ItemCard:
    view = line.view
    decides = line.why == "decide"
    buttons = decision_buttons(view.waiting, view.ref) if decides else ()
    facts = view.line(named=True, status=not decides)  # the title says already that it waits
    return ItemCard(view.ref, view.text, facts, view.brag_word, buttons, line.said)


def _chair_note(why: str, lines: Sequence[Line], cycles: int) -> str:
    help_comes = f"After {meetings(cycles)} the partnership chair is asked for help."
    asked = "The partnership chair is asked for help as well."
    return {
        "discuss": asked if all(line.view.escalated for line in lines) else f"A meeting has passed. {help_comes}",
        "decide": "Signing off closes an item; returning it needs a note for the owner.",
        "suggest": "To ask the partnership chair now, type /lif action escalate REF because …",
    }[why]


def discuss(group: str, lines: Sequence[Line], meets: date | None, cycles: int = 2) -> Message:
    """Tell a group's chair, once, what is for discussion after the first missed cycle."""
    when = f" on {say_date(meets)}" if meets else ""
    text = f"{group}: a meeting has passed since the date of {_refs(lines)}. For discussion{when}."
    cards = tuple(_chair_card(line) for line in lines)
    note = Fine(_chair_note("discuss", lines, cycles))
    return Message((Say(text), ItemList("For discussion", cards), note), summary=text)


def _refs(lines: Sequence[Line]) -> str:
    refs = [line.view.ref for line in lines]
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} and {refs[-1]}"
