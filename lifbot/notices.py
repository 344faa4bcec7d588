"""Item and occasion -> Message: reminders, news of changes, escalations, agendas and digests, in the bot's voice.

The wording rules are DOMAIN.md's: the action is spoken of, never the person; every reminder says what can be replied
and who sees the reply; channels name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lifbot.buttons import decision_buttons, escalation_buttons, owner_buttons
from lifbot.calendar import say_date
from lifbot.message import Ask, Block, Facts, Fine, Heading, ItemCard, ItemList, Message, Quote, Say
from lifbot.policy.agenda import Matters
from lifbot.policy.agenda import Row as AgendaRow
from lifbot.policy.digest import Row as DigestRow
from lifbot.policy.digest import Summary
from lifbot.views import ItemView

REPLY = "Reply done, update, more time or cannot complete, or use the buttons."
SEVERAL = "With several items, put the reference first, like this: {ref} done"
LEAVE_OUT = "Please leave out names and case details. Your reply goes to the log, which the group can see."
NO_BLAME = "This reflects delay in the action, not on any person."


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a message to a person: why it is there, and what was said with it."""

    view: ItemView
    why: str  # ahead, today, overdue; discuss, decide, suggest; assigned, returned, …
    said: str = ""
    meets: date | None = None  # the group's next meeting


OWN = (("overdue", "Past their date"), ("today", "Due today"), ("ahead", "Coming up"))
CHAIR = (
    ("discuss", "For discussion at the next meeting"),
    ("decide", "Waiting for your decision"),
    ("suggest", "Might need help sooner"),
)


def nudge(name: str, lines: Sequence[Line], today: date) -> Message:
    """One message for all of a person's items and roles on a day, most urgent first."""
    own = [line for line in lines if line.why in dict(OWN)]
    blocks: list[Block] = [Say(f"Good morning {name.split()[0]}.")]
    if len(own) == 1:
        blocks += [Say(_question(own[0])), _own_card(own[0], today)]
    elif own:
        blocks += [_section(own, why, title, today) for why, title in OWN if any(line.why == why for line in own)]
    if own:
        blocks.append(Fine(" ".join([REPLY, SEVERAL.format(ref=own[0].view.ref) if len(own) > 1 else "", LEAVE_OUT])))
    for why, title in CHAIR:
        found = [line for line in lines if line.why == why]
        if found:
            blocks += [ItemList(title, tuple(_chair_card(line) for line in found)), Fine(_chair_note(why))]
    summary = _question(own[0]) if len(own) == 1 and len(lines) == 1 else _counted(lines)
    return Message(tuple(blocks), summary, about=tuple(line.view.id for line in own or lines), asks="nudge")


def _counted(lines: Sequence[Line]) -> str:
    names = {"overdue": "past their date", "today": "due today", "ahead": "coming up", "discuss": "for discussion"}
    names |= {"decide": "waiting for your decision", "suggest": "that might need help sooner"}
    parts = [(sum(line.why == why for line in lines), name) for why, name in names.items()]
    return "Today from lifbot: " + ", ".join(f"{count} {name}" for count, name in parts if count) + "."


def _question(line: Line) -> str:
    view = line.view
    if line.why == "overdue":
        meets = f" The group meets on {say_date(line.meets)}." if line.meets else ""
        return (
            f"{view.ref} passed its date of {say_date(view.due_on)}.{meets} Is something getting in the way? "
            "You can ask for help, propose a date, or record what was done instead."
        )
    when = "today" if line.why == "today" else f"on {say_date(view.due_on)}"
    return f"{view.ref} is due {when}. Where has it got to?"


def _own_card(line: Line, today: date) -> ItemCard:
    view = line.view
    return ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, owner_buttons(view.ref))


def _section(own: Sequence[Line], why: str, title: str, today: date) -> ItemList:
    return ItemList(title, tuple(_own_card(line, today) for line in own if line.why == why))


def _chair_card(line: Line) -> ItemCard:
    view = line.view
    said = f"{line.said} · " if line.said else ""
    buttons = decision_buttons(view.waiting, view.ref) if line.why == "decide" else ()
    return ItemCard(view.ref, view.text, said + view.line(named=True), view.brag_word, buttons)


