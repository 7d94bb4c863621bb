"""The pages of planning, for a body of others: its dates are followed, its agenda is its own."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from overleg.calendars.foreign.workflow import add_dates
from overleg.lib.dates import to_utc
from overleg.lib.pasted_dates import PastedDate
from overleg.scheduling.states import DateState
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on


def test_a_past_meeting_of_another_body_was_and_that_is_all(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    over = meeting_on(cast.zone_council, date(2026, 1, 23), by=cast.support)
    coming = meeting_on(cast.zone_council, date(2026, 4, 24), by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    past = client.get("/vergaderingen?toon=voorbij").text
    assert "23 januari 2026" in past
    assert "in opmaak" not in past
    assert f"/vergaderingen/{over.id}/gegevens" not in past
    assert f"/vergaderingen/{over.id}/annuleren" not in past
    listed = client.get("/vergaderingen").text
    assert "in opmaak" not in listed
    assert f"/vergaderingen/{coming.id}/gegevens" in listed
    assert "het Midwestoverleg</a> of" in " ".join(listed.split())


def known_date(day: date, place: str = "") -> PastedDate:
    """A date as a pasted list gives it."""
    return PastedDate(to_utc(day, time(8)), to_utc(day, time(9, 15)), is_all_day=False, place=place)


def test_its_known_dates_are_what_is_coming(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    days = [date(2026, 3, 27), date(2026, 4, 24), date(2026, 5, 22)]
    given = [known_date(day, "Stadhuis Izegem") for day in days]
    _first, gone, off = add_dates(cast.zone_council, given, by=cast.support, now=now)
    gone.gone_at_utc = now
    off.state = DateState.CANCELLED
    add_dates(cast.midwest, [known_date(date(2026, 6, 12))], by=cast.support, now=now)
    meeting_on(cast.midwest, date(2026, 3, 20), by=cast.support)
    meeting_on(cast.midwest, date(2026, 4, 17), by=cast.support)
    session.commit()
    for who in (cast.support, cast.mayor):
        client.sign_in(who)
        page = client.get("/overleg/zoneraad-midwest").text
        assert '<a href="/overleg/zoneraad-midwest/data">vrijdag 27 maart 2026</a>' in page
        assert "8.00 tot 9.15 uur · Stadhuis Izegem" in page
        assert "Geen vergaderingen gepland" not in page
        assert "april" not in page
        assert "22 mei" not in page
        home = client.get("/").text
        places = [home.index(day) for day in ("20 maart 2026<", "27 maart 2026<", "17 april 2026<")]
        assert places == sorted(places)
        assert "12 juni" not in home
    client.sign_in(cast.stranger)
    assert "27 maart" not in client.get("/").text


def test_a_body_of_others_has_no_agenda_and_so_no_terms(cast: Cast, client: ReadingClient) -> None:
    client.sign_in(cast.support)
    assert "agenda 8 dagen ervoor" in client.get("/overleg/midwestoverleg/vergaderingen/nieuw").text
    assert "dagen ervoor" not in client.get("/overleg/zoneraad-midwest/vergaderingen/nieuw").text
    assert "dagen vooraf" in client.get("/overleg/midwestoverleg").text
    assert "dagen vooraf" not in client.get("/overleg/zoneraad-midwest").text
