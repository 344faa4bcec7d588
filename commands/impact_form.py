"""The form that asks what difference an action made: the three questions, and what was agreed to show success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commands import ask
from commands.context import Context
from lifbot.calendar import say_date
from lifbot.grammar import clip
from lifbot.message import Field, Form
from lifbot.model import Item
from lifbot.policy import impact
from storage import items

ORDER = ("how_much", "how_well", "difference", "embedded")


def impact_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form: the three questions first, the kinds of evidence that the profile names, the agreed criteria."""
    assert ctx.command is not None  # whose form it is
    made = ask.form(ctx, ctx.command, raw)
    first = [field for name in ORDER for field in made.fields if field.name == name]
    rest = [_field(ctx, field) for field in made.fields if field.name not in ORDER]
    found = items.find(ctx.scope, raw.get("item", ""), ctx.here)
    return replace(made, fields=(*first, *rest), intro=_intro(found[0]) if len(found) == 1 else made.intro)


def _field(ctx: Context, field: Field) -> Field:
    known = evidence_types(ctx)
    if field.name != "evidence_type" or not known or field.value not in ("", *known):
        return field
    return replace(field, kind="choice", options=tuple((name, name) for name in known))


def evidence_types(ctx: Context) -> tuple[str, ...]:
    """Return the kinds of evidence of embedding that the partnership's profile names."""
    found = ctx.scope.profile.evidence_types if ctx.scope.profile else ()
    own = () if any(map(impact.is_own_audit, found)) else (impact.OWN_AUDIT.capitalize(),)
    return tuple(name[0].upper() + name[1:] for name in (*found, *own)) if found else ()


def _intro(item: Item) -> str:
    since = f"signed off on {say_date(item.signed_off_on)}" if item.signed_off_on else ""
    criteria = f" Agreed as success: {clip(item.success_criteria, 400)}" if item.success_criteria else ""
    return f"{item.ref} {clip(item.text, 200)}, {since}.{criteria}"
