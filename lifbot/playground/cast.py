"""Who and what is in the local workspace: people, channels and lifbot itself."""

from dataclasses import dataclass

BOT = "U0LIFBOT"
BOT_ID = "B0LIFBOT"
BOT_NAME = "lifbot"
APP = "A0LIFBOT"
HOUSE = "U0HOUSE"  # the author of the playground's own notices, such as a time-out
COMMAND = "/lif"
HUES = 8


@dataclass(frozen=True)
class Person:
    """Somebody a visitor of the playground can be."""

    id: str
    name: str
    title: str = ""
    email: str | None = None

    @property
    def handle(self) -> str:
        """The short name that follows an @."""
        short = self.id.removeprefix("U0").removeprefix("U")
        return (short or self.name.split()[0]).lower()

    @property
    def initials(self) -> str:
        """One or two letters for the avatar."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def hue(self) -> int:
        """Which of the page's avatar colours this person always has."""
        return sum(self.id.encode()) % HUES

    @property
    def address(self) -> str:
        """The e-mail address that lookups by e-mail find."""
        return self.email or f"{self.handle}@example.org"


@dataclass(frozen=True)
class Channel:
    """A channel that everybody can see."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cast:
    """The people and channels of one workspace; `team` is its id."""

    team: str
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]

    def person(self, user: str) -> Person | None:
        """The person with that id."""
        return next((person for person in self.people if person.id == user), None)

    def channel(self, channel: str) -> Channel | None:
        """The channel with that id."""
        return next((each for each in self.channels if each.id == channel), None)

    def in_dm(self, channel: str) -> Person | None:
        """The person whose direct messages with lifbot have that id."""
        return next((person for person in self.people if dm_of(person.id) == channel), None)


def dm_of(user: str) -> str:
    """The id of a person's direct messages with lifbot."""
    return f"D{user[1:]}"
