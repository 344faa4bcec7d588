"""Item and occasion -> Message: reminders, news of changes, escalations, agendas and digests, in the bot's voice.

The wording rules are DOMAIN.md's: the action is spoken of, never the person; every reminder says what can be replied
and who sees the reply; channels name nobody.
"""

from lifbot.notices.absence import absence, while_away
from lifbot.notices.card import card, fingerprint, silent_card
from lifbot.notices.change import ASKING, change
from lifbot.notices.dissemination import NoticeView, dissemination
from lifbot.notices.escalation import escalation, not_added, unanswered, undelivered, unsigned
from lifbot.notices.file import file
from lifbot.notices.home import home
from lifbot.notices.leaving import account, leaving
from lifbot.notices.line import InPlace, Line, meetings
from lifbot.notices.meeting import agenda, digest, digests
from lifbot.notices.nudge import DECIDING, Beside, discuss, nudge

__all__ = [
    "ASKING",
    "DECIDING",
    "Beside",
    "InPlace",
    "Line",
    "NoticeView",
    "absence",
    "account",
    "agenda",
    "card",
    "change",
    "digest",
    "digests",
    "discuss",
    "dissemination",
    "escalation",
    "file",
    "fingerprint",
    "home",
    "leaving",
    "meetings",
    "not_added",
    "nudge",
    "silent_card",
    "unanswered",
    "undelivered",
    "unsigned",
    "while_away",
]
