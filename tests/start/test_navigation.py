"""The main menu marks the page that one is below."""

import pytest

from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of

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


@pytest.mark.parametrize(("address", "marked"), BELOW.items())
def test_the_menu_marks_what_a_page_is_below(
    client: ReadingClient, cast: Cast, address: str, marked: list[str]
) -> None:
    client.sign_in(cast.support)
    page = client.get(address)
    assert page.status_code == 200
    menu = next(nav for nav in parse(page.text).iter("nav") if nav.get("class") == "main-nav")
    assert [text_of(a) for a in menu.iter("a") if a.get("aria-current")] == marked
