"""Two people release, note or report at once: one is taken, the other is told."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.states import ItemState
from overleg.decisions.models import FollowUp
from overleg.decisions.states import OutcomeKind, OutcomeState
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from overleg.minutes.models import NoteRevision
from tests.at_once import ON_BOTH, at_once
from tests.decisions.agreeing import agree
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@ON_BOTH
def test_an_outcome_is_released_once(
    session: Session,
    cast: Cast,
    held: Held,
    now: datetime,
    sign_in_as: SignInAs,
    database_kind: str,
) -> None:
    agreed = Agreed(OutcomeKind.AGREEMENT, "Energie", "<p>Samen doen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    make_ready(outcome, by=cast.support, now=now)
    session.commit()
    data = {
        "municipalities": [cast.tielt.id, cast.izegem.id],
        "organs": "college",
        "college_asked": "approval",
        "council_asked": "approval",
        "due_rule": "open",
    }
    two = [sign_in_as(cast.support), sign_in_as(cast.support)]
    address = f"/uitkomsten/{outcome.id}/vrijgeven"
    assert at_once(two, lambda _n, c: c.press(address, data).status_code) == [302, 409]
    session.expire_all()
    assert outcome.state is OutcomeState.RELEASED
    rows = session.scalars(select(FollowUp).filter_by(outcome_id=outcome.id)).all()
    assert {row.organisation_id for row in rows} == {cast.tielt.id, cast.izegem.id}
    assert len(rows) == 2


@ON_BOTH
def test_an_outcome_is_dropped_once(
    session: Session,
    cast: Cast,
    held: Held,
    now: datetime,
    sign_in_as: SignInAs,
    database_kind: str,
) -> None:
    address = f"/uitkomsten/{agree(held.open_item, by=cast.support, now=now).id}/schrappen"
    session.commit()
    two, told = [sign_in_as(cast.support), sign_in_as(cast.support)], {"reason": "Verkeerd punt"}
    assert at_once(two, lambda _n, c: c.press(address, told).status_code) == [302, 409]
    session.expire_all()
    assert held.open_item.state is ItemState.SCHEDULED


@ON_BOTH
def test_two_reports_on_one_row_are_not_both_taken(
    session: Session, cast: Cast, released: Released, sign_in_as: SignInAs, database_kind: str
) -> None:
    row = released.rows["tielt"]
    two = [sign_in_as(cast.secretariat), sign_in_as(cast.support)]
    day = "2026-03-02"
    reports = [
        {"state": "approved", "day": day, "revision": row.revision},
        {"state": "rejected", "day": day, "remark": "Te duur.", "revision": row.revision},
    ]
    address = f"/opvolging/{row.id}/melden"
    assert at_once(two, lambda n, c: c.press(address, reports[n]).status_code) == [302, 409]


@ON_BOTH
def test_two_first_notes_on_one_point_are_not_both_taken(
    session: Session, cast: Cast, held: Held, sign_in_as: SignInAs, database_kind: str
) -> None:
    two = [sign_in_as(cast.support), sign_in_as(cast.support)]
    address = f"/vergaderingen/{held.meeting.id}/verslag?punt={held.open_item.id}"
    texts = [{"text_html": f"Verslag {n}.", "started_from": 0} for n in range(2)]
    assert at_once(two, lambda n, c: c.press(address, texts[n]).status_code) == [302, 409]
    assert len(session.scalars(select(NoteRevision)).all()) == 1
