"""A room in which the agencies have named who speaks for them: for what is asked of agencies."""

from __future__ import annotations

from lifbot.model import Agency
from tests.desk import Desk
from tests.room import Room, file

NAMED = file().replace("name: West Yorkshire ICB}", "name: West Yorkshire ICB, ld_link: cleo}")
NAMED = NAMED.replace("name: West Yorkshire Police}", "name: West Yorkshire Police, ld_link: ian}")
NAMED = NAMED.replace("name: Kirklees Council}", "name: Kirklees Council, ld_link: amina}")


def represents(it: Room | Desk, agency: str, **who: str | None) -> None:
    """Name an agency's representative, or change its link."""
    with it.db.begin() as session:
        row = session.get_one(Agency, ("kirklees", agency))
        for name, person in who.items():
            setattr(row, name, person)
        session.add(row)
