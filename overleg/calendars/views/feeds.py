"""What calendars read at a secret address."""

from collections.abc import Sequence
from datetime import date

from flask import Response

from overleg.accounts.tokens import hash_token
from overleg.calendars import workflow
from overleg.calendars.entries import event_of
from overleg.calendars.feeds.days import (
    action_event,
    deadlines_of,
    events_of_dates,
    follow_up_event,
)
from overleg.calendars.feeds.extras import Beside, beside, dates_in
from overleg.calendars.feeds.scope import Scope, scope_of
from overleg.calendars.ical import Entry, write_feed
from overleg.calendars.memory import Remembered
from overleg.calendars.models import Feed
from overleg.calendars.queries import glance_at, live_feed, meetings_in, stand_of
from overleg.calendars.views import polling
from overleg.calendars.views.blueprint import blueprint
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer, viewer_for
from overleg.web import clock
from overleg.web.access import public

PERSONAL = "Overleg: al mijn vergaderingen"


@blueprint.get("/kalender/<token>.ics")
@public
def feed(token: str) -> Response:
    """What the feed's person may see today; 304 when nothing changed, or what was written before.

    Nobody signs in here: who has the address is the feed's person. An unknown, altered or revoked
    token, a closed account and a lost body are all told the same.
    """
    today, now = clock.today(), clock.now()
    token_hash = hash_token(token)
    try:
        glance = glance_at(token_hash)
        if not workflow.use_is_due(glance.last_used_at, now):
            known = polling.memory().recall(
                token_hash, journal_at=glance.journal_at, today=today, now=now
            )
            answer = polling.remembered(token_hash, known) if known is not None else None
            if answer is not None:
                return answer
        found = live_feed(token_hash)
        who = viewer_for(found.person, today)
        scope = scope_of(found, who)
    except NotFound:
        return polling.gone()
    extra = beside(found, who, scope, today)
    stand = stand_of(found, who, scope, extra, today)
    workflow.note_use(found, now=now)
    told_at = glance.journal_at if found.with_follow_up else None
    modified_at = polling.modified_at(stand.changed_at, found.created_at_utc, told_at)
    now_stands = Remembered(stand.etag, modified_at, glance.journal_at or now, today, now)
    if glance.journal_at is not None:
        polling.memory().keep(token_hash, now_stands)
    answer = polling.remembered(token_hash, now_stands)
    if answer is not None:
        return answer
    content = write_feed(_name(found), _entries(found, who, scope, extra, today))
    polling.memory().keep_written(token_hash, stand.etag, content)
    return polling.calendar(content, stand.etag, modified_at)


def _name(found: Feed) -> str:
    if found.body is not None:
        return found.body.name
    return f"Overleg: {found.name}" if found.organisation is not None else PERSONAL


def _entries(found: Feed, who: Viewer, scope: Scope, extra: Beside, today: date) -> Sequence[Entry]:
    meetings = meetings_in(scope, today)
    entries: list[Entry] = [event_of(meeting, who) for meeting in meetings]
    entries += events_of_dates(dates_in(found, scope, today), meetings)
    if found.with_deadlines:
        entries += [due for meeting in meetings for due in deadlines_of(meeting, who)]
    entries += [follow_up_event(due) for due in extra.follow_ups]
    entries += [action_event(due) for due in extra.actions]
    return entries
