"""Saying whether one comes, and choosing to be invited by mail."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import hold_until_commit, new_id, session
from overleg.lib.errors import NotPossible
from overleg.lib.text import upper_first
from overleg.organisations.models import Seat
from overleg.scheduling.answers.permissions import asks_answers
from overleg.scheduling.answers.queries import has_seat
from overleg.scheduling.models import InvitationChoice, Meeting, MeetingAnswer
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.states import AnswerWay, Coming

NO_SEAT = "U hebt geen zetel in dit overleg op die dag: uw antwoord is niet nodig."


def give_answer(
    meeting: Meeting,
    person: Person,
    coming: Coming,
    *,
    way: AnswerWay,
    now: datetime,
    said_at: datetime | None = None,
) -> MeetingAnswer:
    """Keep what somebody with a seat says about a meeting to come, the last word being the one.

    ``said_at`` (UTC) is when it was said, where that was before it came in. What was said earlier
    than the answer that stands changes nothing. Raises ``NotPossible`` without a seat, and once the
    meeting has begun or was cancelled.
    """
    refuse_when_over(meeting, now)
    hold_until_commit(Person, Person.id == person.id)
    if not has_seat(person.id, meeting):
        raise NotPossible(NO_SEAT)
    moment = min(said_at or now, now)
    answer = session().scalar(
        select(MeetingAnswer)
        .where(MeetingAnswer.meeting_id == meeting.id, MeetingAnswer.person_id == person.id)
        .execution_options(populate_existing=True)
    )
    if answer is None:
        answer = MeetingAnswer(id=new_id(), meeting=meeting, person=person)
        session().add(answer)
    elif answer.holds and answer.answered_at_utc > moment:
        return answer
    answer.coming, answer.way = coming, way
    answer.answered_at_utc, answer.for_start_utc = moment, meeting.starts_at_utc
    session().flush()
    record(Verb.MEETING_ANSWERED, answer, by=person, now=now)
    return answer


def carry_answers(meeting: Meeting, said: Mapping[str, datetime], *, now: datetime) -> list[str]:
    """Let who said yes to this moment in a poll stand as coming; returns the ids of who does.

    ``said`` has the moment (UTC) of each yes by the id of its person; who has no seat on the day of
    the meeting is left out. For a meeting that was just made: nobody answered it yet.
    """
    people = session().scalars(
        select(Person).where(
            Person.id.in_(sorted(said)),
            Person.id.in_(
                select(Seat.person_id).where(
                    Seat.body_id == meeting.body_id, Seat.valid_on(meeting.day)
                )
            ),
        )
    )
    carried = []
    for person in people:
        answer = MeetingAnswer(
            id=new_id(),
            meeting=meeting,
            person=person,
            coming=Coming.COMING,
            way=AnswerWay.POLL,
            answered_at_utc=said[person.id],
            for_start_utc=meeting.starts_at_utc,
        )
        session().add(answer)
        session().flush()
        record(Verb.MEETING_ANSWERED, answer, by=person, now=now, reason="In de datumprikker.")
        carried.append(person.id)
    return carried


def refuse_when_over(meeting: Meeting, now: datetime) -> None:
    """Raise ``NotPossible`` when nobody has to say any more whether they come."""
    if asks_answers(meeting, now):
        return
    if meeting.is_quiet:
        why = "nog niet bekendgemaakt"
    elif meeting.state in CHANGEABLE:
        why = "al begonnen"
    else:
        why = meeting.state.label
    raise NotPossible(f"{upper_first(meeting.the_title)} is {why}: een antwoord is niet nodig.")


def choose_invitations(person: Person, *, now: datetime) -> None:
    """Let somebody have an invitation for each meeting from now on; a second time is nothing."""
    hold_until_commit(Person, Person.id == person.id)
    if _choice_of(person) is None:
        choice = InvitationChoice(id=new_id(), person=person, since_utc=now)
        session().add(choice)
        session().flush()
        record(Verb.INVITATIONS_CHOSEN, choice, by=person, now=now)


def leave_invitations(person: Person, *, now: datetime) -> None:
    """Let somebody have plain mails again; a second time is nothing."""
    hold_until_commit(Person, Person.id == person.id)
    choice = _choice_of(person)
    if choice is not None:
        record(Verb.INVITATIONS_LEFT, choice, by=person, now=now)
        session().delete(choice)
        session().flush()


def _choice_of(person: Person) -> InvitationChoice | None:
    return session().scalar(select(InvitationChoice).where(InvitationChoice.person_id == person.id))
