"""Keeping in step what stands in people's calendars by invitation.

One verb does it all: it compares what the last mail to each person said with what should stand
there, and mails the difference. So it does not matter why something changed, and running it twice
is running it once.
"""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.calendars.invitations.models import Invitation
from overleg.calendars.invitations.notices import Why, post_cancel, post_request
from overleg.calendars.invitations.queries import (
    due_for,
    invitations_to,
    invited_to,
    live_invitations,
    meetings_to_invite,
    said_in,
    takes_invitations,
)
from overleg.db import hold_until_commit, new_id, session
from overleg.scheduling.answers import workflow as answers
from overleg.scheduling.answers.queries import answers_to, held_answer, who_want_invitations
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def follow_meeting(meeting: Meeting, now: datetime) -> None:
    """Bring every calendar up to date with a meeting; ``now`` in UTC.

    Who should be invited gets a REQUEST when the last mail said something else, or there was none;
    who has it by invitation but should not gets a CANCEL. A meeting that has begun, or is over, or
    that nobody was told of yet is left as it is.
    """
    is_cancelled = meeting.state is MeetingState.CANCELLED and meeting.ends_at_utc > now
    if not is_cancelled and not takes_invitations(meeting, now):
        return
    hold_until_commit(Meeting, Meeting.id == meeting.id)
    sent = invitations_to(meeting)
    wanted = {} if is_cancelled else {person.id: person for person in invited_to(meeting)}
    answered = answers_to(meeting) if wanted else {}
    for person in wanted.values():
        invitation = sent.get(person.id)
        said = said_in(invitation) if invitation is not None else None
        due = due_for(person, meeting)
        if said == due:
            continue
        if invitation is not None and said is not None and said.email != due.email:
            _take_out(invitation, Why.OTHER_ADDRESS, now)
            said = None
        invitation = _note(invitation, person, meeting, now)
        post_request(
            invitation,
            is_first=said is None,
            said=held_answer(person.id, answered),
            now=now,
        )
    for person_id, invitation in sent.items():
        if person_id not in wanted and invitation.withdrawn_at_utc is None:
            _take_out(invitation, _why(invitation, is_cancelled=is_cancelled), now)
    session().flush()


def switch_on(person: Person, *, now: datetime) -> int:
    """Let a person be invited from now on; returns how many meetings are sent at once."""
    answers.choose_invitations(person, now=now)
    meetings = meetings_to_invite(person, now)
    for meeting in meetings:
        follow_meeting(meeting, now)
    return len(meetings)


def switch_off(person: Person, *, now: datetime) -> int:
    """Let a person have plain mails again; returns how many meetings leave the calendar."""
    answers.leave_invitations(person, now=now)
    invitations = live_invitations(person, now)
    for invitation in invitations:
        follow_meeting(invitation.meeting, now)
    return len(invitations)


def _note(
    invitation: Invitation | None, person: Person, meeting: Meeting, now: datetime
) -> Invitation:
    """Keep what the mail says that goes out now."""
    due = due_for(person, meeting)
    if invitation is None:
        invitation = Invitation(
            id=new_id(), meeting=meeting, person=person, sequence=meeting.calendar_sequence
        )
        is_asked_anew = True
        session().add(invitation)
    else:
        is_asked_anew = (
            invitation.withdrawn_at_utc is not None or invitation.starts_at_utc != due.starts_at_utc
        )
        invitation.sequence = _next(invitation)
    if is_asked_anew:
        invitation.asked_from = invitation.sequence
    invitation.email = due.email
    invitation.starts_at_utc, invitation.ends_at_utc = due.starts_at_utc, due.ends_at_utc
    invitation.place, invitation.online_url = due.place, due.online_url
    invitation.sent_at_utc, invitation.withdrawn_at_utc = now, None
    return invitation


def _take_out(invitation: Invitation, why: Why, now: datetime) -> None:
    invitation.sequence = _next(invitation)
    invitation.sent_at_utc = invitation.withdrawn_at_utc = now
    post_cancel(invitation, why, now=now)


def _next(invitation: Invitation) -> int:
    """The sequence of the next mail: that of the meeting, and always higher than the last."""
    return max(invitation.meeting.calendar_sequence, invitation.sequence + 1)


def _why(invitation: Invitation, *, is_cancelled: bool) -> Why:
    if is_cancelled:
        return Why.CANCELLED
    return Why.NO_SEAT if who_want_invitations([invitation.person]) else Why.SWITCHED_OFF
