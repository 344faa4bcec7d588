"""Every command there is, by what people want. To add one, write it beside its like and name it here."""

from commands import digest, help, meeting, undo
from commands.action import add, card, decide, escalation, report, see
from lifbot.grammar import Command

SECTIONS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Log", (add.action, add.recommendation, add.issue)),
    ("See", (see.list_, see.show, card.card, digest.now, help.help_)),
    (
        "Report on what you own",
        (
            *(report.update, report.done, report.extend, report.cannot),
            *(report.decline, report.snooze, report.evidence),
        ),
    ),
    (
        "Decide, as chair, deputy or business unit",
        (
            *(decide.signoff, decide.return_, decide.accept, decide.reassign),
            *(decide.edit, decide.withdraw, escalation.escalate, undo.undo),
        ),
    ),
    ("Answer an escalation, as partnership chair", (escalation.seen, escalation.decide, decide.return_)),
    (
        "Meetings",
        (meeting.next_, meeting.agenda, meeting.post, meeting.close, meeting.move, meeting.cancel),
    ),
)

COMMANDS: tuple[Command, ...] = tuple(dict.fromkeys(command for _, commands in SECTIONS for command in commands))
