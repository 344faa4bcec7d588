"""The table of pictures: a row for each message. A new occasion or command is a row more, and `make messages`."""

from __future__ import annotations

from dataclasses import dataclass

from tests.gallery.story import SENT

ONE_A_DAY = "Part of the one reminder that a person can get on a working day, for all their items and roles."
ONCE = "Once, under a key of its own in the outbox: what was promised once is never promised again."


@dataclass(frozen=True)
class Notice:
    """What lifbot says by itself: `occasion` as scheduler/compose.py names it, `words` to tell several apart."""

    occasion: str
    title: str
    to: str
    when: str
    calm: str  # why it cannot be a flood
    words: str = ""


@dataclass(frozen=True)
class Answer:
    """What a command answers: somebody types a line on the morning of tests/gallery/story.py."""

    command: str
    who: str
    typed: str
    says: str = ""  # what it is, where the command's own words do not say it
    before: tuple[tuple[str, str], ...] = ()
    direct: bool = False
    form: bool = False
    presses: str = ""  # a button of what is answered, whose own answer is shown


A_SOURCE = (("ben", "source add Early help method:practice review started:2 March 2026"),)

NOTICES: tuple[Notice, ...] = (
    Notice(
        "nudge",
        "A reminder about one item",
        "its owner, by direct message",
        "14 and 3 days before its date, on the day, then weekly while it is open, at nine on a working day",
        ONE_A_DAY,
        "Good morning Ian.\nSE-2026-006 is due on",
    ),
    Notice(
        "nudge",
        "A reminder about several items",
        "their owner, by direct message",
        "as above; a person's overdue items share one weekday",
        ONE_A_DAY,
        "Coming up\n",
    ),
    Notice(
        "nudge",
        "What has passed its date",
        "its owner, by direct message",
        "weekly, for as long as it is open",
        ONE_A_DAY,
        "passed its date",
    ),
    Notice(
        "nudge",
        "A milestone in the learning register",
        "the responsible person, by direct message",
        "as of an item: 14 and 3 days before its date, on the day, then weekly",
        ONE_A_DAY,
        "of LR-2026-001 is due on",
    ),
    Notice(
        "nudge",
        "Whether a hold still stands",
        "the business unit, by direct message",
        "on the day until which a source is on hold, then weekly until somebody lifts it or names another day",
        ONE_A_DAY,
        "Does the hold still stand?",
    ),
    Notice(
        "nudge",
        "What waits for a decision",
        "the group's chair, by direct message",
        "on the next working day after an owner said done, cannot, more time or not mine",
        ONE_A_DAY,
        "Waiting for your decision",
    ),
    Notice(
        "nudge",
        "What difference it made",
        "its owner, by direct message",
        "three and twelve months after sign-off, and once more after two weeks; then the chair reads of it",
        ONE_A_DAY,
        "What difference has it made?",
    ),
    Notice(
        "change",
        "News: you are the owner",
        "the new owner, by direct message",
        "two minutes after it was logged, between eight and six on a working day",
        "Everything that is logged within two minutes comes in one message.",
        "now the accountable owner of these",
    ),
    Notice(
        "change",
        "News: what others decided",
        "whom it concerns, by direct message",
        "two minutes after a sign-off, a return, a new date or an answer of the partnership chair, in the same hours",
        "Changes made within two minutes come in one message; nobody is told of their own.",
        "returns SE-2026-005 to the group",
    ),
    Notice(
        "discuss",
        "For discussion at the next meeting",
        "the group's chair, by direct message",
        "when a first meeting has passed with an item still open",
        "Once for each item and round; those of one meeting come together.",
    ),
    Notice(
        "escalation",
        "The partnership chair is asked for help",
        "the partnership chair, by direct message; a deputy or the business unit if they cannot be reached",
        "when a second meeting has passed, or the group's chair asks early and says why",
        "Once for each item and escalation, and the partnership chair gets nothing else.",
        "is still open after",
    ),
    Notice(
        "escalation",
        "The partnership chair is asked early",
        "the partnership chair, by direct message",
        "when the group's chair types `/lif action escalate`",
        "As above.",
        "needs your help",
    ),
    Notice(
        "unanswered",
        "An escalation has no answer yet",
        "the business unit, by direct message",
        "after three working days, then weekly",
        "At most once a week, all of them in one message.",
    ),
    Notice(
        "unsigned",
        "Two meetings have passed without a decision",
        "the deputy and the business unit, by direct message",
        "when what an owner reported has waited for two meetings, then weekly",
        "At most once a week, all of them in one message.",
    ),
    Notice(
        "agenda",
        "The standing items",
        "the group's channel; its chair, where the channel cannot be reached",
        "two working days before a meeting, if anything is open",
        "One for each meeting; nobody is named.",
    ),
    Notice(
        "digest",
        "The weekly digest of a group",
        "the group's channel",
        "on Mondays at nine, unless nothing happened and nothing is open",
        "One a week; a digest whose day has passed is dropped.",
        "Weekly digest · Safeguarding Effectiveness",
    ),
    Notice(
        "digest",
        "The weekly digest of the partnership",
        "the business unit, by direct message",
        "on Mondays at nine",
        "One a week.",
        "Weekly digest · Kirklees",
    ),
    Notice(
        "file",
        "A list as a file",
        "the person who asked for it, by direct message; in Teams they are asked first whether to keep it",
        "a moment after they pressed *Send me all of it* or typed `as:xlsx`",
        "Only when it is asked for; asked for again within the minute, it is the same file.",
    ),
    Notice(
        "undelivered",
        "A message could not be delivered",
        "the business unit, by direct message",
        "when a platform will never take a message to somebody",
        "Once a week for each person; an escalation that fails is told at once.",
    ),
    Notice(
        "account",
        "Somebody's account seems closed",
        "the business unit, by direct message",
        "when a platform says that it takes no messages to somebody any more",
        "Once for each account; what they would be told goes to whoever stands in.",
    ),
    Notice(
        "leaving",
        "Somebody has left",
        "their agency's link and the chairs of the groups, by direct message",
        "two minutes after the business unit has said so, in the same hours as news",
        "Once for each person who leaves, all their items in one message.",
    ),
    Notice(
        "absence",
        "You stand in for somebody",
        "the substitute, by direct message",
        "when somebody says that they will be away and names them",
        "Once for each absence.",
    ),
    Notice(
        "own_digest",
        "The weekly digest, as one's own message",
        "whoever asked for it in their settings, by direct message",
        "on Mondays at nine",
        "Only to those who want it, one a week for each of their groups, and it says how to stop it.",
    ),
    Notice(
        "card",
        "An item's card in a channel",
        "the group's channel",
        "when somebody types `/lif action card`",
        "Only when it is asked for; nobody is named.",
    ),
    Notice(
        "redraw",
        "A card that is drawn anew",
        "the same place in the channel: it is no new message",
        "when the item has changed",
        "It takes the card's place, and rings nobody's bell.",
    ),
    Notice(
        "request",
        "An agency is asked",
        "its learning link, else the representative, by direct message; the business unit where nobody is named",
        "at once, between eight and six on a working day",
        "Once for each person and request, for all agencies that they answer for.",
        "asks West Yorkshire ICB for assurance",
    ),
    Notice(
        "request",
        "A request has changed",
        "those who were asked, by direct message",
        "when the question or the date changes before anybody has answered, in the same hours",
        "Only when somebody changes it.",
        "has changed: this is how it stands now",
    ),
    Notice(
        "request",
        "All agencies have answered",
        "who asked, by direct message",
        "when the last answer has come, in the same hours",
        ONCE,
        "All agencies have answered",
    ),
    Notice(
        "request",
        "An answer comes back with a question",
        "the agency's link, by direct message",
        "when who asked types `/lif request return`, in the same hours",
        "Only when somebody asks again.",
        "has a question about the answer",
    ),
    Notice(
        "request",
        "A request is withdrawn",
        "those who were asked, by direct message",
        "when who asked withdraws it, in the same hours",
        ONCE,
        "is withdrawn; nothing more is needed",
    ),
    Notice(
        "nudge",
        "A reminder of a request",
        "the agency's link; from two weeks past its date also the representative",
        "3 days before its date, on the day, then weekly until it is answered or closed",
        ONE_A_DAY,
        "AR-2026-001 asks West Yorkshire Police for assurance: its date",
    ),
    Notice(
        "change",
        "News: you are asked to respond to a challenge",
        "the agency's representative or link, or the group's chair, by direct message",
        "two minutes after it was raised, in the hours for news",
        "Everything that is logged within two minutes comes in one message.",
        "asked to respond to the challenge",
    ),
    Notice(
        "change",
        "News: a response to a challenge",
        "who raised it, by direct message",
        "two minutes after the response, in the same hours",
        "Changes made within two minutes come in one message; nobody is told of their own.",
        "There is a response to the challenge",
    ),
    Notice(
        "escalation",
        "A challenge that still remains",
        "the partnership chair, by direct message; of several Boards those whom it concerns",
        "at once, when it is said to remain after the group has discussed it",
        "Once for each challenge and escalation.",
        "is a challenge that still remains",
    ),
    Notice(
        "notice_check",
        "A notice is to be checked",
        "who is asked to check it, by direct message",
        "when its author names them; after three working days it is in their one reminder a day",
        "Once each time somebody is asked.",
    ),
    Notice(
        "notice_news",
        "What became of a notice",
        "its author, by direct message",
        "when it is confirmed, sent back or published, or could not be",
        "Once for each of these.",
    ),
    Notice(
        "notice",
        "A dissemination notice",
        "the channels of the groups that its author chose",
        "when it is published: in the hours for notices, or at exactly the time that was given",
        "Once in each channel; nobody is named.",
    ),
    Notice(
        "notice_redraw",
        "A notice that is drawn anew",
        "the same place: it is no new message",
        "when it is edited, closed or withdrawn",
        "It takes the notice's place, and rings nobody's bell.",
    ),
    Notice(
        "not_added",
        "Somebody has not added lifbot in Teams",
        "the agency's link and the business unit, by direct message",
        "when a message waits because Teams lets no bot write first",
        "Once a week for each person or group.",
    ),
    Notice(
        "cascade",
        "Learning to pass on",
        "each agency's learning link, by direct message; their deputy, its representative or who stands in",
        "when a notice is published, in the hours for notices",
        "Once for each notice and person, whatever the number of their agencies; reminders are part of the one a day.",
    ),
)

