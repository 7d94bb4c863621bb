"""How one wants mail, on one's own page."""

from datetime import datetime, time

from sqlalchemy.orm import Session

from overleg.accounts.workflow import correct_person
from overleg.mail.addresses import note_comes_back, wishes_of
from overleg.mail.states import BouncedBy, Rhythm
from overleg.mail.wishes import Wishes
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

PAGE = "/account/mail"
CHOSEN = {"rhythm": "daily", "quiet_from": "20", "quiet_until": "7", "quiet_weekends": "y"}
WISHES = Wishes(Rhythm.DAILY, time(20), time(7), quiet_weekends=True)


def test_somebody_chooses_one_mail_a_day_and_quiet_hours(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    client.sign_in(cast.mayor)
    assert PAGE in client.get("/account").text
    assert client.press(PAGE, data=CHOSEN).status_code == 302
    email = cast.mayor.email or ""
    assert wishes_of(email) == WISHES
    again = client.send(PAGE, {"quiet_weekends": "y"})
    assert (again.status_code, wishes_of(email)) == (302, WISHES), "the page shows what was kept"
    # The wishes go along to another address, and who is gone leaves nothing behind.
    note_comes_back(email, "550 weg", by=BouncedBy.REFUSED, now=now)
    session.commit()
    assert "komen terug sinds 2 maart 2026" in client.get(PAGE).text
    correct_person(
        cast.mayor,
        name=cast.mayor.name,
        email="elders@post.test",
        revision=cast.mayor.revision,
        by=cast.support,
        now=now,
    )
    assert (wishes_of("elders@post.test"), wishes_of(email)) == (WISHES, Wishes())


def test_half_a_quiet_night_is_refused(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    half = client.press(PAGE, data={"rhythm": "at_once", "quiet_from": "20", "quiet_until": ""})
    assert half.status_code == 422
    assert "Kies twee uren" in half.text
    whole_day = {"rhythm": "at_once", "quiet_from": "7", "quiet_until": "7"}
    assert client.press(PAGE, data=whole_day).status_code == 422
    assert wishes_of(cast.mayor.email or "") == Wishes()
