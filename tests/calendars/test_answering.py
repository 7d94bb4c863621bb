"""Saying whether one comes: with the link in a mail, and on the page."""

import re
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.workflow.items import add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.calendars.invitations.models import Invitation
from overleg.calendars.invitations.workflow import switch_on
from overleg.calendars.workflow import create_feed
from overleg.lib.dates import local_date
from overleg.mail.models import OutboxMessage
from overleg.minutes.queries.attendance import table_of
from overleg.organisations.models import Seat
from overleg.organisations.viewer import viewer_for
from overleg.organisations.workflow.seats import end_seat
from overleg.scheduling.answers.queries import answers_to
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import AnswerWay, Coming
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import own_point
from tests.parsing import parse
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, text_of
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)


def links_of(session: Session, person: Person) -> list[str]:
    """The paths of the three buttons in the last invitation of somebody."""
    mail = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.to_email == person.email, OutboxMessage.calendar.is_not(None))
        .order_by(OutboxMessage.created_at_utc.desc())
    ).first()
    assert mail is not None
    found = re.findall(r"/deelname/antwoord/\S+", mail.text)
    assert all(link in mail.html for link in found)
    return found


def said(meeting: Meeting, person: Person) -> tuple[Coming, AnswerWay] | None:
    answer = answers_to(meeting).get(person.id)
    return None if answer is None else (answer.coming, answer.way)


def invited(session: Session, cast: Cast, now: datetime) -> tuple[Meeting, list[str]]:
    """A meeting, and the links with which the mayor answers."""
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=now)
    session.commit()
    return meeting, links_of(session, cast.mayor)


