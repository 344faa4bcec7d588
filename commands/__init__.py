"""Every command there is, by what people want. To add one, write it beside its like and name it here."""

from commands import digest, help, issue, meeting, recommendation, undo
from commands.action import add, decide, edit, escalation, family, find, life, nudge, repeat, report, show, tags
from commands.setup import agency, group, partnership, person, rhythm, rules, walk
from lifbot.grammar import Command

SECTIONS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Log", (add.action, recommendation.add, issue.add)),
    (
        "See",
        (
            *(find.list_, find.find, find.as_file, show.show, recommendation.show, issue.show, tags.themes),
            *(digest.now, help.help_),
        ),
    ),
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
            *(edit.edit, tags.tag, life.withdraw, life.reopen, life.supersede, repeat.repeat),
            *(nudge.nudge, escalation.escalate, undo.undo),
        ),
    ),
    (
        "Recommendations, issues and what is done about them",
        (recommendation.respond, issue.to_action, issue.close, family.link, family.unlink),
    ),
    ("Answer an escalation, as partnership chair", (escalation.seen, escalation.decide, decide.return_)),
    (
        "Meetings",
        (
            *(meeting.next_, meeting.agenda, meeting.post, meeting.close, meeting.move, meeting.cancel),
            *(rhythm.add, rhythm.set_rhythm),
        ),
    ),
    (
        "Set up the partnership",
        (
            *(walk.setup, partnership.partnership, walk.agencies, walk.groups, walk.agencies_of_people, rules.rules),
            *(group.list_, group.add, group.edit, group.members, group.close),
            *(person.list_, person.add, person.edit, agency.list_, agency.add, agency.edit),
        ),
    ),
)

COMMANDS: tuple[Command, ...] = tuple(dict.fromkeys(command for _, commands in SECTIONS for command in commands))
