"""Beheer: the mails."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

TOKEN = "t" * 43


@pytest.fixture
def mails(session: Session, now: datetime) -> list[OutboxMessage]:
    """Sixty mails: two failed, three wait."""
    states = [MailState.FAILED] * 2 + [MailState.WAITING] * 3 + [MailState.SENT] * 55
    rows = [
        OutboxMessage(
            state=state,
            to_email=f"raadslid{number}@post.test",
            to_name=f"Raadslid {number}",
            subject=f"Bericht {number}.",
            text=f"Dag\n\nhttp://localhost:8000/uitnodiging/{TOKEN}",
            html="<p>Dag</p>",
            created_at_utc=now - timedelta(minutes=number),
            send_after_utc=now,
            attempts=6,
            last_error="451 later" if state is MailState.FAILED else "",
        )
        for number, state in enumerate(states)
    ]
    session.add_all(rows)
    session.commit()
    return rows


def test_the_administrator_sees_fifty_at_a_time(
    client: ReadingClient, cast: Cast, mails: list[OutboxMessage]
) -> None:
    client.sign_in(cast.administrator)
    first = client.get("/beheer/mails").text
    assert first.count("Bericht ") == 50
    assert "Bericht 0." in first
    assert "Pagina 1 van 2" in first
    second = client.get("/beheer/mails?pagina=2").text
    assert second.count("Bericht ") == 10
    assert "Bericht 59." in second
    for odd in ("0", "-3", "999999", "x"):
        assert client.get(f"/beheer/mails?pagina={odd}").status_code == 200


def test_the_list_can_show_what_failed(
    client: ReadingClient, cast: Cast, mails: list[OutboxMessage]
) -> None:
    client.sign_in(cast.administrator)
    page = client.get("/beheer/mails?stand=failed").text
    assert page.count("Bericht ") == 2
    assert client.get("/beheer/mails?stand=iets").text.count("Bericht ") == 50


def test_an_empty_outbox_says_so(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.administrator)
    assert "Er werd nog geen mail verstuurd." in client.get("/beheer/mails").text


def test_a_failed_mail_is_read_and_tried_again(
    client: ReadingClient, cast: Cast, mails: list[OutboxMessage]
) -> None:
    failed = mails[0]
    client.sign_in(cast.administrator)
    page = client.get(f"/beheer/mails/{failed.id}").text
    assert "451 later" in page
    assert TOKEN not in page, "an administrator does not sign in as somebody else"
    answer = client.press(f"/beheer/mails/{failed.id}/opnieuw")
    assert answer.status_code == 302
    assert (failed.state, failed.attempts) == (MailState.WAITING, 0)
    again = client.press(f"/beheer/mails/{failed.id}/opnieuw")
    assert again.status_code == 409
    assert "Alleen een mislukte mail" in again.text


def test_for_others_the_mails_do_not_exist(
    client: ReadingClient, cast: Cast, mails: list[OutboxMessage]
) -> None:
    for person in (cast.support, cast.mayor, cast.stranger):
        client.sign_in(person)
        assert client.get("/beheer/mails").status_code == 404
        assert client.get(f"/beheer/mails/{mails[0].id}").status_code == 404
    client.sign_in(cast.administrator)
    assert client.get("/beheer/mails/bestaat-niet").status_code == 404
