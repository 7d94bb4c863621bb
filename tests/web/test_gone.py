"""Taking away what is gone already: who sees its page is led there, others see nothing."""

import pytest

from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of

GONE = "2" * 16
OF_THE_BODY = [
    (f"/overleg/midwestoverleg/regels/{GONE}/verwijderen", "De regel was al verwijderd."),
    (f"/overleg/midwestoverleg/data/{GONE}/verwijderen", "De datum was al verwijderd."),
    (f"/overleg/midwestoverleg/databronnen/{GONE}/verwijderen", "De bron was al verwijderd."),
]
OF_ALL_SUPPORT = (f"/beheer/themas/{GONE}/verwijderen", "Het thema was al van de lijst.")


@pytest.mark.parametrize(("address", "words"), [*OF_THE_BODY, OF_ALL_SUPPORT])
def test_the_second_tab_is_told_and_led_to_the_page(
    cast: Cast, sign_in_as: SignInAs, address: str, words: str
) -> None:
    client = sign_in_as(cast.support)
    answer = client.press(address)
    assert answer.status_code == 302
    assert words in text_of(parse(client.get(answer.location or "").text))


@pytest.mark.parametrize("address", [address for address, _words in OF_THE_BODY])
def test_who_does_not_see_the_page_is_not_told(
    cast: Cast, sign_in_as: SignInAs, address: str
) -> None:
    assert sign_in_as(cast.committee_support).press(address).status_code == 404
