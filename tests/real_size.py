"""A partnership of real size: Kirklees with six groups, 25 people of eight agencies and 150 open actions.

The groups are those of its framework; people, agencies' links and actions are made up.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

FIRST_MORNING = "2026-01-12T10:00"  # Monday; the year is lived from here
AGENCIES = {
    "council": "Kirklees Council",
    "icb": "West Yorkshire ICB",
    "police": "West Yorkshire Police",
    "locala": "Locala Community Partnerships",
    "trust": "Calderdale and Huddersfield Trust",
    "schools": "Kirklees Schools",
    "probation": "Probation Service",
    "voluntary": "Voluntary Sector Alliance",
}
NAMES = (
    *("Amina Yusuf", "Ben Carter", "Cleo Hart", "Dev Rao", "Grace Okafor", "Harry Lund", "Ines Duarte", "Jack Moore"),
    *("Keira Walsh", "Leon Pitt", "Maya Singh", "Noor Khan", "Owen Tate", "Priya Nair", "Quinn Ashby", "Rosa Bianchi"),
    *("Sam Field", "Tara Flynn", "Umar Aziz", "Vera Novak", "Will Dean", "Xenia Costa", "Yasmin Ali", "Zak Bell"),
    "Fay O'Brien",
)
IN_NO_WORKSPACE = "fay"
PEOPLE = {name.split()[0].lower(): name for name in NAMES}
AGENCY_OF = dict(zip(PEOPLE, [*AGENCIES, *AGENCIES, *AGENCIES, "voluntary"], strict=True)) | {"dev": "council"}
LINKS = dict.fromkeys(AGENCIES, "") | {
    **{"council": "amina", "icb": "ben", "police": "cleo", "locala": "noor", "trust": "grace", "schools": "harry"},
    **{"probation": "ines", "voluntary": "jack"},
}


class Body(NamedTuple):
    """A group: its name, chair, deputy and members, and when it meets."""

    name: str
    prefix: str
    chair: str
    deputy: str | None
    members: str
    meets: str


STOPS = '["2026-01-27T13:00", "2026-03-24T13:00"]'  # and then it meets no more
GROUPS = {
    "se": Body(
        "Safeguarding Effectiveness Subgroup",
        "SE",
        "ben",
        "grace",
        "amina, cleo, harry, ines, maya, fay",
        '{rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}',
    ),
    "spr": Body(
        "Serious Practice Review Subgroup",
        "SPR",
        "harry",
        "leon",
        "amina, jack, keira, noor",
        '{rrule: "FREQ=MONTHLY;BYDAY=1WE", start: "2026-01-07T09:30"}',
    ),
    "cdop": Body("Child Death Overview Panel", "CDOP", "keira", None, "amina, owen, priya", STOPS),
    "ld": Body(
        "Learning and Development Subgroup",
        "LD",
        "grace",
        "tara",
        "amina, quinn, rosa, sam, umar",
        '{rrule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU", start: "2026-01-20T14:00"}',
    ),
    "bg": Body(
        "Business Group",
        "BG",
        "tara",
        None,
        "amina, dev, vera, will",
        '{rrule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=4TH", start: "2026-01-22T13:00"}',
    ),
    "pp": Body(
        "Policy and Procedures Group",
        "PP",
        "zak",
        "xenia",
        "amina, yasmin, leon",
        '{rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", start: "2026-02-02T11:00"}',
    ),
}
EACH = 25  # open actions of each group

TASKS = (
    "Audit referrals that did not meet the threshold",
    "Review the neglect toolkit with practitioners",
    "Agree how agencies are told of strategy meetings",
    "Write a briefing on professional curiosity",
    "Check that the escalation policy is in induction packs",
    "Collect what young people say about return interviews",
    "Map training on domestic abuse across agencies",
    "Update the information sharing agreement",
    "Sample supervision records for case discussion",
    "Bring figures on school attendance",
    "Ask health visitors about the new pathway",
    "Report on the use of the multi-agency form",
    "Plan a practice week with three themes",
)
MINUTE = """Matters arising
1. CH to review the toolkit by next meeting
2. Action: Grace Okafor to bring the audit figures by 30 April
- Ines to write to head teachers about attendance by 15 May
- MS to check the induction pack by the end of May
• Harry Lund to report on return interviews by 30 June
a) Amina to circulate the minutes by next meeting
b) Cleo to ask for the training data by 31 May
4.1 Ben Carter to speak with the commissioners by 12 June
4.2 Maya Singh to collect case examples by 30 June
Action: HL to draft the terms of reference by 29 May
Action: GO to bring a paper on supervision by next meeting
- Ines Duarte to map what probation offers by 31 July
- Cleo Hart to agree the wording with the ICB by 30 June
- Harry to ask two schools for feedback by 10 July
- Maya to present the findings by 31 July
* Grace to update the risk register by 30 May
* Amina Yusuf to book the venue by 20 May
5. Ben to confirm the membership by 30 May
6. CH to send the slides by 15 May
7. ID to compare the referral routes by 31 July"""


def file() -> str:
    """Return the partnership file."""
    agencies = "\n".join(f"  - {{id: {id}, name: {name}, ld_link: {LINKS[id]}}}" for id, name in AGENCIES.items())
    people = "\n".join(_person(id, name) for id, name in PEOPLE.items())
    groups = "\n".join(_group(id, body) for id, body in GROUPS.items())
    return f"""
partnership: {{id: kirklees, name: Kirklees Safeguarding Children Partnership, abbreviation: KSCP,
              timezone: Europe/London, profile: kirklees, chair: dev, business_unit: [amina], slack_team: T0LIFBOT}}
agencies:
{agencies}
people:
{people}
groups:
{groups}
"""


def _person(id: str, name: str) -> str:
    address = "" if id == IN_NO_WORKSPACE else f", slack: U0{id.upper()}"
    return f'  - {{id: {id}, name: "{name}", agency: {AGENCY_OF[id]}{address}}}'


def _group(id: str, body: Body) -> str:
    members = ", ".join(dict.fromkeys([*body.members.split(", "), body.chair, *([body.deputy] if body.deputy else [])]))
    return (
        f"  - {{id: {id}, name: {body.name}, prefix: {body.prefix}, chair: {body.chair}, "
        f"deputy: {body.deputy or 'null'}, members: [{members}],\n"
        f"      slack_channel: C0{id.upper()}, meetings: {body.meets}}}"
    )


class Logged(NamedTuple):
    """One of the 150: in whose channel it is typed, by whom, and the line."""

    channel: str
    chair: str
    line: str


def actions() -> list[Logged]:
    """Return what the chairs type on the first morning: dates spread over eight months, owners over the members."""
    return [_action(id, body, number) for id, body in GROUPS.items() for number in range(EACH)]


def _action(id: str, body: Body, number: int) -> Logged:
    owners = [body.chair, *body.members.split(", ")]
    owner = owners[number % len(owners)]
    due = date(2026, 2, 2) + timedelta(days=(number * 37 + len(id) * 11) % 240)
    text = f"{TASKS[number % len(TASKS)]} (part {number // len(TASKS) + 1})"
    return Logged(f"C0{id.upper()}", body.chair, f"/lif action add {text} owner:@{owner} due:{due.isoformat()}")
