"""A workspace without a partnership, and the business manager who sets one up there by chat."""

from __future__ import annotations

from dataclasses import dataclass, field

from lifbot.message import Form, Message
from storage import codes
from tests.desk import Desk, buttons_of

NAMES = {
    "U0AMINA": "Amina Yusuf",
    "U0BEN": "Ben Carter",
    "U0CLEO": "Cleo Hart",
    "U0DEV": "Dev Rao",
    "U0GRACE": "Grace Okafor",
}
TALK = "C0TALK"


@dataclass
class Manager:
    """Somebody at the desk whose platform tells names when it is asked, as Slack's edge does."""

    desk: Desk
    who: str = "amina"
    asked: list[str] = field(default_factory=list)

    def code(self) -> str:
        """Make a code, as the operator does."""
        with self.desk.db.begin() as session:
            return codes.make(session, self.desk.now)

    def types(self, text: str, place: str = TALK) -> Message:
        """Type a command."""
        return self._heard(text, "command", place)

    def presses(self, shown: Message, label: str, place: str = TALK) -> Message:
        """Press a button."""
        found = [button for button in buttons_of(shown) if button.label.startswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in buttons_of(shown)]}"
        return self._heard(found[0].command, "click", place)

    def fills(self, opened: Message, place: str = TALK, **values: str) -> Message:
        """Fill in the form that was opened, on top of what it holds, and send it."""
        assert opened.form, opened.plain()
        return self.sends(opened.form, place, **values)

    def sends(self, form: Form, place: str = TALK, **values: str) -> Message:
        """Send a form."""
        assert values.keys() <= {each.name for each in form.fields}, [each.name for each in form.fields]
        filled = {**{each.name: each.value for each in form.fields}, **values}
        return self._heard(form.command, "form", place, fields=tuple(filled.items()))

    def _heard(self, text: str, kind: str, channel: str, **given: object) -> Message:
        answer = self.desk.hears(self.who, text, channel, kind, **given)  # type: ignore[arg-type]  # keyword arguments of several types
        assert answer is not None
        if answer.unnamed:
            self.asked += answer.unnamed
            names = tuple((id, NAMES[id]) for id in answer.unnamed if id in NAMES)
            answer = self.desk.hears(self.who, text, channel, kind, names=names, **given)  # type: ignore[arg-type]  # keyword arguments of several types
            assert answer is not None
        return answer
