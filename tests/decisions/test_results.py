"""What became of a proposal, on its own page."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import ItemKind, ProposalState
from overleg.decisions.models import Outcome
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    note_outcome,
    release_outcome,
)
from overleg.documents.states import Circle
from tests.agenda.preparing import count_statements, ready_proposal
from tests.decisions.agreeing import agree, agree_and_prepare
from tests.decisions.conftest import Held
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@pytest.fixture
def proposal(held: Held, cast: Cast, session: Session) -> Proposal:
    """The proposal of DVV Midwest from which the open point was made."""
    made = ready_proposal(cast.partner, cast.midwest, cast.dvv, "Energie")
    held.open_item.proposal, held.open_item.kind = made, ItemKind.PROPOSAL
    made.state = ProposalState.SCHEDULED
    session.commit()
    return made


def _agree(held: Held, cast: Cast, now: datetime, title: str = "Energie") -> Outcome:
    """An agreement, released to three colleges of which one approved it."""
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now, title=title)
    request = Request([cast.roeselare, cast.izegem, cast.tielt], [Organ.COLLEGE], due_on=None)
    release_outcome(outcome, request, by=cast.support, now=now)
    row = outcome.follow_ups[0]
    approved = Report(FollowUpState.APPROVED, now.date())
    report(row, approved, revision=row.revision, by=cast.support, now=now)
    return outcome


def test_who_proposed_reads_what_became_of_it(
    sign_in_as: SignInAs,
    cast: Cast,
    held: Held,
    proposal: Proposal,
    session: Session,
    now: datetime,
) -> None:
    outcome = _agree(held, cast, now)
    other = Agreed(OutcomeKind.NOTED, "Stand van zaken", "<p>Gehoord.</p>")
    noted = note_outcome(held.open_item, other, by=cast.support, now=now)
    session.commit()
    page = sign_in_as(cast.partner).get(f"/voorstellen/{proposal.id}").text
    link = f'<a href="/uitkomsten/{outcome.id}">Uitkomst van 2 maart 2026: afspraak</a>'
    assert f"{link}, 1 van 3 goedgekeurd" in page
    assert noted.id not in page

    seen = sign_in_as(cast.support).get(f"/voorstellen/{proposal.id}").text
    assert "Uitkomst van 2 maart 2026: kennisname “Stand van zaken”</a></p>" in seen


def test_what_was_not_released_is_for_who_prepares_the_agenda(
    sign_in_as: SignInAs,
    cast: Cast,
    held: Held,
    proposal: Proposal,
    session: Session,
    now: datetime,
) -> None:
    agree(held.open_item, by=cast.support, now=now)
    session.commit()
    address = f"/voorstellen/{proposal.id}"
    assert (
        "Uitkomst van 2 maart 2026: afspraak</a>, nog niet vrijgegeven"
        in sign_in_as(cast.chair).get(address).text
    )
    assert "Uitkomst van" not in sign_in_as(cast.partner).get(address).text


def test_an_outcome_of_a_circle_that_the_proposer_does_not_read_is_not_told(
    sign_in_as: SignInAs,
    cast: Cast,
    held: Held,
    proposal: Proposal,
    session: Session,
    now: datetime,
) -> None:
    _agree(held, cast, now)
    held.open_item.circle = Circle.MAYORS
    session.commit()
    address = f"/voorstellen/{proposal.id}"
    assert "Uitkomst van" not in sign_in_as(cast.partner).get(address).text
    assert "Uitkomst van 2 maart 2026: afspraak" in sign_in_as(cast.support).get(address).text


def test_more_outcomes_take_no_more_statements(
    app: Flask,
    sign_in_as: SignInAs,
    cast: Cast,
    held: Held,
    proposal: Proposal,
    session: Session,
    now: datetime,
) -> None:
    client, address = sign_in_as(cast.partner), f"/voorstellen/{proposal.id}"

    def statements(expected: int) -> int:
        session.commit()
        client.get(address)
        counted = count_statements(app)
        page = client.get(address).text
        assert page.count("Uitkomst van 2 maart 2026: afspraak") == expected
        return counted.number

    _agree(held, cast, now)
    one = statements(1)
    for title in ("Water", "Warmte", "Wegen"):
        _agree(held, cast, now, title)
    assert statements(4) == one