def test_opening_a_link_only_asks_and_confirming_answers(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting, (_comes, _maybe, comes_not) = invited(session, cast, now)
    response = client.get(comes_not)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    page = parse(response.get_data(as_text=True))
    assert cast.mayor.name in text_of(page)
    assert said(meeting, cast.mayor) is None
    (form,) = [f for f in page.iter("form") if "coming" in {e.get("name") for e in f.iter()}]
    fields = filled_in(form)
    assert fields["coming"] == "not_coming"
    assert client.post(comes_not.partition("?")[0], data=fields).status_code == 303
    assert said(meeting, cast.mayor) == (Coming.NOT_COMING, AnswerWay.LINK)
    fields["coming"] = "maybe"
    client.post(comes_not.partition("?")[0], data=fields)
    assert said(meeting, cast.mayor) == (Coming.MAYBE, AnswerWay.LINK)


def test_a_page_that_stood_open_too_long_says_so_and_keeps_the_choice(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting, (link, *_others) = invited(session, cast, now)
    path = link.partition("?")[0]
    client.get(path)
    answer = client.post(path, data={"coming": "maybe", "csrf_token": "oud"})
    assert answer.status_code == 422
    assert "CSRF" not in answer.text
    assert "Deze pagina stond te lang open." in answer.text
    (form,) = parse(answer.get_data(as_text=True)).iter("form")
    assert filled_in(form)["coming"] == "maybe"
    assert said(meeting, cast.mayor) is None


def test_a_link_ends_with_the_seat_with_the_meeting_and_when_it_was_altered(
    session: Session, client: ReadingClient, cast: Cast, clock: Clock
) -> None:
    meeting, (link, *_others) = invited(session, cast, clock())
    path = link.partition("?")[0]
    assert client.get(path + "x").status_code == 410
    seat = session.query(Seat).filter_by(body_id=cast.midwest.id, person_id=cast.mayor.id).one()
    end_seat(seat, on=date(2026, 3, 12), by=cast.support, now=clock())
    session.commit()
    assert client.get(path).status_code == 410
    assert client.post(path, data={"coming": "coming"}).status_code == 410
    seat.valid_to = None
    session.commit()
    assert client.get(path).status_code == 200
    clock.moment = meeting.starts_at_utc
    assert client.get(path).status_code == 410
    clock.advance(days=-1)
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=clock())
    session.commit()
    assert client.get(path).status_code == 410
    assert said(meeting, cast.mayor) is None


def test_members_answer_on_the_page_and_all_read_the_forecast(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    path = f"/vergaderingen/{meeting.id}/deelnemers"
    for person, coming in ((cast.mayor, "coming"), (cast.chair, "coming")):
        client.sign_in(person)
        page = parse(client.get(path).get_data(as_text=True))
        (form,) = [f for f in page.iter("form") if "coming" in {e.get("name") for e in f.iter()}]
        fields = filled_in(form) | {"coming": coming}
        answer = client.post(f"/vergaderingen/{meeting.id}/deelname", data=fields)
        assert answer.status_code == 303
    assert said(meeting, cast.mayor) == (Coming.COMING, AnswerWay.PAGE)
    words = "2 van 3 stemgerechtigden komen; quorum 2: gehaald"
    table = text_of(parse(client.get(path).get_data(as_text=True)))
    assert words in table
    assert "komt · antwoordde in Overleg, 2 maart 2026" in table
    client.sign_in(cast.councillor)
    public = client.get(path).get_data(as_text=True)
    assert "stemgerechtigden" not in public
    assert ">komt<" not in public


def test_a_person_switches_over_and_is_told_what_leaves_first(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    create_feed(viewer_for(cast.mayor, local_date(now)), body=cast.midwest, now=now)
    session.commit()
    client.sign_in(cast.mayor)
    page = parse(client.get("/kalender/uitnodigingen").get_data(as_text=True))
    assert "1 uitnodiging naar mayor@cast.test" in text_of(page)
    (form,) = [f for f in page.iter("form") if f.get("action", "").endswith("/aan")]
    client.post("/kalender/uitnodigingen/aan", data=filled_in(form))
    page = parse(client.get("/kalender/uitnodigingen").get_data(as_text=True))
    assert "staat aan" in text_of(page)
    assert "dubbel" not in text_of(page), "the feed was revoked"
    assert "1 mail naar mayor@cast.test" in text_of(page)
    assert "Kies één van beide" in client.get("/kalender").text
    (form,) = [f for f in page.iter("form") if f.get("action", "").endswith("/uit")]
    client.post("/kalender/uitnodigingen/uit", data=filled_in(form))
    (invitation,) = session.scalars(select(Invitation)).all()
    assert invitation.withdrawn_at_utc == now
    create_feed(viewer_for(cast.stranger, local_date(now)), body=cast.denderregio, now=now)
    session.commit()
    client.sign_in(cast.stranger)
    page = parse(client.get("/kalender/uitnodigingen").get_data(as_text=True))
    (form,) = [f for f in page.iter("form") if f.get("action", "").endswith("/aan")]
    assert "revoke_feeds" not in filled_in(form), "who is invited to nothing keeps what there is"


@pytest.mark.parametrize("who", ["secretariat", "councillor", "administrator", "former_mayor"])
def test_invitations_are_not_offered_to_who_has_no_seat(
    client: ReadingClient, cast: Cast, who: str
) -> None:
    client.sign_in(getattr(cast, who))
    assert "Wie zetelt, kan" in client.get("/account").text
    page = client.get("/kalender/uitnodigingen").text
    assert "Uitnodigingen zijn er voor wie zetelt" in page
    assert "Zet uitnodigingen aan" not in page


def test_the_agenda_asks_who_said_nothing_yet(session: Session, cast: Cast, now: datetime) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    add_own_item(meeting, own_point(), by=cast.support, now=now)
    give_answer(meeting, cast.mayor, Coming.COMING, way=AnswerWay.PAGE, now=now)
    send_agenda(meeting, message="", by=cast.support, now=now)
    mails = session.scalars(select(OutboxMessage).where(OutboxMessage.template == "agenda_sent"))
    asked = {mail.to_email for mail in mails if "/deelname/antwoord/" in mail.text}
    assert asked == {cast.chair.email, cast.tielt_mayor.email}


def test_the_attendance_starts_from_what_was_answered(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    give_answer(meeting, cast.mayor, Coming.NOT_COMING, way=AnswerWay.LINK, now=now)
    give_answer(meeting, cast.chair, Coming.COMING, way=AnswerWay.LINK, now=now)
    session.commit()
    client.sign_in(cast.support)
    page = parse(client.get(f"/vergaderingen/{meeting.id}/deelnemers").get_data(as_text=True))
    (form,) = [f for f in page.iter("form") if "revision" in {e.get("name") for e in f.iter()}]
    fields = filled_in(form)
    noted = [value for name, value in fields.items() if name.endswith("-presence") and value]
    assert noted == ["excused"]
    assert table_of(meeting).is_noted is False, "only what support staff keep is noted"
