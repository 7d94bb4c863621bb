"""What the history of a proposal tells to whom: reasons are for its submitter, not for readers."""

from datetime import datetime, timedelta
from io import BytesIO

from flask import Flask
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import Answer
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.organisations.states import ValidatedBy
from overleg.scheduling.models import Meeting
from tests.agenda.proposing import PDF, make_meeting, make_submitted
from tests.agenda.validating import add_directors, opened_of, set_steps
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

REASON = "Te gevoelig voor de verkiezingen"


def answer(proposal: Proposal, said: Answer, cast: Cast, now: datetime) -> None:
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, said, motive="" if said is Answer.AGREE else REASON, by=cast.chair, now=now)


def sent_after_coming_back(session: Session, cast: Cast, now: datetime) -> tuple[Proposal, Meeting]:
    """A public proposal that was sent back once, and now stands on a sent agenda."""
    proposal = make_submitted(
        cast.mayor, cast.midwest, cast.roeselare, now=now, circle=Circle.PUBLIC
    )
    received = receive(file_store(), "raming-van-de-kosten.pdf", BytesIO(PDF))
    stored = add_stored_file(received, by=cast.mayor, now=now)
    add_annex(proposal, stored, circle=Circle.ADMINISTRATIONS, by=cast.mayor, now=now)
    answer(proposal, Answer.RETURN, cast, now)
    later = now + timedelta(minutes=5)
    submit_proposal(proposal, by=cast.mayor, now=later)
    answer(proposal, Answer.AGREE, cast, later)
    meeting = make_meeting(session, cast.midwest)
    schedule_proposal(meeting, proposal, by=cast.support, now=later)
    send_agenda(meeting, message="", by=cast.support, now=later)
    session.commit()
    return proposal, meeting


def test_why_it_came_back_is_for_the_submitter_and_who_steers(
    app: Flask, session: Session, cast: Cast, now: datetime, sign_in_as: SignInAs
) -> None:
    proposal, meeting = sent_after_coming_back(session, cast, now)
    page, history = f"/voorstellen/{proposal.id}", f"/vergaderingen/{meeting.id}/historiek"
    for insider in (cast.mayor, cast.support, cast.chair):
        assert REASON in sign_in_as(insider).get(page).text
    assert REASON in sign_in_as(cast.support).get(history).text
    for reader in (cast.councillor, cast.director, cast.tielt_mayor, cast.secretariat):
        browser = sign_in_as(reader)
        for path in (page, history):
            told = browser.get(path)
            assert told.status_code == 200
            assert REASON not in told.text
            assert "stuurde het voorstel" not in told.text
        assert "diende het voorstel" in browser.get(page).text


def test_an_annex_of_besturen_is_not_named_to_a_councillor(
    app: Flask, session: Session, cast: Cast, now: datetime, sign_in_as: SignInAs
) -> None:
    proposal, meeting = sent_after_coming_back(session, cast, now)
    councillor = sign_in_as(cast.councillor)
    for path in (
        f"/voorstellen/{proposal.id}",
        f"/vergaderingen/{meeting.id}",
        f"/vergaderingen/{meeting.id}/historiek",
        f"/vergaderingen/{meeting.id}/documenten",
    ):
        told = councillor.get(path)
        assert told.status_code == 200
        assert "raming-van-de-kosten" not in told.text
    assert (
        "raming-van-de-kosten"
        in sign_in_as(cast.director).get(f"/vergaderingen/{meeting.id}/documenten").text
    )


def test_why_it_was_sent_back_is_not_for_members_of_another_body(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    directors = add_directors(session, cast, (cast.director, cast.izegem))
    step = {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 1}
    set_steps(session, cast.midwest, step, {"validated_by": ValidatedBy.CHAIR})
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    cast_vote(opened_of(proposal), Answer.AGREE, motive="", by=cast.director, now=now)
    answer(proposal, Answer.RETURN, cast, now)
    submit_proposal(proposal, by=cast.mayor, now=now + timedelta(hours=1))
    session.commit()
    asked = sign_in_as(cast.director).get(f"/voorstellen/{proposal.id}/valideren").text
    assert "Eerder teruggestuurd" not in asked
    assert REASON not in asked
