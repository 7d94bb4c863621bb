"""Invitations by mail: what leaves the mail server, and when."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage

import icalendar
import pytest
import vobject
from flask import Flask
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.calendars.invitations.jobs import follow_seats
from overleg.calendars.invitations.workflow import switch_off, switch_on
from overleg.db import db
from overleg.lib.dates import to_utc
from overleg.mail.delivery import deliver_waiting
from overleg.organisations.models import Seat
from overleg.organisations.workflow.seats import end_seat
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import AnswerWay, Coming, MeetingState
from overleg.scheduling.workflow import (
    announce_meetings,
    cancel_meeting,
    change_meeting,
    move_to,
    plan_meeting,
)
from tests.calendars.test_ical import ical_js
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.plugins.smtp import Mailbox
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
ORGANIZER = "vergaderingen@midwest.test"


class Post:
    """What a mail server took in since the last look, by addressee."""

    def __init__(self, mailbox: Mailbox, clock: Clock) -> None:
        self._mailbox, self._clock = mailbox, clock

    def now(self) -> list[EmailMessage]:
        """Send what waits, and take it out of the server."""
        db.session.commit()
        deliver_waiting(self._clock())
        taken = [mail.message for mail in self._mailbox.delivered]
        self._mailbox.delivered.clear()
        return taken

    def to(self, person: Person) -> list[EmailMessage]:
        """The same, for one addressee; the others' mails are gone too."""
        return [mail for mail in self.now() if f"<{person.email}>" in str(mail["To"])]


@pytest.fixture
def post(app: Flask, smtp_server: Mailbox, clock: Clock) -> Post:
    """A real mail server, that the application knows."""
    app.extensions["settings"] = replace(
        app.extensions["settings"],
        smtp_url=smtp_server.url,
        mail_from="overleg@midwest.test",
        calendar_address=ORGANIZER,
    )
    return Post(smtp_server, clock)


def calendar_of(mail: EmailMessage) -> bytes:
    """The last alternative, which is what calendars read."""
    part = list(mail.iter_parts())[-1]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def event_in(mail: EmailMessage) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(calendar_of(mail)).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def told(mail: EmailMessage) -> tuple[str, int, str]:
    """Method, sequence and state of an invitation."""
    calendar = icalendar.Calendar.from_ical(calendar_of(mail))
    event = event_in(mail)
    return str(calendar["METHOD"]), event.decoded("SEQUENCE"), str(event["STATUS"])


def moved(meeting: Meeting, cast: Cast, now: datetime, *, day: date, quiet: bool = False) -> None:
    change_meeting(
        meeting,
        starts_at=to_utc(day, time(9, 30)),
        ends_at=to_utc(day, time(11, 30)),
        place=meeting.place,
        online_url=meeting.online_url,
        revision=meeting.revision,
        by=cast.support,
        now=now,
        quiet=quiet,
    )


def test_an_announced_meeting_is_an_invitation_for_who_chose_that_and_a_mail_for_the_others(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    switch_on(cast.mayor, now=now)
    meeting = plan_meeting(
        cast.midwest,
        starts_at=to_utc(FRIDAY, time(9, 30)),
        ends_at=to_utc(FRIDAY, time(11, 30)),
        place="Zaal “De Munt”, Roeselare; 1e verdieping",
        online_url="https://vergader.test/midwest",
        by=cast.support,
        now=now,
        quiet=True,
    )
    assert post.now() == []
    announce_meetings([meeting], by=cast.support, now=now)
    mails = {str(mail["To"]).rpartition("<")[2].rstrip(">"): mail for mail in post.now()}
    assert set(mails) == {cast.mayor.email, cast.chair.email, cast.tielt_mayor.email}
    plain = mails[cast.chair.email or ""]
    assert "Gepland" in plain["Subject"]
    assert [part.get_content_subtype() for part in plain.iter_parts()] == ["plain", "html"]
    assert str(plain.get_body(("plain",))).count("/deelname/antwoord/") == 3

    mail = mails[cast.mayor.email or ""]
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    last = list(mail.iter_parts())[-1]
    assert (last.get_param("method"), last.get_content_charset()) == ("REQUEST", "utf-8")
    assert mail["From"] == f"Overleg <{ORGANIZER}>"

    content = calendar_of(mail)
    assert content.count(b"\r\n") == content.count(b"\n")
    assert told(mail) == ("REQUEST", 0, "CONFIRMED")
    event = event_in(mail)
    assert str(event["UID"]) == meeting.calendar_uid
    assert str(event["ORGANIZER"]) == f"mailto:{ORGANIZER}"
    attendee = event["ATTENDEE"]
    assert str(attendee) == f"mailto:{cast.mayor.email}"
    assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert attendee.params["RSVP"] == "TRUE"
    assert str(event["LOCATION"]) == meeting.place
    read = vobject.readOne(content.decode())
    assert read.method.value == "REQUEST"
    assert read.vevent.dtstart.value.astimezone(UTC) == meeting.starts_at_utc
    assert read.vevent.attendee.value == f"mailto:{cast.mayor.email}"


@pytest.mark.npm
def test_ical_js_reads_an_invitation_at_the_right_hour(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, date(2026, 3, 30), by=cast.support)
    switch_on(cast.mayor, now=now)
    (mail,) = post.to(cast.mayor)
    (found,) = ical_js(calendar_of(mail))["events"]
    assert (found["uid"], found["zone"]) == (meeting.calendar_uid, "Europe/Brussels")
    assert found["start"] == meeting.starts_at_utc.timestamp()
    assert found["end"] - found["start"] == 2 * 3600


def test_a_change_and_a_cancellation_follow_with_a_higher_sequence(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=now)
    assert [told(mail) for mail in post.to(cast.mayor)] == [("REQUEST", 0, "CONFIRMED")]
    moved(meeting, cast, now, day=date(2026, 3, 20), quiet=True)
    (mail,) = post.now()  # quiet keeps plain mails back, and a calendar right
    assert told(mail) == ("REQUEST", 1, "CONFIRMED")
    assert event_in(mail).decoded("DTSTART").astimezone(UTC) == meeting.starts_at_utc
    move_to(meeting, MeetingState.AGENDA_SENT, by=cast.support, now=now)
    assert post.to(cast.mayor) == [], "nothing in the calendar changes"
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=now)
    (mail,) = post.to(cast.mayor)
    assert told(mail) == ("CANCEL", 3, "CANCELLED")
    assert str(event_in(mail)["UID"]) == meeting.calendar_uid
    assert "Te weinig punten." in str(mail.get_body(("plain",)))


