"""How often recurring duties come round where the framework leaves it open: it is asked, never assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from commands.context import Context
from commands.setup.answers import kept, opened
from commands.setup.draft import NOBODY, UNCHANGED, Draft, given
from lifbot import profiles, rhythm
from lifbot.errors import LifError
from lifbot.grammar import clip, command
from lifbot.message import Field, Form, Message
from lifbot.profiles import Duty

OFTEN = "often "  # begins a field's name
NO_PROFILE = f"Choose a profile first: type /lif setup partnership. {UNCHANGED}"


def form(ctx: Context, raw: Mapping[str, str]) -> Form:
    """Ask how often duties come round: those that are open, those that were answered, else all."""
    draft = Draft(ctx)
    answers = draft.head["answers"]
    every = _duties(draft)
    asked = [duty for duty in every if not duty.every or duty.id in answers] or every
    intro = "The framework leaves this open, so please say it. Leave empty what you do not know yet."
    return Form("Recurring duties", "setup duties", tuple(_fields(asked, answers)), intro=intro)


def _fields(asked: list[Duty], answers: Mapping[str, str]) -> Iterator[Field]:
    for duty in asked:
        unclear = f"{' or '.join(duty.choices).capitalize()}?" if duty.choices else ""
        hint = unclear or (f"The framework says {duty.repeats}." if duty.repeats else "For example “every two years”.")
        name, label = f"{OFTEN}{duty.id}", clip(duty.name, 100)
        yield Field(name, label, required=False, hint=hint, value=answers.get(duty.id, ""), max_length=100)


def _duties(draft: Draft) -> list[Duty]:
    return list(profiles.load(draft.head["profile"]).duties) if draft.head["profile"] else []


@command("setup duties", may="set up", title="Recurring duties", examples=("/lif setup duties",), form=form)
def duties(ctx: Context) -> Message:
    """Say how often recurring duties come round where the framework leaves it open."""
    draft = Draft(ctx)
    if not _duties(draft):
        raise LifError(NO_PROFILE)
    said = {name.removeprefix(OFTEN): value for name, value in given(ctx).items() if name.startswith(OFTEN)}
    if not said:
        return opened(ctx, form(ctx, {}), "Open the form to say how often each recurring duty comes round.")
    answers = dict(draft.head["answers"])
    for duty in _duties(draft):
        if duty.id in said:
            _answer(answers, duty, said[duty.id].strip())
    draft.head["answers"] = answers
    named = "; ".join(f"{duty.name}: {answers[duty.id]}" for duty in _duties(draft) if duty.id in answers)
    return kept(draft, draft.keep("setup duties"), f"Noted. {named or 'Nothing is said of them any more'}.")


def _answer(answers: dict[str, str], duty: Duty, said: str) -> None:
    """Keep one answer; an emptied field takes it away. LifError where it cannot be read."""
    if said.lower() in NOBODY:
        answers.pop(duty.id, None)
        return
    if isinstance(question := rhythm.read(said), str):
        raise LifError(question, field=f"{OFTEN}{duty.id}")
    answers[duty.id] = said
