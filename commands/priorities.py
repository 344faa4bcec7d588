"""The priorities that a partnership's framework names: offered to tap, spelled as it spells them."""

from __future__ import annotations

from commands.context import Context


def known(ctx: Context) -> tuple[str, ...]:
    """Return the priorities that the profile names."""
    return ctx.scope.profile.priorities if ctx.scope.profile else ()


def spelled(ctx: Context, said: str) -> str:
    """Return a priority as the profile spells it; one that it does not name stays as it was said."""
    return {each.casefold(): each for each in known(ctx)}.get(said.strip().casefold(), said)
