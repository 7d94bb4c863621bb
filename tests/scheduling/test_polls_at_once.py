"""Two people pick or answer at once: one is taken, the other is told."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.scheduling.models import DatePollReply, Meeting
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.scheduling.polling import opened_poll


@ON_BOTH
def test_one_meeting_comes_of_a_poll_and_one_first_answer_of_a_person(
    session: Session, cast: Cast, now: datetime, sign_in_as: SignInAs, database_kind: str
) -> None:
    poll = opened_poll(cast, now)
    session.commit()
    first, second = poll.slots
    phone, desk = sign_in_as(cast.mayor), sign_in_as(cast.mayor)
    address = f"/datumprikkers/{poll.id}/antwoord"
    given = [
        {
            "answers-0-slot_id": first.id,
            "answers-1-slot_id": second.id,
            "answers-0-availability": kind,
            "answers-1-availability": kind,
            "revision": "0",
        }
        for kind in ("yes", "no")
    ]
    answered = at_once([phone, desk], lambda n, c: c.press(address, given[n]).status_code)
    assert answered == [302, 409]
    two = [sign_in_as(cast.support), sign_in_as(cast.support)]
    picks = [f"/datumprikkers/{poll.id}/kiezen/{slot.id}" for slot in (first, second)]
    assert at_once(two, lambda n, c: c.press(picks[n]).status_code) == [302, 409]
    session.expire_all()
    assert session.scalar(select(func.count(DatePollReply.id))) == 1
    assert session.scalar(select(func.count(Meeting.id))) == 1
