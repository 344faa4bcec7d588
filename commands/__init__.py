"""Every command there is, by what people want. To add one, write it beside its like and name it here."""

from commands import (
    absence,
    answer,
    challenge,
    challenge_log,
    closing,
    concern,
    coverage,
    digest,
    duty,
    embedding,
    follow_through,
    help,
    home,
    impact,
    issue,
    leaving,
    meeting,
    practice,
    receipt,
    recommendation,
    request,
    request_log,
    settings,
    spread,
    undo,
)
from commands.action import (
    add,
    all_,
    card,
    decide,
    edit,
    escalation,
    family,
    find,
    handoff,
    life,
    nudge,
    ownership,
    paste,
    repeat,
    report,
    show,
    tags,
)
from commands.notice import add as notice
from commands.notice import check as checking
from commands.notice import edit as editing
from commands.notice import figures, publish
from commands.notice import show as notices
from commands.setup import agency, duties, group, partnership, person, rhythm, rules, walk
from commands.source import add as source_add
from commands.source import dates, hold
from commands.source import show as source_show
from lifbot.grammar import Command

SECTIONS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    ("Log", (add.action, paste.paste, recommendation.add, issue.add, practice.add, paste.previewed)),
    (
        "See",
        (
            *(home.mine, home.home, home.decisions),
            *(find.list_, find.find, find.as_file, show.show, card.card, recommendation.show, issue.show, tags.themes),
            *(practice.list_, practice.show),
            *(digest.now, duty.list_, settings.settings, concern.concern, help.help_),
        ),
    ),
    (
        "Report on what you own",
        (
            *(report.update, report.done, report.extend, report.cannot),
            *(ownership.decline, report.snooze, report.evidence),
            *(ownership.handover, ownership.take, ownership.contributors),
        ),
    ),
    (
        "Decide, as chair, deputy or business unit",
        (
            *(decide.signoff, all_.signoff_all, decide.return_, decide.accept, decide.reassign),
            *(edit.edit, tags.tag, life.withdraw, life.reopen, life.supersede, repeat.repeat),
            *(nudge.nudge, escalation.escalate, escalation.dismiss, undo.undo),
        ),
    ),
    (
        "What spreads, and what difference it made",
        (
            *(practice.spread, impact.answer, impact.later, impact.show),
            *(embedding.list_, embedding.by_agency, embedding.oba, handoff.handoff, handoff.handback),
        ),
    ),
    (
        "Recommendations, issues and what is done about them",
        (recommendation.respond, spread.spread, issue.to_action, issue.close, family.link, family.unlink),
    ),
    (
        "Keep the learning register, with reviews, audits and other sources",
        (
            *(source_add.add, source_show.list_, source_show.show, source_add.edit, dates.date_, dates.done),
            *(dates.milestone, dates.delay, dates.take_down, dates.close, hold.hold, hold.lift),
            *(source_show.programme, source_show.themes),
        ),
    ),
    (
        "Write notices, to pass learning on",
        (
            *(notice.add, editing.edit, editing.section, checking.check, checking.approve, checking.send_back),
            *(publish.publish, publish.withdraw, publish.close),
            *(notices.list_, notices.show, figures.placed, figures.hits),
        ),
    ),
    (
        "Pass learning on, for your agency",
        (
            *(receipt.received, receipt.cascaded, receipt.not_for_us, receipt.evidence),
            *(coverage.status, coverage.coverage, coverage.link),
        ),
    ),
    (
        "Ask agencies, and answer for yours",
        (
            *(request.add, answer.answer, answer.return_, request_log.show, request_log.list_, request_log.times),
            *(request.edit, request.close, request.withdraw, follow_through.summary),
        ),
    ),
    (
        "Challenge an agency or a group",
        (
            *(challenge.add, challenge.respond, challenge.resolved, challenge.remains, challenge.discussed),
            *(challenge_log.list_, challenge_log.show),
        ),
    ),
    ("Answer an escalation, as partnership chair", (escalation.seen, escalation.decide, decide.return_)),
    (
        "People who are away, leave or come back",
        (absence.away, absence.back, leaving.leaves, leaving.returns, leaving.here),
    ),
    (
        "Meetings",
        (
            *(meeting.next_, meeting.agenda, meeting.post, closing.close, meeting.move, meeting.cancel),
            *(rhythm.add, rhythm.set_rhythm),
        ),
    ),
    (
        "Set up the partnership",
        (
            *(walk.setup, partnership.partnership, walk.agencies, walk.groups, walk.agencies_of_people, rules.rules),
            duties.duties,
            *(group.list_, group.add, group.edit, group.members, group.close),
            *(person.list_, person.add, person.edit, agency.list_, agency.add, agency.edit),
        ),
    ),
)

COMMANDS: tuple[Command, ...] = tuple(dict.fromkeys(command for _, commands in SECTIONS for command in commands))
