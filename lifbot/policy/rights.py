"""Who may do what: the table of DOMAIN.md, in one place."""

from __future__ import annotations

from enum import StrEnum

from lifbot.listed import listed


class Role(StrEnum):
    """What somebody is to an item, a group or the partnership; one person may be several."""

    OWNER = "the owner"
    GROUP_CHAIR = "the group's chair"
    DEPUTY = "its deputy"
    BUSINESS_UNIT = "the business unit"
    PARTNERSHIP_CHAIR = "the partnership chair"
    CONTRIBUTOR = "a contributor"
    STAND_IN = "who stands in for the owner"
    OFFERED = "who it is offered to"
    MEMBER = "a member of the group"
    OTHER = "a member of the partnership"


LEADS = frozenset({Role.GROUP_CHAIR, Role.DEPUTY, Role.BUSINESS_UNIT})
DECIDERS = LEADS | {Role.PARTNERSHIP_CHAIR}
EVERYONE = frozenset(Role)
IN_PLACE = frozenset({Role.STAND_IN, Role.OFFERED})
"""Roles that come and go, which no refusal and no page of help speaks of."""

MAY: dict[str, frozenset[Role]] = {
    "ask": EVERYONE,  # help, and what shows nothing of others
    "see": DECIDERS | {Role.MEMBER, Role.OWNER, Role.CONTRIBUTOR} | IN_PLACE,
    "log": DECIDERS,
    "log as member": DECIDERS | {Role.MEMBER},  # where the partnership's setting says so
    "log issue": EVERYONE,
    "log practice": DECIDERS | {Role.MEMBER},
    "raise challenge": EVERYONE,
    "keep register": DECIDERS,  # reviews, audits and their milestones
    "see register": DECIDERS | {Role.MEMBER},
    "hold": frozenset({Role.BUSINESS_UNIT, Role.PARTNERSHIP_CHAIR}),  # silence a source, or lift that
    "write notice": DECIDERS,  # and see to it until it is closed
    "ask agencies": DECIDERS,  # for assurance
    "report": LEADS | {Role.OWNER, Role.STAND_IN},  # done, cannot, snooze, evidence, hand over
    "update": LEADS | {Role.OWNER, Role.STAND_IN, Role.CONTRIBUTOR},  # whose "done" is an update too
    "decline": LEADS | {Role.OWNER, Role.STAND_IN, Role.CONTRIBUTOR, Role.OFFERED},
    "ask for time": DECIDERS | {Role.OWNER, Role.STAND_IN},  # who may decide gives it
    "share": DECIDERS | {Role.OWNER, Role.STAND_IN},  # name contributors
    "hand over": DECIDERS,  # an output of one group to another, one's own too
    "decide": DECIDERS,  # sign off, re-date, return, accept, edit, withdraw
    "escalate": LEADS,
    "nudge": LEADS,  # remind an owner with words of one's own
    "meet": LEADS,  # close, move, cancel a meeting
    "set up": frozenset({Role.BUSINESS_UNIT}),  # people, agencies, groups, rules
    "set up group": LEADS,  # a group's own meetings and members
    "answer escalation": frozenset({Role.PARTNERSHIP_CHAIR}),
    "oversee": frozenset({Role.BUSINESS_UNIT, Role.PARTNERSHIP_CHAIR}),
}

ANYWHERE = frozenset({"write notice"})
"""Rights over what is the whole partnership's: who has them in one group has them wherever they ask."""
OWNERS = frozenset({"report", "ask for time", "share"})
"""Rights that a contributor might expect to have, and whose refusal says who has them."""
NOT_OWN = frozenset({"decide"})
"""Rights that nobody has over an item of their own (ruling 4)."""


def may(right: str, roles: frozenset[Role]) -> bool:
    """Say whether somebody with these roles has the right."""
    if right in NOT_OWN and Role.OWNER in roles:
        return False
    return bool(MAY[right] & roles)


def is_everyones(right: str) -> bool:
    """Say whether everybody in the partnership has the right, whatever their roles."""
    return MAY[right] == EVERYONE


def who_may(right: str) -> str:
    """Return the roles that have a right, as a phrase: "the group's chair, … or the business unit"."""
    if is_everyones(right):
        return "anyone in the partnership"
    names = [str(role) for role in Role if role in MAY[right] - IN_PLACE]
    return listed(names, "or")
