"""Sending and closing a modal."""

import json
from dataclasses import dataclass, field

from lifbot.playground.deeds import UNANSWERED, frame
from lifbot.playground.limits import broken_in_view
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.shapes import Values, state_of, unfilled, with_ids
from lifbot.playground.stage import Stage
from lifbot.playground.views import View


@dataclass(frozen=True)
class Outcome:
    """What became of a form: complaints by block id, or one line about the whole."""

    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None


def _mine(stage: Stage, user: str, view_id: str) -> View:
    view = stage.workspace.views.find(view_id)
    if view.person != user or view.kind != "modal":
        raise Refusal("not_found")
    return view


async def submit(stage: Stage, user: str, view_id: str, values: Values) -> Outcome:
    """Sends a form to the bot and does what it answers."""
    view = _mine(stage, user, view_id)
    state = state_of(view.body["blocks"], values)
    errors = unfilled(view.body["blocks"], state)
    if errors:
        return Outcome(errors)
    payload = {**frame(stage, user, "view_submission"), "view": {**view.body, "state": state}, "response_urls": []}
    reply = await stage.wire.form({"payload": json.dumps(payload)})
    if not reply.ok:
        return Outcome(trouble=UNANSWERED)
    return _obey(stage, view, reply.json)


def _obey(stage: Stage, view: View, answer: Json) -> Outcome:
    views = stage.workspace.views
    wanted = answer.get("response_action")
    if wanted == "errors":
        return Outcome(dict(answer.get("errors") or {}))
    if wanted in ("update", "push"):
        body = answer.get("view") or {}
        broken = broken_in_view(body)
        if broken:
            return Outcome(trouble=f"lifbot answered with a form that cannot be shown: {broken[0]}")
        body = {**body, "blocks": with_ids(body["blocks"])}
        if wanted == "push":
            views.push(view.person, body)
        else:
            views.update(view, body)
    elif wanted == "clear":
        views.clear(view.person)
    elif any(open_view.id == view.id for open_view in views.stack(view.person)):
        views.close(view)
    return Outcome()


async def close(stage: Stage, user: str, view_id: str, *, everything: bool = False) -> None:
    """Closes a modal without sending it, and tells the bot if it asked to know."""
    view = _mine(stage, user, view_id)
    everything = everything or bool(view.body["clear_on_close"])
    if everything:
        stage.workspace.views.clear(user)
    else:
        stage.workspace.views.close(view)
    if view.body["notify_on_close"]:
        payload = {**frame(stage, user, "view_closed"), "view": view.body, "is_cleared": everything}
        await stage.wire.form({"payload": json.dumps(payload)})
