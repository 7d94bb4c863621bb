"""Answers from other calendars: read from a real mailbox, counted once, or left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from overleg.calendars.invitations import reading
from overleg.calendars.invitations.counting import Counted, count_reply
from overleg.calendars.invitations.jobs import READ_REPLIES
from overleg.calendars.invitations.mailbox import MailboxError
from overleg.calendars.invitations.models import Invitation, ReadReply
from overleg.calendars.invitations.reading import deal_with, read_replies
from overleg.calendars.invitations.replies import MOST_BYTES, Received, Reply
from overleg.calendars.invitations.states import ReplyResult
from overleg.calendars.invitations.workflow import switch_off, switch_on
from overleg.db import db
from overleg.jobs.queue import queue_of
from overleg.scheduling.answers.queries import answers_to
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import AnswerWay, Coming
from overleg.scheduling.workflow import change_meeting
from tests.agenda.preparing import NOW
from tests.at_once import ON_BOTH
from tests.calendars.answering_mails import GOOGLE, SAID_AT, junk, outlook
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.plugins.certificates import make_certificate
from tests.plugins.imap import ELSEWHERE, HOST, ImapMailbox, running_imap
from tests.plugins.scenarios import scenario
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)


@scenario
def meeting(cast: Cast) -> Meeting:
    """A meeting to which the mayor was invited."""
    planned = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    switch_on(cast.mayor, now=NOW - timedelta(days=1))
    return planned


@pytest.fixture
def mailbox(app: Flask, imap_server: ImapMailbox) -> ImapMailbox:
    """A real mailbox that the application knows."""
    known_as(app, imap_server.url)
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
        revision=meeting.revision,
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
        revision=meeting.revision,
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


def test_googles_answer_counts_too(meeting: Meeting, cast: Cast, now: datetime) -> None:
    assert deal_with(GOOGLE % meeting.calendar_uid.encode(), now)
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR)


def test_what_is_no_answer_changes_nothing(meeting: Meeting, cast: Cast, now: datetime) -> None:
    for what, mail in junk(meeting.calendar_uid).items():
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


@ON_BOTH
def test_a_mail_with_what_no_database_takes_holds_up_no_other(
    mailbox: ImapMailbox, meeting: Meeting, cast: Cast, now: datetime, database_kind: str
) -> None:
    mailbox.receive(outlook("een\0ander"))
    mailbox.receive(outlook(meeting.calendar_uid))
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR), database_kind


def test_a_mail_that_makes_the_reader_fall_is_left_and_holds_up_no_other(
    mailbox: ImapMailbox,
    meeting: Meeting,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def count(received: Received, reply: Reply, *, now: datetime) -> Counted:
        counted = count_reply(received, reply, now=now)
        if reply.coming is Coming.MAYBE:
            raise LookupError("who would have thought")
        return counted

    monkeypatch.setattr(reading, "count_reply", count)
    mailbox.receive(outlook(meeting.calendar_uid, "DECLINED"))
    mailbox.receive(outlook(meeting.calendar_uid, "TENTATIVE"))
    mailbox.receive(outlook("iets@overleg"))
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.NOT_COMING, AnswerWay.CALENDAR), "undone, the second"
    assert mailbox.unread_in("INBOX") == 2, "whoever reads the mailbox finds it"
    assert "who would have thought" in caplog.text
    caplog.clear()
    read_replies(now)
    assert caplog.text == "", "it is not tried for ever"


def test_a_database_that_is_away_costs_no_answer(
    mailbox: ImapMailbox,
    meeting: Meeting,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_given: object, **_named: object) -> Counted:
        raise OperationalError("SELECT", {}, OSError("database is locked"))

    mailbox.receive(outlook(meeting.calendar_uid))
    with monkeypatch.context() as patch:
        patch.setattr(reading, "count_reply", away)
        with pytest.raises(OperationalError):
            read_replies(now)
    db.session.rollback()
    read_replies(now)
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR)


def test_without_a_mailbox_nothing_is_read(session: Session, now: datetime) -> None:
    read_replies(now)
    assert session.scalars(select(Invitation)).all() == []


def known_as(app: Flask, url: str) -> None:
    """Let the application know of a mailbox."""
    app.extensions["settings"] = replace(app.extensions["settings"], imap_url=url)


@pytest.mark.openssl
@pytest.mark.parametrize(("scheme", "host"), [("imaps", HOST), ("imap", ELSEWHERE)])
def test_a_mailbox_is_read_over_tls(
    app: Flask,
    meeting: Meeting,
    cast: Cast,
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    host: str,
) -> None:
    own = make_certificate(tmp_path, f"IP:{host}")
    monkeypatch.setenv("SSL_CERT_FILE", str(own.file))
    with running_imap(own, host=host, scheme=scheme) as mailbox:
        known_as(app, mailbox.url)
        mailbox.receive(outlook(meeting.calendar_uid))
        read_replies(now)
        assert len(mailbox.mails_in("Verwerkt")) == 1
    assert answer_of(meeting, cast) == (Coming.COMING, AnswerWay.CALENDAR)


@pytest.mark.openssl
@pytest.mark.parametrize(
    ("scheme", "host", "bears", "trusted", "because"),
    [
        ("imaps", HOST, f"IP:{HOST}", False, "deze machine kent niet wie het uitgaf"),
        ("imap", ELSEWHERE, f"IP:{ELSEWHERE}", False, "deze machine kent niet wie het uitgaf"),
        ("imaps", HOST, "DNS:post.test", True, "het staat op een andere naam"),
        ("imap", ELSEWHERE, None, True, "de server biedt geen beveiligde verbinding aan"),
        ("imaps", HOST, None, True, "een beveiligde verbinding met de server lukt niet"),
    ],
)
def test_a_mailbox_without_a_certificate_to_trust_is_refused_and_told(
    app: Flask,
    cast: Cast,
    client: ReadingClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    host: str,
    bears: str | None,
    trusted: bool,
    because: str,
) -> None:
    queue_of(app).look_around()
    shows = make_certificate(tmp_path, bears) if bears else None
    if shows and trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(shows.file))
    with running_imap(shows, host=host, scheme=scheme if shows else "imap") as mailbox:
        known_as(app, mailbox.url.replace("imap:", f"{scheme}:"))
        with pytest.raises(MailboxError, match=f"{host} is niet te lezen: .*{because}"):
            queue_of(app).run(READ_REPLIES)
    client.sign_in(cast.administrator)
    page = client.get("/beheer/taken").text
    assert f"De postbus op {host} is niet te lezen" in page
    assert because in page


def test_a_mailbox_that_is_gone_fails_in_words(
    app: Flask, clock: Clock, mailbox: ImapMailbox
) -> None:
    known_as(app, mailbox.url.replace("geheim", "fout"))
    with pytest.raises(MailboxError, match="weigert de gebruiker of het wachtwoord") as caught:
        read_replies(clock())
    assert "fout" not in str(caught.value)
    known_as(app, f"imap://niemand@{HOST}:1/INBOX")
    with pytest.raises(MailboxError, match="de server is niet bereikbaar"):
        read_replies(clock())
