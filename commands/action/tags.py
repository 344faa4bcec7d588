"""Themes and other marks of an item: putting them on, taking them off, counting them."""

from __future__ import annotations

from typing import Annotated, Any

from commands import changes
from commands.arguments import Ref
from commands.ask import button_line, emptied
from commands.context import Context
from commands.names import default_group, group
from commands.priorities import known, spelled
from commands.unfinished import typed_line
from lifbot.errors import LifError
from lifbot.grammar import Arg, Command, command
from lifbot.message import Ask, Block, Button, Facts, Fine, Message, Say
from lifbot.model import Group, Item
from lifbot.policy import rights
from lifbot.tags import GAPS, NONE, SCOPES, counted, label
from storage import items, log

NOTHING = (("none", "None"),)
ThemesOf = Annotated[
    tuple[str, ...] | None, Arg("themes", "Themes", "With a comma between two.", keys=("themes",), longest=700)
]
GapOf = Annotated[str, Arg("choice", "What became of the gap", options=(*GAPS, *NOTHING))]
ScopeOf = Annotated[str, Arg("choice", "Concerns", options=(*SCOPES, *NOTHING), keys=("concerns",))]
PriorityOf = Annotated[str, Arg("line", "Priority of the delivery plan", "As the plan names it.", longest=100)]
GroupName = Annotated[str, Arg("line", "Group", longest=100)]
MARKS = ("theme", "gap", "priority", "scope")
LONGEST_LIST = 40


def facts(item: Item) -> tuple[tuple[str, str], ...]:
    """Return an item's marks as names and values, empty where it has none."""
    return (
        ("Themes", ", ".join(item.themes)),
        ("Gap", label(GAPS, item.gap)),
        ("Priority", item.priority or ""),
        ("Concerns", label(SCOPES, item.scope)),
    )


def as_they_stand(ctx: Context, item: Item) -> dict[str, str]:
    """Return an item's marks as they would be typed."""
    marks = {"theme": ", ".join(item.themes), "gap": item.gap, "priority": item.priority, "scope": item.scope}
    return {name: value for name, value in marks.items() if value}


def none_as_said(ctx: Context, raw: dict[str, str]) -> None:
    """Read "-", "no" and "nothing" as none."""
    raw |= {name: "none" for name in MARKS if raw.get(name, "").strip().lower() in NONE}


@command(
    "action tag",
    may="decide",
    title="Tags",
    examples=(
        "/lif action tag SE-2026-014 theme:neglect, MASH gap:stabilised",
        "/lif action tag SE-2026-014 priority:3 Early help concerns:joint",
        "/lif action tag SE-2026-014 theme:none",
    ),
    sentence=none_as_said,
    stands=as_they_stand,
)
def tag(
    ctx: Context,
    item: Ref,
    theme: ThemesOf = None,
    gap: GapOf = "",
    priority: PriorityOf = "",
    scope: ScopeOf = "",
) -> Message:
    """Set an item's themes, what became of a gap, its priority and whom it concerns; “none” takes one off."""
    given = {"theme": theme, "gap": gap, "priority": priority, "scope": scope}
    gone = emptied(ctx) & set(MARKS)
    new = {name: value for name, value in given.items() if value not in ("", None)} | dict.fromkeys(gone, "none")
    if not new:
        return _what_to_type(ctx, item)
    before, old = log.picture(item), dict(facts(item))
    _set(ctx, item, new)
    changed = [(name, value) for name, value in facts(item) if value != old[name]]
    if not changed:
        raise LifError(f"{item.ref} has these tags already, so nothing was changed.")
    text = "; ".join(f"{name}: {value or 'none'}" for name, value in changed)
    entry = changes.keep(ctx, item, before, kind="edited", text=text)
    return changes.answer(ctx, item, entry, f"{item.ref} is tagged. {text}.")


def _set(ctx: Context, item: Item, new: dict[str, Any]) -> None:
    for name, value in new.items():
        if name == "theme":
            item.themes = list(value) if isinstance(value, tuple) else []
        else:
            said = spelled(ctx, value) if name == "priority" else value
            setattr(item, name, None if value == "none" else said)


def _what_to_type(ctx: Context, item: Item) -> Message:
    """Say what stands, and offer the themes that are in use with one tap."""
    line = f"/lif action tag {item.ref} theme:neglect priority:3 gap:stabilised concerns:child"
    stands = tuple(pair for pair in facts(item) if pair[1])
    offered = [theme for theme in items.themes_in_use(ctx.scope) if theme not in item.themes][:8]
    buttons = tuple(Button(theme, _with_theme(ctx, item, theme)) for theme in offered)
    priorities = tuple(Button(each, _with(ctx, item, priority=each)) for each in known(ctx) if each != item.priority)
    blocks: list[Block] = [Facts(stands)] if stands else [Say(f"{item.ref} has no tags yet.")]
    blocks += [Ask("Priorities of the partnership:", priorities[:8])] if priorities else []
    blocks.append(
        Ask("Themes in use:" if buttons else "", (*buttons, Button("Open form", f"form action tag {item.ref}")))
    )
    return Message((*blocks, Fine(f"Or type for example: {line}")), summary=f"The tags of {item.ref}")


def _with_theme(ctx: Context, item: Item, theme: str) -> str:
    return _with(ctx, item, theme=", ".join([*item.themes, theme]))


def _with(ctx: Context, item: Item, **said: str) -> str:
    command: Command = tag
    return button_line(ctx, typed_line(command, {"item": item.ref, **said}))


@command("action themes", may="ask", title="Themes", examples=("/lif action themes", "/lif action themes SE"))
def themes(ctx: Context, of: GroupName = "") -> Message:
    """Count the themes of a group's items, or of the whole partnership's."""
    wanted = None if of.lower() == "all" else group(ctx, of) if of else default_group(ctx)
    _require(ctx, wanted)
    found = counted(items.themes_of(ctx.scope, *((Item.group_id == wanted.id,) if wanted else ())))
    where = wanted.name if wanted else ctx.scope.partnership.name
    if not found:
        text = f"{where}: no themes yet. To set one type: /lif action tag SE-2026-014 theme:neglect"
        return Message((Say(text),), summary=text)
    pairs = tuple((theme, "1 item" if count == 1 else f"{count} items") for theme, count in found[:LONGEST_LIST])
    more = f" The {LONGEST_LIST} most frequent of {len(found)}." if len(found) > LONGEST_LIST else ""
    title = f"Themes · {where}"
    return Message((Say(title), Facts(pairs), Fine(f"Withdrawn items are not counted.{more}")), summary=title)


def _require(ctx: Context, wanted: Group | None) -> None:
    """Raise LifError unless the caller may see these counts; those of the whole partnership are for who oversees it."""
    right = "see" if wanted else "oversee"
    if not ctx.may(right, wanted):
        what = f"The themes of {wanted.name}" if wanted else "The themes of all groups"
        raise LifError(f"{what} can be seen by {rights.who_may(right)}. For one group type: /lif action themes SE")
