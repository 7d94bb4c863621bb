"""Every main page of every role, at a desk in light and on a phone in dark: axe finds nothing,
nothing scrolls sideways. One world of Midwest with one of everything serves them all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, Response

from tests.browser.walking import enter
from tests.house.world import World
from tests.plugins.browser import DESK, PHONE, LiveServer, OpenPage, Watch
from tests.plugins.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.npm]

Check = Callable[[Page], None]
OF_EVERYBODY = ("/", "/voorstellen", "/vergaderingen", "/opvolging", "/kalender", "/account")
OF_A_MEETING = ("", "/deelnemers", "/verslag", "/uitkomsten", "/documenten", "/historiek")
PAGES = {
    "support": [
        *OF_EVERYBODY,
        "/overleg/{slug}",
        *("/vergaderingen/{meeting_id}" + tab for tab in OF_A_MEETING),
        "/vergaderingen/{coming}",
        "/vergaderingen/{coming}/voorbereiden",
        "/overleg/{slug}/agendamodellen",
        "/overleg/{slug}/agendamodellen/nieuw",
        "/overleg/{slug}/cijfers",
        "/vergaderingen/{coming}/versturen",
        "/vergaderingen/{coming}/agenda/nieuw",
        "/vergaderingen/{coming}/gegevens",
        "/vergaderingen/{coming}/annuleren",
        "/vergaderingen/{meeting_id}/verslag?punt={item_id}",
        "/vergaderingen/{meeting_id}/verslag/opmerkingen",
        "/vergaderingen/{meeting_id}/verslag/rondsturen",
        "/vergaderingen/{meeting_id}/sluiten",
        "/vergaderingen/{meeting_id}/deelnemers/punt?punt={item_id}",
        "/actiepunten/{action_id}/wijzigen",
        "/voorstellen/{proposal_id}",
        "/voorstellen/{proposal_id}/wijzigen",
        "/bijlagen/{annex_id}/bekijken",
        "/dossiers",
        "/jaarplanner?toon=jaar",
        "/jaarplanner?toon=maand",
        "/dossiers/{dossier_id}",
        "/wie-ziet/voorstel/{proposal_id}",
        "/uitkomsten/{outcome_id}",
        "/uitkomsten/{outcome_id}/termijn",
        "/overleg/{slug}/vergaderingen/nieuw",
        "/overleg/{slug}/reeks",
        "/overleg/{slug}/jaar",
        "/overleg/{slug}/regels",
        "/overleg/{slug}/bekendmaken",
        "/overleg/{slug}/datumprikkers",
        "/overleg/{slug}/datumprikkers/nieuw",
        "/datumprikkers/{poll_id}",
        "/datumprikkers/{poll_id}/kiezen/{slot_id}",
        "/overleg/{slug}/leden",
        "/overleg/{slug}/rollen",
        "/overleg/{slug}/instellingen",
        "/overleg",
        "/overleg/nieuw",
        "/overleg/van-anderen/nieuw",
        "/organisaties",
        "/organisaties/nieuw?soort=municipality",
        "/organisaties/{organisation_id}",
        "/organisaties/{group_id}/wijzigen",
        "/organisaties/{group_id}/leden",
        "/organisaties/{group_id}/leden/{membership_id}",
        "/regios/midwest",
        "/beheer/personen",
        "/beheer/personen/{person_id}",
        "/beheer/personen/{person_id}/gegevens",
        "/mails/{message_id}",
    ],
    "mayor": [
        *OF_EVERYBODY,
        "/voorstellen/nieuw",
        "/voorstellen/{proposal_id}",
        "/datumprikkers/{poll_id}",
        "/datumprikkers/{poll_id}/antwoord",
        "/vergaderingen/{meeting_id}",
        "/vergaderingen/{meeting_id}/verslag",
        "/vergaderingen/{meeting_id}/verslag/opmerking?punt={item_id}",
    ],
    "chair": [
        "/",
        "/voorstellen",
        "/voorstellen/{proposal_id}/valideren",
        "/overleg/midwestoverleg/valideren",
    ],
    "secretariat": [
        *OF_EVERYBODY,
        "/gemeenten/37022",
        "/gemeenten/37022/huisstijl",
        "/uitkomsten/{outcome_id}/voorstellen",
        "/uitkomsten/{outcome_id}",
        "/opvolging/{follow_up}/melden",
    ],
    "director": ["/", "/voorstellen"],
    "partner": ["/", "/voorstellen/nieuw"],
    "councillor": ["/", "/vergaderingen/{meeting_id}"],
    "administrator": [
        "/",
        "/overleg",
        "/beheer/mails",
        "/beheer/mails/{message_id}",
        "/beheer/taken",
        "/beheer/inwoners",
        "/account/mail",
    ],
}
# A form that is sent as it opens, by whom, and the button that sends it.
ERRORS = [
    ("mayor", "/voorstellen/nieuw", "Indienen"),
    ("support", "/overleg/{slug}/vergaderingen/nieuw", None),
    ("support", "/overleg/nieuw", None),
    ("support", "/vergaderingen/{coming}/agenda/nieuw", "Op de agenda zetten"),
]

TABLES_FIT = """() => [...document.querySelectorAll(".table-frame")]
  .every((frame) => frame.scrollWidth <= frame.clientWidth)"""


@dataclass
class Tour:
    """Shows pages of the one world to somebody, twice, and has axe look at each."""

    app: Flask
    server: LiveServer
    open_page: OpenPage
    check: Check
    values: dict[str, str]
    cast: Cast

    def enter_as(self, role: str) -> Page:
        """A page where this person is signed in."""
        page = self.open_page()
        enter(self.app, page, self.server, getattr(self.cast, role))
        return page

    def look(self, page: Page) -> None:
        """At a desk in light, on a phone in dark."""
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.check(page)
        assert page.evaluate(TABLES_FIT), page.url


@pytest.fixture
def tour(
    app: Flask,
    world: World,
    live_server: LiveServer,
    new_page: OpenPage,
    axe: Check,
) -> Tour:
    """The world, and the way in."""
    values = {**world.values, "coming": world.coming.id, "follow_up": of_tielt(world)}
    return Tour(app, live_server, new_page, axe, values, world.cast)


def of_tielt(world: World) -> str:
    """The follow-up that the secretariaat of Tielt answers."""
    return next(r.id for r in world.outcome.follow_ups if r.organisation_id == world.cast.tielt.id)


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing_on_the_pages_of(role: str, tour: Tour) -> None:
    page = tour.enter_as(role)
    for path in PAGES[role]:
        answer = page.goto(path.format(**tour.values))
        assert answer is not None
        assert answer.status == 200, (role, path)
        tour.look(page)


def test_the_matrix_is_a_list_on_a_phone(tour: Tour) -> None:
    page = tour.enter_as("secretariat")
    page.goto("/opvolging")
    matrix, outcomes = page.locator(".matrix-frame"), page.locator(".matrix-narrow")
    assert (matrix.is_visible(), outcomes.is_visible()) == (True, False)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert (matrix.is_visible(), outcomes.is_visible()) == (False, True)
    assert outcomes.locator(".matrix-own").first.inner_text().startswith("Tielt")


def _to_a_post(answer: Response) -> bool:
    return answer.request.method == "POST"


def test_axe_finds_nothing_on_forms_that_were_refused(tour: Tour, watch: Watch) -> None:
    watch.expect_status(422)
    for role, path, button in ERRORS:
        page = tour.enter_as(role)
        page.goto(path.format(**tour.values))
        buttons = page.locator("main .form-actions button[type=submit]")
        chosen = buttons.filter(has_text=button).first if button else buttons.first
        with page.expect_event("load"), page.expect_response(_to_a_post) as sent:
            chosen.click()
        assert sent.value.status == 422, path
        tour.look(page)


def test_axe_finds_nothing_where_nobody_is_signed_in(tour: Tour, watch: Watch) -> None:
    watch.expect_status(404)
    for path in ("/aanmelden", "/aanmelden/link", "/bestaat-niet"):
        page = tour.open_page()
        page.goto(path)
        tour.look(page)
