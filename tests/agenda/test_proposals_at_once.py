"""Several people answer, withdraw and schedule one proposal at once: one clear state results."""

import pytest
from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.states import ItemState, ProposalState, RoundState
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.submitting import withdraw_proposal
from overleg.agenda.workflow.validation import open_round
from overleg.db import db
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import ready_proposal
from tests.agenda.proposing import NOON, make_meeting, make_submitted
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


def round_id(proposal: Proposal) -> str:
    """The step that is open."""
    opened = open_round(proposal)
    assert opened is not None
    return opened.id


@ON_BOTH
def test_the_last_answers_of_a_committee_at_once_decide_it_once(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    proposal = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=NOON)
    session.commit()
    address = f"/voorstellen/{proposal.id}/valideren"
    data = {"round_id": round_id(proposal), "answer": "agree"}
    browsers = [sign_in_as(member) for member in cast.committee]
    statuses = at_once(browsers, lambda _n, c: c.press(address, data).status_code)
    assert set(statuses) == {302, 409}
    session.expire_all()
    assert proposal.state is ProposalState.VALIDATED
    assert [opened.state for opened in proposal.rounds] == [RoundState.PASSED]
    told = select(OutboxMessage).where(OutboxMessage.subject.startswith("Gevalideerd"))
    assert len(session.scalars(told).all()) == 1


@ON_BOTH
def test_two_answers_below_the_quorum_are_both_counted(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    proposal = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=NOON)
    session.commit()
    address = f"/voorstellen/{proposal.id}/valideren"
    data = {"round_id": round_id(proposal), "answer": "agree"}
    for pair in (cast.committee[:2], cast.committee[2:4]):
        browsers = [sign_in_as(member) for member in pair]
        assert at_once(browsers, lambda _n, c: c.press(address, data).status_code) == [302, 302]
    session.expire_all()
    assert proposal.state is ProposalState.VALIDATED


@ON_BOTH
def test_the_chair_answers_in_two_windows_at_once(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOON)
    session.commit()
    address = f"/voorstellen/{proposal.id}/valideren"
    opened = round_id(proposal)
    answers = [
        {"round_id": opened, "answer": "agree"},
        {"round_id": opened, "answer": "return", "motive": "Nog niet rijp."},
    ]
    windows = [sign_in_as(cast.chair), sign_in_as(cast.chair)]
    statuses = at_once(windows, lambda n, c: c.press(address, answers[n]).status_code)
    assert statuses == [302, 409]
    session.expire_all()
    assert proposal.state in {ProposalState.VALIDATED, ProposalState.RETURNED}


@ON_BOTH
def test_withdrawing_while_it_is_put_on_an_agenda_leaves_no_loose_point(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    meeting = make_meeting(session, cast.midwest)
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    session.commit()
    browsers = [sign_in_as(cast.mayor), sign_in_as(cast.support)]
    pressed = [
        (f"/voorstellen/{proposal.id}/intrekken", {"reason": "Wij doen het zelf."}),
        (f"/vergaderingen/{meeting.id}/agenda/voorstel", {"proposal_id": proposal.id}),
    ]
    statuses = at_once(browsers, lambda n, c: c.press(*pressed[n]).status_code)
    assert statuses in ([302, 302], [302, 409])
    session.expire_all()
    assert proposal.state is ProposalState.WITHDRAWN or statuses == [302, 409]
    points = session.scalars(select(AgendaItem).filter_by(proposal_id=proposal.id)).all()
    on_agenda = [point for point in points if point.position > 0]
    assert bool(on_agenda) == (proposal.state is ProposalState.SCHEDULED)


def begin_just_before_it_is_held(meeting: Meeting) -> None:
    """Have somebody start the meeting between the reading of its agenda and the lock on it."""
    start = update(Meeting).where(Meeting.id == meeting.id).values(state=MeetingState.IN_SESSION)
    waiting = [start]

    def before(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if waiting and statement.startswith("UPDATE meetings"):
            with db.engine.begin() as other:
                other.execute(waiting.pop())

    event.listen(db.engine, "before_cursor_execute", before)


@ON_BOTH
def test_what_is_withdrawn_while_the_meeting_begins_stays_on_the_table(
    session: Session, cast: Cast, database_kind: str
) -> None:
    meeting = make_meeting(session, cast.midwest)
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=NOON)
    session.commit()
    begin_just_before_it_is_held(meeting)
    with pytest.raises(NotPossible, match="is al begonnen"):
        withdraw_proposal(proposal, reason="Toch niet.", by=cast.mayor, now=NOON)
    session.rollback()
    assert (proposal.state, item.state) == (ProposalState.SCHEDULED, ItemState.SCHEDULED)
    assert item.position > 0


@ON_BOTH
@pytest.mark.parametrize("verb", ["indienen", "intrekken"])
def test_a_button_pressed_in_two_windows_at_once_is_taken_once(
    session: Session, cast: Cast, sign_in_as: SignInAs, verb: str, database_kind: str
) -> None:
    proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare)
    proposal.state, proposal.state_reason = ProposalState.RETURNED, "Te vroeg."
    session.commit()
    windows = [sign_in_as(cast.mayor), sign_in_as(cast.mayor)]
    address = f"/voorstellen/{proposal.id}/{verb}"
    data = {"reason": "Toch niet."}
    assert at_once(windows, lambda _n, c: c.press(address, data).status_code) == [302, 409]
