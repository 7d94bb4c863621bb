"""Getting around: the menu of bodies, starting one from its region, one's own account."""

from collections.abc import Callable

import pytest

from overleg.accounts.models import Person
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of

SIGN_IN = Callable[[Person], ReadingClient]


def test_a_body_is_started_from_its_region_or_not_at_all(cast: Cast, sign_in_as: SIGN_IN) -> None:
    region = sign_in_as(cast.support).get("/regios/midwest")
    assert "/overleg/nieuw?regio=midwest" in region.text
    page = sign_in_as(cast.support).get("/overleg/nieuw?regio=midwest").text
    assert f'<option selected value="{cast.midwest.region_id}">' in page
    assert "Annuleren" in page
    assert "/overleg/nieuw" not in sign_in_as(cast.mayor).get("/regios/midwest").text


def test_the_menu_of_bodies_and_the_page_call_a_body_by_its_short_name(
    cast: Cast, sign_in_as: SIGN_IN
) -> None:
    page = sign_in_as(cast.committee_support).get(f"/overleg/{cast.rivierenland.slug}/leden")
    menu = next(e for e in parse(page.text).iter() if "menu-bodies" in e.get("class", ""))
    assert "Regionale mandaatgroep" not in text_of(menu)
    assert text_of(menu).startswith("Mandaatgroep Mandaatgroep")


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        ("mayor", "Vraag het aan de ondersteuner van uw overleg."),
        ("support", "Verbeter het zelf, of vraag het aan een beheerder."),
        ("administrator", "Verbeter het zelf."),
    ],
)
def test_ones_account_says_who_corrects_it(
    cast: Cast, sign_in_as: SIGN_IN, who: str, asked: str
) -> None:
    person: Person = getattr(cast, who)
    client = sign_in_as(person)
    page = client.get("/account")
    assert f"Klopt dit niet? {asked}" in text_of(parse(page.text))
    address = f"/beheer/personen/{person.id}/gegevens"
    assert (address in page.text) == (who != "mayor")
    assert client.get(address).status_code == (404 if who == "mayor" else 200)
