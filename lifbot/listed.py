"""Names in a row, as a sentence has them."""

from collections.abc import Sequence


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return "A, B and C"; nothing for none."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)
