"""Answers from other calendars: read from a real mailbox, counted once, or left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.calendars.invitations.models import Invitation, ReadReply
from overleg.calendars.invitations.reading import deal_with, read_replies
from overleg.calendars.invitations.replies import MOST_BYTES, read_mail, read_reply
from overleg.calendars.invitations.states import ReplyResult
from overleg.calendars.invitations.workflow import switch_off, switch_on
from overleg.db import db
from overleg.scheduling.answers.queries import answers_to
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import AnswerWay, Coming
from overleg.scheduling.workflow import change_meeting
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.plugins.imap import ImapMailbox
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
MAYOR = "mayor@cast.test"
SAID_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OUTLOOK = """BEGIN:VCALENDAR\r
METHOD:REPLY\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:Romance Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT={partstat};CN=Burgemeester Roeselare{more}:MAILTO:{attendee}\r
COMMENT;LANGUAGE=nl-BE:\\n\r
UID:{uid}\r
SUMMARY;LANGUAGE=nl-BE:Geaccepteerd: Midwestoverleg\r
DTSTART;TZID=Romance Standard Time:20260313T093000\r
DTEND;TZID=Romance Standard Time:20260313T113000\r
CLASS:PUBLIC\r
PRIORITY:5\r
DTSTAMP:{stamp}\r
TRANSP:OPAQUE\r
STATUS:CONFIRMED\r
SEQUENCE:{sequence}\r
LOCATION;LANGUAGE=nl-BE:Stadhuis Roeselare\r
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}\r
X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r
BEGIN:VALARM\r
DESCRIPTION:REMINDER\r
TRIGGER;RELATED=START:-PT15M\r
ACTION:DISPLAY\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def outlook(
    uid: str,
    partstat: str = "ACCEPTED",
    *,
    attendee: str = MAYOR,
    sender: str = MAYOR,
    sequence: int = 0,
    said_at: datetime = SAID_AT,
    message_id: str = "",
    more: str = "",
    dmarc: str = "pass",
) -> bytes:
    """The mail that Outlook sends on Accept, as Exchange passes it on."""
    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.midwest.test; spf=pass; dmarc={dmarc}"
    mail["From"] = f"Burgemeester Roeselare <{sender}>"
    mail["To"] = "Overleg <vergaderingen@midwest.test>"
    mail["Subject"] = "Geaccepteerd: Midwestoverleg"
    mail["Message-ID"] = message_id or f"<{partstat}-{sequence}-{said_at:%H%M%S}@exchange.test>"
    mail.set_content("")
    calendar = OUTLOOK.format(
        partstat=partstat,
        more=more,
        attendee=attendee,
        uid=uid,
        stamp=f"{said_at:%Y%m%dT%H%M%SZ}",
        sequence=sequence,
    )
    mail.add_alternative(
        calendar, subtype="calendar", params={"method": "REPLY"}, charset="utf-8", cte="base64"
    )
    return mail.as_bytes()


@pytest.fixture
def meeting(cast: Cast, session: Session, now: datetime) -> Meeting:
    """A meeting to which the mayor was invited."""
    planned = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=now - timedelta(days=1))
    session.commit()
    return planned


@pytest.fixture
def mailbox(app: Flask, imap_server: ImapMailbox) -> ImapMailbox:
    """A real mailbox that the application knows."""
    app.extensions["settings"] = replace(app.extensions["settings"], imap_url=imap_server.url)
    return imap_server


def answer_of(meeting: Meeting, cast: Cast) -> tuple[Coming, AnswerWay] | None:
    found = answers_to(meeting).get(cast.mayor.id)
    return None if found is None else (found.coming, found.way)


def results() -> list[ReplyResult]:
    return list(db.session.scalars(select(ReadReply.result).order_by(ReadReply.read_at_utc)))


def test_outlooks_accept_counts_and_the_mailbox_is_left_tidy(
    mailbox: ImapMailbox, meeting: Meeting, cast: Cast, now: datetime
) -> None:
    from_a_person = b"From: iemand@tielt.test\r\nSubject: Vraag\r\n\r\nWanneer begint het?\r\n"
    mailbox.receive(outlook(meeting.calendar_uid))
    mailbox.receive(from_a_person)
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR)
    (answer,) = answers_to(meeting).values()
    assert answer.answered_at_utc == SAID_AT
    assert [mail["Subject"] for mail in mailbox.mails_in("INBOX")] == ["Vraag"]
    assert mailbox.unread_in("INBOX") == 1, "what we do not know stays unread"
    assert len(mailbox.mails_in("Verwerkt")) == 1
    assert mailbox.unread_in("Verwerkt") == 0
    mailbox.receive(outlook(meeting.calendar_uid, "DECLINED", said_at=SAID_AT))
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.NOT_COMING, AnswerWay.CALENDAR)
    assert len(mailbox.mails_in("Verwerkt")) == 2


