"""Answering with the link in a mail, without signing in."""

import logging
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.agenda.answer_links import answer_token
from overleg.agenda.models import Proposal
from overleg.agenda.states import Advice, ProposalState
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.audit.queries import history_of
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.mail.links import hide_secrets
from overleg.organisations.states import Role, ValidatedBy
from tests.agenda.proposing import PDF, make_submitted
from tests.agenda.validating import (
    add_directors,
    end_role,
    link_in,
    mails_to,
    opened_of,
    set_steps,
)
from tests.at_once import ON_BOTH, at_once
from tests.parsing import parse
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in

HIDDEN = "no-referrer"


@pytest.fixture
def proposal(app: Flask, cast: Cast, session: Session, now: datetime) -> Proposal:
    """A proposal before the six of Rivierenland, with a confidential annex."""
    made = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=now)
    received = receive(file_store(), "nota.pdf", BytesIO(PDF))
    stored = add_stored_file(received, by=cast.committee_mayor, now=now)
    add_annex(made, stored, circle=Circle.MAYORS, by=cast.committee_mayor, now=now)
    session.commit()
    return made


@pytest.fixture
def link(session: Session, cast: Cast, proposal: Proposal) -> str:
    """The path of the link that the first member got."""
    return link_in(mails_to(session, cast.committee_1)[0])


def choose(client: ReadingClient, link: str, said: str, **fields: str) -> str:
    """Open the link and press one of its buttons; the page that then asks to confirm."""
    page = client.get(link)
    assert page.status_code == 200
    form = next(
        form
        for form in parse(page.get_data(as_text=True)).iter("form")
        if filled_in(form).get("answer") == said
    )
    answered = client.post(link, data={**filled_in(form), **fields})
    assert answered.status_code == 200, answered.status_code
    return answered.get_data(as_text=True)


def confirm(client: ReadingClient, link: str, page: str, step: str = "bevestig") -> int:
    """Press a button of the page that asks to confirm."""
    form = next(form for form in parse(page).iter("form") if form.get("action") == link)
    return client.post(link, data={**filled_in(form), "step": step}).status_code


def test_open_choose_confirm_thanks(
    client: ReadingClient, cast: Cast, session: Session, proposal: Proposal, link: str
) -> None:
    asking = client.get(link).get_data(as_text=True)
    for told in (
        "Hoppinpunten met deelwagens",
        "Samen deelwagens plaatsen",
        "vraagt Lid 1 agendacommissie Rivierenland",
        "nota",
        "na aanmelden",
        "Nog niet rijp",
    ):
        assert told in asking
    assert "/bijlagen/" not in asking
    page = choose(client, link, "on_agenda")
    assert "Lid 1 agendacommissie Rivierenland antwoordt: <strong>op de agenda</strong>" in page
    session.expire_all()
    assert opened_of(proposal).votes == []
    assert confirm(client, link, page) == 303
    thanks = client.get("/antwoord/bedankt").get_data(as_text=True)
    assert "Op de agenda: uw antwoord is genoteerd." in thanks
    session.expire_all()
    votes = opened_of(proposal).votes
    assert [(vote.person_id, vote.advice) for vote in votes] == [
        (cast.committee_1.id, Advice.ON_AGENDA)
    ]
    assert "Met de link in de mail." in [e.reason for e in history_of([proposal.id])]


def test_opening_it_changes_nothing_and_signs_nobody_in(
    client: ReadingClient, session: Session, proposal: Proposal, link: str
) -> None:
    before = len(history_of([proposal.id]))
    for _ in range(3):
        client.get(link)
    session.expire_all()
    assert opened_of(proposal).votes == []
    assert len(history_of([proposal.id])) == before
    assert client.get(f"/voorstellen/{proposal.id}").status_code == 302


def test_a_reason_is_asked_before_confirming_and_nothing_typed_is_lost(
    client: ReadingClient, session: Session, proposal: Proposal, link: str
) -> None:
    client.get(link)
    token = filled_in(next(iter(parse(client.get(link).get_data(as_text=True)).iter("form"))))
    sent = {"csrf_token": token["csrf_token"], "as": "advice", "answer": "not_ripe"}
    missing = client.post(link, data=sent)
    assert missing.status_code == 422
    assert "Geef een reden" in missing.get_data(as_text=True)
    page = choose(client, link, "not_ripe", motive="De cijfers ontbreken.")
    form = next(form for form in parse(page).iter("form") if form.get("action") == link)
    back = client.post(link, data={**filled_in(form), "step": "wijzig"})
    assert "De cijfers ontbreken." in back.get_data(as_text=True)
    assert confirm(client, link, page) == 303
    session.expire_all()
    assert [vote.motive for vote in opened_of(proposal).votes] == ["De cijfers ontbreken."]


