"""From the file's text to its values, section by section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from lifbot import profiles
from lifbot.partnership_file.answers import answers
from lifbot.partnership_file.faults import FaultyFile, did_you_mean, said
from lifbot.partnership_file.meetings import meetings
from lifbot.partnership_file.nodes import compose, is_nothing, plain_value
from lifbot.partnership_file.table import Ledger, Table
from lifbot.partnership_file.values import (
    AgencyEntry,
    BoardEntry,
    GroupEntry,
    PartnershipEntry,
    PartnershipFile,
    PersonEntry,
)
from lifbot.policy.rules import READERS, Rules

T = TypeVar("T")

SECTIONS = ("partnership", "agencies", "people", "groups", "rules")
PARTNERSHIP_KEYS = (
    "id",
    "name",
    "abbreviation",
    "timezone",
    "profile",
    "chair",
    "deputy_chair",
    "business_unit",
    "slack_team",
    "teams_tenant",
    "answers",
    "boards",
)
BOARD_KEYS = ("id", "name", "scope", "chair")
AGENCY_KEYS = ("id", "name", "ld_link", "ld_deputy", "representative")
PERSON_KEYS = ("id", "name", "agency", "slack", "teams", "email", "prefers")
GROUP_KEYS = (
    "id",
    "name",
    "prefix",
    "aliases",
    "chair",
    "deputy",
    "members",
    "slack_channel",
    "teams_channel",
    "meetings",
)
SCOPES = ("children", "adults")
PLATFORMS = ("slack", "teams")


def read(text: str) -> PartnershipFile:
    """The values of a partnership file; FaultyFile, with one line that names the line, where it cannot be loaded."""
    ledger = Ledger()
    file = Table(compose(text), "", SECTIONS, ledger)
    node = file.node("partnership")
    if node is None:
        raise FaultyFile(file.line_of("partnership"), "", '"partnership" is missing; please begin with "partnership:".')
    head = Table(node, "partnership", PARTNERSHIP_KEYS, ledger)
    partnership = _partnership(head)
    zone = ZoneInfo(partnership.timezone)
    found = PartnershipFile(
        partnership=partnership,
        boards=_section(head, "boards", BOARD_KEYS, _board),
        agencies=_section(file, "agencies", AGENCY_KEYS, _agency),
        people=_section(file, "people", PERSON_KEYS, _person),
        groups=_section(file, "groups", GROUP_KEYS, lambda row: _group(row, zone, partnership.profile)),
        rules=_rules(file),
    )
    _check_mentions(found, ledger)
    _check_chairs(found, head)
    return found


def _section(above: Table, key: str, keys: tuple[str, ...], entry: Callable[[Table], T]) -> tuple[T, ...]:
    return tuple(entry(Table(node, above.at(key), keys, above.ledger)) for node in above.rows(key))


def _partnership(row: Table) -> PartnershipEntry:
    id = row.own_id("partnership")
    profile = _one_of(row, "profile", profiles.names())
    return PartnershipEntry(
        id=id,
        name=row.required("name"),
        abbreviation=row.text("abbreviation") or id.upper(),
        timezone=_timezone(row),
        profile=profile,
        chair=row.mention("chair", "people"),
        deputy_chair=row.mention("deputy_chair", "people"),
        business_unit=row.mentions("business_unit", "people"),
        slack_team=row.text("slack_team"),
        teams_tenant=row.text("teams_tenant"),
        answers=answers(row, profile),
    )


def _timezone(row: Table) -> str:
    name = row.text("timezone")
    if name is None:
        return "Europe/London"
    zones = available_timezones()
    if name not in zones:
        hint = did_you_mean(name, zones) or '; please write it like "Europe/London".'
        raise row.fault("timezone", f"there is no time zone {said(name)}{hint}")
    return name


def _one_of(row: Table, key: str, known: tuple[str, ...]) -> str | None:
    value = row.text(key)
    if value is not None and value not in known:
        hint = did_you_mean(value, known) or f"; please use one of {', '.join(known)}."
        raise row.fault(key, f"{said(value)} is not known here{hint}")
    return value


def _board(row: Table) -> BoardEntry:
    id, name = row.own_id("board"), row.required("name")
    row.required("scope")
    return BoardEntry(id, name, _one_of(row, "scope", SCOPES) or "", row.mention("chair", "people"))


def _agency(row: Table) -> AgencyEntry:
    posts = (row.mention(post, "people") for post in ("ld_link", "ld_deputy", "representative"))
    return AgencyEntry(row.own_id("agency"), row.required("name"), *posts)


def _person(row: Table) -> PersonEntry:
    id, name = row.own_id("person"), row.required("name")
    email = row.address("email")
    if email is not None and "@" not in email:
        raise row.fault("email", f"{said(email)} is not an e-mail address; please write it like name@example.org.")
    return PersonEntry(
        id=id,
        name=name,
        agency=row.mention("agency", "agencies"),
        slack=row.own_address("slack"),
        teams=(row.own_address("teams") or "").lower() or None,
        email=email,
        prefers=_one_of(row, "prefers", PLATFORMS),
    )


def _group(row: Table, zone: ZoneInfo, profile: str | None) -> GroupEntry:
    id, name = row.own_id("group"), row.required("name")
    return GroupEntry(
        id=id,
        name=name,
        prefix=row.own_prefix(),
        aliases=row.texts("aliases") if "aliases" in row.nodes else _known_names(profile, id, name),
        chair=row.mention("chair", "people"),
        deputy=row.mention("deputy", "people"),
        members=row.mentions("members", "people"),
        slack_channel=row.own_address("slack_channel"),
        teams_channel=row.own_address("teams_channel"),
        meetings=meetings(row, zone),
    )


def _known_names(profile: str | None, id: str, name: str) -> tuple[str, ...]:
    """The names the profile has for this group: "next meeting of L&D" is read by them."""
    known = [group for group in profiles.load(profile).groups if group.goes_by(id, name)] if profile else []
    return tuple(each for group in known for each in (group.name, *group.aliases) if each.casefold() != name.casefold())


def _rules(file: Table) -> dict[str, Any]:
    node = file.node("rules")
    if node is None:
        return {}
    row = Table(node, "rules", tuple(READERS), file.ledger)
    values = {key: plain_value(each) for key, each in row.nodes.items() if not is_nothing(each)}
    for key, value in values.items():
        _check_rules(row, {key: value})
    _check_rules(row, values)
    return values


def _check_rules(row: Table, values: dict[str, Any]) -> None:
    try:
        Rules.parse(values)
    except ValueError as wrong:
        text = str(wrong).removeprefix("rules: ")
        line = next((row.line_of(key) for key in values if key in text), row.line)
        raise FaultyFile(line, "rules", text) from None


def _check_mentions(file: PartnershipFile, ledger: Ledger) -> None:
    known = {
        "people": {name: person.id for person in file.people for name in (person.id, person.name)},
        "agencies": {name: agency.id for agency in file.agencies for name in (agency.id, agency.name)},
    }
    ids = {section: set(names.values()) for section, names in known.items()}
    for mention in sorted(ledger.mentions, key=lambda each: each.line):
        if mention.id not in ids[mention.section]:
            start = "nobody is called" if mention.section == "people" else "there is no agency called"
            hint = did_you_mean(mention.id, known[mention.section]) or f"; please add it under {mention.section}."
            raise FaultyFile(mention.line, mention.where, f"{start} {said(mention.id)}{hint}")


def _check_chairs(file: PartnershipFile, head: Table) -> None:
    """Escalations must reach somebody: the chair, else the deputy, else the business unit."""
    if file.boards and file.partnership.chair is not None:
        raise head.fault("chair", "with boards, each Board has a chair of its own; please take this one out.")
    others = file.partnership.deputy_chair or file.partnership.business_unit
    chairs = [board.chair for board in file.boards] or [file.partnership.chair]
    if None in chairs and not others:
        raise head.fault(
            "chair", "escalations would reach nobody; please name a chair (or a deputy_chair or business_unit)."
        )
