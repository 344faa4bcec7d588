"""Dissemination notices: what they say, where they stand, and the promises to post and redraw them."""

from __future__ import annotations

from datetime import date, datetime

from lifbot import profiles
from lifbot.calendar import local_day, say_moment
from lifbot.model import Notice, Source
from lifbot.notices.dissemination import NoticeView
from storage.scope import Scope


def product_name(scope: Scope, product: str) -> str:
    """Return a product's name as the partnership's profile has it; else the words themselves."""
    profile = scope.partnership.profile
    known = {each.id: each.name for each in profiles.load(profile).products} if profile else {}
    name = known.get(product, product)
    return name[:1].upper() + name[1:]


def source_of(scope: Scope, notice: Notice) -> Source | None:
    """Return what the learning comes from."""
    return scope.get(Source, notice.source_id)


def is_held(scope: Scope, notice: Notice) -> bool:
    """Say whether what a notice comes from is on hold: then it is silent everywhere."""
    source = source_of(scope, notice)
    return source is not None and source.held_at is not None


def view(scope: Scope, notice: Notice) -> NoticeView:
    """Return what a notice says now; what it comes from is named once that is published."""
    source = source_of(scope, notice)
    published = source is not None and source.published_on is not None and source.published_on <= scope.today
    return NoticeView(
        ref=notice.ref,
        product=product_name(scope, notice.product),
        title=notice.title,
        summary=notice.summary,
        audience=notice.audience,
        sections=tuple(notice.body.items()),
        asks=notice.asks or "",
        url=notice.url or "",
        file_name=notice.file_name or "",
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


def event(scope: Scope, notice: Notice) -> str:
    """Say when and where a briefing, course or conference is; nothing where it is none."""
    when = say_moment(notice.event_at, scope.zone) if notice.event_at else ""
    return ", ".join(part for part in (when, notice.place or "") if part)


def _day(scope: Scope, moment: datetime | None) -> date | None:
    return local_day(moment, scope.zone) if moment else None
