"""The mail server of the tests is a real one."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.plugins.smtp import Mailbox


def send(mailbox: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@cast.test", "b@cast.test", "Agenda · 2"
    message.set_content("Beste")
    with smtplib.SMTP(mailbox.host, mailbox.port) as connection:
        connection.send_message(message)


def test_it_keeps_what_it_receives(smtp_server: Mailbox) -> None:
    send(smtp_server)
    assert [mail["Subject"] for mail in smtp_server.to("b@cast.test")] == ["Agenda · 2"]
    assert smtp_server.to("c@cast.test") == []


def test_it_refuses_for_now_when_asked(smtp_server: Mailbox) -> None:
    smtp_server.refuse(1)
    with pytest.raises(smtplib.SMTPDataError, match="Try again later"):
        send(smtp_server)
    send(smtp_server)
    assert len(smtp_server.delivered) == 1
