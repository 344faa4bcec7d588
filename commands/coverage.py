"""Which agencies have passed notices on: one notice's receipts, the picture of all, and links for people outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from commands.arguments import NoticeRef
from commands.context import Context
from commands.receipt_form import which
from lifbot.calendar import local_day, say_date, say_moment
from lifbot.errors import LifError
from lifbot.grammar import Arg, clip, command
from lifbot.message import Button, File, Fine, Incoming, Message, Place, Say, say
from lifbot.model import Agency, Notice, Person, Receipt
from lifbot.notices import cascade
from lifbot.notices import coverage as pictures
from lifbot.notices.cascade import Stand
from lifbot.notices.coverage import Row
from lifbot.policy import rights
from storage import coverage as coverages
from storage import notices, outbox, people, receipts
from storage.scope import Scope

OF_AGENCY = Annotated[Agency, Arg("agency", "Agency", "For which agency is the link?", leading=True)]
AS_FILE = Annotated[str, Arg("choice", "As a file", options=(("xlsx", "Excel"),), keys=("as",), in_form=False)]
PICTURE = "notice coverage file:xlsx"
ONLY_YOU = Fine("Only you can see this answer.")


def sees_all(ctx: Context) -> bool:
    """Say whether somebody may see how every agency stands: who leads, or belongs to any group."""
    groups = (None, *people.groups(ctx.scope))
    return any(rights.may("see register", ctx.roles(group)) for group in groups)


def _rows(ctx: Context, notice: Notice) -> list[Receipt]:
    """The receipts that somebody may see: all, or those of their own agency."""
    return receipts.of_notice(ctx.scope, notice) if sees_all(ctx) else receipts.mine(ctx.scope, ctx.caller.id, notice)


@command("notice status", may="ask", title="Status", examples=("/lif notice status DN-2026-003",), replaces=True)
def status(ctx: Context, notice: NoticeRef) -> Message:
    """Show which agencies have passed a notice on, how and when, what is missing first."""
    if notices.is_held(ctx.scope, notice):
        raise LifError(f"{notice.ref} is not available just now.")
    rows = _rows(ctx, notice)
    if not rows and not sees_all(ctx):
        raise LifError(f"{notice.ref} did not go to an agency of yours. {cannot_see()}")
    view = notices.view(ctx.scope, notice)
    if notice.status not in receipts.STANDS:
        word = "is withdrawn" if notice.status == "withdrawn" else "has not gone out to agencies yet"
        return say(f"{notice.ref} {word}.")
    buttons = tuple(_buttons(ctx, notice, rows))
    return cascade.status(view, [receipts.stand(ctx.scope, row) for row in rows], ctx.scope.today, buttons)


def _buttons(ctx: Context, notice: Notice, rows: Sequence[Receipt]) -> list[Button]:
    found = [Button("Look again", f"notice status {notice.ref}")] if rows else []
    if ctx.caller.id in ctx.scope.partnership.business_unit and any(row.status == "waiting" for row in rows):
        found.append(Button("Answer for an agency…", f"notice cascaded {notice.ref}"))
    return [*found, Button("All notices", "notice coverage")] if sees_all(ctx) else found


def cannot_see() -> str:
    """Say who sees how all agencies stand."""
    return f"It can be seen by {rights.who_may('see register')}."


@command(
    "notice coverage", may="ask", title="Coverage", examples=("/lif notice coverage", "/lif notice coverage as:xlsx")
)
def coverage(ctx: Context, file: AS_FILE = "") -> Message:
    """Show agencies and notices together: who has passed on what, as a list or as an Excel file."""
    if not sees_all(ctx):
        raise LifError(f"How all agencies stand {cannot_see().removeprefix('It ')}")
    total, rows = coverages.rows_of(ctx.scope)
    if not file:
        button = Button("Send me the picture", PICTURE.replace("file:", "as:"))
        return pictures.coverage(rows, total, (button,))
    if not rows:
        raise LifError("There is nothing to send: no notice has gone out to agencies yet.")
    key = f"file/{ctx.caller.id}/{ctx.scope.now:%Y-%m-%dT%H:%M}/coverage"
    about = {"line": PICTURE, "picture": True, "asked": True}
    outbox.put(ctx.scope, key, "file", person=ctx.caller.id, about=about)
    count = "1 notice" if len(rows) == 1 else f"{len(rows)} notices"
    return say(
        f"The coverage of {count} is on its way to your own chat with me.",
        "It names agencies, and no people.",
        summary="The file is on its way to your own chat with me.",
    )


@dataclass(frozen=True)
class Picture:
    """What the coverage is drawn from, read in one transaction."""

    name: str
    title: str
    partnership: str
    as_of: datetime
    said: str
    rows: tuple[Row, ...]
    details: tuple[tuple[str, Stand], ...]  # with the notice's reference


def gathered(scope: Scope, person: Person, asked_at: datetime) -> Picture | None:
    """Read what the picture shows now."""
    total, rows = coverages.rows_of(scope)
    ctx = Context(scope, person, incoming_of(scope, person), None)
    if not sees_all(ctx):
        return None
    details = coverages.details(scope, rows)
    statuses = [status for row in rows for _, status in row.stands if status]
    as_of = say_moment(scope.now, scope.zone)
    said = f"{len(rows)} of {total} notices, {pictures.counted_answers(statuses)}, as of {as_of}"
    name = f"coverage-{local_day(scope.now, scope.zone).isoformat()}.xlsx"
    title = clip(f"Coverage of {said}; asked for on {say_moment(asked_at, scope.zone)}", 240)
    return Picture(name, title, scope.partnership.name, scope.now, said, tuple(rows), tuple(details))


def incoming_of(scope: Scope, person: Person) -> Incoming:
    """Return what stands for somebody's own question where nothing has come in."""
    return Incoming("slack", "", person.slack or person.id, Place("", direct=True), "", scope.now)


def drawn(found: Picture) -> File:
    """Draw the file; this takes a moment, and needs no database."""
    from lifbot.reports import coverage as sheets  # openpyxl is slow to load

    return File(
        found.name, found.title, sheets.write(found.partnership, found.said, found.as_of, found.rows, found.details)
    )


@command(
    "notice link",
    may="ask",
    title="Link for somebody outside",
    examples=("/lif notice link DN-2026-003 agency:police",),
)
def link(ctx: Context, notice: NoticeRef, agency: OF_AGENCY) -> Message:
    """Make the link with which somebody in no workspace answers for an agency."""
    (row,) = which(ctx, notice, agency.id)
    if not ctx.incoming.place.direct and ctx.incoming.kind == "mention":
        raise LifError("A link is for one agency alone: please ask me in a direct message. Nothing was changed.")
    roll = (agency.ld_link, agency.ld_deputy, agency.representative)
    outside = next((person for id in roll if (person := ctx.scope.get(Person, id)) and is_outside(person)), None)
    view, found = (
        notices.view(ctx.scope, notice),
        receipts.outside(ctx.scope, notice, row, outside.id if outside else None),
    )
    until = say_date(receipts.link_until(ctx.scope, notice))
    first = Say(f"{notice.ref} for {agency.name}: whoever has this link can answer, until {until}.")
    return Message((first, *cascade.outside(view, found), ONLY_YOU), f"The link of {agency.name} for {notice.ref}.")


def is_outside(person: Person) -> bool:
    """Say whether somebody is still here, and in no workspace."""
    return person.left_on is None and not (person.slack or person.teams)
