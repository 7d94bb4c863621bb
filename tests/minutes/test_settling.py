"""Saying what was done with a remark: once, also when two people do so at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.db import session as own_session
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.minutes.models import Remark
from overleg.minutes.states import RemarkState
from overleg.minutes.workflow.circulating import circulate, make_remark, settle_remark
from tests.at_once import ON_BOTH
from tests.minutes.held import OPEN_POINT, SHARED_POINT, Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of

WAYS = [RemarkState.ADOPTED, RemarkState.DECLINED]


@pytest.fixture
def remarks(held: Held, cast: Cast, session: Session) -> list[Remark]:
    """Two remarks of a mayor, on two points of a verslag that was sent round."""
    held.close()
    at = held.meeting.ends_at_utc
    circulate(held.meeting, local_date(at), by=cast.support, now=at)
    made = [
        make_remark(held.point(title), f"Kijk na: {title}", by=cast.mayor, now=at)
        for title in (SHARED_POINT, OPEN_POINT)
    ]
    session.commit()
    return made


@ON_BOTH
def test_of_two_who_settle_a_remark_at_once_the_second_hears_what_the_first_decided(
    app: Flask,
    cast: Cast,
    held: Held,
    remarks: list[Remark],
    session: Session,
    database_kind: str,
) -> None:
    remark_id, person_id, now = remarks[0].id, cast.support.id, held.meeting.ends_at_utc
    session.commit()
    both = Barrier(len(WAYS))

    def settle(state: RemarkState) -> str:
        with app.app_context():
            remark = own_session().get_one(Remark, remark_id)
            person = own_session().get_one(Person, person_id)
            assert remark.state is RemarkState.OPEN
            both.wait()
            try:
                settle_remark(remark, state, f"Antwoord: {state.label}", by=person, now=now)
            except NotPossible as refused:
                own_session().rollback()
                return str(refused)
            own_session().commit()
            return ""

    with ThreadPoolExecutor(len(WAYS)) as pool:
        told = list(pool.map(settle, WAYS))
    session.expire_all()
    kept = session.get_one(Remark, remark_id)
    assert told.count("") == 1, database_kind
    assert WAYS[told.index("")] is kept.state
    said = f"behandelde deze opmerking al: {kept.state.label}. “Antwoord: {kept.state.label}”"
    assert said in "".join(told)
    mails = select(OutboxMessage).where(OutboxMessage.template == "remark_settled")
    assert len(session.scalars(mails).all()) == 1
    assert [entry.verb for entry in history_of([remark_id])].count(Verb.REMARK_SETTLED) == 1


def test_who_comes_second_reads_what_was_decided_and_what_he_typed_himself(
    sign_in_as: SignInAs, cast: Cast, remarks: list[Remark]
) -> None:
    first, second = sign_in_as(cast.support), sign_in_as(cast.support)
    address = f"/opmerkingen/{remarks[0].id}"
    done = first.press(address, {"state": "adopted", "answer": "Het bedrag staat erbij."})
    assert done.status_code == 302
    late = second.press(address, {"state": "declined", "answer": "Dat bedrag klopt niet."})
    assert late.status_code == 409
    page = text_of(parse(late.text))
    assert f"{cast.support.name} behandelde deze opmerking al: verwerkt." in page
    assert "Het bedrag staat erbij." in page
    assert late.text.count("Dat bedrag klopt niet.") == 1


def test_what_was_typed_with_one_remark_stands_with_that_one_only(
    sign_in_as: SignInAs, cast: Cast, remarks: list[Remark]
) -> None:
    client = sign_in_as(cast.support)
    wrong = client.press(f"/opmerkingen/{remarks[0].id}", {"answer": "Dat bedrag klopt niet."})
    assert wrong.status_code == 422
    assert wrong.text.count("Dat bedrag klopt niet.") == 1