def test_a_mail_counts_once_also_when_a_worker_died_or_another_was_first(
    mailbox: ImapMailbox, meeting: Meeting, cast: Cast, now: datetime
) -> None:
    reply = outlook(meeting.calendar_uid, message_id="<een@exchange.test>")
    assert deal_with(reply, now), "kept, and then the worker dies before the mail is put away"
    give_answer(meeting, cast.mayor, Coming.NOT_COMING, way=AnswerWay.PAGE, now=now)
    db.session.commit()
    mailbox.receive(reply)
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.NOT_COMING, AnswerWay.PAGE)
    assert results() == [ReplyResult.COUNTED]
    assert mailbox.mails_in("INBOX") == []


def test_two_workers_at_once_count_it_once(app: Flask, meeting: Meeting, now: datetime) -> None:
    reply = outlook(meeting.calendar_uid)
    together, failed = Barrier(2), []

    def work() -> None:
        with app.app_context():
            together.wait(timeout=60)
            try:
                deal_with(reply, now)
            except Exception as error:
                failed.append(error)
            finally:
                db.session.remove()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert results() == [ReplyResult.COUNTED]


Change = Callable[[Meeting, Cast, datetime], None]


def later(meeting: Meeting, cast: Cast, now: datetime) -> None:
    """The meeting begins an hour later: sequence 1."""
    change_meeting(
        meeting,
        starts_at=meeting.starts_at_utc + timedelta(hours=1),
        ends_at=meeting.ends_at_utc + timedelta(hours=1),
        place=meeting.place,
        online_url="",
        by=cast.support,
        now=now,
    )


def elsewhere(meeting: Meeting, cast: Cast, now: datetime) -> None:
    """The meeting is in another hall: sequence 1, and the same question."""
    change_meeting(
        meeting,
        starts_at=meeting.starts_at_utc,
        ends_at=meeting.ends_at_utc,
        place="Tielt",
        online_url="",
        by=cast.support,
        now=now,
    )


def said_no_on_the_page(meeting: Meeting, cast: Cast, now: datetime) -> None:
    """Somebody changed their mind after sending the reply."""
    give_answer(meeting, cast.mayor, Coming.NOT_COMING, way=AnswerWay.PAGE, now=now)


def nothing(_meeting: Meeting, _cast: Cast, _now: datetime) -> None:
    """Nothing happened in between."""


def no_longer_invited(_meeting: Meeting, cast: Cast, now: datetime) -> None:
    """The meeting was taken out of the calendar."""
    switch_off(cast.mayor, now=now)


@pytest.mark.parametrize(
    ("happened", "reply", "expected"),
    [
        (later, {}, ReplyResult.OUTDATED),
        (later, {"sequence": 1}, ReplyResult.COUNTED),
        (elsewhere, {}, ReplyResult.COUNTED),
        (said_no_on_the_page, {"said_at": SAID_AT - timedelta(minutes=1)}, ReplyResult.OUTDATED),
        (said_no_on_the_page, {"said_at": SAID_AT + timedelta(days=9)}, ReplyResult.COUNTED),
        (no_longer_invited, {}, ReplyResult.UNKNOWN),
        (
            nothing,
            {"attendee": "chair@cast.test", "sender": "chair@cast.test"},
            ReplyResult.UNKNOWN,
        ),
        (nothing, {"sender": "iemand@elders.test"}, ReplyResult.NOT_TRUSTED),
        (nothing, {"dmarc": "fail"}, ReplyResult.NOT_TRUSTED),
        (
            nothing,
            {"attendee": "Mayor@CAST.test", "sender": "MAYOR@cast.test"},
            ReplyResult.COUNTED,
        ),
        (
            nothing,
            {"sender": "kabinet@cast.test", "more": ';SENT-BY="mailto:kabinet@cast.test"'},
            ReplyResult.COUNTED,
        ),
        (
            nothing,
            {"sender": "iemand@elders.test", "more": ';SENT-BY="mailto:iemand@elders.test"'},
            ReplyResult.NOT_TRUSTED,
        ),
    ],
)
def test_what_is_out_of_date_or_not_to_be_believed_changes_nothing(
    happened: Change,
    reply: dict[str, object],
    expected: ReplyResult,
    meeting: Meeting,
    cast: Cast,
    now: datetime,
) -> None:
    happened(meeting, cast, now)
    before = answer_of(meeting, cast)
    db.session.commit()
    is_done = deal_with(outlook(meeting.calendar_uid, "TENTATIVE", **reply), now)  # type: ignore[arg-type]
    assert results() == [expected]
    assert is_done is (expected in {ReplyResult.COUNTED, ReplyResult.OUTDATED})
    counted = (Coming.MAYBE, AnswerWay.CALENDAR)
    assert answer_of(meeting, cast) == (counted if expected is ReplyResult.COUNTED else before)


def test_a_moment_to_come_is_no_later_than_now(meeting: Meeting, cast: Cast, now: datetime) -> None:
    deal_with(outlook(meeting.calendar_uid, said_at=now + timedelta(days=400)), now)
    (answer,) = answers_to(meeting).values()
    assert answer.answered_at_utc == now


