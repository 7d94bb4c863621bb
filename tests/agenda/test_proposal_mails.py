"""Who no longer sees a proposal is not told about it by mail either."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.states import Answer, ProposalState
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.lib.dates import local_date
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment, Seat
from tests.agenda.proposing import make_submitted
from tests.plugins.cast import Cast

REASON = "Te gevoelig voor de verkiezingen"


@pytest.mark.parametrize("left", [False, True])
def test_a_submitter_who_left_gets_no_reason_by_mail(
    session: Session, cast: Cast, now: datetime, left: bool
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    if left:
        yesterday = local_date(now) - timedelta(days=1)
        for seat in session.scalars(select(Seat).where(Seat.person_id == cast.mayor.id)):
            seat.valid_to = yesterday
        for role in session.scalars(
            select(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id)
        ):
            role.valid_to = yesterday
        session.flush()
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, Answer.RETURN, motive=REASON, by=cast.chair, now=now)
    session.flush()
    assert proposal.state is ProposalState.RETURNED
    mails = session.scalars(select(OutboxMessage).where(OutboxMessage.text.contains(REASON))).all()
    assert [mail.to_email for mail in mails] == ([] if left else [cast.mayor.email])
