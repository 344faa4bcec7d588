"""views.*: modals and Home."""

from lifbot.playground.limits import broken_in_view
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.shapes import with_ids


def _body(asked: Asked) -> Json:
    view = asked.args.get("view")
    if not isinstance(view, dict):
        raise Refusal("invalid_arguments", "missing required field: view")
    broken = broken_in_view(view)
    if broken:
        raise Refusal("invalid_arguments", *broken)
    return {**view, "blocks": with_ids(view["blocks"])}


def open_modal(asked: Asked) -> Json:
    """Opens a modal for the person whose deed gave the trigger id."""
    body = _body(asked)
    return {"view": asked.workspace.views.open(asked.workspace.triggers.redeem(asked.text("trigger_id")), body).body}


def push(asked: Asked) -> Json:
    """Lays a modal on the one that is open."""
    body = _body(asked)
    return {"view": asked.workspace.views.push(asked.workspace.triggers.redeem(asked.text("trigger_id")), body).body}


def update(asked: Asked) -> Json:
    """Redraws a modal."""
    view = asked.workspace.views.find(asked.maybe("view_id"), asked.maybe("external_id"))
    return {"view": asked.workspace.views.update(view, _body(asked), asked.maybe("hash")).body}


def publish(asked: Asked) -> Json:
    """Fills somebody's Home."""
    user = asked.text("user_id")
    if asked.workspace.cast.person(user) is None:
        raise Refusal("user_not_found")
    return {"view": asked.workspace.views.publish(user, _body(asked), asked.maybe("hash")).body}


METHODS: dict[str, Method] = {
    "views.open": open_modal,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
