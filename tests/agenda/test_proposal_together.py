"""Submitting together: asked, confirmed or declined, and what the agenda then says."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.states import Answer, CoSubmitterState, ProposalState
from overleg.agenda.workflow.co_submitting import ask_along, confirm_along, decline_along
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound, NotPossible, Refused
from overleg.organisations.viewer import viewer_for
from tests.agenda.proposing import make_draft, make_meeting
from tests.agenda.test_proposal_for_others import mails_to
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@pytest.fixture
def draft(session: Session, cast: Cast, now: datetime) -> Proposal:
    """A draft of the mayor of Roeselare."""
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Waterbom")
    session.commit()
    return proposal


def asked_tielt(draft: Proposal, cast: Cast, now: datetime) -> CoSubmitter:
    """The mayor of Tielt, asked along."""
    return ask_along(draft, cast.tielt_mayor, cast.tielt, by=cast.mayor, now=now)


def scheduled(proposal: Proposal, session: Session, cast: Cast, now: datetime) -> str:
    """How the agenda names who submits it, once it is validated and put on."""
    submit_proposal(proposal, by=cast.mayor, now=now)
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=now)
    meeting = make_meeting(session, cast.midwest)
    ensure_fixed_items(meeting, now=now)
    return schedule_proposal(meeting, proposal, by=cast.support, now=now).submitter_label


def test_who_is_asked_gets_a_mail_and_a_task_and_confirms_on_the_page(
    sign_in_as: SignInAs, cast: Cast, session: Session, draft: Proposal
) -> None:
    address = f"/voorstellen/{draft.id}"
    submitter = sign_in_as(cast.mayor)
    asked = submitter.send(address, {"person_id": cast.tielt_mayor.id})
    assert asked.status_code == 302
    assert "gevraagd" in submitter.get(address).get_data(as_text=True)
    assert mails_to(session, cast.tielt_mayor) == ["Dient u mee in? Waterbom"]
    tielt = sign_in_as(cast.tielt_mayor)
    assert "Mee indienen?" in tielt.get("/").get_data(as_text=True)
    assert "Ja, ik dien mee in" in tielt.get(address).get_data(as_text=True)
    assert tielt.press(f"{address}/mee-indienen").status_code == 302
    assert "Mee indienen?" not in tielt.get("/").get_data(as_text=True)
    assert "bevestigd" in submitter.get(address).get_data(as_text=True)
    assert "Dient mee in: Waterbom" in mails_to(session, cast.mayor)
    assert tielt.press(f"{address}/mee-indienen").status_code == 409


def test_who_declines_gives_a_reason_and_sees_the_draft_no_longer(
    sign_in_as: SignInAs, cast: Cast, session: Session, draft: Proposal, now: datetime
) -> None:
    asked_tielt(draft, cast, now)
    session.commit()
    tielt, address = sign_in_as(cast.tielt_mayor), f"/voorstellen/{draft.id}"
    without = tielt.press(f"{address}/niet-mee-indienen", {"decline-reason": " "})
    assert without.status_code == 422
    assert "Geef een reden." in without.get_data(as_text=True)
    given = {"decline-reason": "Eerst ons college."}
    assert tielt.press(f"{address}/niet-mee-indienen", given).status_code == 302
    assert tielt.get(address).status_code == 404
    page = sign_in_as(cast.mayor).get(address).get_data(as_text=True)
    assert "niet akkoord" in page
    assert "Eerst ons college." in page
    again = sign_in_as(cast.mayor).send(address, {"person_id": cast.tielt_mayor.id})
    assert again.status_code == 302
    assert tielt.get(address).status_code == 200


def test_only_who_is_asked_sees_the_draft(
    session: Session, cast: Cast, draft: Proposal, now: datetime
) -> None:
    asked_tielt(draft, cast, now)
    assert get_proposal(viewer_for(cast.tielt_mayor, local_date(now)), draft.id) is draft
    for other in (cast.chair, cast.support, cast.stranger, cast.former_mayor):
        with pytest.raises(NotFound):
            get_proposal(viewer_for(other, local_date(now)), draft.id)


def test_who_confirmed_is_asked_again_when_the_text_becomes_another_one(
    sign_in_as: SignInAs, cast: Cast, session: Session, draft: Proposal, now: datetime
) -> None:
    asked = asked_tielt(draft, cast, now)
    confirm_along(asked, by=cast.tielt_mayor, now=now)
    session.commit()
    submitter = sign_in_as(cast.mayor)
    address = f"/voorstellen/{draft.id}"
    words = "Samen deelwagens plaatsen aan elk station van de drie gemeenten"
    for explanation, state in (
        ("Samen deelwagens plaatsen!", CoSubmitterState.CONFIRMED),
        (words, CoSubmitterState.ASKED),
    ):
        sent = {"title": "Waterbom", "explanation": explanation, "actie": "bewaren"}
        submitter.send(f"{address}/wijzigen", sent)
        session.expire_all()
        assert asked.state is state, explanation
    assert "Dient u nog mee in? Waterbom" in mails_to(session, cast.tielt_mayor)
    page = sign_in_as(cast.tielt_mayor).get(address).text
    assert "De tekst wijzigde sterk sinds u bevestigde" in page


def test_the_agenda_names_who_confirmed(
    session: Session, cast: Cast, draft: Proposal, now: datetime
) -> None:
    confirm_along(asked_tielt(draft, cast, now), by=cast.tielt_mayor, now=now)
    label = scheduled(draft, session, cast, now)
    assert label == "Burgemeester Roeselare, samen met Burgemeester Tielt"


def test_who_did_not_confirm_in_time_is_never_named(
    sign_in_as: SignInAs, session: Session, cast: Cast, draft: Proposal, now: datetime
) -> None:
    asked = asked_tielt(draft, cast, now)
    assert scheduled(draft, session, cast, now) == "Burgemeester Roeselare"
    with pytest.raises(NotPossible, match="ligt vast"):
        confirm_along(asked, by=cast.tielt_mayor, now=now + timedelta(hours=1))
    session.commit()
    tielt = sign_in_as(cast.tielt_mayor)
    assert "Mee indienen?" not in tielt.get("/").get_data(as_text=True)
    page = tielt.get(f"/voorstellen/{draft.id}").get_data(as_text=True)
    assert "Ja, ik dien mee in" not in page
    assert "gevraagd" in page


def test_nobody_asks_for_the_submitter(
    sign_in_as: SignInAs, cast: Cast, session: Session, draft: Proposal, now: datetime
) -> None:
    asked = asked_tielt(draft, cast, now)
    session.commit()
    address = f"/voorstellen/{draft.id}"
    tielt = sign_in_as(cast.tielt_mayor)
    assert tielt.press(f"{address}/samen", {"person_id": cast.chair.id}).status_code == 403
    assert tielt.press(f"{address}/samen/{asked.id}/weghalen").status_code == 403
    stranger = sign_in_as(cast.stranger)
    for action in ("samen", f"samen/{asked.id}/weghalen", "mee-indienen", "niet-mee-indienen"):
        assert stranger.press(f"{address}/{action}").status_code == 404
    mayor = sign_in_as(cast.mayor)
    assert mayor.press(f"{address}/samen", {"person_id": cast.stranger.id}).status_code == 422
    assert mayor.press(f"{address}/samen/{asked.id}/weghalen").status_code == 302
    session.expire_all()
    assert draft.co_submitters == []


def test_one_cannot_be_asked_twice_nor_ask_oneself(
    session: Session, cast: Cast, draft: Proposal, now: datetime
) -> None:
    asked = asked_tielt(draft, cast, now)
    with pytest.raises(NotPossible, match="al gevraagd"):
        asked_tielt(draft, cast, now)
    with pytest.raises(NotPossible, match="zelf al"):
        ask_along(draft, cast.mayor, cast.roeselare, by=cast.mayor, now=now)
    with pytest.raises(Refused):
        decline_along(asked, reason="", by=cast.tielt_mayor, now=now)
    assert asked.state is CoSubmitterState.ASKED
    assert draft.state is ProposalState.DRAFT
