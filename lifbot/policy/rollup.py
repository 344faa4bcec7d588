"""What the items under another say together: how many stand where, and the worst colour that is still open."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lifbot.kinds import kind_word, kind_words
from lifbot.policy.brag import Brag

ENDED = frozenset({"withdrawn", "superseded"})
STANDINGS = (
    "signed off",
    "accepted as not completable",
    "waiting for the chair",
    "on track",
    "due soon",
    "past its date",
    "with the partnership chair",
)
MANY = {"past its date": "past their date"}
WORST = (Brag.RED, Brag.AMBER, Brag.GREEN)


@dataclass(frozen=True, slots=True)
class Child:
    """One item under another, as the roll-up sees it."""

    kind: str
    status: str
    brag: Brag | None
    is_late: bool = False
    escalated: bool = False
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Rollup:
    """Counts by standing, in order, and by kind; `worst` is the worst colour of those not closed yet."""

    counts: tuple[tuple[str, int], ...] = ()
    kinds: tuple[str, ...] = ()
    worst: Brag | None = None

    @property
    def total(self) -> int:
        """How many there are, without those withdrawn or superseded."""
        return sum(count for _, count in self.counts)

    @property
    def is_ready(self) -> bool:
        """Whether there are some and all of them are closed, so that what they belong to can be reported done."""
        return self.total > 0 and {name for name, _ in self.counts} <= set(STANDINGS[:2])

    @property
    def words(self) -> str:
        """One line: "4 actions: 2 signed off, 1 on track, 1 past its date"; empty where there are none."""
        if not self.total:
            return ""
        one, many = (kind_word(self.kinds[0]), kind_words(self.kinds[0])) if len(self.kinds) == 1 else ("item", "items")
        stand = ", ".join(f"{count} {MANY.get(name, name) if count > 1 else name}" for name, count in self.counts)
        return f"{self.total} {one if self.total == 1 else many}: {stand}"

    def line(self, is_open: bool) -> str:
        """The words, and of what is still open whether it is ready to be reported done."""
        return f"{self.words}, ready to be reported done" if is_open and self.is_ready else self.words


def rollup(children: Iterable[Child]) -> Rollup:
    """Count the items under another; what was withdrawn or superseded does not count."""
    living = [child for child in children if child.status not in ENDED]
    counted = Counter(map(standing, living))
    colours = {child.brag for child in living if standing(child) not in STANDINGS[:2]}
    return Rollup(
        counts=tuple((name, counted[name]) for name in STANDINGS if counted[name]),
        kinds=_in_order(child.kind for child in living),
        worst=next((colour for colour in WORST if colour in colours), None),
    )


def standing(child: Child) -> str:
    """Where one of them stands, in words: the first that fits, closed ones first and pressing ones before calm ones."""
    if child.accepted:
        return "accepted as not completable"
    if child.brag is Brag.BLUE:
        return "signed off"
    if child.status in ("complete", "not_completable"):
        return "waiting for the chair"
    if child.escalated:
        return "with the partnership chair"
    if child.is_late:
        return "past its date"
    return "due soon" if child.brag is Brag.AMBER else "on track"


def _in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kinds))