def test_the_chair_decides_by_mail_where_one_person_does(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    made = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    link = link_in(mails_to(session, cast.chair)[0])
    assert confirm(client, link, choose(client, link, "return", motive="Wat kost het?")) == 303
    session.expire_all()
    assert made.state is ProposalState.RETURNED
    assert made.state_reason == "Wat kost het?"
    closed = client.get(link)
    assert closed.status_code == 410
    assert "het voorstel is nu teruggestuurd" in closed.get_data(as_text=True)


def test_it_holds_until_the_step_closes_and_no_longer(
    client: ReadingClient, cast: Cast, proposal: Proposal, link: str, clock: Clock, now: datetime
) -> None:
    page = choose(client, link, "on_agenda")
    clock.advance(days=40)
    assert client.get(link).status_code == 200
    withdraw_proposal(proposal, reason="Later", by=cast.committee_mayor, now=now)
    assert confirm(client, link, page) == 410
    assert client.get(link).status_code == 410


def test_it_is_revoked_with_the_role_or_the_account(
    client: ReadingClient, cast: Cast, session: Session, proposal: Proposal, link: str
) -> None:
    page = choose(client, link, "on_agenda")
    end_role(session, cast.committee_1, Role.COMMITTEE)
    gone = client.get(link)
    assert gone.status_code == 410
    assert "Hoppinpunten" not in gone.get_data(as_text=True)
    assert confirm(client, link, page) == 410
    second = link_in(mails_to(session, cast.committee_2)[0])
    cast.committee_2.disabled_at_utc = proposal.created_at_utc
    assert client.get(second).status_code == 410
    session.expire_all()
    assert opened_of(proposal).votes == []


def test_who_may_no_longer_read_the_circle_may_not_answer(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    directors = add_directors(
        session, cast, (cast.director, cast.izegem), (cast.mayor, cast.roeselare)
    )
    step = {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 1}
    set_steps(session, cast.midwest, step)
    made = make_submitted(cast.chair, cast.midwest, cast.izegem, now=now)
    session.commit()
    link = link_in(mails_to(session, cast.director)[0])
    assert client.get(link).status_code == 200
    made.circle = Circle.MAYORS
    session.commit()
    assert client.get(link).status_code == 410
    assert client.get(link_in(mails_to(session, cast.mayor)[-1])).status_code == 200


def test_a_link_we_did_not_make_is_refused(
    app: Flask, client: ReadingClient, cast: Cast, session: Session, proposal: Proposal, link: str
) -> None:
    opened = opened_of(proposal)
    other = answer_token(opened.id, cast.stranger.id)
    swapped = ".".join(
        [answer_token(opened.id, cast.committee_2.id).partition(".")[0], link.rpartition(".")[2]]
    )
    for token in ("x", "x" * 500, link.removeprefix("/antwoord/")[:-2], swapped, other):
        spent = client.get(f"/antwoord/{token}")
        assert spent.status_code == 410, token
        assert ("Het adres is niet volledig" in spent.text) is (token != other), token


def test_the_address_goes_nowhere(
    client: ReadingClient,
    proposal: Proposal,
    session: Session,
    cast: Cast,
    link: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    page = client.get(link)
    asked = client.post(link, data={"answer": "on_agenda"})
    for response in (page, asked, client.get("/antwoord/x")):
        assert response.headers["Referrer-Policy"] == HIDDEN
        assert response.headers["Cache-Control"] == "no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
    token = link.removeprefix("/antwoord/")
    assert token not in caplog.text
    mail = mails_to(session, cast.committee_1)[0]
    for text in (mail.text, mail.html):
        assert token in text
        assert token not in hide_secrets(text)
        assert f"/voorstellen/{proposal.id}/valideren" in hide_secrets(text)


def test_a_page_without_its_token_is_shown_again(
    client: ReadingClient, session: Session, proposal: Proposal, link: str
) -> None:
    forged = client.post(
        link,
        data={"as": "advice", "answer": "not_ripe", "motive": "Mijn reden", "step": "bevestig"},
    )
    assert forged.status_code == 422
    assert "Mijn reden" in forged.get_data(as_text=True)
    session.expire_all()
    assert opened_of(proposal).votes == []


def test_it_works_over_https_without_a_referrer(
    client: ReadingClient, session: Session, proposal: Proposal, link: str
) -> None:
    base = "https://overleg.test"
    page = client.get(link, base_url=base)
    form = next(
        form
        for form in parse(page.get_data(as_text=True)).iter("form")
        if filled_in(form).get("answer") == "on_agenda"
    )
    sent = {**filled_in(form), "step": "bevestig"}
    assert client.post(link, data=sent, base_url=base).status_code == 303
    session.expire_all()
    assert len(opened_of(proposal).votes) == 1


def test_every_reminder_has_a_link_of_its_own_person(
    app: Flask, client: ReadingClient, cast: Cast, session: Session, proposal: Proposal
) -> None:
    first, second = (
        link_in(mails_to(session, person)[0]) for person in (cast.committee_1, cast.committee_2)
    )
    assert first != second
    assert "Lid 2" in client.get(second).get_data(as_text=True)


@ON_BOTH
def test_two_confirm_at_once_and_both_count(
    app: Flask,
    cast: Cast,
    session: Session,
    proposal: Proposal,
    database_kind: str,
) -> None:
    pairs = []
    for person in cast.committee[:2]:
        client = app.test_client()
        assert isinstance(client, ReadingClient)
        path = link_in(mails_to(session, person)[0])
        pairs.append((client, path, choose(client, path, "on_agenda")))
    statuses = at_once(
        [pair[0] for pair in pairs],
        lambda number, client: confirm(client, pairs[number][1], pairs[number][2]),
    )
    assert statuses == [303, 303]
    session.expire_all()
    assert len(opened_of(proposal).votes) == 2


def test_the_time_of_the_answer_is_that_of_the_confirmation(
    client: ReadingClient, session: Session, proposal: Proposal, link: str, clock: Clock
) -> None:
    page = choose(client, link, "for_information")
    clock.advance(hours=1)
    assert confirm(client, link, page) == 303
    session.expire_all()
    opened = opened_of(proposal)
    assert opened.votes[0].at_utc == opened.opened_at_utc + timedelta(hours=1)
