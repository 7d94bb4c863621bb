"""A mail is a row in the transaction of what it tells."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.mail.links import absolute_url, hide_secrets
from overleg.mail.models import OutboxMessage
from overleg.mail.states import MailState
from overleg.mail.workflow import Address, post
from tests.plugins.cast import Cast


def test_a_mail_has_one_link_in_text_and_in_html(
    cast: Cast, session: Session, now: datetime
) -> None:
    message = post(
        cast.mayor,
        subject="Uw link\nom aan te melden",
        template="sign_in_link",
        context={
            "expires_at_utc": now + timedelta(minutes=15),
            "link": absolute_url("/aanmelden/link/abc?verder=%2Fvoorstellen&x=1"),
            "link_label": "Aanmelden",
        },
        about=cast.mayor,
        now=now,
    )
    assert message is not None
    session.flush()
    assert message.state is MailState.WAITING
    assert message.subject == "Uw link om aan te melden"
    assert message.text.startswith("Dag Burgemeester Roeselare\n\n")
    link = "http://localhost:8000/aanmelden/link/abc?verder=%2Fvoorstellen&x=1"
    assert message.text.count("http") == 1
    assert link in message.text
    assert message.html.count("href=") == 1
    assert link.replace("&", "&amp;") in message.html
    assert (message.subject_type, message.subject_id) == ("people", cast.mayor.id)


@pytest.mark.parametrize(
    "nobody",
    [
        Address(name="Zonder adres", email=None),
        Address(name="Leeg adres", email=""),
        Address(name="Gesloten", email="x@y.test", disabled_at_utc=datetime.min),  # noqa: DTZ901
    ],
)
def test_nobody_without_address_or_with_a_closed_account_gets_mail(
    nobody: Address, session: Session, now: datetime
) -> None:
    given = {"changed_at_utc": now}
    posted = post(
        nobody, subject="x", template="password_changed", context=given, about=None, now=now
    )
    assert posted is None
    assert not session.new


def test_names_are_escaped_in_html_only(session: Session, now: datetime) -> None:
    odd = Address(name="Jan <b>& Piet", email="jan@y.test")
    given = {"changed_at_utc": now}
    message = post(
        odd, subject="x", template="password_changed", context=given, about=None, now=now
    )
    assert isinstance(message, OutboxMessage)
    assert "Dag Jan <b>& Piet" in message.text
    assert "Dag Jan &lt;b&gt;&amp; Piet" in message.html


def test_secret_addresses_are_hidden_and_others_stay() -> None:
    token = "aB3_-" * 8 + "xyz"
    text = (
        f"Zie http://o.test/uitnodiging/{token}?a=b en http://o.test/vergaderingen/abcdefgh23456789"
    )
    assert hide_secrets(text) == (
        "Zie http://o.test/uitnodiging/(verborgen) en http://o.test/vergaderingen/abcdefgh23456789"
    )