PASSED_ON = (("amina", "agency edit icb link:@cleo"), *SENT)
CASCADED = ("cleo", "notice cascaded DN-2026-001 at team meeting and supervision to 40 social workers")

REQUESTED = ("ben", "request add Please confirm that supervision covers the guidance agencies:icb, police due:31 May")
SAID = ("amina", "request answer AR-2026-001 All teams were briefed agency:icb")
LINKED = ("amina", "agency edit police link:@ian")
CHALLENGED = ("cleo", "challenge add How do you know that supervision reaches night staff? to:police due:next meeting")
NEWEST = "SE-2026-011"  # the first that is logged on the morning
ANSWERED = (LINKED, CHALLENGED, ("ian", f"challenge respond {NEWEST} Each month since May"))
WRITTEN = (
    "amina",
    "notice add Information sharing product:One Minute Guide by:31 March link:https://example.org/guide "
    "summary:What to share with whom, and when. Ask first who needs to know. channels:website, newsletter",
)
ASKED = ("amina", "notice check DN-2026-001 ask:@ben")
CHECKED = ("ben", "notice approve DN-2026-001 confirm:1,2,3,4,5")
OUT = (WRITTEN, ASKED, CHECKED, ("amina", "notice publish DN-2026-001"))

ANSWERS: tuple[Answer, ...] = (
    Answer("notice received", "cleo", "notice received DN-2026-001", before=PASSED_ON),
    Answer("notice cascaded", *CASCADED, before=PASSED_ON),
    Answer("notice cascaded", "cleo", "form notice cascaded DN-2026-001", "the form", before=PASSED_ON, form=True),
    Answer("notice not-for-us", "cleo", "notice not-for-us DN-2026-001 because adults only", before=PASSED_ON),
    Answer(
        "notice evidence", "cleo", "notice evidence DN-2026-001 the minutes are kept", before=(*PASSED_ON, CASCADED)
    ),
    Answer("notice status", "amina", "notice status DN-2026-001", before=(*PASSED_ON, CASCADED)),
    Answer("notice coverage", "amina", "notice coverage", before=(*PASSED_ON, CASCADED)),
    Answer("notice link", "amina", "notice link DN-2026-001 agency:police", before=PASSED_ON),
    Answer("notice add", *WRITTEN),
    Answer("notice add", "amina", "form notice add", "the form", form=True),
    Answer("notice edit", "amina", "notice edit DN-2026-001 by:30 April", before=OUT),
    Answer(
        "notice section", "amina", "notice section DN-2026-001 name:Analysis text:Why it worked.", before=(WRITTEN,)
    ),
    Answer("notice check", *ASKED, before=(WRITTEN,)),
    Answer("notice approve", "ben", "notice approve DN-2026-001", before=(WRITTEN, ASKED)),
    Answer("notice approve", "ben", "form notice approve DN-2026-001", "the form", before=(WRITTEN, ASKED), form=True),
    Answer("notice return", "ben", "notice return DN-2026-001 because it could name a school", before=(WRITTEN, ASKED)),
    Answer("notice publish", "amina", "notice publish DN-2026-001 at:6 March 09:00", before=OUT[:3]),
    Answer("notice withdraw", "amina", "notice withdraw DN-2026-001 because the guidance has changed", before=OUT),
    Answer("notice close", "amina", "notice close DN-2026-001", before=OUT),
    Answer("notice list", "amina", "notice list", before=OUT),
    Answer("notice show", "amina", "notice show DN-2026-001", before=OUT),
    Answer("notice placed", "amina", "notice placed DN-2026-001 website", before=OUT),
    Answer("notice hits", "amina", "notice hits DN-2026-001 240", before=OUT),
    Answer("action add", "ben", "action add Agree a protocol for missing children owner:@cleo due:31 March"),
    Answer("action add", "ben", "action add Agree a protocol for missing children owner:@cleo", "without a date"),
    Answer("action add", "ben", "action add", "the form", form=True),
    Answer(
        "action paste", "ben", "action paste CH to review the toolkit by next meeting\nIL to brief the ICB, 31 March"
    ),
    Answer("action paste", "ben", "action paste", "the form", form=True),
    Answer("action preview", "ben", "action paste CH to review the toolkit", "the form", form=True, presses="Check"),
    Answer("recommendation add", "ben", "recommendation add Neglect is seen early owner:@cleo due:30 June"),
    Answer("issue add", "ian", "issue add Thresholds differ between districts owner:@cleo due:30 April"),
    Answer("practice add", "ian", "practice add Joint visits in week one owner:@cleo spread-to:all teams due:30 June"),
    Answer("practice list", "ben", "practice list", "before anything is logged"),
    Answer(
        *("practice show", "ben", "practice show SE-2026-011"),
        before=(("ben", "practice add Joint visits in week one owner:@cleo spread-to:all teams due:30 June"),),
    ),
    Answer(
        *("practice spread", "cleo", "practice spread SE-2026-011 all four teams use it"),
        before=(("ben", "practice add Joint visits in week one owner:@cleo spread-to:all teams due:30 June"),),
    ),
    Answer(
        *("impact", "ian", "impact SE-2026-003 Repeats fell from 22% to 15% embedded:partly"),
        before=(("ben", "action signoff SE-2026-003"),),
    ),
    Answer(
        "impact", "ian", "impact SE-2026-003", "the form", before=(("ben", "action signoff SE-2026-003"),), form=True
    ),
    Answer(
        *("impact later", "ian", "impact later SE-2026-003", "before anything is asked"),
        before=(("ben", "action signoff SE-2026-003"),),
    ),
    Answer("impact show", "ben", "impact show SE-2026-003"),
    Answer("impact list", "ben", "impact list SE"),
    Answer("impact by agency", "ben", "impact by agency"),
    Answer("impact oba", "ben", "impact oba SE"),
    Answer(
        *("action handoff", "ben", "form action handoff SE-2026-003 Brief all chairs", "the form"),
        form=True,
        before=(("amina", "setup groups Learning and Development Subgroup (LD)"),),
    ),
    Answer("action handback", "ben", "action handback SE-2026-001 because we do that already", "to what is one's own"),
    Answer("action list", "ben", "action list overdue"),
    Answer("action list", "jo", "action list", "to somebody who belongs to no group of it"),
    Answer("find", "ben", "find neglect"),
    Answer("find", "ben", "find neglect toolkit overdue", "nothing fits"),
    Answer("find", "ben", "find", "without words"),
    Answer("find", "ben", "form find", "the form, behind *Open form*", form=True),
    Answer("action file", "ben", "action file open SE"),
    Answer("action show", "ben", "action show SE-2026-001"),
    Answer("recommendation show", "ben", "recommendation show SE-2026-008"),
    Answer("issue show", "ben", "issue show SE-2026-009"),
    Answer("action themes", "ben", "action themes SE"),
    Answer("mine", "cleo", "mine"),
    Answer("home", "ben", "home", direct=True),
    Answer("decisions", "ben", "decisions"),
    Answer("action card", "ben", "action card SE-2026-001"),
    Answer("settings", "cleo", "settings"),
    Answer("digest now", "ben", "digest now"),
    Answer("duty list", "ben", "duty list"),
    Answer("concern", "cleo", "concern agency:police"),
    Answer(
        "action add",
        "ben",
        "action add Call 943 476 5919 about the plan owner:@cleo due:31 March",
        "Something that could identify somebody is stopped before anything is kept.",
    ),
    Answer(
        "action add",
        "ben",
        "action add Speak with the mother of Jane Doe owner:@cleo due:31 March",
        "What may be a name is asked about.",
    ),
    Answer("help", "ben", "help"),
    Answer("help", "ben", "help action done", "about one command"),
    Answer("action update", "cleo", "action update SE-2026-001: the sample is drawn, 40 files"),
    Answer("action done", "cleo", "action done SE-2026-001: 40 files audited, 36 of them agree"),
    Answer("action done", "cleo", "done", "in the direct message, with nothing that shows it yet", direct=True),
    Answer("action extend", "cleo", "action extend SE-2026-001 30 April because the form is with legal"),
    Answer("action extend", "cleo", "action extend SE-2026-001", "the form", form=True),
    Answer("action cannot", "cleo", "action cannot SE-2026-001 because the post is vacant instead all teams met"),
    Answer("action decline", "cleo", "action decline SE-2026-001 the acute trust leads on it"),
    Answer("action snooze", "cleo", "action snooze SE-2026-001 3 days"),
    Answer("action evidence", "cleo", "action evidence SE-2026-001 the slides are on the shared drive"),
    Answer("action handover", "cleo", "action handover SE-2026-001 to:@ian because he leads on thresholds"),
    Answer("action take", "ian", "action take SE-2026-001", before=(("cleo", "action handover SE-2026-001 to:@ian"),)),
    Answer("action contributors", "cleo", "action contributors SE-2026-001 with:@grace, @ian"),
    Answer("action signoff", "ben", "action signoff SE-2026-003"),
    Answer("action signoff all", "ben", "action signoff all"),
    Answer("action dismiss", "ben", "action dismiss SE-2026-001", "where nothing is suggested"),
    Answer("action return", "ben", "action return SE-2026-003 which teams were briefed?"),
    Answer("action accept", "ben", "action accept SE-2026-004"),
    Answer("action reassign", "ben", "action reassign SE-2026-001 owner:@ian"),
    Answer(
        "action edit",
        "ben",
        "action edit SE-2026-001 text:Audit MASH thresholds everywhere because two were missed",
    ),
    Answer("action tag", "ben", "action tag SE-2026-005 theme:thresholds gap:created concerns:child"),
    Answer("action reopen", "ben", "action reopen SE-2026-010 because the audit found repeats due:30 June"),
    Answer("action supersede", "ben", "action supersede SE-2026-007 by:SE-2026-002 because both share one plan"),
    Answer("action repeat", "ben", "action repeat SE-2026-001 every quarter"),
    Answer("action nudge", "ben", "action nudge SE-2026-001 Could you say where this is before Thursday?"),
    Answer("recommendation respond", "ben", "recommendation respond SE-2026-008 accepted"),
    Answer("issue to-action", "ben", "issue to-action SE-2026-009 owner:@cleo due:next meeting"),
    Answer("issue close", "ben", "issue close SE-2026-009 because the new rota settles it"),
    Answer("action link", "ben", "action link SE-2026-001 to:SE-2026-008"),
    Answer("action unlink", "ben", "action unlink SE-2026-003"),
    Answer("action withdraw", "ben", "action withdraw SE-2026-007 because it was logged twice"),
    Answer("action escalate", "ben", "action escalate SE-2026-001 because two agencies read the guidance differently"),
    Answer("source add", "ben", "source add Early help method:practice review own:LCSPR 2 themes:neglect"),
    Answer("source add", "ben", "form source add", "the form", form=True),
    Answer("source list", "ben", "source list", before=A_SOURCE),
    Answer("source show", "ben", "source show LR-2026-001", before=A_SOURCE),
    Answer("source edit", "ben", "source edit LR-2026-001 themes:neglect, early help", before=A_SOURCE),
    Answer("source date", "ben", "source date LR-2026-001 finalised today", before=A_SOURCE),
    Answer("source done", "ben", "source done LR-2026-001", "where nothing is left to be done", before=A_SOURCE),
    Answer("source milestone", "ben", "source milestone LR-2026-001 Meet the authors due:31 March", before=A_SOURCE),
    Answer("source delay", "ben", "source delay LR-2026-001 because of proceedings", before=A_SOURCE),
    Answer("source take-down", "ben", "source take-down LR-2026-001", "before it is published", before=A_SOURCE),
    Answer("source close", "ben", "source close LR-2026-001", before=A_SOURCE),
    Answer("source hold", "amina", "source hold LR-2026-001 because court order until 30 June 2026", before=A_SOURCE),
    Answer("source lift", "amina", "source lift LR-2026-001", "where it is not on hold", before=A_SOURCE),
    Answer("source programme", "ben", "source programme", before=A_SOURCE),
    Answer("source themes", "ben", "source themes", "where none recurs yet", before=A_SOURCE),
    Answer("recommendation spread", "ben", "recommendation spread SE-2026-008 agencies:all due:31 March 2026"),
    Answer("undo", "cleo", "undo", before=(("cleo", "action done SE-2026-001: 40 files audited"),)),
    Answer("action seen", "dev", "action seen SE-2026-006"),
    Answer("action decide", "dev", "action decide SE-2026-006 the police will lead, with a date by June"),
    Answer("meeting next", "ben", "meeting next"),
    Answer("meeting agenda", "ben", "meeting agenda"),
    Answer("meeting post", "ben", "meeting post"),
    Answer("meeting close", "ben", "meeting close SE-2026-007: waiting for a system change"),
    Answer("meeting close", "ben", "meeting close", "the form", form=True),
    Answer("meeting move", "ben", "meeting move to 19 March 10:00 because the room is taken"),
    Answer("meeting cancel", "ben", "meeting cancel because half of the members are away"),
    Answer("meeting add", "ben", "meeting add SE 26 March 2026 10:00"),
    Answer("meeting rhythm", "ben", "meeting rhythm SE second Thursday every two months at 10"),
    Answer("setup", "amina", "setup"),
    Answer("setup partnership", "amina", "setup partnership chair:@kim"),
    Answer("setup agencies", "amina", "setup agencies West Yorkshire Fire; Locala"),
    Answer("setup groups", "amina", "setup groups Learning and Development Subgroup (LD); Quality Subgroup"),
    Answer("setup people", "amina", "setup people"),
    Answer("setup duties", "amina", "setup duties"),
    Answer("setup rules", "amina", "setup rules"),
    Answer("setup rules", "amina", "form setup rules", "the form", form=True),
    Answer("group", "amina", "group"),
    Answer("group add", "amina", "group add Learning and Development Subgroup prefix:LD chair:@grace"),
    Answer("group edit", "amina", "group edit SE deputy:@ian"),
    Answer("group members", "ben", "group members SE add:@jo"),
    Answer("group close", "amina", "group close SE", "while something is open"),
    Answer("person", "amina", "person"),
    Answer("person add", "amina", "person add Lee Park agency:police email:lee@example.org"),
    Answer("person edit", "amina", "person edit @cleo agency:council"),
    Answer("person away", "cleo", "person away 9 March to 20 March substitute:@grace"),
    Answer("person back", "cleo", "person back", before=(("cleo", "person away 3 March to 20 March"),)),
    Answer("person leaves", "amina", "person leaves @ian"),
    Answer("person returns", "amina", "person returns @ian", before=(("amina", "person leaves @ian"),)),
    Answer("person here", "amina", "person here @fay"),
    Answer(
        "request add", "ben", "request add Please confirm that supervision covers the guidance agencies:all due:31 May"
    ),
    Answer("request add", "ben", "request add", "the form", form=True),
    Answer(
        "request answer",
        "amina",
        "request answer AR-2026-001 All teams were briefed agency:icb evidence:https://example.org/briefing",
        before=(REQUESTED,),
    ),
    Answer(
        "request answer", "amina", "form request answer AR-2026-001 agency:icb", "the form", (REQUESTED,), form=True
    ),
    Answer("request return", "ben", "request return AR-2026-001 Which teams were briefed?", before=(REQUESTED, SAID)),
    Answer("request show", "ben", "request show AR-2026-001", before=(REQUESTED, SAID)),
    Answer("request list", "ben", "request list", before=(REQUESTED, SAID)),
    Answer("request times", "ben", "request times", before=(REQUESTED, SAID)),
    Answer("request edit", "ben", "request edit AR-2026-001 due:30 June", before=(REQUESTED,)),
    Answer("request close", "ben", "request close AR-2026-001", before=(REQUESTED, SAID)),
    Answer("request withdraw", "ben", "request withdraw AR-2026-001 because it is known", before=(REQUESTED,)),
    Answer("agency summary", "amina", "agency summary", before=(REQUESTED, SAID)),
    Answer("challenge add", "cleo", CHALLENGED[1], before=(LINKED,)),
    Answer("challenge add", "cleo", "challenge add", "the form", form=True),
    Answer(
        "challenge add",
        "cleo",
        "challenge add We disagree with the threshold decision about a child",
        "A disagreement about a child's case is pointed to the local procedure, and nothing is kept.",
    ),
    Answer("challenge respond", "ian", f"challenge respond {NEWEST} Each month since May", before=(LINKED, CHALLENGED)),
    Answer(
        "challenge resolved",
        "cleo",
        f"challenge resolved {NEWEST} because the figures show it",
        before=(LINKED, CHALLENGED),
    ),
    Answer("challenge remains", "cleo", f"challenge remains {NEWEST} because no figures came", before=ANSWERED),
    Answer("challenge discussed", "ben", f"challenge discussed {NEWEST} Police bring figures in May", before=ANSWERED),
    Answer("challenge list", "ben", "challenge list", before=ANSWERED),
    Answer("challenge show", "cleo", f"challenge show {NEWEST}", before=ANSWERED),
    Answer("agency", "amina", "agency"),
    Answer("agency add", "amina", "agency add Locala link:@cleo"),
    Answer("agency edit", "amina", "agency edit police link:@ian"),
)

SLIPS: tuple[Answer, ...] = (
    Answer("action list", "eve", "action list", "to somebody outside the partnership: always this one line"),
    Answer("action list", "ben", "actoin lst", "to a slip: the two likeliest commands, and nothing is changed"),
    Answer("action signoff", "ben", "sign off", "in the direct message, where several items can be meant", direct=True),
    Answer("action update", "cleo", "thanks", "to a courtesy", direct=True),
    Answer("action signoff", "cleo", "action signoff SE-2026-003", "to somebody who may not do it"),
    Answer("action add", "ben", "action add Audit MASH owner:@nobody due:31 March", "to a name that nobody has"),
    Answer("action add", "ben", "action add Audit MASH owner:@cleo due:soon", "to a date that is none"),
)
