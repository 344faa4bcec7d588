"""Somebody's own page: what is theirs by urgency, what waits for them, their groups, meetings and settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from lifbot.buttons import decision_buttons, escalation_buttons, page_buttons, sign_off_all, suggestion_buttons
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.kinds import PRACTICE
from lifbot.message import Ask, Block, Button, Facts, Fine, Heading, ItemCard, ItemList, Message, Say
from lifbot.notices.line import Line
from lifbot.notices.nudge import Beside
from lifbot.policy.home import URGENCIES, portions, urgency
from lifbot.policy.rules import Rules
from lifbot.views import ItemView

TITLES = {"overdue": "Past their date", "now": "Due now", "soon": "Coming up", "later": "Due later"}
COUNTED = {"overdue": "past date", "now": "due now", "soon": "coming up", "later": "due later"}
DECISIONS = "Waiting for your decision"
CARDS, CARDS_ON_TAB = 9, 30  # with buttons: a card of Teams holds 28 kB, Slack's Home tab a hundred blocks
LATER = 4  # of what is due later, where there is room
BESIDE, BESIDE_ON_TAB = 4, 12  # of what waits beside items
GROUPS, GROUPS_ON_TAB = 6, 20
TEXT = 140


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """One of somebody's groups, in counts; `leads`: as chair, deputy or business unit."""

    id: str
    name: str
    prefix: str
    leads: bool
    open: int
    late: int
    colours: Mapping[str, int]
    waiting: int
    meets_at: datetime | None
    meets: str
    to_close: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody's own page shows."""

    name: str
    today: date
    rules: Rules
    mine: tuple[ItemView, ...]
    reminders: str
    digest: bool
    helps: tuple[ItemView, ...] = ()
    decide: tuple[Line, ...] = ()
    suggest: tuple[Line, ...] = ()
    escalated: tuple[ItemView, ...] = ()
    groups: tuple[GroupSeen, ...] = ()
    may_log: bool = False
    others: tuple[Beside, ...] = ()  # what waits for an answer beside items
    by_urgency: dict[str, list[ItemView]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort what is theirs by urgency, strong practice first."""
        ordered = sorted(self.mine, key=lambda view: view.kind != PRACTICE)
        for name in URGENCIES:
            self.by_urgency[name] = [view for view in ordered if urgency(view.due_on, self.today, self.rules) == name]


def home(page: Page, *, on_tab: bool = False) -> Message:
    """Return somebody's own page; on Slack's Home tab there is more room than in a message."""
    beside = min(len(page.others), BESIDE_ON_TAB if on_tab else BESIDE)
    room = (CARDS_ON_TAB if on_tab else CARDS) - beside
    pressing = [*(page.by_urgency[name] for name in URGENCIES[:3]), page.escalated, page.decide, page.suggest]
    shares = portions([len(part) for part in pressing], room)
    later = min(len(page.by_urgency["later"]), room - sum(shares), LATER)
    groups = GROUPS_ON_TAB if on_tab else GROUPS
    blocks: list[Block] = [Heading(f"{page.name} · {say_date(page.today)}"), Say(summary(page))]
    blocks += [*_mine(page, [*shares[:3], later]), *_decisions(page, shares[3:]), *_beside(page.others, beside)]
    blocks += [*_groups(page.groups, groups), *_meetings(page.groups, groups), *_settings(page)]
    return Message((*blocks, Fine("Only you can see this page.")), summary=summary(page))


def summary(page: Page) -> str:
    """Say in one line what is there for somebody."""
    counts = [(len(page.by_urgency[name]), COUNTED[name]) for name in URGENCIES]
    theirs = ", ".join(f"{count} {words}" for count, words in counts if count)
    waiting = len(page.decide) + len(page.escalated)
    decide = f"{waiting} wait{'s' if waiting == 1 else ''} for your decision." if waiting else ""
    asked = len(page.others)
    answer = f"{asked} wait{'s' if asked == 1 else ''} for your answer." if asked else ""
    decide = f"{decide} {answer}".strip()
    if not theirs:
        return decide or "Nothing is waiting for you. Thank you."
    return f"Yours: {theirs}. {decide}".strip()


def _mine(page: Page, shares: Sequence[int]) -> Iterator[Block]:
    for name, most in zip(URGENCIES, shares, strict=True):
        views = page.by_urgency[name]
        if most:
            title = TITLES[name] + (f" ({len(views)})" if len(views) > 1 else "")
            yield ItemList(title, tuple(_own_card(view, page.today) for view in views[:most]))
    left = [len(page.by_urgency[name]) - most for name, most in zip(URGENCIES, shares, strict=True)]
    if any(left):
        parts = ", ".join(f"{count} {COUNTED[name]}" for count, name in zip(left, URGENCIES, strict=True) if count)
        yield Ask(f"Not shown here: {parts}.", (Button("See all of mine", "action list mine"),))
    if page.helps:
        cards = tuple(
            ItemCard(view.ref, clip(view.text, TEXT), view.line(named=True, today=page.today), view.brag_word)
            for view in page.helps[:5]
        )
        yield ItemList(f"You help with ({len(page.helps)})", cards)


def _own_card(view: ItemView, today: date) -> ItemCard:
    line = view.line(named=False, today=today)
    return ItemCard(view.ref, clip(view.text, TEXT), line, view.brag_word, page_buttons(view.ref, view.kind))


def _decisions(page: Page, shares: Sequence[int]) -> Iterator[Block]:
    helped, decided, suggested = shares
    if helped:
        cards = tuple(_asked_card(view) for view in page.escalated[:helped])
        yield ItemList(f"You are asked for help ({len(page.escalated)})", cards)
    if decided:
        yield from decisions(page.decide, decided)
    if suggested:
        yield ItemList("Might need help sooner", tuple(map(suggestion_card, page.suggest[:suggested])))
    left = [len(page.escalated) - helped, len(page.decide) - decided, len(page.suggest) - suggested]
    if any(left):
        yield Ask(f"And {sum(left)} more.", (Button("See all decisions", "decisions"),))


def decisions(found: Sequence[Line], most: int, first: int = 0) -> Iterator[Block]:
    """Show what waits for somebody's decision, so many of them with buttons, and one button to sign off all."""
    yield Heading(f"{DECISIONS} ({len(found)})")
    if button := sign_off_all([line.view.ref for line in found if line.view.waiting == "sign_off"]):
        yield Ask("", (button,))
    yield ItemList("", tuple(map(decision_card, found[first : first + most])))


def decision_card(line: Line) -> ItemCard:
    """Show one item that waits for a decision, with what was said of it."""
    view = line.view
    buttons = decision_buttons(view.waiting, view.ref)
    facts = view.line(named=True, status=False)
    return ItemCard(view.ref, clip(view.text, TEXT), facts, view.brag_word, buttons, clip(line.said, TEXT))


def suggestion_card(line: Line) -> ItemCard:
    """Show one item that might need help sooner, and why."""
    view = line.view
    buttons = suggestion_buttons(view.ref, line.said)
    return ItemCard(view.ref, clip(view.text, TEXT), view.line(named=True), view.brag_word, buttons, line.said)


def _asked_card(view: ItemView) -> ItemCard:
    line = f"{view.group} · {view.line(named=True)}"
    return ItemCard(view.ref, clip(view.text, TEXT), line, view.brag_word, escalation_buttons(view.ref))


def _beside(others: Sequence[Beside], most: int) -> Iterator[Block]:
    """What waits for an answer beside items, in the nudge's words."""
    if most:
        cards = tuple(replace(each.card, text=clip(each.card.text, TEXT)) for each in others[:most])
        yield ItemList("Also waiting for you", cards)
        yield from [Fine(f"And {len(others) - most} more.")] if len(others) > most else ()


def _groups(groups: Sequence[GroupSeen], most: int) -> Iterator[Block]:
    if not groups:
        return
    shown = groups[:most]
    yield Heading("Your groups" if len(groups) > 1 else "Your group")
    yield Facts(tuple((each.name, _counts(each)) for each in shown))
    buttons = tuple(Button(f"Open in {each.prefix}", f"action list open {each.prefix}") for each in shown[:5])
    yield Ask(f"And {len(groups) - most} more." if len(groups) > most else "", buttons)


def _counts(group: GroupSeen) -> str:
    """A group's counts and its BRAG words; whoever leads it reads more."""
    if not group.open and not group.waiting:
        return "nothing open"
    colours = [f"{group.colours[word]} {word}" for word in ("Red", "Amber", "Green") if group.colours.get(word)]
    parts = [f"{group.open} open" + (f": {', '.join(colours)}" if colours else "")]
    if group.leads:
        parts += [f"{group.late} past date"] if group.late else []
        parts += [f"{group.waiting} waiting for a decision"] if group.waiting else []
    return "; ".join(parts)


def _meetings(groups: Sequence[GroupSeen], most: int) -> Iterator[Block]:
    coming = sorted((each for each in groups if each.meets_at), key=lambda each: (each.meets_at, each.name))
    if coming:
        yield Heading("Next meetings")
        yield Facts(tuple((each.name, each.meets) for each in coming[:most]))
    open_ones = [each for each in groups if each.to_close][:3]
    for each in open_ones:
        text = f"{each.name} met on {each.to_close}. That meeting is not closed yet."
        yield Ask(text, (Button(f"Close the meeting of {each.prefix}…", f"meeting close group:{each.id}"),))


def _settings(page: Page) -> Iterator[Block]:
    away = Button("I’ll be away…", "form person away")
    log = "form action add" if page.may_log else "form issue add"
    label = "Log an action…" if page.may_log else "Raise an issue…"
    yield Heading("Settings")
    yield Ask(settings_line(page.reminders, page.digest), (Button("Settings…", "settings"), away, Button(label, log)))


def settings_line(reminders: str, digest: bool) -> str:
    """Say in one line what somebody has set."""
    weekly = "the weekly digest of your groups as a message too" if digest else "no weekly digest as a message"
    return f"Reminders at {reminders} on working days, {weekly}."
