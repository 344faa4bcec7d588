"""The rules that decide when lifbot speaks, changed by chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from commands.context import Context
from commands.setup.answers import kept, opened
from commands.setup.draft import UNCHANGED, Draft, given
from lifbot.calendar import DAYS
from lifbot.errors import LifError
from lifbot.grammar import Arg, command
from lifbot.message import Field, Form, Message
from lifbot.policy.rules import Rules

YES_NO = (("yes", "Yes"), ("no", "No"))
ASKED = {
    "cycles_before_escalation": "Meetings that pass before the partnership chair is asked for help",
    "remind_days_before": "Days before the date on which owners are reminded",
    "overdue_every_days": "Days between reminders after the date",
    "nudge_at": "When reminders come",
    "notices_between": "When news of a change may come",
    "agenda_working_days_before": "Working days before a meeting on which its items are posted",
    "digest": "When the weekly digest comes",
    "snooze_max_days": "Days for which an owner may put a reminder off, at most",
    "chair_answer_working_days": "Working days after which an escalation without an answer is told",
    "impact_after_months": "Months after sign-off at which owners are asked what difference it made",
    "fallback_interval_days": "Days of a cycle for a group that has no meetings",
}


def rules_form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Return the form that holds the rules as they are."""
    rules, usual = ctx.scope.rules, Rules()
    fields = [
        Field(
            name,
            label,
            value=_said(getattr(rules, name)),
            hint=f"Usually {_said(getattr(usual, name))}.",
            max_length=100,
        )
        for name, label in ASKED.items()
    ]
    may = "yes" if rules.members_may_log_actions else "no"
    fields.append(
        Field("members_may_log_actions", "May members of a group log actions?", "choice", options=YES_NO, value=may)
    )
    return Form("Rules", "setup rules", tuple(fields), intro="Leave what you do not want to change.")


@command(
    "setup rules",
    may="set up",
    title="Rules",
    examples=("/lif setup rules", "/lif setup rules change:nudge_at 08:30"),
    form=rules_form,
)
def rules(
    ctx: Context, change: Annotated[str, Arg("line", "Change", "A rule and its value.", leading=True, longest=200)] = ""
) -> Message:
    """Change when lifbot reminds, escalates and posts."""
    said = given(ctx)
    if change:
        name, _, value = change.strip().partition(" ")
        said = {name.strip(": ").lower(): value.strip()}
    if not said:
        return opened(ctx, rules_form(ctx, {}), "Type for example: /lif setup rules nudge_at 08:30")
    draft = Draft(ctx)
    standing = ctx.scope.rules
    for name, words in said.items():
        value = _read(name, words)
        if value == _plain(getattr(standing, name)):
            continue
        draft.head["rules"] = {**draft.head["rules"], name: value}
        if value == _plain(getattr(Rules(), name)):
            del draft.head["rules"][name]  # as usual, which no file needs to say
    return kept(draft, draft.keep("setup rules"), "The rules are changed.")


def _read(name: str, words: str) -> Any:
    """Turn what was written into a rule's value; LifError says what to write."""
    if name not in (*ASKED, "members_may_log_actions"):
        raise LifError(f"There is no such rule. They are {', '.join(ASKED)} and members_may_log_actions. {UNCHANGED}")
    usual = getattr(Rules(), name)
    value: Any = words.strip()
    if isinstance(usual, bool):
        value = {"yes": True, "no": False}.get(value.lower(), value)
    elif isinstance(usual, int):
        value = int(value) if value.isascii() and value.isdigit() else value
    elif name in ("remind_days_before", "impact_after_months"):
        value = "" if value.lower() in ("never", "none", "[]") else value
        parts = value.replace(" ", "").split(",") if value else []
        value = [int(part) if part.isascii() and part.isdigit() else part for part in parts]
    elif name == "notices_between":
        value = [part.strip() for part in value.replace(" to ", ",").replace("–", ",").split(",")]
    try:
        return _plain(getattr(Rules.parse({name: value}), name))
    except ValueError as wrong:
        raise LifError(f"{_sentence(wrong)} {UNCHANGED}", field=name) from None


def _sentence(wrong: ValueError) -> str:
    return str(wrong).removeprefix("rules: ").replace("_", " ").capitalize()


def _plain(value: Any) -> Any:
    """A rule's value as the partnership file has it."""
    match value:
        case time():
            return f"{value:%H:%M}"
        case (int(day), time() as at):
            return f"{DAYS[day][:3].upper()} {at:%H:%M}"
        case tuple():
            return [_plain(part) for part in value]
        case _:
            return value


def _said(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, list):
        return (" to " if ":" in str(plain[0]) else ", ").join(map(str, plain)) if plain else ""
    return str(plain)
