"""What somebody types in the composer, turned into the text that Slack sends to an app."""

import re

from lifbot.playground.cast import BOT, BOT_NAME, Cast

LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)'\"]")


def escaped(text: str) -> str:
    """The three characters that Slack converts."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_sent(text: str, cast: Cast, *, labelled: bool) -> str:
    """Escapes, and turns @people, #channels and links into Slack's forms; `labelled` adds the name, as commands do."""
    names = {**_people(cast), **_channels(cast)}
    spoken = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w@#])(?:{spoken})(?![\w])", re.IGNORECASE)

    def form(found: re.Match[str]) -> str:
        opening, label = names[found.group().lower()]
        return f"<{opening}|{label}>" if labelled else f"<{opening}>"

    linked = LINK.sub(lambda found: f"<{found.group()}>", escaped(text))
    return pattern.sub(form, linked)


def _people(cast: Cast) -> dict[str, tuple[str, str]]:
    names = {f"@{BOT_NAME}": (f"@{BOT}", BOT_NAME)}
    for person in cast.people:
        for name in (person.handle, person.name):
            names[f"@{escaped(name)}".lower()] = (f"@{person.id}", person.handle)
    return names


def _channels(cast: Cast) -> dict[str, tuple[str, str]]:
    return {f"#{channel.name}".lower(): (f"#{channel.id}", channel.name) for channel in cast.channels}
