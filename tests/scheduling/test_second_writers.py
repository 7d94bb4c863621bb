"""Two of the support staff change one meeting: who is second reads both, and goes on."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from overleg.scheduling.models import Meeting
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on
from tests.second_writers import form_at, save_second


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


@pytest.fixture
def meeting(session: Session, cast: Cast) -> Meeting:
    """A meeting of Midwest on 13 March 2026, at 9.30."""
    planned = meeting_on(cast.midwest, date(2026, 3, 13), by=cast.support)
    session.commit()
    return planned


def page_of(meeting: Meeting) -> str:
    return f"/vergaderingen/{meeting.id}/gegevens"


@ON_BOTH
def test_who_changes_a_meeting_second_reads_what_the_first_did_and_goes_on(
    meeting: Meeting, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    first = {"place": "Gemeentehuis Izegem", "day": "2026-03-20", "starts": "10:00"}
    told = save_second(two, page_of(meeting), first, {"place": "Zaal in Tielt"})
    assert "Iemand anders bewaarde deze vergadering terwijl u typte." in told.text, database_kind
    assert "Dag 20 maart 2026" in told.text
    assert "Begint om 10.00 uur" in told.text
    assert "Plaats Gemeentehuis Izegem" in told.text
    session.expire_all()
    assert (meeting.place, str(meeting.day)) == ("Gemeentehuis Izegem", "2026-03-20")
    assert two[1].press(page_of(meeting), told.form).status_code == 302
    session.expire_all()
    assert (meeting.place, str(meeting.day)) == ("Zaal in Tielt", "2026-03-13")


@ON_BOTH
def test_of_two_who_change_a_meeting_at_once_one_is_told(
    meeting: Meeting, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    page = page_of(meeting)
    opened = [form_at(client.get(page).text, "place") for client in two]

    def save(number: int, client: ReadingClient) -> int:
        return client.press(page, {**opened[number], "place": f"Zaal {number}"}).status_code

    assert at_once(two, save) == [302, 409], database_kind
    session.expire_all()
    assert meeting.place in {"Zaal 0", "Zaal 1"}
