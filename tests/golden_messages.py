"""The messages and forms that stand in tests/golden as each platform draws them, side by side."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lifbot.message import Ask, Button, Facts, Field, Fine, Form, Heading, ItemCard, ItemList, Message, Quote, Say

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = [
    "<!channel> please look",
    "<@U0DEV> and <http://example.org|your bank>",
    "already &lt;escaped&gt; &amp; kept",
    "*bold* _slanted_ ~gone~ `code` :tada: @here @channel",
    "https://example.org/secret?token=1",
    "\u202eמה המצב?\u202c مرحبا",
    "👩‍👩‍👧 naïve café 🟠",
    "> quoted\n• listed\n```fence```",
]
"""What people may write that a platform could read as markup, a mention or a link."""

NUDGE = Message(
    (
        Say("Good morning, Cleo. One action needs a word from you."),
        ItemCard(
            "SE-2026-014",
            "Audit <MASH> thresholds & report",
            "due 31 March 2026",
            "Amber",
            (
                Button("Done", "action done SE-2026-014", "primary"),
                Button("Update", "action update SE-2026-014"),
                Button("More time", "action extend SE-2026-014"),
                Button("Cannot complete", "action cannot SE-2026-014"),
                Button("Not mine", "action decline SE-2026-014"),
                Button("Snooze", "snooze SE-2026-014"),
            ),
        ),
        Fine("Please leave out names and case details. Your reply goes to the log, which the group can see."),
    ),
    summary="One action needs a word from you",
)
HISTORY = Message(
    (
        Heading("SE-2026-014"),
        Facts((("Owner", "Cleo Hart"), ("Due", "31 March 2026"), ("Agency", "West Yorkshire ICB"))),
        Quote("Waiting for a system change", "the group, 8 May 2026"),
        ItemList(
            "Related",
            (
                ItemCard("SE-2026-014", "Train all duty staff", "due 31 March 2026 · West Yorkshire ICB", "Amber"),
                ItemCard("SE-2026-015", "Ask again", "no date yet"),
            ),
        ),
        Ask("What would help?", (Button("Decide…", "decide SE-2026-014"), Button("Seen", "seen SE-2026-014"))),
    )
)
AGENDA = Message(
    (
        Heading("Agenda, 12 March 2026"),
        ItemList(
            "Due before the meeting",
            (
                ItemCard(
                    "SE-2026-014",
                    "Audit MASH thresholds, bring the findings to the group, say what the three agencies will change",
                    "due 31 March 2026 · West Yorkshire ICB",
                    "Green",
                    (Button("Show", "action show SE-2026-014"),),
                    said="Two of three audits are in.",
                ),
                ItemCard("SE-2026-009", "Train duty staff", "signed off 2 March 2026", "Blue"),
            ),
        ),
        ItemList("Past its date", (ItemCard("SE-2026-003", "Review the referral guidance", "two meetings", "Red"),)),
        ItemList("Awaiting sign-off", (), "Nothing is waiting."),
        Fine("Channels name nobody; owners are asked by direct message."),
    ),
    summary="Agenda, 12 March 2026",
)
QUESTION = Message(
    (
        Say("Not saved yet: “Policy in place when the *new* system is live”"),
        Ask(
            "By when? “when the new system is live” is no date that can be kept.",
            (
                Button("Next meeting, 12 March", "action add 'x' due:2026-03-12", "primary"),
                Button("In a month, 24 March", "action add 'x' due:2026-03-24"),
                Button("End of quarter, 31 March", "action add 'x' due:2026-03-31"),
            ),
        ),
        Ask("", (Button("Open form", "form action add 'x'"), Button("Put aside", "undo", "danger"))),
        Fine("Or type it again with due:…"),
    ),
    summary="By when?",
)
ADD = Form(
    "New action",
    "action add",
    (
        Field("text", "What is to be done?", "text", hint="No names of children or families.", max_length=2000),
        Field(
            "owner",
            "Who answers for it?",
            "person",
            options=(("cleo", "Cleo Hart"), ("ben", "Ben Carter")),
            value="cleo",
        ),
        Field("due", "By when?", placeholder="31 March, or next meeting"),
    ),
    intro="Nothing is saved without an owner and a timescale.",
)
CLOSE = Form(
    "Close the meeting",
    "meeting close group:se confirm:yes",
    (
        Field("said SE-2026-014", "SE-2026-014 Audit *MASH* thresholds", "text", required=False, hint="What was said?"),
        Field("next", "Next meeting", "date", required=False, value="2026-06-12"),
        Field("log", "Which log?", "choice", options=(("child", "Children"), ("adult", "Adults"), ("joint", "Joint"))),
        Field("agency", "Agency", "choice", required=False, options=(("icb", "West Yorkshire ICB"),)),
        Field("with", "Who helps?", "people", required=False, options=(("@ben", "Ben Carter"), ("@eve", "Eve Stone"))),
        Field("signoff", "Sign off", "tick", required=False, options=(("SE-2026-009", "SE-2026-009 Train *all*"),)),
        Field("quorate", "Enough members were there", "tick", required=False, value="yes"),
    ),
    "Close",
    "Safeguarding Effectiveness, 12 March 2026. Leave empty what was not discussed.",
)
MESSAGES: Mapping[str, Message] = {"nudge": NUDGE, "history": HISTORY, "agenda": AGENDA, "question": QUESTION}
FORMS: Mapping[str, Form] = {"add": ADD, "close": CLOSE}


def look_as_before(platform: str, name: str, drawn: Mapping[str, Any]) -> bool:
    """Tell whether it is drawn as tests/golden holds it; LIFBOT_GOLDEN=1 writes it there anew."""
    path = GOLDEN / platform / f"{name}.json"
    if os.environ.get("LIFBOT_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    held: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held == drawn
