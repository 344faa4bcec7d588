"""Accounts that a platform has closed: noted at the address, so a new address is open at once."""

from __future__ import annotations

from collections.abc import Iterator

from lifbot.message import Address
from lifbot.model import Agency, Person
from lifbot.policy.moments import notice_moment
from storage import log, outbox
from storage.scope import Scope


def close(scope: Scope, person: str, address: Address) -> bool:
    """Note that somebody's account is closed, and promise to ask once whether they have left; False if unknown."""
    return closed(scope, scope.first(Person, Person.id == person), address.platform, address.to)


def closed(scope: Scope, person: Person | None, platform: str, account: str) -> bool:
    """Note that an account is closed; False where nobody here has it, or it was noted before."""
    if person is None or person.left_on or getattr(person, platform) != account:
        return False
    if getattr(person, f"{platform}_closed") == account:
        return False
    setattr(person, f"{platform}_closed", account)
    scope.add(person)
    log.write(scope, "lifbot", "account closed", about=f"person {person.id}")
    opens = notice_moment(scope.now, scope.rules, scope.zone)
    for who in dict.fromkeys(_askable(scope, person)):
        key, about = f"account/{person.id}/{account}/{who}", {"closed": person.id}
        outbox.put(scope, key, "account", person=who, about=about, not_before=opens)
    return True


def reopened(scope: Scope, person: Person, platform: str) -> None:
    """Note that somebody's account works again: they wrote, the platform says so, or somebody who knows."""
    if getattr(person, f"{platform}_closed"):
        setattr(person, f"{platform}_closed", None)
        scope.add(person)
        log.write(scope, "lifbot", "account open", about=f"person {person.id}")


def _askable(scope: Scope, person: Person) -> Iterator[str]:
    agency = scope.first(Agency, Agency.id == person.agency)
    if agency and agency.ld_link and agency.ld_link != person.id:
        yield agency.ld_link
    yield from (id for id in scope.partnership.business_unit if id != person.id)
