"""Two good partnership files, to be read or to be spoilt."""

from __future__ import annotations

GOOD = """\
partnership:
  id: kirklees
  name: Kirklees Safeguarding Children Partnership
  abbreviation: KSCP
  timezone: Europe/London
  profile: kirklees
  chair: dev
  business_unit: [amina]
  slack_team: T0001
agencies:
  - {id: council, name: Kirklees Council, ld_link: amina}
  - {id: police, name: West Yorkshire Police}
people:
  - {id: amina, name: Amina Yusuf, agency: council, slack: U0AMINA, email: amina@example.org}
  - {id: ben, name: Ben Carter, agency: police, slack: U0BEN, teams: 7f3c-1}
  - {id: dev, name: Dev Rao, agency: council, slack: U0DEV}
groups:
  - id: se
    name: Safeguarding Effectiveness Subgroup
    prefix: SE
    chair: ben
    deputy: null
    members: [amina, ben]
    slack_channel: C0SE
    meetings: {rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TH", start: "2026-01-08T10:00"}
  - id: ld
    name: Learning and Development Subgroup
    prefix: LD
    chair: amina
    slack_channel: C0LD
    meetings:
      - 2026-03-12T10:00
      - 2026-06-11 14:00
rules:
  nudge_at: "09:00"
  remind_days_before: [14, 3, 0]
"""
BOARDS = GOOD.replace(
    "  chair: dev\n",
    "  boards: [{id: wscb, name: Children Board, scope: children, chair: dev},\n"
    "           {id: wsab, name: Adults Board, scope: adults, chair: ben}]\n",
)
