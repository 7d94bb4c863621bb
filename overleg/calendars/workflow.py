"""Making, renewing and revoking calendar addresses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from overleg.accounts.models import Person
from overleg.accounts.tokens import hash_token, new_token
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.calendars.feeds.scope import scope_of
from overleg.calendars.models import Feed
from overleg.calendars.queries import feeds_of
from overleg.db import new_id, session
from overleg.lib.errors import NotFound, NotPossible
from overleg.organisations.models import Body, Organisation
from overleg.organisations.viewer import Viewer

USE_NOTED_EVERY = timedelta(hours=1)
MOST_FEEDS = 20


@dataclass(frozen=True)
class Extras:
    """What a calendar shows beside meetings; see :class:`Feed`."""

    deadlines: bool = False
    follow_up: bool = False
    other_dates: bool = False


ONLY_MEETINGS = Extras()


def create_feed(
    viewer: Viewer,
    *,
    body: Body | None = None,
    organisation: Organisation | None = None,
    extras: Extras = ONLY_MEETINGS,
    now: datetime,
) -> tuple[Feed, str]:
    """Make an address for a body, a region or a municipality, or for all of the viewer's bodies.

    Returns it with its token, which is not kept: it can be shown once. Raises ``NotFound`` for what
    lies outside the viewer's bodies, ``NotPossible`` beyond ``MOST_FEEDS`` addresses.
    """
    person = viewer.person
    if person is None:
        raise NotFound
    token = new_token()
    feed = Feed(
        id=new_id(),
        person=person,
        body=body,
        body_id=body.id if body is not None else None,
        organisation=organisation,
        with_deadlines=extras.deadlines,
        with_follow_up=extras.follow_up,
        with_other_dates=extras.other_dates,
        token_hash=hash_token(token),
        created_at_utc=now,
    )
    scope_of(feed, viewer)
    if len(feeds_of(person.id)) >= MOST_FEEDS:
        raise NotPossible(
            f"U hebt al {MOST_FEEDS} kalenderadressen. Trek er eerst een in dat u niet gebruikt."
        )
    session().add(feed)
    session().flush()
    record(Verb.FEED_CREATED, feed, by=person, now=now)
    return feed, token


def renew_feed(viewer: Viewer, feed: Feed, *, now: datetime) -> tuple[Feed, str]:
    """Revoke an address and make another for the same; returns it with its token."""
    revoke_feed(feed, by=feed.person, now=now)
    session().flush()
    extras = Extras(feed.with_deadlines, feed.with_follow_up, feed.with_other_dates)
    return create_feed(
        viewer, body=feed.body, organisation=feed.organisation, extras=extras, now=now
    )


def revoke_feed(feed: Feed, *, by: Person, now: datetime) -> None:
    """Make an address stop working, at once and for good; ``NotPossible`` the second time."""
    if feed.revoked_at_utc is not None:
        raise NotPossible("Dit kalenderadres is al ingetrokken.")
    feed.revoked_at_utc = now
    record(Verb.FEED_REVOKED, feed, by=by, now=now)


def use_is_due(last_used_at: datetime | None, now: datetime) -> bool:
    """Whether a use must be noted: once an hour, so that a poll stays cheap."""
    return last_used_at is None or now - last_used_at >= USE_NOTED_EVERY


def note_use(feed: Feed, *, now: datetime) -> None:
    """Note that a calendar fetched the feed, when that is due."""
    if use_is_due(feed.last_used_at_utc, now):
        feed.last_used_at_utc = now