def test_who_switches_off_or_on_gets_every_coming_meeting_out_or_in(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting_on(cast.zone_council, date(2026, 4, 3), by=cast.support)
    meeting_on(cast.midwest, date(2026, 2, 13), by=cast.support)
    meeting_on(cast.denderregio, FRIDAY, by=cast.support)
    assert switch_on(cast.mayor, now=now) == 2
    first = {str(event_in(mail)["UID"]): told(mail) for mail in post.to(cast.mayor)}
    assert set(first.values()) == {("REQUEST", 0, "CONFIRMED")}
    switch_on(cast.mayor, now=now)
    assert post.now() == []
    assert switch_off(cast.mayor, now=now) == 2
    out = {str(event_in(mail)["UID"]): told(mail) for mail in post.to(cast.mayor)}
    assert out == dict.fromkeys(first, ("CANCEL", 1, "CANCELLED"))
    switch_on(cast.mayor, now=now)
    again = {str(event_in(mail)["UID"]): told(mail) for mail in post.to(cast.mayor)}
    assert again == dict.fromkeys(first, ("REQUEST", 2, "CONFIRMED")), "higher than the CANCEL"


def test_a_lost_seat_takes_the_meeting_out_and_another_address_takes_it_along(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=now)
    post.now()
    cast.mayor.email = "burgemeester@roeselare.test"
    follow_seats(now)
    mails = {str(mail["To"]): told(mail)[:2] for mail in post.now()}
    assert mails == {
        f"{cast.mayor.name} <mayor@cast.test>": ("CANCEL", 1),
        f"{cast.mayor.name} <burgemeester@roeselare.test>": ("REQUEST", 2),
    }
    seat = session.query(Seat).filter_by(body_id=cast.midwest.id, person_id=cast.mayor.id).one()
    end_seat(seat, on=date(2026, 3, 12), by=cast.support, now=now)
    follow_seats(now)
    (mail,) = post.now()
    assert told(mail) == ("CANCEL", 3, "CANCELLED")
    assert "geen zetel meer" in str(mail.get_body(("plain",)))
    assert "gaat niet door" not in calendar_of(mail).decode()
    follow_seats(now)
    assert post.now() == []


def test_what_was_answered_stays_in_an_update_but_not_at_another_hour(
    cast: Cast, session: Session, post: Post, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=now)
    give_answer(meeting, cast.mayor, Coming.COMING, way=AnswerWay.PAGE, now=now)
    post.now()
    change_meeting(
        meeting,
        starts_at=meeting.starts_at_utc,
        ends_at=meeting.ends_at_utc,
        place="Tielt",
        online_url="",
        revision=meeting.revision,
        by=cast.support,
        now=now,
    )
    (mail,) = post.to(cast.mayor)
    assert event_in(mail)["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    moved(meeting, cast, now, day=date(2026, 3, 20))
    (mail,) = post.to(cast.mayor)
    assert event_in(mail)["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


@pytest.mark.parametrize(
    ("hours_before", "day", "urgent"),
    [(47, date(2026, 4, 3), True), (49, date(2026, 4, 3), False), (300, FRIDAY, True)],
)
def test_what_changes_within_48_hours_is_mailed_to_all(
    hours_before: int, day: date, urgent: bool, cast: Cast, session: Session, post: Post
) -> None:
    meeting = meeting_on(cast.midwest, date(2026, 3, 27), by=cast.support)
    start = meeting.starts_at_utc if day != FRIDAY else to_utc(FRIDAY, time(9, 30))
    now = start - timedelta(hours=40 if day == FRIDAY else hours_before)
    post._clock.moment = now
    switch_on(cast.mayor, now=now)
    post.now()
    moved(meeting, cast, now, day=day, quiet=True)
    subjects = sorted(str(mail["Subject"]) for mail in post.to(cast.mayor))
    dringend = [f"Dringend: Gewijzigd: {meeting.title}"] if urgent else []
    assert subjects == [*dringend, f"Gewijzigde uitnodiging: {meeting.title}"]
