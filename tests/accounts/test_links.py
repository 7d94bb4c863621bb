"""One-time links and invitations by mail."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person, SignInLink
from overleg.accounts.workflow import (
    add_person,
    disable_person,
    enable_person,
    invite_person,
)
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def mails(session: Session) -> list[OutboxMessage]:
    session.expire_all()
    return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at_utc)))


def path_in(mail: OutboxMessage) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", mail.text)
    assert found, mail.text
    assert found.group(1).replace("&", "&amp;") in mail.html
    return found.group(1)


def ask(client: ReadingClient, email: str | None, page: str = "/aanmelden/link") -> None:
    answer = client.send(page, {"email": email})
    assert answer.location == "/aanmelden/link/gevraagd"
    assert "Kijk in uw mailbox" in client.get(answer.location).text


def test_a_link_signs_in_once_and_only_after_pressing_the_button(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    ask(client, cast.mayor.email)
    (mail,) = mails(session)
    path = path_in(mail)
    assert "tot 10.15 uur" in mail.text
    for _scanner in range(2):
        assert cast.mayor.name in client.get(path).text
    assert client.get("/account").status_code == 302

    assert client.send(path, {}).location == "/"
    assert client.get("/account").status_code == 200
    again = client.get(path)
    assert again.status_code == 410
    assert "Ze werd al gebruikt: een link werkt één keer." in again.text
    assert "Vraag een nieuwe link" in again.text


def test_a_link_leads_to_the_page_it_was_asked_on(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    ask(client, cast.mayor.email, "/aanmelden/link?verder=%2Fvoorstellen")
    assert client.send(path_in(mails(session)[0]), {}).location == "/voorstellen"


def test_a_link_of_a_quarter_of_an_hour_ago_does_nothing(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    ask(client, cast.mayor.email)
    path = path_in(mails(session)[0])
    clock.advance(minutes=15)
    late = client.get(path)
    assert late.status_code == 410
    assert "Ze is te oud: een link om aan te melden werkt 15 minuten." in late.text
    assert client.post(path).status_code in {400, 410}


def test_only_the_hash_of_a_link_is_kept(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    ask(client, cast.mayor.email)
    token = path_in(mails(session)[0]).rpartition("/")[2]
    assert len(token) == 43
    assert token not in session.scalars(select(SignInLink.token_hash)).one()


def test_strangers_and_closed_accounts_get_the_same_answer_and_no_mail(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    cast.chair.disabled_at_utc = cast.chair.created_at_utc
    session.commit()
    ask(client, "niemand@cast.test")
    ask(client, cast.chair.email)
    assert mails(session) == []


def test_a_mailbox_cannot_be_flooded(client: ReadingClient, cast: Cast, session: Session) -> None:
    for _ in range(12):
        ask(client, cast.mayor.email)
    assert len(mails(session)) == 10


def test_an_invitation_lets_somebody_choose_a_password(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    new = add_person("Burgemeester Pittem", "Pittem@Cast.test ", by=cast.support, now=clock())
    invite_person(new, by=cast.support, now=clock())
    session.commit()
    (mail,) = mails(session)
    assert mail.to_email == "pittem@cast.test"
    assert "Ondersteuner Midwest nodigt u uit" in mail.text
    path = path_in(mail)

    short = {"new_password": "kort", "repeated_password": "kort"}
    refused = client.send(path, short)
    assert refused.status_code == 422
    assert "minstens 12 tekens" in refused.text
    good = "fietsen langs de Mandel"
    answer = client.send(path, {"new_password": good, "repeated_password": good})
    assert answer.location == "/"
    assert "Burgemeester Pittem" in client.get("/account").text
    client.send("/afmelden", {})
    signed_in = client.send("/aanmelden", {"email": new.email, "wachtwoord": good})
    assert signed_in.status_code == 302

    spent = client.get(path)
    assert spent.status_code == 410
    assert "/aanmelden/link" in spent.text


def test_a_new_invitation_replaces_the_one_before(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    for _ in range(2):
        invite_person(cast.mayor, by=cast.support, now=clock())
        session.commit()
        clock.advance(minutes=1)
    first, second = (path_in(mail) for mail in mails(session))
    replaced = client.get(first)
    assert replaced.status_code == 410
    assert "Ze werd vervangen of ingetrokken" in replaced.text
    assert client.get(second).status_code == 200
    clock.advance(days=14)
    assert client.get(second).status_code == 410


def test_who_cannot_be_invited(cast: Cast, session: Session, clock: Clock) -> None:
    named = Person(name="Enkel in het verslag", created_at_utc=clock())
    session.add(named)
    cast.chair.disabled_at_utc = clock()
    session.flush()
    with pytest.raises(NotPossible, match="geen e-mailadres"):
        invite_person(named, by=cast.support, now=clock())
    with pytest.raises(NotPossible, match="is gesloten"):
        invite_person(cast.chair, by=cast.support, now=clock())


def test_closing_and_opening_an_account(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    client.sign_in(cast.mayor)
    assert client.get("/account").status_code == 200
    disable_person(cast.mayor, by=cast.administrator, now=clock(), reason="Uit dienst")
    session.commit()
    assert client.get("/account").status_code == 302
    enable_person(cast.mayor, by=cast.administrator, now=clock())
    session.commit()
    assert client.get("/account").status_code == 302, "old sessions stay ended"
    verbs = set(session.scalars(select(JournalEntry.verb)))
    assert verbs == {Verb.PERSON_DISABLED, Verb.PERSON_ENABLED}
    with pytest.raises(NotPossible, match="al open"):
        enable_person(cast.mayor, by=cast.administrator, now=clock())
    with pytest.raises(NotPossible, match="Uw eigen account"):
        disable_person(cast.administrator, by=cast.administrator, now=clock())


def test_two_people_cannot_share_an_address(cast: Cast, clock: Clock) -> None:
    with pytest.raises(Refused, match="al iemand"):
        add_person("Iemand", (cast.mayor.email or "").upper(), by=cast.support, now=clock())