GOOGLE = b"""From: Burgemeester Roeselare <mayor@cast.test>
Message-ID: <google@mail.gmail.com>
Content-Type: multipart/mixed; boundary="a"

--a
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="UTF-8"

Burgemeester Roeselare heeft deze uitnodiging geaccepteerd.
--b
Content-Type: text/html; charset="UTF-8"

<p>geaccepteerd</p>
--b
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260313T083000Z
DTEND:20260313T103000Z
DTSTAMP:20260302T085900Z
ORGANIZER;CN=Overleg:mailto:vergaderingen@midwest.test
UID:%s
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=mayor@
 cast.test;X-NUM-GUESTS=0:mailto:mayor@cast.test
SEQUENCE:0
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
--b--
--a--
"""


def test_googles_answer_counts_too(meeting: Meeting, cast: Cast, now: datetime) -> None:
    assert deal_with(GOOGLE % meeting.calendar_uid.encode(), now)
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR)


def junk(meeting: Meeting) -> dict[str, bytes]:
    """Mails from which nothing may follow, by what is odd about them."""
    good = outlook(meeting.calendar_uid)
    calendar = OUTLOOK.format(
        partstat="ACCEPTED",
        more="",
        attendee=MAYOR,
        uid=meeting.calendar_uid,
        stamp="20260302T090000Z",
        sequence=0,
    )

    def sent(text: str) -> bytes:
        head = f"From: {MAYOR}\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n"
        return (head + text).encode()

    attendee = f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Burgemeester Roeselare:MAILTO:{MAYOR}\r\n"
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3000)
    )
    return {
        "a web page": b"From: mayor@cast.test\r\nContent-Type: text/html\r\n\r\n<html><p>REPLY",
        "nothing": b"",
        "noise": bytes(range(256)) * 40,
        "a web page as calendar": sent("<html><body>Hallo</body></html>"),
        "a request": sent(calendar.replace("METHOD:REPLY", "METHOD:REQUEST")),
        "a counter proposal": sent(calendar.replace("METHOD:REPLY", "METHOD:COUNTER")),
        "half a calendar": sent(calendar[:700]),
        "two attendees": sent(calendar.replace(attendee, attendee * 2)),
        "no attendee": sent(calendar.replace(attendee, "")),
        "passed on to somebody": sent(calendar.replace("ACCEPTED", "DELEGATED")),
        "one of a series": sent(
            calendar.replace("UID:", "RECURRENCE-ID:20260313T083000Z\r\nUID:", 1)
        ),
        "an odd sequence": sent(calendar.replace("\r\nSEQUENCE:0", "\r\nSEQUENCE:veel")),
        "another meeting": sent(calendar.replace(meeting.calendar_uid, "iets@overleg")),
        "two senders": good.replace(b"From: ", b"From: b@b.test, "),
        "a deep nest": nested.encode(),
        "parts without end": b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n'
        + b"--a\r\n\r\nx\r\n" * 20_000,
        "senders without end": b"From: " + b"a@b.test, " * 20_000 + b"\r\n\r\n" + good,
        "quotes without end": b"Content-Type: multipart/mixed" + b';"' * 100_000 + b"\r\n\r\n",
        "events without end": sent(
            "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_000
        ),
    }


def test_what_is_no_answer_changes_nothing(meeting: Meeting, cast: Cast, now: datetime) -> None:
    for what, mail in junk(meeting).items():
        assert not deal_with(mail, now), what
        assert answer_of(meeting, cast) is None, what
    assert results() == [ReplyResult.NOT_TRUSTED], "only of two senders is it known what it answers"


def test_a_mail_that_is_too_large_is_not_fetched_and_holds_up_no_other(
    mailbox: ImapMailbox, meeting: Meeting, cast: Cast, now: datetime
) -> None:
    mailbox.receive(outlook(meeting.calendar_uid) + b"x" * MOST_BYTES)
    mailbox.receive(outlook(meeting.calendar_uid, "DECLINED"))
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.NOT_COMING, AnswerWay.CALENDAR)
    assert results() == [ReplyResult.COUNTED]
    assert mailbox.unread_in("INBOX") == 1


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2400))
def test_no_bytes_make_the_reader_fall(noise: bytes, place: int) -> None:
    mail = outlook("een@overleg")
    cut = mail[:place] + noise + mail[place:]
    read_mail(cut)
    read_reply(noise)


def test_without_a_mailbox_nothing_is_read(session: Session, now: datetime) -> None:
    read_replies(now)
    assert session.scalars(select(Invitation)).all() == []


def test_a_mailbox_that_is_gone_fails_in_words(
    app: Flask, clock: Clock, mailbox: ImapMailbox
) -> None:
    wrong = mailbox.url.replace("geheim", "fout")
    app.extensions["settings"] = replace(app.extensions["settings"], imap_url=wrong)
    with pytest.raises(Exception, match="niet te lezen") as caught:
        read_replies(clock())
    assert "fout" not in str(caught.value)
