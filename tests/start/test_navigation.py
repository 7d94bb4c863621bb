"""The main menu marks the page that one is below, and names the body that a page is of."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.scheduling.planned import meeting_on

BELOW = {
    "/": [],
    "/vergaderingen": ["Vergaderingen"],
    "/standpunten": ["Opvolging"],
    "/gemeenten/37022": ["Opvolging"],
    "/gemeenten/37022/jaar": ["Jaarplanner"],
    "/regios/midwest": ["Organisaties"],
    "/regios/midwest/jaar": ["Jaarplanner"],
    "/regios/midwest/regiorapporten": ["Opvolging"],
    "/beheer/themas": ["Dossiers"],
    "/beheer/personen": ["Personen"],
    "/overleg/midwestoverleg/leden": ["Overleggen"],
}
PAGES_OF_A_BODY = [
    "",
    "/data",
    "/leden",
    "/cijfers",
    "/vergaderingen/nieuw",
    "/reeks",
    "/bekendmaken",
    "/datumprikkers/nieuw",
    "/vragen",
    "/inwoners",
    "/labels",
    "/labels/nieuw",
    "/agendamodellen",
    "/datumprikkers",
    "/herinneringen",
    "/instellingen",
    "/jaar",
    "/regels",
]
PAGES_OF_A_MEETING = ["", "/gegevens", "/annuleren", "/verslag", "/uitkomsten", "/voorbereiden"]


@pytest.mark.parametrize(("address", "marked"), BELOW.items())
def test_the_menu_marks_what_a_page_is_below(
    client: ReadingClient, cast: Cast, address: str, marked: list[str]
) -> None:
    client.sign_in(cast.support)
    page = client.get(address)
    assert page.status_code == 200
    menu = next(nav for nav in parse(page.text).iter("nav") if nav.get("class") == "main-nav")
    assert [text_of(a) for a in menu.iter("a") if a.get("aria-current")] == marked


@pytest.mark.parametrize("page", [*PAGES_OF_A_BODY, "/valideren"])
def test_the_menu_names_the_body_on_all_its_pages(
    client: ReadingClient, cast: Cast, page: str
) -> None:
    client.sign_in(cast.chair if page == "/valideren" else cast.support)
    answer = client.get(f"/overleg/{cast.midwest.slug}{page}")
    assert answer.status_code == 200
    assert menu_of_bodies(answer.text) == cast.midwest.name


def test_the_menu_names_the_body_of_a_meeting(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    meeting = meeting_on(cast.midwest, date(2026, 4, 24), by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    for page in PAGES_OF_A_MEETING:
        answer = client.get(f"/vergaderingen/{meeting.id}{page}")
        assert answer.status_code == 200
        assert menu_of_bodies(answer.text) == cast.midwest.name, page


def test_all_pages_of_a_body_have_its_name_and_colour(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    body, other = cast.rivierenland, cast.midwest
    assert body.region
    assert other.region
    body.region.colour, other.region.colour = "plum", "teal"
    session.add(
        RoleAssignment(
            person=cast.committee_support,
            role=Role.SUPPORT,
            body=other,
            valid_from=date(2026, 1, 1),
        )
    )
    meeting = meeting_on(body, date(2026, 4, 24), by=cast.committee_support)
    session.commit()
    client.sign_in(cast.committee_support)
    own = [f"/overleg/{body.slug}{page}" for page in PAGES_OF_A_BODY]
    for page in [*own, *(f"/vergaderingen/{meeting.id}{page}" for page in PAGES_OF_A_MEETING)]:
        answer = client.get(page)
        assert answer.status_code == 200
        shown = parse(answer.text).find("body")
        assert shown is not None
        assert (shown.get("data-colour"), menu_of_bodies(answer.text)) == (
            "plum",
            body.call_name,
        ), page


def menu_of_bodies(page: str) -> str:
    """What the menu of one's bodies is called."""
    menus = parse(page).iter("details")
    menu = next(each for each in menus if each.get("class") == "menu menu-bodies")
    return text_of(next(menu.iter("summary")))
