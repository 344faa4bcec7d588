"""Item and occasion -> Message: reminders, news of changes, escalations, agendas and digests, in the bot's voice.

The wording rules are DOMAIN.md's: the action is spoken of, never the person; every reminder says what can be replied
and who sees the reply; channels name nobody.
"""

from lifbot.notices.change import ASKING, change
from lifbot.notices.escalation import escalation, not_added, unanswered, undelivered, unsigned
from lifbot.notices.file import file
from lifbot.notices.line import Line, meetings
from lifbot.notices.meeting import agenda, digest
from lifbot.notices.nudge import discuss, nudge

__all__ = [
    "ASKING",
    "Line",
    "agenda",
    "change",
    "digest",
    "discuss",
    "escalation",
    "file",
    "meetings",
    "not_added",
    "nudge",
    "unanswered",
    "undelivered",
    "unsigned",
]
