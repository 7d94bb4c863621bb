"""Reading feeds and the meetings in them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.calendars.feeds.extras import CANCELLED_STAYS, YEAR_BACK, Beside
from overleg.calendars.feeds.scope import Scope
from overleg.calendars.models import Feed
from overleg.calendars.telling import OF_DATES, OF_FOLLOW_UP, OF_MEETINGS, Telling
from overleg.db import db, session
from overleg.lib.dates import to_utc
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

LAYOUT = 3
"""Raised when what is written of a meeting changes, so that calendars fetch it again."""


def _only_with(option: str, telling: Telling) -> ColumnElement[datetime | None]:
    return case((Feed.__table__.c[option], telling.newest()))


_GLANCE = (
    select(
        Feed.__table__.c.last_used_at_utc,
        OF_MEETINGS.newest(),
        _only_with("with_follow_up", OF_FOLLOW_UP),
        _only_with("with_other_dates", OF_DATES),
    )
    .join(Person.__table__, Person.__table__.c.id == Feed.__table__.c.person_id)
    .where(
        Feed.__table__.c.token_hash == bindparam("token_hash"),
        Feed.__table__.c.revoked_at_utc.is_(None),
        Person.__table__.c.disabled_at_utc.is_(None),
    )
)
"""Built once, on tables: this is what every poll asks."""


@dataclass(frozen=True)
class Glance:
    """What tells whether there is anything to look at: last use, and the newest telling row."""

    last_used_at: datetime | None
    journal_at: datetime | None


@dataclass(frozen=True)
class Stand:
    """What a feed says, without writing it: enough to tell whether it changed."""

    etag: str
    changed_at: datetime | None


def glance_at(token_hash: str) -> Glance:
    """A first look at a feed; one statement over indexes. Raises as ``live_feed``.

    It stands alone, outside the transaction of the request: for most polls it is all there is.
    """
    with db.engine.connect() as connection:
        row = connection.execute(_GLANCE, {"token_hash": token_hash}).one_or_none()
    if row is None:
        raise NotFound
    last_used_at, *told_at = row
    return Glance(last_used_at, max((at for at in told_at if at is not None), default=None))


def live_feed(token_hash: str) -> Feed:
    """The feed of the hash of a token, with its person and body; one statement.

    Raises ``NotFound`` alike for an unknown and a revoked token and for a closed account.
    """
    feed = session().scalar(
        select(Feed)
        .join(Feed.person)
        .where(
            Feed.token_hash == token_hash,
            Feed.revoked_at_utc.is_(None),
            Person.disabled_at_utc.is_(None),
        )
        .options(joinedload(Feed.person), joinedload(Feed.body), joinedload(Feed.organisation))
    )
    if feed is None:
        raise NotFound
    return feed


def stand_of(feed: Feed, viewer: Viewer, scope: Scope, extra: Beside, today: date) -> Stand:
    """Whether and when the feed changed; one small statement over an index, nothing is written.

    It tells apart everything that the written feed depends on: the meetings (number and revisions),
    their bodies' settings, which bodies the person may see and how far, what is due, the dates of
    other bodies, and the layout.
    """
    count, revisions, settings, changed_at = (
        session()
        .execute(
            select(
                func.count(Meeting.id),
                func.sum(Meeting.revision),
                func.sum(Body.revision),
                func.max(Meeting.changed_at_utc),
            )
            .join(Body, Body.id == Meeting.body_id)
            .where(shown(scope.body_ids, today))
        )
        .one()
    )
    reach = [
        f"{body_id}:{viewer.reach[body_id]}:{viewer.supports(body_id)}"
        for body_id in scope.body_ids
    ]
    facts = [LAYOUT, feed.id, count, revisions, settings, changed_at, *reach, *extra.facts]
    digest = hashlib.sha256("|".join(map(str, facts)).encode()).hexdigest()
    moments = [moment for moment in (changed_at, extra.dates.changed_at) if moment is not None]
    return Stand(etag=digest[:32], changed_at=max(moments, default=None))


def meetings_in(scope: Scope, today: date) -> Sequence[Meeting]:
    """The meetings of a feed with their bodies, oldest first; one statement.

    From a year back to all that is coming; cancelled ones until the day has passed and they were
    cancelled 40 days ago.
    """
    return (
        session()
        .scalars(
            select(Meeting)
            .where(shown(scope.body_ids, today))
            .options(joinedload(Meeting.body))
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def feeds_of(person_id: str) -> Sequence[Feed]:
    """The feeds of a person that still work, with what they show, oldest first; one statement."""
    return (
        session()
        .scalars(
            select(Feed)
            .where(Feed.person_id == person_id, Feed.revoked_at_utc.is_(None))
            .options(joinedload(Feed.body), joinedload(Feed.organisation))
            .order_by(Feed.created_at_utc, Feed.id)
        )
        .all()
    )


def feed_by_id(person_id: str, feed_id: str, *, also_revoked: bool = False) -> Feed:
    """A feed of this person that still works, or with ``also_revoked`` one that no longer does.

    Raises ``NotFound``, also for somebody else's.
    """
    feed = session().scalar(select(Feed).where(Feed.id == feed_id, Feed.person_id == person_id))
    if feed is None or (feed.revoked_at_utc is not None and not also_revoked):
        raise NotFound
    return feed


def shown(body_ids: Sequence[str], today: date) -> ColumnElement[bool]:
    """Which meetings of these bodies a feed shows on a day: see ``meetings_in``."""
    midnight = to_utc(today, time())
    return and_(
        Meeting.body_id.in_(body_ids),
        Meeting.starts_at_utc >= midnight - YEAR_BACK,
        or_(
            Meeting.state != MeetingState.CANCELLED,
            Meeting.starts_at_utc >= midnight,
            Meeting.changed_at_utc >= midnight - CANCELLED_STAYS,
        ),
    )
