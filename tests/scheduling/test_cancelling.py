"""Cancelling a meeting from its form, and going back without."""

from datetime import date

from sqlalchemy.orm import Session

from overleg.scheduling.states import MeetingState
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)


def test_a_meeting_is_cancelled_with_a_reason(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    path = f"/vergaderingen/{meeting.id}/annuleren"
    assert client.send(path, {"reason": " "}).status_code == 422
    assert client.send(path, {"reason": "x" * 100_000}).status_code == 422
    assert client.send(path, {"reason": "Te weinig punten."}).status_code == 302
    session.expire_all()
    assert meeting.state is MeetingState.CANCELLED
    again = client.get(path)
    assert again.status_code == 409
    assert "is geannuleerd" in again.get_data(as_text=True)
    assert client.get(f"/vergaderingen/{meeting.id}/gegevens").status_code == 409


def test_going_back_from_the_form_is_not_cancelling_the_meeting(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    page = parse(sign_in_as(cast.support).get(f"/vergaderingen/{meeting.id}/gegevens").text)
    links = {text_of(link): link.get("href") for link in page.iter("a")}
    assert links["Annuleren"] == f"/vergaderingen/{meeting.id}"
    assert links["Vergadering annuleren"] == f"/vergaderingen/{meeting.id}/annuleren"
