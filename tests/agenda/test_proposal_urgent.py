"""A proposal that cannot wait: with a motive, which everybody who reads it sees."""

from sqlalchemy.orm import Session

from tests.agenda.test_proposals import FILLED_IN, only, send
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

MOTIVE = "De subsidie sluit op 1 april."


def test_it_needs_a_motive_and_keeps_what_was_typed(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    refused = send(client, FILLED_IN | {"is_urgent": "y", "actie": "indienen"})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Waarom is het dringend?</label>" in page
    assert "Zeg in enkele woorden waarom het dringend is." in page
    assert 'value="Hoppinpunten met deelwagens"' in page


def test_the_motive_stands_with_it(client: ReadingClient, cast: Cast, session: Session) -> None:
    client.sign_in(cast.mayor)
    urgent = {"is_urgent": "y", "urgent_motive": MOTIVE, "actie": "indienen"}
    made = send(client, FILLED_IN | urgent)
    page = client.get(made.location).get_data(as_text=True)
    assert "dringend" in page
    assert MOTIVE in page
    assert only(session).urgent_motive == MOTIVE


def test_a_motive_without_urgency_is_not_kept(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    send(client, FILLED_IN | {"urgent_motive": MOTIVE, "actie": "bewaren"})
    assert only(session).is_urgent is False
    assert only(session).urgent_motive == ""
