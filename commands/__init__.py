"""Every command there is. To add one, write it beside its like and name it here."""

from commands import digest, help, meeting, undo
from commands.action import add, decide, escalation, report, see
from lifbot.grammar import Command

COMMANDS: tuple[Command, ...] = (
    add.action,
    add.recommendation,
    add.issue,
    see.list_,
    see.show,
    report.update,
    report.done,
    report.evidence,
    report.extend,
    report.cannot,
    report.decline,
    report.snooze,
    decide.signoff,
    decide.return_,
    decide.accept,
    decide.reassign,
    decide.edit,
    decide.withdraw,
    escalation.escalate,
    escalation.seen,
    escalation.decide,
    meeting.next_,
    meeting.agenda,
    meeting.post,
    meeting.close,
    meeting.move,
    meeting.cancel,
    digest.now,
    undo.undo,
    help.help_,
)
