"""What a feed can show beside meetings: follow-up, and the dates of other bodies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from overleg.calendars.feeds.scope import Scope
from overleg.calendars.models import Feed
from overleg.db import session
from overleg.decisions.queries.dated import (
    DatedAction,
    DatedFollowUp,
    dated_actions,
    dated_follow_ups,
    with_first_sessions,
)
from overleg.lib.dates import to_utc
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import BodyDate
from overleg.scheduling.states import DateState

YEAR_BACK = timedelta(days=366)
CANCELLED_STAYS = timedelta(days=40)
DUE_STAYS = timedelta(days=31)
"""How long something that was due and was not done stays in a calendar."""


@dataclass(frozen=True)
class DatesStand:
    """What tells whether the dates of other bodies changed."""

    count: int = 0
    revisions: int = 0
    changed_at: datetime | None = None


NO_DATES = DatesStand()


@dataclass(frozen=True)
class Beside:
    """What is due on a day, and how other bodies' dates stand; its words tell of a change."""

    follow_ups: Sequence[DatedFollowUp] = ()
    actions: Sequence[DatedAction] = ()
    dates: DatesStand = NO_DATES

    @property
    def facts(self) -> list[str]:
        """All that the events follow from."""
        return [repr(each) for each in (self.dates, *self.follow_ups, *self.actions)]


def beside(feed: Feed, viewer: Viewer, scope: Scope, today: date) -> Beside:
    """What the feed was asked to show beside meetings; at most five statements."""
    dates = _stand_of_dates(scope, today) if feed.with_other_dates else NO_DATES
    if not feed.with_follow_up:
        return Beside(dates=dates)
    since = today - DUE_STAYS
    body_ids = None if scope.is_whole or feed.is_of_municipality else scope.body_ids
    follow_ups = dated_follow_ups(viewer, scope.towns, body_ids=body_ids, since=since)
    actions = dated_actions(viewer, body_ids=body_ids, since=since) if scope.has_actions else []
    return Beside(with_first_sessions(follow_ups, today), actions, dates)


def _stand_of_dates(scope: Scope, today: date) -> DatesStand:
    count, revisions, changed_at = (
        session()
        .execute(
            select(
                func.count(BodyDate.id),
                func.sum(BodyDate.revision + Body.revision),
                func.max(BodyDate.changed_at_utc),
            )
            .join(Body, Body.id == BodyDate.body_id)
            .where(_shown(scope.body_ids, today))
        )
        .one()
    )
    return DatesStand(count, revisions or 0, changed_at)


def dates_in(feed: Feed, scope: Scope, today: date) -> Sequence[BodyDate]:
    """The dates of other bodies, where they were asked, in order; one statement.

    A date that fell away stays as long as a cancelled meeting does.
    """
    if not feed.with_other_dates:
        return []
    return (
        session()
        .scalars(
            select(BodyDate)
            .where(_shown(scope.body_ids, today))
            .options(joinedload(BodyDate.body))
            .order_by(BodyDate.starts_at_utc, BodyDate.id)
        )
        .all()
    )


def _shown(body_ids: Collection[str], today: date) -> ColumnElement[bool]:
    midnight = to_utc(today, time())
    takes_place = and_(BodyDate.state != DateState.CANCELLED, BodyDate.gone_at_utc.is_(None))
    return and_(
        BodyDate.body_id.in_(body_ids),
        BodyDate.starts_at_utc >= midnight - YEAR_BACK,
        or_(
            takes_place,
            BodyDate.starts_at_utc >= midnight,
            BodyDate.changed_at_utc >= midnight - CANCELLED_STAYS,
        ),
    )
