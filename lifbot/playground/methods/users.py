"""auth.*, api.* and users.*: who is who."""

from lifbot.playground.cast import APP, BOT, BOT_ID, BOT_NAME, Person
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal


def auth(asked: Asked) -> Json:
    """Who lifbot is in this workspace."""
    return {
        "url": f"{asked.here}/",
        "team": "playground",
        "team_id": asked.workspace.cast.team,
        "user": BOT_NAME,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "app_id": APP,
        "is_enterprise_install": False,
    }


def api_test(asked: Asked) -> Json:
    """Answers, and says what it was given."""
    return {"args": dict(asked.args)}


def _user(asked: Asked, person: Person) -> Json:
    profile = {
        "real_name": person.name,
        "display_name": person.handle,
        "title": person.title,
        "email": person.address,
    }
    return {
        "id": person.id,
        "team_id": asked.workspace.cast.team,
        "name": person.handle,
        "real_name": person.name,
        "deleted": False,
        "is_bot": person.id == BOT,
        "is_app_user": False,
        "tz": "Europe/London",
        "profile": profile,
    }


def _everyone(asked: Asked) -> tuple[Person, ...]:
    return (*asked.workspace.cast.people, Person(BOT, BOT_NAME))


def info(asked: Asked) -> Json:
    """One person, or lifbot."""
    found = [person for person in _everyone(asked) if person.id == asked.args.get("user")]
    if not found:
        raise Refusal("user_not_found")
    return {"user": _user(asked, found[0])}


def every(asked: Asked) -> Json:
    """Everybody."""
    return {"members": [_user(asked, p) for p in _everyone(asked)], "response_metadata": {"next_cursor": ""}}


def by_email(asked: Asked) -> Json:
    """The person with that e-mail address."""
    wanted = asked.text("email").lower()
    found = [person for person in asked.workspace.cast.people if person.address.lower() == wanted]
    if not found:
        raise Refusal("users_not_found")
    return {"user": _user(asked, found[0])}


METHODS: dict[str, Method] = {
    "auth.test": auth,
    "api.test": api_test,
    "users.info": info,
    "users.list": every,
    "users.lookupByEmail": by_email,
}
