"""Proposing for somebody else: who may choose whom, and who hears and sees it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.states import Answer, ProposalState
from overleg.agenda.workflow.proposals import ProposalContent, draft_proposal
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound
from overleg.mail.models import OutboxMessage
from overleg.organisations.viewer import viewer_for
from tests.agenda.proposing import make_draft
from tests.agenda.test_proposals import FILLED_IN, only, send
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def mails_to(session: Session, person: Person) -> list[str]:
    """The subjects of the mails that somebody got, in order."""
    found = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.to_email == person.email)
        .order_by(OutboxMessage.created_at_utc, OutboxMessage.id)
    )
    return [mail.subject for mail in found]


def for_the_chair(cast: Cast, now: datetime) -> Proposal:
    """What the general director of Izegem writes for its mayor."""
    return draft_proposal(
        ProposalContent(
            body_id=cast.midwest.id,
            organisation_id=cast.izegem.id,
            submitter_id=cast.chair.id,
            title="Waterbom",
            explanation_html="<p>Samen bufferen.</p>",
        ),
        by=cast.director,
        now=now,
    )


def test_a_director_proposes_for_the_mayor_who_hears_it_and_sees_it(
    client: ReadingClient, cast: Cast, session: Session, sign_in_as: SignInAs
) -> None:
    client.sign_in(cast.director)
    page = client.get("/voorstellen/nieuw").get_data(as_text=True)
    assert "Namens wie?" in page
    assert "uzelf (Algemeen directeur Izegem)" in page
    answer = send(client, FILLED_IN | {"submitter_id": cast.chair.id, "actie": "indienen"})
    assert answer.status_code == 302
    proposal = only(session)
    assert (proposal.submitter_id, proposal.created_by_id) == (cast.chair.id, cast.director.id)
    assert f"In uw naam ingediend: {proposal.title}" in mails_to(session, cast.chair)
    mayor = sign_in_as(cast.chair)
    seen = mayor.get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    assert "Geschreven door" in seen
    withdrawn = mayor.press(f"/voorstellen/{proposal.id}/intrekken", {"reason": "Niet zo."})
    assert withdrawn.status_code == 302
    assert only(session).state is ProposalState.WITHDRAWN


def test_the_start_page_of_whose_name_it_bears_says_so_until_it_is_validated(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    draft = make_draft(cast.director, cast.midwest, cast.izegem, now=now, title="Waterbom")
    draft.submitter_id = cast.tielt_mayor.id
    session.commit()
    mayor = sign_in_as(cast.tielt_mayor)
    assert "In uw naam geschreven" in mayor.get("/").text
    submit_proposal(draft, by=cast.director, now=now)
    session.commit()
    assert "In uw naam ingediend" in mayor.get("/").text
    draft.state = ProposalState.VALIDATED
    session.commit()
    assert "In uw naam" not in mayor.get("/").text


def test_who_submits_it_sees_the_draft_and_others_do_not(
    session: Session, cast: Cast, now: datetime
) -> None:
    proposal = for_the_chair(cast, now)
    for person, sees in (
        (cast.director, True),
        (cast.chair, True),
        (cast.mayor, False),
        (cast.support, False),
        (cast.stranger, False),
    ):
        who = viewer_for(person, local_date(now))
        if sees:
            assert get_proposal(who, proposal.id) is proposal
        else:
            with pytest.raises(NotFound):
                get_proposal(who, proposal.id)


def test_support_staff_propose_for_anybody_with_a_seat_and_need_not_choose_the_organisation(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.support)
    answer = send(client, {"title": "Waterbom", "submitter_id": cast.tielt_mayor.id})
    assert answer.status_code == 302
    proposal = only(session)
    assert proposal.submitter_id == cast.tielt_mayor.id
    assert proposal.organisation_id == cast.tielt.id


@pytest.mark.parametrize(
    ("writer", "submitter", "organisation", "sentence"),
    [
        ("support", "tielt_mayor", "roeselare", "Burgemeester Tielt spreekt daar voor Tielt."),
        ("support", "stranger", "tielt", "heeft geen plaats in het gekozen overleg"),
        ("director", "mayor", "izegem", "heeft geen plaats in het gekozen overleg"),
        ("mayor", "chair", "roeselare", "heeft geen plaats in het gekozen overleg"),
    ],
)
def test_nobody_speaks_for_whom_they_do_not_represent(
    sign_in_as: SignInAs,
    cast: Cast,
    session: Session,
    writer: str,
    submitter: str,
    organisation: str,
    sentence: str,
) -> None:
    fields: dict[str, Any] = {
        "title": "Waterbom",
        "submitter_id": getattr(cast, submitter).id,
        "organisation_id": getattr(cast, organisation).id,
    }
    answer = send(sign_in_as(getattr(cast, writer)), fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert session.scalars(select(Proposal)).all() == []


def test_who_wrote_it_hears_what_was_decided_as_well(
    session: Session, cast: Cast, now: datetime
) -> None:
    proposal = for_the_chair(cast, now)
    submit_proposal(proposal, by=cast.director, now=now)
    opened = open_round(proposal)
    assert opened is not None
    later = now + timedelta(hours=1)
    cast_vote(opened, Answer.RETURN, motive="Wat kost het?", by=cast.chair, now=later)
    session.flush()
    returned = "Teruggestuurd: Waterbom"
    assert returned in mails_to(session, cast.director)
    assert returned in mails_to(session, cast.chair)


def test_for_whom_it_is_stays_once_it_was_submitted(
    app: Flask, client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    proposal = for_the_chair(cast, now)
    submit_proposal(proposal, by=cast.director, now=now)
    session.commit()
    client.sign_in(cast.support)
    address = f"/voorstellen/{proposal.id}/wijzigen"
    assert send(client, {"title": "Waterbommen"}, address).status_code == 302
    assert only(session).submitter_id == cast.chair.id
    assert send(client, {"submitter_id": cast.mayor.id}, address).status_code == 422
