"""The general director agrees before a proposal leaves the municipality."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.sign_off import pass_without_director, return_to_writer, sign_off
from overleg.agenda.workflow.submitting import submit_proposal, withdraw_proposal
from overleg.documents.states import Circle
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound, NotPossible, Refused
from overleg.organisations.viewer import viewer_for
from tests.agenda.proposing import make_draft
from tests.agenda.test_proposal_for_others import mails_to
from tests.agenda.test_proposals import only
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@pytest.fixture
def waiting(session: Session, cast: Cast, now: datetime) -> Proposal:
    """What the mayor of Izegem submitted, where the general director agrees first."""
    cast.izegem.requires_sign_off = True
    proposal = make_draft(
        cast.chair, cast.midwest, cast.izegem, now=now, title="Waterbom", circle=Circle.MAYORS
    )
    submit_proposal(proposal, by=cast.chair, now=now)
    session.commit()
    return proposal


def sees(cast: Cast, name: str, proposal: Proposal, now: datetime) -> bool:
    """Whether the proposal exists for somebody of the cast."""
    try:
        get_proposal(viewer_for(getattr(cast, name), local_date(now)), proposal.id)
    except NotFound:
        return False
    return True


def test_it_waits_for_the_director_and_for_nobody_else(
    sign_in_as: SignInAs, cast: Cast, session: Session, waiting: Proposal, now: datetime
) -> None:
    assert waiting.state is ProposalState.AWAITING_SIGN_OFF
    assert waiting.rounds == []
    assert mails_to(session, cast.director) == ["Wacht op uw akkoord: Waterbom"]
    seeing = {name for name in ("support", "mayor", "stranger") if sees(cast, name, waiting, now)}
    assert seeing == set()
    page = sign_in_as(cast.chair).get(f"/voorstellen/{waiting.id}").get_data(as_text=True)
    assert "Algemeen directeur Izegem gaat akkoord of stuurt het terug." in page
    assert "wacht op de algemeen directeur" in page


def test_with_the_agreement_it_is_submitted(
    sign_in_as: SignInAs, cast: Cast, session: Session, waiting: Proposal
) -> None:
    director, address = sign_in_as(cast.director), f"/voorstellen/{waiting.id}"
    assert "Wacht op uw akkoord" in director.get("/").get_data(as_text=True)
    assert "Akkoord en indienen" in director.get(address).get_data(as_text=True)
    signed = director.press(f"{address}/akkoord")
    assert signed.status_code == 302
    session.expire_all()
    assert waiting.state is ProposalState.IN_VALIDATION
    assert waiting.submitted_at_utc is not None
    again = director.press(f"{address}/akkoord")
    assert again.status_code == 404, "burgemeesters is no circle of directors"


def test_who_wrote_it_is_not_told_that_somebody_did_so_in_their_name(
    session: Session, cast: Cast, waiting: Proposal, now: datetime
) -> None:
    sign_off(waiting, by=cast.director, now=now)
    assert waiting.submitted_at_utc is not None
    assert "In uw naam ingediend: Waterbom" not in mails_to(session, cast.chair)


def test_who_did_not_write_it_is_told_once_the_director_agreed(
    session: Session, cast: Cast, now: datetime
) -> None:
    cast.izegem.requires_sign_off = True
    proposal = make_draft(cast.support, cast.midwest, cast.izegem, now=now, title="Waterbom")
    proposal.submitter_id = cast.chair.id
    session.commit()
    submit_proposal(proposal, by=cast.support, now=now)
    assert "In uw naam ingediend: Waterbom" not in mails_to(session, cast.chair)
    sign_off(proposal, by=cast.director, now=now)
    assert "In uw naam ingediend: Waterbom" in mails_to(session, cast.chair)


def test_it_goes_back_with_a_reason_and_the_director_can_still_read_it(
    sign_in_as: SignInAs, cast: Cast, session: Session, waiting: Proposal, now: datetime
) -> None:
    director, address = sign_in_as(cast.director), f"/voorstellen/{waiting.id}"
    assert director.press(f"{address}/niet-akkoord").status_code == 422
    given = {"unsigned-reason": "Reken eerst de kost uit."}
    assert director.press(f"{address}/niet-akkoord", given).status_code == 302
    session.expire_all()
    assert waiting.state is ProposalState.RETURNED
    assert director.get(address).status_code == 200
    assert "Teruggestuurd: Waterbom" in mails_to(session, cast.chair)
    page = sign_in_as(cast.chair).get(address).get_data(as_text=True)
    assert "Reken eerst de kost uit." in page
    submit_proposal(waiting, by=cast.chair, now=now)
    session.commit()
    assert only(session).state is ProposalState.AWAITING_SIGN_OFF


def test_what_the_director_writes_needs_no_agreement(
    session: Session, cast: Cast, now: datetime
) -> None:
    cast.izegem.requires_sign_off = True
    proposal = make_draft(cast.director, cast.midwest, cast.izegem, now=now)
    submit_proposal(proposal, by=cast.director, now=now)
    assert proposal.state is ProposalState.IN_VALIDATION


def test_without_a_director_it_says_so_and_support_staff_may_let_it_pass(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    cast.roeselare.requires_sign_off = True
    proposal = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Waterbom")
    submit_proposal(proposal, by=cast.mayor, now=now)
    session.commit()
    address = f"/voorstellen/{proposal.id}"
    page = sign_in_as(cast.mayor).get(address).get_data(as_text=True)
    assert "er is nog geen algemeen directeur met een account" in page
    assert mails_to(session, cast.support) == ["Wacht op een algemeen directeur: Waterbom"]
    assert sign_in_as(cast.chair).get(address).status_code == 404
    assert sign_in_as(cast.mayor).press(f"{address}/akkoord").status_code == 403
    support = sign_in_as(cast.support)
    assert "Laat doorgaan" in support.get(address).get_data(as_text=True)
    assert support.press(f"{address}/akkoord").status_code == 302
    session.expire_all()
    assert proposal.state is ProposalState.IN_VALIDATION
    history = support.get(address).get_data(as_text=True)
    assert "Er is nog geen algemeen directeur met een account." in history


def test_only_who_may_answers_it(
    sign_in_as: SignInAs, cast: Cast, session: Session, waiting: Proposal, now: datetime
) -> None:
    address = f"/voorstellen/{waiting.id}"
    assert sign_in_as(cast.chair).press(f"{address}/akkoord").status_code == 403
    assert sign_in_as(cast.chair).press(f"{address}/niet-akkoord").status_code == 403
    assert sign_in_as(cast.support).press(f"{address}/akkoord").status_code == 404
    with pytest.raises(NotPossible, match="beslist zelf"):
        pass_without_director(waiting, by=cast.support, now=now)
    with pytest.raises(Refused):
        return_to_writer(waiting, reason=" ", by=cast.director, now=now)


def test_its_writer_throws_it_away_while_it_waits(
    session: Session, cast: Cast, waiting: Proposal, now: datetime
) -> None:
    withdraw_proposal(waiting, reason="", by=cast.chair, now=now)
    assert waiting.state is ProposalState.WITHDRAWN
    with pytest.raises(NotPossible):
        sign_off(waiting, by=cast.director, now=now)
