"""Mails that come back are noted with the address, and forgotten once mails arrive again."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.mail.addresses import (
    SETTLED_AFTER,
    ComesBack,
    coming_back,
    move_address,
    note_comes_back,
)
from overleg.mail.bounces import Bounce, bounce_in
from overleg.mail.delivery import deliver_waiting
from overleg.mail.models import OutboxMessage
from overleg.mail.states import BouncedBy, MailState
from overleg.mail.workflow import note_bounce
from tests.mail.outbox import configure, waiting
from tests.plugins.cast import Cast
from tests.plugins.smtp import Mailbox
from tests.reading import ReadingClient

RETURNED = Path(__file__).parent / "returned"
OUR_MAIL = "abcdefgh23456789"
ADDRESS = "burgemeester.pittem@post.test"


def returned(name: str, **changes: str) -> EmailMessage:
    """A message of a mail server, with words in it replaced."""
    content = (RETURNED / f"{name}.eml").read_text("utf-8")
    for before, after in changes.items():
        content = content.replace(before, after)
    return message_from_bytes(content.encode(), policy=policy.default)


@pytest.mark.parametrize(
    ("name", "email", "status", "reason"),
    [
        ("postfix", "jan.vertrokken@pittem.test", "5.1.1", "User unknown in virtual mailbox"),
        ("exchange", "an.vertrokken@roeselare.test", "5.1.10", "RESOLVER.ADR.RecipientNotFound"),
        ("gmail", "piet.voorbeeld@gmail.test", "5.1.1", "does not exist"),
    ],
)
def test_what_servers_write_is_read(name: str, email: str, status: str, reason: str) -> None:
    bounce = bounce_in(returned(name))
    assert bounce is not None
    assert (bounce.email, bounce.status, bounce.message_id) == (email, status, OUR_MAIL)
    assert reason in bounce.reason


def test_what_no_database_takes_is_left_out_of_what_servers_write() -> None:
    odd = returned("postfix", **{"User unknown": "User\0 unknown", "rfc822;jan": "rfc822;j\0an"})
    assert bounce_in(odd) == bounce_in(returned("postfix"))


def test_a_delay_a_reply_and_a_holiday_are_no_bounce() -> None:
    assert bounce_in(returned("postfix", **{"Action: failed": "Action: delayed"})) is None
    assert bounce_in(returned("postfix", **{"Status: 5.1.1": "Status: 4.4.1"})) is None
    away = EmailMessage()
    away["Subject"], away["Auto-Submitted"] = "Afwezig", "auto-replied"
    away.set_content("Status: 5.1.1\nAction: failed")
    assert bounce_in(away) is None


def test_a_message_that_names_no_mail_of_ours_proves_nothing(
    app: Flask, session: Session, now: datetime
) -> None:
    mine = waiting(session, now)
    forged = Bounce(mine.to_email, "5.1.1", "weg", message_id="2" * 16)
    assert not note_bounce(forged, now=now)
    assert not note_bounce(Bounce(mine.to_email, "5.1.1", "weg", message_id=""), now=now)
    assert not note_bounce(Bounce("", "5.1.1", "weg", message_id=mine.id), now=now), "it waits"
    assert coming_back([mine.to_email], now=now) == {}


def test_what_comes_back_stands_with_the_address_until_mails_stay_away(
    app: Flask, session: Session, smtp_server: Mailbox, now: datetime
) -> None:
    configure(app, smtp_url=smtp_server.url)
    first = waiting(session, now)
    deliver_waiting(now)
    bounce = Bounce("elders@post.test", "5.1.1", "550 niemand", message_id=first.id)
    assert note_bounce(bounce, now=now)
    assert first.last_error == "Kwam terug: 550 niemand"
    assert coming_back([ADDRESS, None], now=now) == {ADDRESS: ComesBack(now, "550 niemand")}

    # The relay takes in everything first: that alone says nothing.
    waiting(session, now)
    deliver_waiting(now)
    assert ADDRESS in coming_back([ADDRESS], now=now)
    assert ADDRESS not in coming_back([ADDRESS], now=now + SETTLED_AFTER)


def test_a_refused_address_is_noted_and_cleared_when_a_mail_is_taken_in(
    app: Flask, session: Session, smtp_server: Mailbox, now: datetime
) -> None:
    configure(app, smtp_url=smtp_server.url)
    smtp_server.refuse_address(ADDRESS, "550 5.1.1 User unknown")
    row = waiting(session, now)
    deliver_waiting(now)
    assert row.state is MailState.FAILED
    assert "User unknown" in coming_back([ADDRESS], now=now)[ADDRESS].reason
    smtp_server.refused_addresses.clear()
    waiting(session, now)
    deliver_waiting(now + timedelta(minutes=1))
    assert coming_back([ADDRESS], now=now) == {}


@pytest.mark.parametrize("reply", ["554 5.7.1 Relay access denied", "450 4.2.1 Later"])
def test_a_refusal_that_says_nothing_of_the_address_is_not_held_against_it(
    app: Flask, session: Session, smtp_server: Mailbox, now: datetime, reply: str
) -> None:
    configure(app, smtp_url=smtp_server.url)
    smtp_server.refuse_address(ADDRESS, reply)
    waiting(session, now)
    deliver_waiting(now)
    assert coming_back([ADDRESS], now=now) == {}


def test_another_address_starts_afresh(app: Flask, session: Session, now: datetime) -> None:
    row = waiting(session, now)
    row.state = MailState.SENT
    note_bounce(Bounce("", "5.1.1", "weg", message_id=row.id), now=now)
    move_address(ADDRESS, "nieuw@post.test")
    assert coming_back([ADDRESS, "nieuw@post.test"], now=now) == {}
    assert session.get(OutboxMessage, row.id) is row


def test_support_staff_and_the_administrator_see_whose_mails_come_back(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    note_comes_back(cast.mayor.email or "", "550 weg", by=BouncedBy.REFUSED, now=now)
    session.commit()
    said = "sinds 2 maart 2026"
    seats = "/overleg/midwestoverleg/leden"
    client.sign_in(cast.support)
    assert client.get(seats).text.count(said) == 1
    client.sign_in(cast.administrator)
    assert said in client.get("/beheer/personen?zoek=roeselare").text
    assert "550 weg" in client.get(f"/beheer/personen/{cast.mayor.id}").text
    client.sign_in(cast.chair)
    assert said not in client.get(seats).text, "the members themselves need not know"
