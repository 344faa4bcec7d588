"""Write docs/messages.md and its pictures: `python -m tests.gallery`, or `make messages`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from tests.gallery.easel import Easel, easel
from tests.gallery.leaf import PAGE, PICTURES, Leaf, answer_leaf, notice_leaf, written
from tests.gallery.story import Mornings, asking, months, opened, spring
from tests.gallery.table import ANSWERS, NOTICES, SLIPS


def leaves(folder: Path) -> dict[str, list[Leaf]]:
    """Live through everything, and return what is said, by the page's parts."""
    told = []
    for live in (months, spring, asking):
        with opened(folder / f"{live.__name__}.db") as it:
            told += live(it)
    mornings = Mornings(folder)
    return {
        "by itself": [notice_leaf(each, told) for each in NOTICES],
        "answers": [answer_leaf(each, mornings) for each in ANSWERS],
        "slips": [answer_leaf(each, mornings) for each in SLIPS],
    }


async def draw(each: Leaf, on: Easel) -> bytes:
    """Take a leaf's picture."""
    if each.form:
        return await on.form(each.form, each.to)
    if each.typed:
        return await on.answered(each.message, each.to, each.at, direct=each.direct)
    return await on.told(each.message, each.to, each.at)


async def main() -> None:
    """Draw everything anew; pictures that nothing shows any more are taken away."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        parts = await asyncio.to_thread(leaves, folder)
        async with easel(folder) as on:
            taken = {each.file: await draw(each, on) for several in parts.values() for each in several}
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for name, picture in taken.items():
        (PICTURES / name).write_bytes(picture)
    PAGE.write_text(written(parts, taken), encoding="utf-8")
    kilobytes = sum(map(len, taken.values())) // 1000
    print(f"{PAGE.name}: {len(taken)} messages, {kilobytes} kB of pictures")


if __name__ == "__main__":
    asyncio.run(main())
