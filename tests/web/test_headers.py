"""What each answer says beside its text: who may keep it, and what its page may do."""

import re

import pytest

from tests.agenda.proposing import NOON, make_draft
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/aanmelden", "/robots.txt", "/static/nergens.css"])
def test_each_answer_is_safe(client: ReadingClient, cast: Cast, path: str) -> None:
    client.sign_in(cast.support)
    headers = client.get(path).headers
    assert {name: headers.getlist(name) for name in SAFE} == {
        name: [value] for name, value in SAFE.items()
    }
    (policy,) = headers.getlist("Content-Security-Policy")
    assert "default-src 'none'" in policy


def test_nobody_keeps_the_page_of_who_signed_in(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers.getlist("Vary") == ["Cookie"]


def test_a_file_of_ours_is_the_same_for_everybody(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    (file, *_) = re.findall(r'"(/static/css/[^"]+[?]v=[^"]+)"', client.get("/").text)
    headers = client.get(file).headers
    assert "immutable" in headers["Cache-Control"]
    assert "Vary" not in headers


def test_asking_only_the_headers_of_a_form_answers_as_its_page_does(
    client: ReadingClient, cast: Cast
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=NOON)
    client.sign_in(cast.mayor)
    for path in (
        "/voorstellen/nieuw",
        f"/voorstellen/{draft.id}/wijzigen",
        f"/dossiers/{draft.dossier_id}/wijzigen",
    ):
        assert (path, client.ask(path, method="HEAD").status_code) == (path, 200)
    client.sign_in(cast.chair)
    assert client.ask("/overleg/midwestoverleg/valideren", method="HEAD").status_code == 200
