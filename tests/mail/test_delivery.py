"""The worker empties the outbox: over a real mail server, and into files in the demo."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.db import db
from overleg.jobs.queue import queue_of
from overleg.mail.delivery import CLAIM, WAITS, deliver_waiting
from overleg.mail.models import OutboxMessage
from overleg.mail.smtp import SmtpServer
from overleg.mail.states import MailState
from overleg.settings import Mode
from tests.mail.outbox import LINK, configure, waiting
from tests.plugins.application import Clock
from tests.plugins.certificates import make_certificate
from tests.plugins.smtp import Mailbox, smtp_over_tls


@pytest.fixture
def mailbox(app: Flask, smtp_server: Mailbox) -> Mailbox:
    """A mail server that the application knows."""
    configure(app, smtp_url=smtp_server.url, mail_from="overleg@midwest.test")
    return smtp_server


def test_a_mail_arrives_with_text_and_html(
    mailbox: Mailbox, session: Session, now: datetime
) -> None:
    row = waiting(session, now)
    deliver_waiting(now)
    (message,) = mailbox.to(row.to_email)
    assert message["Subject"] == row.subject
    assert message["From"] == "Overleg <overleg@midwest.test>"
    assert message["To"] == "Burgemeester Pittem <burgemeester.pittem@post.test>"
    assert message["Message-ID"] == f"<{row.id}@midwest.test>"
    assert message["Auto-Submitted"] == "auto-generated"
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    body = message.get_body(("plain",))
    assert body is not None
    assert LINK in body.get_content()
    assert (row.state, row.attempts, row.sent_at_utc) == (MailState.SENT, 1, now)
    assert LINK not in row.text + row.html, "a one-time address is not kept after sending"


def test_every_mail_leaves_once_over_one_run(
    mailbox: Mailbox, session: Session, now: datetime
) -> None:
    for number in range(5):
        waiting(session, now, f"Raadslid {number}")
    deliver_waiting(now)
    deliver_waiting(now)
    assert len(mailbox.delivered) == 5


def test_a_mail_for_later_waits(mailbox: Mailbox, session: Session, now: datetime) -> None:
    row = waiting(session, now)
    row.send_after_utc = now + timedelta(hours=1)
    session.commit()
    deliver_waiting(now)
    assert mailbox.delivered == []
    deliver_waiting(now + timedelta(hours=1))
    assert len(mailbox.delivered) == 1


def test_a_busy_server_is_tried_again_ever_later(
    mailbox: Mailbox, session: Session, clock: Clock
) -> None:
    row = waiting(session, clock())
    mailbox.refuse(len(WAITS))
    for wait in WAITS:
        deliver_waiting(clock())
        assert row.state is MailState.WAITING
        assert "451" in row.last_error
        assert row.send_after_utc == clock() + wait
        clock.moment = row.send_after_utc
    deliver_waiting(clock())
    assert (row.state, row.attempts, row.last_error) == (MailState.SENT, 6, "")


def test_after_the_last_wait_a_mail_has_failed(
    mailbox: Mailbox, session: Session, clock: Clock
) -> None:
    row = waiting(session, clock())
    mailbox.refuse(len(WAITS) + 1)
    for _ in range(len(WAITS) + 1):
        deliver_waiting(clock())
        clock.moment = max(clock.moment, row.send_after_utc)
    assert row.state is MailState.FAILED
    clock.advance(days=1)
    deliver_waiting(clock())
    assert mailbox.delivered == []


def test_one_refused_mail_does_not_hold_up_the_others(
    mailbox: Mailbox, session: Session, now: datetime
) -> None:
    first, second = waiting(session, now, "Een"), waiting(session, now, "Twee")
    mailbox.refuse(1)
    deliver_waiting(now)
    assert {first.state, second.state} == {MailState.WAITING, MailState.SENT}


def test_a_server_that_is_away_leaves_everything_waiting(
    app: Flask, session: Session, now: datetime
) -> None:
    configure(app, smtp_url="smtp://127.0.0.1:9")
    rows = [waiting(session, now, name) for name in ("Een", "Twee", "Drie")]
    deliver_waiting(now)
    assert [row.state for row in rows] == [MailState.WAITING] * 3
    assert sorted(row.attempts for row in rows) == [0, 0, 1], "one knock is enough"


def test_a_password_is_not_given_in_the_clear(
    app: Flask, smtp_server: Mailbox, session: Session, now: datetime
) -> None:
    configure(app, smtp_url=f"smtp://ik:geheim@127.0.0.1:{smtp_server.port}")
    row = waiting(session, now)
    deliver_waiting(now)
    assert row.state is MailState.WAITING
    assert "STARTTLS" in row.last_error
    assert smtp_server.delivered == []


@pytest.mark.openssl
@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_a_mail_leaves_over_tls_only_to_a_server_that_is_trusted(
    app: Flask,
    session: Session,
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
) -> None:
    own = make_certificate(tmp_path, "IP:127.0.0.1")
    with smtp_over_tls(own, scheme=scheme) as server:
        configure(app, smtp_url=server.url)
        row = waiting(session, now)
        deliver_waiting(now)
        assert (row.state, server.delivered) == (MailState.WAITING, [])
        assert "niet vertrouwd (deze machine kent niet wie het uitgaf)" in row.last_error
        monkeypatch.setenv("SSL_CERT_FILE", str(own.file))
        deliver_waiting(row.send_after_utc)
        assert (row.state, len(server.delivered)) == (MailState.SENT, 1)


def test_a_mail_of_a_worker_that_died_is_sent_when_its_claim_ends(
    mailbox: Mailbox, session: Session, now: datetime
) -> None:
    row = waiting(session, now)
    row.attempts, row.send_after_utc = 1, now + CLAIM
    session.commit()
    deliver_waiting(now)
    assert mailbox.delivered == []
    deliver_waiting(now + CLAIM)
    assert len(mailbox.to(row.to_email)) == 1


def test_a_mail_is_held_from_when_it_is_taken_also_late_in_a_long_run(
    app: Flask,
    session: Session,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    configure(app, smtp_url="smtp://slow.test")
    rows = [waiting(session, clock(), name) for name in ("Een", "Twee")]
    taken = []

    def send_slowly(_server: SmtpServer, message: EmailMessage) -> None:
        taken.append(message["To"])
        clock.advance(minutes=6)
        if len(taken) == 2:
            deliver_waiting(clock())  # another worker, while this one holds the second mail

    monkeypatch.setattr(SmtpServer, "send", send_slowly)
    began_at = clock()
    deliver_waiting(began_at)
    assert len(taken) == len(set(taken)) == 2
    left = sorted(row.sent_at_utc - began_at for row in rows if row.sent_at_utc)
    assert left == [timedelta(minutes=6), timedelta(minutes=12)]


def test_two_workers_never_send_the_same_mail(
    app: Flask, mailbox: Mailbox, session: Session, now: datetime
) -> None:
    for number in range(12):
        waiting(session, now, f"Raadslid {number}")
    session.close()
    _work_together(app, now)
    senders = [mail.recipients for mail in mailbox.delivered]
    assert len(senders) == len(set(senders)) == 12


@pytest.mark.postgresql
def test_two_workers_on_postgresql_share_the_work(
    app: Flask, mailbox: Mailbox, session: Session, now: datetime
) -> None:
    for number in range(12):
        waiting(session, now, f"Raadslid {number}")
    session.close()
    _work_together(app, now)
    senders = [mail.recipients for mail in mailbox.delivered]
    assert len(senders) == len(set(senders)) == 12


def _work_together(app: Flask, now: datetime) -> None:
    def work() -> None:
        with app.app_context():
            deliver_waiting(now)
            db.session.commit()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


@pytest.fixture
def demo(app: Flask, tmp_path: Path) -> Path:
    """The application as demo; gives the folder of its mails."""
    configure(app, mode=Mode.DEMO, instance_path=tmp_path)
    return tmp_path / "mails"


def test_the_demo_writes_files(demo: Path, session: Session, now: datetime) -> None:
    row = waiting(session, now)
    deliver_waiting(now)
    (file,) = demo.glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["Subject"] == row.subject
    assert row.state is MailState.SENT
    assert LINK in row.text, "in the demo the link is followed from the page under Beheer"


def test_without_a_mail_server_mail_waits(app: Flask, session: Session, now: datetime) -> None:
    row = waiting(session, now)
    deliver_waiting(now)
    assert (row.state, row.attempts) == (MailState.WAITING, 0)


def test_the_job_delivers(app: Flask, mailbox: Mailbox, session: Session, now: datetime) -> None:
    row_id = waiting(session, now).id
    session.close()
    queue_of(app).run("deliver_mail")
    assert len(mailbox.delivered) == 1
    state = session.scalar(select(OutboxMessage.state).where(OutboxMessage.id == row_id))
    assert state is MailState.SENT
