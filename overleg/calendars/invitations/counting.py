"""Counting an answer that came in by mail, when it may be believed and is not out of date.

What is trusted, and what is not, is in docs/adr/0014-invitations.md.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.calendars.invitations.models import Invitation
from overleg.calendars.invitations.replies import Received, Reply
from overleg.calendars.invitations.states import ReplyResult
from overleg.db import session
from overleg.scheduling.answers.permissions import asks_answers
from overleg.scheduling.answers.queries import answers_to, has_seat
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import AnswerWay


@dataclass(frozen=True)
class Counted:
    """What became of a reply, and the meeting it was about where we know it."""

    result: ReplyResult
    meeting: Meeting | None


def count_reply(received: Received, reply: Reply, *, now: datetime) -> Counted:
    """Keep what somebody's calendar answered; ``now`` in UTC."""
    meeting = session().scalar(select(Meeting).where(Meeting.calendar_uid == reply.uid))
    if meeting is None:
        return Counted(ReplyResult.UNKNOWN, None)
    invitation = _invitation(meeting, reply.attendee)
    if invitation is None or not has_seat(invitation.person_id, meeting):
        return Counted(ReplyResult.UNKNOWN, meeting)
    if received.is_forged or not _speaks_for(received.sender, reply):
        return Counted(ReplyResult.NOT_TRUSTED, meeting)
    if not asks_answers(meeting, now) or reply.sequence < invitation.asked_from:
        return Counted(ReplyResult.OUTDATED, meeting)
    said_at = min(reply.said_at or now, now)
    earlier = answers_to(meeting).get(invitation.person_id)
    if earlier is not None and earlier.holds and earlier.answered_at_utc > said_at:
        return Counted(ReplyResult.OUTDATED, meeting)
    give_answer(
        meeting,
        invitation.person,
        reply.coming,
        way=AnswerWay.CALENDAR,
        now=now,
        said_at=said_at,
    )
    return Counted(ReplyResult.COUNTED, meeting)


def _invitation(meeting: Meeting, attendee: str) -> Invitation | None:
    """The invitation that was sent to this address, or to who has it now; not a withdrawn one."""
    return session().scalar(
        select(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .where(
            Invitation.meeting_id == meeting.id,
            Invitation.withdrawn_at_utc.is_(None),
            Person.disabled_at_utc.is_(None),
            or_(func.lower(Invitation.email) == attendee, func.lower(Person.email) == attendee),
        )
        .options(joinedload(Invitation.person))
        .limit(1)
    )


def _speaks_for(sender: str, reply: Reply) -> bool:
    """Whether the sender is the attendee, or answers in their name from the same house."""
    if sender == reply.attendee:
        return True
    house = reply.attendee.rpartition("@")[2]
    return sender != "" and sender == reply.sent_by and sender.rpartition("@")[2] == house