def _chair_note(why: str) -> str:
    return {
        "discuss": "One meeting has passed since its date. After a second, the partnership chair is asked for help.",
        "decide": "Signing off closes an item; returning it needs a note for the owner.",
        "suggest": "To ask the partnership chair now, type /lif action escalate REF because …",
    }[why]


CHANGES = {
    "assigned": "You are now the accountable owner of {ref}, due {due}.",
    "reassigned": "{ref} has a new owner. Thank you for your part in it.",
    "returned": "{ref} comes back to you with a note.",
    "re_dated": "{ref} has a new date: {due}.",
    "signed_off": "{ref} is signed off. Thank you.",
    "accepted": "{ref} is accepted as not completable, with what was done instead. Thank you.",
    "withdrawn": "{ref} is withdrawn; nothing more is needed.",
    "seen": "The partnership chair has seen {ref}.",
    "decided": "The partnership chair has decided about {ref}.",
    "returned_to_group": "The partnership chair returns {ref} to the group with a note.",
}
ASKING = ("assigned", "returned", "re_dated")


def change(lines: Sequence[Line], today: date) -> Message:
    """News of changes that others made, told at once and in one message."""
    blocks: list[Block] = []
    for line in lines:
        view = line.view
        blocks.append(Say(CHANGES[line.why].format(ref=view.ref, due=say_date(view.due_on))))
        buttons = owner_buttons(view.ref) if line.why in ASKING else ()
        blocks.append(ItemCard(view.ref, view.text, view.line(named=False, today=today), view.brag_word, buttons))
        if line.said:
            blocks.append(Quote(line.said))
    asking = [line for line in lines if line.why in ASKING]
    if asking:
        blocks.append(Fine(f"{REPLY} {LEAVE_OUT}"))
    first = CHANGES[lines[0].why].format(ref=lines[0].view.ref, due=say_date(lines[0].view.due_on))
    summary = first if len(lines) == 1 else f"{len(lines)} changes: {', '.join(line.view.ref for line in lines)}"
    about = tuple(line.view.id for line in asking)
    return Message(tuple(blocks), summary, about=about, asks="change" if asking else "")


def discuss(group: str, lines: Sequence[Line], meets: date | None) -> Message:
    """Tell a group's chair, once, what is for discussion after the first missed cycle."""
    when = f" on {say_date(meets)}" if meets else ""
    text = f"{group}: one meeting has passed since the date of {_refs(lines)}. For discussion{when}."
    cards = tuple(_chair_card(line) for line in lines)
    return Message((Say(text), ItemList("For discussion", cards), Fine(_chair_note("discuss"))), summary=text)


def _refs(lines: Sequence[Line]) -> str:
    refs = [line.view.ref for line in lines]
    return refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} and {refs[-1]}"


def escalation(
    view: ItemView, reason: str, note: str, discussion: tuple[str, str] | None, history: Sequence[str]
) -> Message:
    """Ask a partnership chair for help: how it stands, what the group said, the history in five lines."""
    why = {
        "two_cycles": f"is still open after {_meetings(view.cycles_missed)}",
        "drift": "has slowed, and its group's chair asks for your help",
        "early": "needs your help, its group's chair says",
    }[reason]
    agency = f" (agency: {view.agency})" if view.agency else ""
    said = f"The group discussed it on {discussion[0]}:" if discussion else "No discussion of it was recorded."
    blocks: list[Block] = [Say(f"{view.ref}{agency} {why}."), _escalated_card(view)]
    blocks += [Quote(note)] if note else []
    blocks += [Say(said), *([Quote(discussion[1])] if discussion else [])]
    blocks += [Heading("So far"), *(Fine(line) for line in history[-5:])] if history else []
    ask = "The chair asks for your help. Reply seen, decide or return to group."
    blocks += [Ask(ask, escalation_buttons(view.ref)), Fine(f"{NO_BLAME} Your answer goes to the group's log.")]
    return Message(tuple(blocks), f"{view.ref}{agency} {why}.", about=(view.id,), asks="escalation")


def _meetings(count: int) -> str:
    words = {1: "one meeting", 2: "two meetings", 3: "three meetings", 4: "four meetings"}
    return words.get(count, f"{count} meetings")


