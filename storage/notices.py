"""Dissemination notices: what they say, in words, and what of them may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col

from lifbot.calendar import local_day, say_date, say_moment
from lifbot.model import Group, LogEntry, Notice, Source
from lifbot.notices.dissemination import NoticeView
from lifbot.policy.publishing import BELOW_THRESHOLD, CONTENT, is_new
from lifbot.profiles import Product
from storage.scope import Scope

AHEAD = timedelta(days=28)  # how far ahead a digest speaks of briefings and conferences
WRITING = ("notice add", "notice edit", "notice section")
OUT = ("published", "closed")  # what everybody in the partnership may read


def products(scope: Scope) -> list[tuple[str, str]]:
    """Return the products that the partnership knows, as id and name; a template for learning from below the threshold
    of a review is always among them."""
    profile = scope.profile
    known = [(each.id, _capital(each.name)) for each in profile.products] if profile else []
    return known if any(id.startswith(BELOW_THRESHOLD[0]) for id, _ in known) else [*known, BELOW_THRESHOLD]


def product(scope: Scope, id: str) -> Product | None:
    """Return a product of the profile."""
    profile = scope.profile
    return next((each for each in profile.products if each.id == id), None) if profile else None


def sections(scope: Scope, id: str) -> tuple[str, ...]:
    """Return the sections that the profile gives a product."""
    known = product(scope, id)
    return tuple(_capital(each) for each in known.sections) if known else ()


def product_name(scope: Scope, product: str) -> str:
    """Return a product's name as the partnership's profile has it; else the words themselves."""
    return dict(products(scope)).get(product) or _capital(product)


def channels(scope: Scope) -> list[tuple[str, str]]:
    """Return the partnership's own ways to publish, as id and name."""
    profile = scope.profile
    return [(each.id, _capital(each.name)) for each in profile.channels] if profile else []


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def source_of(scope: Scope, notice: Notice) -> Source | None:
    """Return what the learning comes from."""
    return scope.get(Source, notice.source_id)


def is_held(scope: Scope, notice: Notice) -> bool:
    """Say whether what a notice comes from is on hold: then it is silent everywhere."""
    source = source_of(scope, notice)
    return source is not None and source.held_at is not None


def awaits_check(notice: Notice) -> bool:
    """Say whether somebody was asked to check a notice, or a change of one that is published, and has not answered."""
    unchecked = notice.status == "draft" or bool(notice.proposed)
    return unchecked and notice.checker is not None and notice.asked_at is not None and not notice.sent_back


def has_written(scope: Scope, notice: Notice, person: str) -> bool:
    """Say whether somebody wrote a notice, or part of it: then they do not check it."""
    mine = (LogEntry.record == f"notice {notice.id}", LogEntry.by == person, col(LogEntry.what).in_(WRITING))
    return person == notice.author or scope.first(LogEntry, *mine) is not None


def says(notice: Notice, *, proposed: bool = False) -> dict[str, Any]:
    """Return what readers learn from a notice, as columns; perhaps with the change that waits for a check."""
    return {name: getattr(notice, name) for name in CONTENT} | (notice.proposed if proposed else {})


def view(scope: Scope, notice: Notice, *, proposed: bool = False) -> NoticeView:
    """Return what a notice says now, or with the change that waits for a check; its source is named once published."""
    content = says(notice, proposed=proposed)
    source = source_of(scope, notice)
    published = source is not None and source.published_on is not None and source.published_on <= scope.today
    return NoticeView(
        ref=notice.ref,
        product=product_name(scope, content["product"]),
        title=content["title"],
        summary=content["summary"],
        audience=content["audience"],
        sections=tuple(content["body"].items()),
        asks=content["asks"] or "",
        url="" if _is_the_report(scope, content["product"]) and source and not published else content["url"] or "",
        file_name=content["file_name"] or "",
        source=source.title if source and published else "",
        themes=tuple(notice.themes),
        event=event(scope, notice),
        cascade_by=notice.cascade_by if notice.agencies else None,
        status=notice.status,
        approved_on=_day(scope, notice.checked_at),
        published_on=_day(scope, notice.published_at),
        edited_on=_day(scope, notice.edited_at),
        withdrawn_on=_day(scope, notice.withdrawn_at),
        withdrawn_reason=notice.withdrawn_reason or "",
        is_held=source is not None and source.held_at is not None,
    )


def _is_the_report(scope: Scope, id: str) -> bool:
    """Whether a product is the review itself: its link is shown once that is published."""
    known = product(scope, id)
    return known is not None and known.kind == "review"


def event(scope: Scope, notice: Notice) -> str:
    """Say when and where a briefing, course or conference is; nothing where it is none."""
    when = say_moment(notice.event_at, scope.zone) if notice.event_at else ""
    return ", ".join(part for part in (when, notice.place or "") if part)


def said_time(scope: Scope, notice: Notice) -> str:
    """Say when a notice that is not published is to be."""
    if notice.publish_at is None or notice.published_at:
        return ""
    if notice.publish_at <= scope.now:
        return "It is published as soon as it is checked."
    return f"It is to be published on {say_moment(notice.publish_at, scope.zone)}."


def shown(scope: Scope, *where: object) -> list[Notice]:
    """Return the notices that fit, the newest first, without those that a hold silences."""
    held = {row.id for row in scope.all(Source, col(Source.held_at).is_not(None))}
    rows: Sequence[Notice] = scope.all(Notice, *where, order=col(Notice.id).desc())
    return [row for row in rows if row.source_id not in held]


def digest_lines(scope: Scope, group: Group | None) -> list[str]:
    """Say which notices are new this week, and which briefings, courses and conferences are coming."""
    out = shown(scope, col(Notice.status).in_(OUT))
    mine = [row for row in out if group is None or group.id in row.groups]
    new = [row for row in mine if is_new(_day(scope, row.published_at), scope.today)]
    coming = sorted(
        ((row.event_at, row) for row in out if row.event_at and scope.now < row.event_at <= scope.now + AHEAD),
        key=lambda pair: pair[0],
    )
    lines = [f"New: {_line(scope, row)}." for row in reversed(new)]
    return [*lines, *(f"Coming: {_line(scope, row)}, {event(scope, row)}." for _, row in coming)]


def _line(scope: Scope, notice: Notice) -> str:
    by = f", to be cascaded by {say_date(notice.cascade_by)}" if notice.agencies and notice.status != "closed" else ""
    return f"{view(scope, notice).name} ({notice.ref}{by})"


def _day(scope: Scope, moment: datetime | None) -> date | None:
    return local_day(moment, scope.zone) if moment else None
