"""A proposal that cannot wait: with a motive, which everybody who reads it sees."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.states import Answer, ProposalState
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import decide_round
from overleg.organisations.models import Body, Organisation
from overleg.organisations.states import Role, ValidatedBy
from tests.agenda.proposing import make_draft
from tests.agenda.test_proposals import FILLED_IN, only, send
from tests.agenda.validating import end_role, give_role, mails_to, opened_of, subjects_to
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

MOTIVE = "De subsidie sluit op 1 april."


def test_it_needs_a_motive_and_keeps_what_was_typed(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.mayor)
    refused = send(client, FILLED_IN | {"is_urgent": "y", "actie": "indienen"})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Waarom is het dringend?</label>" in page
    assert "Zeg in enkele woorden waarom het dringend is." in page
    assert 'value="Hoppinpunten met deelwagens"' in page


def test_the_motive_stands_with_it(client: ReadingClient, cast: Cast, session: Session) -> None:
    client.sign_in(cast.mayor)
    urgent = {"is_urgent": "y", "urgent_motive": MOTIVE, "actie": "indienen"}
    made = send(client, FILLED_IN | urgent)
    page = client.get(made.location).get_data(as_text=True)
    assert "dringend" in page
    assert MOTIVE in page
    assert only(session).urgent_motive == MOTIVE


def test_a_motive_without_urgency_is_not_kept(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    send(client, FILLED_IN | {"urgent_motive": MOTIVE, "actie": "bewaren"})
    assert only(session).is_urgent is False
    assert only(session).urgent_motive == ""


def test_an_urgent_proposal_goes_to_the_chair_alone_and_the_others_hear_it(
    cast: Cast, session: Session, now: datetime
) -> None:
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    urgent = _urgent(cast.committee_support, cast.rivierenland, cast.lier, now)
    opened = opened_of(urgent)
    assert opened.validated_by is ValidatedBy.CHAIR
    assert opened.due_at_utc == now + timedelta(days=1)
    assert "Dringend" in subjects_to(session, cast.committee_mayor)
    skipped = mails_to(session, cast.committee_1)[-1]
    assert skipped.subject.startswith("Dringend, meteen naar de voorzitter")
    assert MOTIVE in skipped.text
    decide_round(opened, Answer.AGREE, reason="", by=cast.committee_mayor, now=now)
    assert urgent.state is ProposalState.VALIDATED


def test_urgent_without_a_chair_waits_and_support_staff_hear_it(
    cast: Cast, session: Session, now: datetime
) -> None:
    end_role(session, cast.chair, Role.CHAIR)
    urgent = _urgent(cast.mayor, cast.midwest, cast.roeselare, now)
    assert urgent.state is ProposalState.SUBMITTED
    assert "geen voorzitter" in mails_to(session, cast.support)[-1].text


def _urgent(by: Person, body: Body, organisation: Organisation, now: datetime) -> Proposal:
    """A proposal that is submitted as urgent."""
    proposal = make_draft(by, body, organisation, now=now)
    proposal.is_urgent, proposal.urgent_motive = True, MOTIVE
    submit_proposal(proposal, by=by, now=now)
    return proposal