def _escalated_card(view: ItemView) -> ItemCard:
    return ItemCard(view.ref, view.text, f"{view.group} · {view.line(named=True)}", view.brag_word)


def unanswered(view: ItemView, since: date, chair: str) -> Message:
    """Tell the business unit that an escalation has had no answer yet."""
    text = (
        f"{view.ref} has been with the partnership chair ({chair}) since {say_date(since)}; no answer is recorded yet."
    )
    return Message((Say(text), _escalated_card(view), Fine("You may want to speak with them. " + NO_BLAME)), text)


def unsigned(view: ItemView) -> Message:
    """Tell deputy and business unit that two meetings have left an item unsigned."""
    text = f"{view.ref} was reported {view.status.replace('_', ' ')} and two meetings have passed without a decision."
    card = ItemCard(
        view.ref, view.text, view.line(named=True), view.brag_word, decision_buttons(view.waiting, view.ref)
    )
    return Message((Say(text), card, Fine("The deputy chair or the business unit can decide as well.")), text)


def undelivered(who: str, what: str, reason: str, refs: Sequence[str]) -> Message:
    """Tell somebody that a message could not be delivered, and to whom and why."""
    named = {"nudge": "A reminder", "change": "News of a change", "escalation": "An escalation", "agenda": "An agenda"}
    about = f" about {', '.join(refs)}" if refs else ""
    text = f"{named.get(what, 'A message')}{about} could not be delivered to {who}: {reason}."
    return Message((Say(text), Say("Please pass it on, and check their address in the partnership file.")), text)


PARTS = (
    ("for_discussion", "For discussion"),
    ("due", "Due by this meeting"),
    ("overdue", "Past their date"),
    ("updated", "Updated since the last meeting"),
    ("awaiting_sign_off", "Awaiting sign-off"),
)


def agenda(group: str, when: str, matters: Matters) -> Message:
    """The standing-item pack for a meeting: matters arising, by part; nobody is named."""
    blocks: list[Block] = [Heading(f"Matters arising · {group}"), Say(f"For the meeting on {when}.")]
    for name, title in PARTS:
        rows: tuple[AgendaRow, ...] = getattr(matters, name)
        if rows:
            blocks.append(ItemList(f"{title} ({len(rows)})", tuple(_row_card(row) for row in rows)))
    if not matters.rows:
        blocks.append(Say("Nothing is due, overdue or waiting. The log is up to date."))
    blocks.append(Fine("At the end, the chair types /lif meeting close to record what was said."))
    return Message(tuple(blocks), f"Matters arising for {group}, {when}: {len(matters.rows)}")


def _row_card(row: AgendaRow | DigestRow) -> ItemCard:
    line = " · ".join(part for part in (row.agency, f"due {say_date(row.due_on)}") if part)
    return ItemCard(row.ref, row.text, line, row.brag.value.capitalize() if row.brag else None)


def digest(title: str, today: date, counts: Summary, meets: str | None) -> Message:
    """The weekly digest of a group or a partnership: counts and references."""
    late = _with_refs(counts.past_date)
    pairs = (
        ("Open", str(len(counts.open))),
        ("New this week", _with_refs(counts.new_this_week)),
        ("Completed this week", _with_refs(counts.completed_this_week)),
        ("Due in two weeks", _with_refs(counts.due_in_two_weeks)),
        ("Past date", late),
        ("With the partnership chair", _with_refs(counts.with_chair)),
        ("Awaiting sign-off", _with_refs(counts.awaiting_sign_off)),
    )
    actions = (
        f"{len(counts.open)} open, {len(counts.due_in_two_weeks)} due in two weeks, "
        f"{len(counts.past_date)} past date, {len(counts.with_chair)} with the partnership chair"
    )
    text = f"{title}, week to {say_date(today)}. {actions}."
    blocks: list[Block] = [Heading(title), Say(f"Week to {say_date(today)}."), Facts(pairs)]
    blocks.append(Fine(f"Next meeting: {meets}." if meets else "No next meeting is planned."))
    return Message(tuple(blocks), summary=text)


def _with_refs(rows: Sequence[DigestRow]) -> str:
    refs = ", ".join(row.ref for row in rows[:12]) + (" …" if len(rows) > 12 else "")
    return f"{len(rows)}: {refs}" if rows else "0"
