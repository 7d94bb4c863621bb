"""The pages of a year: asked, adjusted, planned and announced in one go; who sits elsewhere."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.db import revision_of_values
from overleg.lib.dates import BRUSSELS, to_utc
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body
from overleg.organisations.states import BodyKind
from overleg.organisations.viewer import nobody, viewer_for
from overleg.scheduling.models import Meeting, MeetingSeries, PlannedYear
from overleg.scheduling.rules.queries import USUAL_TRAVEL_MINUTES
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.workflow import cancel_meeting, plan_meeting
from overleg.scheduling.years.doubles import coming_clashes
from overleg.scheduling.years.queries import propose
from overleg.scheduling.years.wishes import YearRhythm
from overleg.scheduling.years.workflow import AskedYear, ask_year, set_travel_minutes
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on
from tests.scheduling.test_pages import counted

PAGE = "/overleg/midwestoverleg/jaar"
APRIL, JUNE = date(2026, 4, 1), date(2026, 6, 30)
RHYTHM = YearRhythm(YearKind.MONTHLY, 4, APRIL, JUNE, nth=2)
ASKED = AskedYear(RHYTHM, time(9), time(11), "Stadhuis Roeselare")
TYPED = {
    "period": "zelf",
    "first_day": "2026-04-01",
    "last_day": "2026-06-30",
    "kind": "monthly",
    "nth": "2",
    "weekday": "4",
    "starts": "09:00",
    "ends": "11:00",
}


def follow_zone_council(cast: Cast, now: datetime) -> None:
    """Midwest comes after the zone council, which meets in April and June."""
    for day in (date(2026, 4, 17), date(2026, 6, 12)):
        meeting_on(
            cast.zone_council,
            day,
            by=cast.support,
            from_hour=time(8),
            to_hour=time(9, 15),
            place="Stadhuis Izegem",
        )
    add_rule(
        cast.midwest,
        RuleKind.AFTER,
        other=cast.zone_council,
        minutes=15,
        is_same_place=True,
        by=cast.support,
        now=now,
    )


def planned(session: Session, body: Body) -> list[tuple[date, str, str]]:
    """Day, hour in Brussels and place of the meetings of a body, in order."""
    meetings = session.scalars(
        select(Meeting).where(Meeting.body_id == body.id).order_by(Meeting.starts_at_utc)
    )
    return [(m.day, f"{m.starts_at_utc.astimezone(BRUSSELS):%H.%M}", m.place) for m in meetings]


def test_a_year_is_asked_seen_adjusted_and_planned_without_telling_anybody(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    follow_zone_council(cast, now)
    client.sign_in(cast.support)
    assert client.send(PAGE, TYPED).status_code == 302
    text = client.get(PAGE).text
    assert "aansluitend op de Zoneraad Midwest van 17 april 2026, in Stadhuis Izegem" in text
    assert "Van de Zoneraad Midwest is tussen 1 mei 2026 en 31 mei 2026 geen datum bekend" in text
    assert not planned(session, cast.midwest)
    refused = client.send(PAGE, {"d20260508-pick": "eigen", "stap": "plannen"})
    assert refused.status_code == 422
    assert "breekt een regel die moet: op dezelfde dag als de Zoneraad Midwest" in refused.text
    left_out = {"d20260612-pick": "geen", "stap": "bewaren"}
    assert client.send(PAGE, left_out).status_code == 302
    assert "weggelaten" in client.get(PAGE).text
    assert (
        client.send(PAGE, {"d20260410-pick": "20260417T0730", "stap": "plannen"}).status_code == 302
    )
    assert planned(session, cast.midwest) == [(date(2026, 4, 17), "09.30", "Stadhuis Izegem")]
    assert session.scalars(select(MeetingSeries.rule)).one() == "elke tweede vrijdag van de maand"
    assert session.scalar(select(func.count(OutboxMessage.id))) == 0
    assert session.scalar(select(func.count(PlannedYear.id))) == 0


def test_what_is_typed_wrong_is_refused_and_nothing_typed_is_lost(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    for wrong, sentence in (
        ({"last_day": "2026-03-31"}, "Deze dag ligt voor de eerste dag."),
        ({"first_day": "morgen"}, "Kies een dag"),
        ({"times": "0"}, "1 tot 26"),
        (
            {"period": "zelf", "first_day": "2026-04-13", "last_day": "2026-04-14"},
            "geen enkele dag",
        ),
        ({"kind": "weekly", "every_weeks": "1", "last_day": "2028-01-01"}, "meer dan 60"),
    ):
        refused = client.send(PAGE, {**TYPED, "place": "Zaal in Tielt", **wrong})
        assert (refused.status_code, sentence in refused.text) == (422, True), wrong
        assert "Zaal in Tielt" in refused.text
    client.send(PAGE, TYPED)
    stale = client.get(PAGE).text
    own = {"d20260410-pick": "eigen", "d20260410-day": "2026-04-15", "d20260410-starts": "14:00"}
    refused = client.send(PAGE, {**own, "d20260410-ends": "13:00", "stap": "bewaren"})
    assert (refused.status_code, "later eindigen" in refused.text) == (422, True)
    assert '<a href="#d20260410-ends">April 2026: De vergadering moet later' in refused.text
    assert 'value="13:00"' in refused.text
    assert (
        client.send(PAGE, {**own, "d20260410-ends": "16:00", "stap": "bewaren"}).status_code == 302
    )
    assert "zelf gekozen" in client.get(PAGE).text
    revision = stale.rsplit('name="revision"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    answer = client.send(PAGE, {**own, "revision": revision, "d20260410-ends": "17:30"})
    assert (answer.status_code, "Iemand anders" in answer.text) == (409, True)
    assert 'value="17:30"' in answer.text


def test_a_day_on_which_a_meeting_was_cancelled_says_so(
    cast: Cast, client: ReadingClient, now: datetime
) -> None:
    cancelled = meeting_on(cast.midwest, date(2026, 5, 8), by=cast.support)
    cancel_meeting(cancelled, reason="Brugdag.", by=cast.support, now=now)
    elsewhere = meeting_on(cast.zone_council, date(2026, 6, 12), by=cast.support)
    cancel_meeting(elsewhere, reason="Te weinig punten.", by=cast.support, now=now)
    ask_year(cast.midwest, ASKED, by=cast.support, now=now)
    client.sign_in(cast.support)
    april, may, june = client.get(PAGE).text.split('id="datum-')[1:]
    said = "op deze dag werd een vergadering geannuleerd"
    assert [said in each for each in (april, may, june)] == [False, True, False]


def test_only_what_can_be_picked_is_counted_as_proposed(
    cast: Cast, client: ReadingClient, now: datetime
) -> None:
    follow_zone_council(cast, now)
    ask_year(cast.midwest, ASKED, by=cast.support, now=now)
    client.sign_in(cast.support)
    page = client.get(PAGE).text
    assert page.count("geen mogelijke dag") == 1
    assert 'Voorgestelde data <span class="count">2</span>' in page


def test_dates_that_changed_meanwhile_are_not_planned_unseen(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    follow_zone_council(cast, now)
    ask_year(cast.midwest, ASKED, by=cast.support, now=now)
    client.sign_in(cast.support)
    gone = {"d20260410-pick": "20260416T0730", "stap": "plannen"}
    answer = client.send(PAGE, gone)
    assert (answer.status_code, "veranderde intussen" in answer.text) == (409, True)
    assert not planned(session, cast.midwest)


def test_a_body_follows_dates_that_are_not_confirmed_yet(
    session: Session, cast: Cast, now: datetime
) -> None:
    directors = Body(slug="ad-overleg", name="AD-overleg", kind=BodyKind.DIRECTORS_CONSULTATION)
    session.add(directors)
    session.flush()
    add_rule(directors, RuleKind.DAYS_BEFORE, other=cast.midwest, days=7, by=cast.support, now=now)
    follow_zone_council(cast, now)
    ask_year(cast.midwest, ASKED, by=cast.support, now=now)
    year = ask_year(directors, ASKED, by=cast.support, now=now)
    proposal = propose(year, viewer_for(cast.support, now.date()), now)
    days = [each.chosen.slot.day for each in proposal.proposed if each.chosen]
    assert days == [date(2026, 4, 10), date(2026, 6, 5)]
    reasons = [each.chosen.reasons[0] for each in proposal.proposed if each.chosen]
    assert reasons[0] == "7 dagen voor het Midwestoverleg van 17 april 2026"
    viewer = viewer_for(cast.support, now.date())
    with counted() as statements:
        propose(year, viewer, now)
    assert len(statements) == 7


@pytest.mark.parametrize(
    ("place", "minutes", "expected"),
    [
        ("Stadhuis Izegem", None, "30 minuten reistijd"),
        ("Stadhuis Izegem", 15, ""),
        ("Raadzaal, stadhuis Roeselare", None, ""),
        ("", None, ""),
    ],
)
def test_people_need_time_between_two_tables(
    session: Session, cast: Cast, now: datetime, place: str, minutes: int | None, expected: str
) -> None:
    meeting_on(cast.midwest, date(2026, 4, 17), by=cast.support)
    meeting_on(
        cast.zone_council,
        date(2026, 4, 17),
        by=cast.support,
        from_hour=time(11, 45),
        to_hour=time(13),
        place=place,
    )
    if minutes is not None:
        usual = revision_of_values(USUAL_TRAVEL_MINUTES)
        set_travel_minutes(cast.midwest, minutes, revision=usual, by=cast.support, now=now)
    found = coming_clashes(cast.midwest, viewer_for(cast.support, now.date()), now)
    said = [clash.sentence for _meeting, clashes in found for clash in clashes]
    assert len(said) == bool(expected)
    assert all(expected in sentence for sentence in said)
    unseen = coming_clashes(cast.midwest, nobody(now.date()), now)
    hidden = [clash.sentence for _meeting, clashes in unseen for clash in clashes]
    assert len(hidden) == len(said)
    assert all("een ander overleg" in each and "Zoneraad" not in each for each in hidden)


def test_the_page_of_rules_names_who_sits_elsewhere(
    session: Session, cast: Cast, client: ReadingClient, sign_in_as: SignInAs
) -> None:
    for body in (cast.midwest, cast.zone_council):
        meeting_on(body, date(2026, 4, 17), by=cast.support)
    client.sign_in(cast.support)
    page = "/overleg/midwestoverleg/regels"
    assert (
        "Burgemeester Izegem, Burgemeester Roeselare en Burgemeester Tielt zitten dan ook in "
        "de Zoneraad Midwest, 9.30 tot 11.30 uur, Stadhuis Roeselare" in client.get(page).text
    )
    usual = client.get(page).text.partition("<summary>Reistijd: ")[2].partition("<")[0]
    refused = client.send(page, {"travel_minutes": "300"})
    assert refused.status_code == 422
    assert f"<summary>Reistijd: {usual}<" in refused.text
    assert client.send(page, {"travel_minutes": "20"}).status_code == 302
    assert "Reistijd: 20 minuten" in client.get(page).text
    for person, status in ((cast.mayor, 403), (cast.stranger, 404)):
        assert sign_in_as(person).get(PAGE).status_code == status


def test_quiet_meetings_are_announced_together_in_one_mail_each(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    for week in range(3):
        starts_at = to_utc(date(2026, 4, 17) + timedelta(weeks=week), time(9))
        plan_meeting(
            cast.midwest,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            place="",
            online_url="",
            by=cast.support,
            now=now,
            quiet=True,
        )
    client.sign_in(cast.support)
    assert "/overleg/midwestoverleg/bekendmaken" in client.get("/vergaderingen").text
    page = "/overleg/midwestoverleg/bekendmaken"
    first = session.scalars(select(Meeting).order_by(Meeting.starts_at_utc)).first()
    assert first
    assert client.press(page, {"getoond": "ja"}).status_code == 422
    assert client.press(page, {"getoond": "ja", "vergadering": first.id}).status_code == 302
    assert client.press(page).status_code == 302
    subjects = session.scalars(select(OutboxMessage.subject)).all()
    assert sorted(set(subjects)) == [
        "Gepland: 2 vergaderingen van het Midwestoverleg",
        "Gepland: Midwestoverleg van 17 april 2026",
    ]
    assert len(subjects) == 6
    assert "zijn bekendgemaakt" in client.get(page).text
    last = session.scalars(select(Meeting).order_by(Meeting.starts_at_utc.desc())).first()
    assert last
    told = " ".join(client.get(f"/vergaderingen/{last.id}/historiek").text.split())
    assert "stuurde een mail naar 3 personen: Gepland: 2 vergaderingen" in told
