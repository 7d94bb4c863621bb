"""The year planner: who sees which lanes, what is red and for whom, on a page and in Word."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.calendars.foreign.workflow import add_dates
from overleg.calendars.planner.drawing import MARK_WIDTH, NAMES, WIDTH, draw
from overleg.calendars.planner.year import Gathering, Lane, Year, bands_of
from overleg.lib.dates import to_utc
from overleg.lib.pasted_dates import PastedDate
from overleg.organisations.models import Body, Seat
from overleg.organisations.states import BodyKind, SeatFunction
from overleg.scheduling.models import BodyDate
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import DateState, RuleKind
from tests.calendars.test_feed import statements_for
from tests.parsing import parse
from tests.plugins.cast import LONG_AGO, Cast
from tests.reading import ReadingClient, text_of
from tests.scheduling.planned import meeting_on
from tests.word.reading import words

FRIDAY = date(2026, 3, 13)
NEXT_FRIDAY = date(2026, 3, 20)
AFTER_THE_CLOCK = date(2026, 4, 10)
WRONG = "past niet meer"


@pytest.fixture
def bound(session: Session, cast: Cast, now: datetime) -> None:
    """Midwest meets on 13 March and follows the zoneraad, which moved to 20 March."""
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting_on(cast.midwest, AFTER_THE_CLOCK, by=cast.support)
    meeting_on(cast.rivierenland, FRIDAY, by=cast.committee_support)
    days = (NEXT_FRIDAY, AFTER_THE_CLOCK)
    given_dates = [
        PastedDate(to_utc(day, time(8)), to_utc(day, time(9, 15)), False, "Stadhuis Izegem")
        for day in days
    ]
    add_dates(cast.zone_council, given_dates, by=cast.support, now=now)
    add_rule(
        cast.midwest, RuleKind.AFTER, other=cast.zone_council, minutes=15, by=cast.support, now=now
    )
    add_rule(cast.midwest, RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False, by=cast.support, now=now)
    session.commit()


def shown_years(text: str) -> list[str]:
    """Of the filter of whose year it is, what is chosen."""
    (whose,) = (nav for nav in parse(text).iter("nav") if nav.get("aria-label") == "Van wie")
    return [text_of(link) for link in whose.iter("a") if link.get("aria-current")]


def legend_of(text: str) -> str:
    """What the looks of the picture mean."""
    (legend,) = (each for each in parse(text).iter("ul") if each.get("class") == "planner-legend")
    return text_of(legend)


@pytest.mark.usefixtures("bound")
def test_support_staff_see_in_red_what_no_longer_fits_and_mend_it_in_one_step(
    cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    text = client.get("/jaarplanner").text
    assert "1 vergadering past niet meer bij de regels." in text
    assert "Ze valt verplicht op dezelfde dag als de Zoneraad Midwest, 15 minuten erna" in text
    assert "waar u liever niet vergadert" not in text, "nothing is to be done about it"
    assert 'href="/overleg/midwestoverleg/regels"' in text
    assert text.count('class="mark mark-wrong"') == 2  # the picture and the legend
    assert "de Zoneraad Midwest vergadert op vrijdag 20 maart 2026, 8.00 tot 9.15 uur" in text
    assert "8.00 tot 9.15 uur" in text  # also after the clock changed
    assert "Rivierenland" not in text


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize("who", ["mayor", "secretariat", "councillor"])
def test_others_see_the_same_year_without_what_they_cannot_mend(
    cast: Cast, client: ReadingClient, who: str
) -> None:
    client.sign_in(getattr(cast, who))
    for path in ("/jaarplanner", "/jaarplanner?toon=maand&maand=3", "/regios/midwest/jaar"):
        text = client.get(path).text
        assert "Midwestoverleg" in text
        assert "Zoneraad Midwest" in text
        assert WRONG not in text
        assert "/regels" not in text
        double = "u zit dan ook in de Zoneraad Midwest, 8.00 tot 9.15 uur (30 minuten reistijd)"
        assert (double in text) == (who == "mayor" and "maand=3" not in path)


@pytest.mark.usefixtures("bound")
def test_a_municipality_s_year_has_every_body_where_it_sits(
    cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.secretariat)
    text = client.get("/gemeenten/37022/jaar?toon=lijst").text
    assert "vrijdag 13 maart 2026" in text
    assert "vrijdag 20 maart 2026" in text
    assert "Paasvakantie" in text
    assert "Tielt" in shown_years(text)
    assert client.get("/gemeenten/41002/jaar").status_code == 404


@pytest.mark.usefixtures("bound")
def test_the_year_of_a_municipality_that_is_not_one_s_own_is_named_too(
    cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    assert shown_years(client.get("/gemeenten/37022/jaar").text) == ["Tielt"]
    assert shown_years(client.get("/jaarplanner").text) == ["Mijn overleggen"]


@pytest.mark.usefixtures("bound")
@pytest.mark.parametrize(("year", "has_today"), [(2026, True), (2027, False)])
def test_the_legend_names_what_is_drawn(
    cast: Cast, client: ReadingClient, session: Session, year: int, has_today: bool
) -> None:
    client.sign_in(cast.support)
    legend = legend_of(client.get(f"/jaarplanner?jaar={year}").text)
    assert ("vandaag" in legend) is has_today
    assert "onder voorbehoud" not in legend
    for each in session.scalars(select(BodyDate)):
        each.state = DateState.TENTATIVE
    session.commit()
    legend = legend_of(client.get(f"/jaarplanner?jaar={year}").text)
    assert ("onder voorbehoud" in legend) is has_today


@pytest.mark.usefixtures("bound")
def test_a_year_does_not_exist_for_who_is_not_at_its_tables(
    cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.stranger)
    for path in ("/regios/midwest/jaar", "/gemeenten/37022/jaar"):
        assert client.get(path).status_code == 404
        assert client.get(f"{path}.docx").status_code == 404
    assert "Midwest" not in client.get("/jaarplanner").text


@pytest.mark.usefixtures("bound")
def test_the_word_file_lists_the_year_per_month(cast: Cast, client: ReadingClient) -> None:
    client.sign_in(cast.support)
    answer = client.get("/regios/midwest/jaar.docx?jaar=2026")
    assert "jaarkalender-2026.docx" in answer.headers["Content-Disposition"]
    text = words(answer.data)
    for said in (
        "Jaarkalender 2026",
        "Regio Midwest",
        "Midwestoverleg en Zoneraad Midwest",
        "vrijdag 13 maart",
        "Past niet meer: op dezelfde dag als de Zoneraad Midwest",
        "Paasvakantie (6 tot 19 april)",
    ):
        assert said in text, said
    assert "Feestdag van de Vlaamse Gemeenschap (11 juli)" in text, "a month without a meeting"
    empty = words(client.get("/jaarplanner.docx?jaar=2031").data)
    assert empty.count("nog niets gepland") == 1
    assert "Nationale feestdag (21 juli)" in empty


@pytest.mark.parametrize("asked", ["jaar=9999999", "jaar=x&toon=x&maand=13", "toon=maand&maand=0"])
def test_an_odd_address_shows_this_year(cast: Cast, client: ReadingClient, asked: str) -> None:
    client.sign_in(cast.mayor)
    assert "Jaarplanner 2026" in client.get(f"/jaarplanner?{asked}").text


@pytest.mark.parametrize("page", ["/jaarplanner", "/gemeenten/37022/jaar", "/organisaties/{}"])
def test_a_page_without_a_colour_of_its_own_has_that_of_the_region_one_works_in(
    session: Session, cast: Cast, client: ReadingClient, page: str
) -> None:
    assert cast.midwest.region
    cast.midwest.region.colour = "teal"
    session.commit()
    client.sign_in(cast.secretariat)
    body = parse(client.get(page.format(cast.tielt.id)).text).find("body")
    assert body is not None
    assert body.get("data-colour") == "teal"


@pytest.mark.usefixtures("bound")
def test_ten_more_bodies_take_no_more_statements(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    before = 0
    for number in range(12):
        if number == 2:
            client.get("/regios/midwest/jaar")
            before = statements_for(client, "/regios/midwest/jaar", {})
        body = Body(
            slug=f"overleg-{number}",
            name=f"Overleg {number}",
            kind=BodyKind.OTHER,
            region=cast.midwest.region,
        )
        seat = Seat(
            body=body,
            organisation=cast.tielt,
            person=cast.support,
            function=SeatFunction.OTHER,
            valid_from=LONG_AGO,
        )
        session.add_all([body, seat])
        session.flush()
        meeting_on(body, FRIDAY, by=cast.support)
        session.commit()
    assert "Overleg 11" in client.get("/regios/midwest/jaar").text
    assert statements_for(client, "/regios/midwest/jaar", {}) == before


def test_holidays_are_bands_with_their_days() -> None:
    bands = {(band.name, band.first, band.last) for band in bands_of(2026)}
    assert ("Paasvakantie", date(2026, 4, 6), date(2026, 4, 19)) in bands
    assert ("Feestdag van de Vlaamse Gemeenschap", date(2026, 7, 11), date(2026, 7, 11)) in bands
    assert not [band for band in bands_of(2026) if band.first.year != 2026]


@settings(max_examples=50, deadline=None)
@given(
    year=st.integers(2024, 2040),
    days=st.lists(st.integers(0, 364), max_size=80).map(sorted),
)
def test_marks_never_lie_over_each_other_and_every_day_has_its_place(
    year: int, days: list[int]
) -> None:
    body = Body(slug="x", name="Overleg van de burgemeesters van een heel lange streek")
    lane = Lane(body, [gathering_on(body, date(year, 1, 1) + timedelta(plus)) for plus in days])
    picture = draw(Year(year, [lane], bands_of(year)), date(year, 6, 1))
    rows: dict[float, list[float]] = {}
    for mark in picture.lanes[0].marks:
        assert NAMES < mark.x <= WIDTH - MARK_WIDTH
        rows.setdefault(mark.y, []).append(mark.x)
    for places in rows.values():
        assert all(later - before >= MARK_WIDTH for before, later in pairwise(places))
    for month in range(1, 13):
        inside = [d.day for week in Year(year, [lane]).weeks(month) for d in week if d.is_inside]
        assert inside == sorted(set(inside))
        assert (inside[0].day, (inside[-1] + timedelta(days=1)).day) == (1, 1)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Stuurgroep Regiovorming Denderregio", ["Stuurgroep Regiovorming", "Denderregio"]),
        ("Burgemeestersconferentie", ["Burgemeestersconferentie"]),
        ("Burgemeestersconferenties", ["Burgemeestersconferenti…"]),
    ],
)
def test_a_name_stays_in_its_column(name: str, lines: list[str]) -> None:
    picture = draw(Year(2026, [Lane(Body(slug="x", name=name), [])]), date(2026, 6, 1))
    assert picture.lanes[0].name_lines == lines


def gathering_on(body: Body, day: date) -> Gathering:
    starts_at = to_utc(day, time(9))
    return Gathering(body, starts_at, starts_at + timedelta(hours=2), day, "")
