"""What the composer suggests once somebody types a slash; bot.py may hand over the whole list instead."""

HINTS: tuple[tuple[str, str], ...] = (
    ("/lif action add", "what to do, owner:@who due:when. With nothing after it: the form"),
    ("/lif action list", "mine, overdue, open or escalated"),
    ("/lif action show", "a reference, such as SE-2026-001: its whole history"),
    ("/lif action done", "a reference, and what shows that it is done"),
    ("/lif recommendation add", "what a review found, owner:@who due:when"),
    ("/lif issue add", "a concern, owner:@who due:when"),
    ("/lif meeting next", "when this group meets next"),
    ("/lif meeting agenda", "matters arising, now"),
    ("/lif meeting close", "record what was discussed"),
    ("/lif digest now", "the week in counts"),
    ("/lif help", "everything lifbot can do"),
)
