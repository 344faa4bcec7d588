"""The arguments of the commands about notices."""

from __future__ import annotations

from typing import Annotated

from commands.bind import Due
from lifbot.grammar import Arg
from lifbot.model import Notice, Source
from lifbot.notices.dissemination import AUDIENCES, LONGEST_TITLE

LEAVE_OUT = "Leave out names of children and families, and case details."
Ref = Annotated[Notice, Arg("notice", "Reference", "Such as DN-2026-001.")]
Title = Annotated[str, Arg("line", "Title", f"Anybody may come to read it. {LEAVE_OUT}", longest=LONGEST_TITLE)]
Product = Annotated[str, Arg("line", "Product", "Such as a briefing or a One Minute Guide.", longest=100)]
Summary = Annotated[str, Arg("text", "Summary in two lines", f"What is new, and for whom. {LEAVE_OUT}", longest=600)]
By = Annotated[
    Due, Arg("when", "Agencies cascade it by", "A date, or “within three weeks”.", keys=("by", "cascade-by"))
]
NewBy = Annotated[Due | None, Arg("when", "Agencies cascade it by", "A date.", keys=("by", "cascade-by"))]
Asks = Annotated[
    str,
    Arg(
        "text",
        "What agencies are asked to do",
        "What applies to them, and what will they do?",
        keys=("asks",),
        longest=600,
    ),
]
Link = Annotated[str, Arg("line", "Link", "Where it can be read: https://…", keys=("url",), longest=500)]
Audience = Annotated[str, Arg("choice", "For whom", options=AUDIENCES, keys=("for",))]
From = Annotated[Source | None, Arg("source", "Comes from", "The review or audit, such as LR-2026-001.")]
Agencies = Annotated[str, Arg("line", "Agencies that cascade it", "All, unless you say which; or none.", longest=2000)]
Groups = Annotated[
    str,
    Arg("line", "Posted in the channels of", "All groups with a channel, unless you say which; or none.", longest=2000),
]
Channels = Annotated[
    str,
    Arg(
        "line", "Also published in", "Such as website, newsletter: a list to tick off.", keys=("channel",), longest=1000
    ),
]
Event = Annotated[
    str,
    Arg(
        "line",
        "Date and time",
        "Of a briefing, course or conference: 14 March 2026 10:00.",
        keys=("event",),
        longest=60,
    ),
]
Place = Annotated[str, Arg("line", "Place", "Where that is held.", longest=200)]
Publish = Annotated[
    str,
    Arg(
        *("line", "Publish"),
        "“once checked”, or a time such as 6 March 2026 09:00. Left empty, you publish it yourself.",
        longest=60,
    ),
]
Because = Annotated[str, Arg("text", "Reason", leads=("because",), keys=("because", "why"), longest=500)]
