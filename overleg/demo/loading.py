"""Filling a database with the demo: three regions that differ, made by the application's own verbs."""

from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import update

from overleg.db import session
from overleg.demo.days import (
    BEHIND,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    every_weeks,
    monthly,
)
from overleg.demo.dossiers import open_routes, play_years, thread_dossiers
from overleg.demo.feeds import play_feeds
from overleg.demo.following import play_following
from overleg.demo.future import play_future
from overleg.demo.house_styles import play_house_styles
from overleg.demo.inviting import play_invitations
from overleg.demo.mailing import play_mails
from overleg.demo.merged import play_mergers
from overleg.demo.minuting import play_minutes
from overleg.demo.other_dates import bind_midwest, read_other_dates
from overleg.demo.people import Region, ask_sign_off, give_addresses, settle_people
from overleg.demo.planned_years import ask_years
from overleg.demo.polls import play_picked, play_polls
from overleg.demo.proposing import play_proposing
from overleg.demo.releasing import play_releases
from overleg.demo.replicas import replicate
from overleg.demo.reporting import play_reports
from overleg.demo.story import Rhythm, Story
from overleg.demo.topics import denderregio, midwest, rivierenland
from overleg.demo.validating import leave_without_chair, play_validating
from overleg.lib.dates import local_date
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from overleg.search.workflow.rebuilding import index_everything

SEED = 2023
SINCE = timedelta(days=500)
STARTED = timedelta(days=3 * 365)
"""How long the bodies exist already, before anything that is played."""


def load(now: datetime, *, scale: int = 1) -> None:
    """Load the demo as it stands on ``now`` (UTC) into a migrated database with reference facts.

    ``scale`` multiplies the meetings, items, outcomes and follow-up, for the benchmark. Needs the
    application's context; commits.
    """
    regions = settle_people(now, local_date(now) - SINCE)
    open_routes(regions)
    play_house_styles(regions[0], now - SINCE)
    stories = [story for region in regions for story in _stories(region, now)]
    own = [story for story in stories if not story.body.is_external]
    for story in stories:
        story.plan(now - BEHIND - timedelta(days=60))
    play_years(own)
    give_addresses(regions)
    for story in own:
        play_future(story)
    for story in own:
        play_minutes(story)
    ask_sign_off(regions)
    for story in own:
        play_proposing(story)
    play_validating(own)
    read_other_dates(regions[0], now)
    bind_midwest(regions[0], now)
    play_feeds(regions[0], now)
    ask_years(regions, now)
    play_polls(regions[0], now)
    play_picked(regions[-1], now)
    play_invitations(regions[0], now)
    for story in own:
        play_releases(story)
    play_mergers(own[0])
    play_following(own)
    thread_dossiers(now)
    play_reports(regions, now)
    leave_without_chair(own)
    _send_old_mails(now)
    play_mails(regions[0], now)
    session().commit()
    if scale > 1:
        replicate(scale)
    for _changed in index_everything(now):
        session().commit()


def _stories(region: Region, now: datetime) -> list[Story]:
    today = local_date(now)
    random = Random(SEED)  # noqa: S311 - the same demo each time
    plans = {
        "midwestoverleg": (
            midwest.TOPICS,
            Rhythm(monthly(today, FRIDAY, 2), time(9, 30), 120, "Stadhuis Roeselare"),
        ),
        "zoneraad-midwest": (
            (),
            Rhythm(monthly(today, FRIDAY, 2), time(8, 0), 75, "Stadhuis Roeselare"),
        ),
        "mandaatgroep-rivierenland": (
            rivierenland.TOPICS,
            Rhythm(every_weeks(today, WEDNESDAY, 6), time(19, 0), 150, "IGEMO, Mechelen"),
        ),
        "dbo": (
            denderregio.MAYORS,
            Rhythm(monthly(today, TUESDAY, 1, every=2), time(17, 0), 120, "SOLVA, Aalst"),
        ),
        "dado": (
            denderregio.DIRECTORS,
            Rhythm(every_weeks(today, MONDAY, 7), time(13, 30), 120, "SOLVA, Aalst"),
        ),
        "stuurgroep-regiovorming-denderregio": (
            denderregio.STEERING,
            Rhythm(monthly(today, THURSDAY, 4, every=3), time(9, 0), 90, "DDS, Dendermonde"),
        ),
    }
    return [
        Story(region, body, *plans[slug], now=now, random=random)
        for slug, body in region.bodies.items()
        if slug in plans
    ]


def _send_old_mails(now: datetime) -> None:
    """What was mailed while the year was played is over: the worker only sends what comes now."""
    session().flush()
    session().execute(
        update(OutboxMessage)
        .where(OutboxMessage.created_at_utc < now)
        .values(state=MailState.SENT, sent_at_utc=OutboxMessage.created_at_utc, attempts=1)
    )
