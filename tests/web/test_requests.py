"""Characters that no text may hold never reach a page, on any database."""

import gc

import pytest

from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@pytest.mark.parametrize(
    "address",
    [
        "/organisaties?zoek=%00",
        "/voorstellen?overleg=%00",
        "/opvolging?overleg=%00",
        "/voorstellen/%00",
        "/overleg/mid%00west",
        "/gemeenten/%00",
        "/kalender/%00.ics",
    ],
)
def test_a_nul_in_an_address_is_no_fault(client: ReadingClient, cast: Cast, address: str) -> None:
    client.sign_in(cast.support)
    assert client.get(address).status_code in {200, 404}


def test_control_characters_fall_out_of_a_form(client: ReadingClient, cast: Cast) -> None:
    answer = client.send(
        "/aanmelden", {"email": "iemand\x00@\x0bcast.test", "wachtwoord": "geheim\x00"}
    )
    assert answer.status_code == 422
    assert "iemand@cast.test" in answer.text


def test_a_title_cannot_turn_what_stands_beside_it(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    turned = "Nota \u202egnp.exe\u202c \u2067x\u2069 مرحبا 👩‍🚒"
    page = client.get("/organisaties", query_string={"zoek": turned}).text
    assert "Nota gnp.exe x مرحبا 👩‍🚒" in page


def test_the_files_of_a_form_that_is_too_large_are_closed(
    client: ReadingClient, cast: Cast
) -> None:
    client.sign_in(cast.mayor)
    part = '--grens\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    file = part.replace('"{}"', '"files"; filename="nota.pdf"').format("%PDF-1.7")
    text = part.format("title", "a" * 5 * 1024 * 1024)
    kind = "multipart/form-data; boundary=grens"
    answer = client.post("/voorstellen/nieuw", data=f"{file}{text}--grens--", content_type=kind)
    assert answer.status_code == 413
    gc.collect()  # warns of what was left open
