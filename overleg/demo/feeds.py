"""Calendar addresses of the demo, and a public calendar."""

from datetime import datetime, timedelta

from overleg.calendars.workflow import Extras, create_feed
from overleg.demo.people import Region
from overleg.lib.dates import local_date
from overleg.organisations.viewer import viewer_for

MIDWEST = "midwestoverleg"
EVERYTHING = Extras(deadlines=True, follow_up=True, other_dates=True)
USED_AGO = timedelta(hours=5)


def play_feeds(region: Region, now: datetime) -> None:
    """Who follows what of Midwest in a calendar of their own, and since when."""
    body = region.bodies[MIDWEST]
    body.has_public_calendar = True
    tielt = next(town for town in region.towns if town.slug == "tielt")
    of_town = Extras(deadlines=True, follow_up=True)
    dates_too = Extras(other_dates=True)
    for key, organisation, extras, days in (
        ("secretariaat.tielt", tielt, of_town, 120),
        ("ondersteuner", body.region, dates_too, 300),
        ("burgemeester.roeselare", None, EVERYTHING, 60),
    ):
        made_at = now - timedelta(days=days)
        who = viewer_for(region.people[key], local_date(made_at))
        feed, _token = create_feed(who, organisation=organisation, extras=extras, now=made_at)
        feed.last_used_at_utc = now - USED_AGO
