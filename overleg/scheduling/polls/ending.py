"""How a poll ends: a moment is picked, or it is closed without a date."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import session
from overleg.lib.errors import NotPossible, Refused
from overleg.scheduling.answers.queries import who_want_invitations
from overleg.scheduling.answers.workflow import carry_answers
from overleg.scheduling.models import DatePoll, DatePollSlot, Meeting
from overleg.scheduling.notices import seated_on
from overleg.scheduling.polls import notices
from overleg.scheduling.polls.answering import hold
from overleg.scheduling.polls.queries import replies_of
from overleg.scheduling.polls.workflow import answers_on, asked_people, refuse_when_ended
from overleg.scheduling.states import Availability, PollState
from overleg.scheduling.workflow import announce_meetings, plan_meeting


def pick_slot(
    poll: DatePoll, slot: DatePollSlot, *, by: Actor, now: datetime
) -> tuple[Meeting, list[Person]]:
    """Plan the meeting, announce it and close the poll; returns it and who is told, each once.

    Who answered yes to this moment stands as coming, and can change that; of the others nothing is
    known yet.

    Raises ``NotPossible`` when the poll is not open or the moment was dropped, ``Refused`` as
    planning does: a moment that is past, or at which the body meets already.
    """
    hold(poll)
    refuse_when_ended(poll)
    if poll.state is PollState.DRAFT or slot not in poll.slots:
        raise NotPossible("Dit moment staat niet (meer) in de datumprikker. Kies een ander.")
    quorum = answers_on(poll, now).tally_of(slot).quorum_sentence
    asked = asked_people(poll, now)
    meeting = plan_meeting(
        poll.body,
        starts_at=slot.starts_at_utc,
        ends_at=slot.ends_at_utc,
        place=slot.place,
        online_url="",
        by=by,
        now=now,
        quiet=True,
    )
    slot.meeting = meeting
    poll.state, poll.ended_at_utc, poll.changed_at_utc = PollState.PICKED, now, now
    session().flush()
    record(
        Verb.POLL_PICKED,
        poll,
        by=by,
        now=now,
        from_state=PollState.OPEN,
        to_state=PollState.PICKED,
        reason=f"{slot.in_words}: {quorum}",
    )
    carry_answers(meeting, _who_can(poll, slot), now=now)
    note = f"Dit moment is gekozen in de datumprikker “{poll.title}”: {quorum}."
    told = announce_meetings([meeting], by=by, now=now, note=note)
    ids = {person.id for person in told}
    others = [person for person in asked if person.id not in ids]
    invited = who_want_invitations(told)
    # An invitation for the calendar says nothing of the poll.
    notices.tell_ended(poll, [*others, *(p for p in told if p.id in invited)], now=now)
    return meeting, [*told, *others]


def _who_can(poll: DatePoll, slot: DatePollSlot) -> dict[str, datetime]:
    """Who said yes to a moment, and when they did (UTC)."""
    return {
        person_id: reply.answered_at_utc
        for person_id, reply in replies_of(poll).items()
        if reply.by_slot.get(slot.id) is Availability.YES
    }


def close_poll(poll: DatePoll, *, reason: str, by: Actor, now: datetime) -> list[Person]:
    """Close without a date, for a reason that everybody asked reads; returns who gets a mail.

    Raises ``Refused`` without a reason, ``NotPossible`` when it is not open.
    """
    if not reason.strip():
        raise Refused("Zeg waarom er geen datum komt.")
    hold(poll)
    refuse_when_ended(poll)
    if poll.state is PollState.DRAFT:
        raise NotPossible("Niemand weet al van deze datumprikker: u kunt ze verwijderen.")
    poll.state, poll.state_reason = PollState.CLOSED, reason.strip()
    poll.ended_at_utc = poll.changed_at_utc = now
    session().flush()
    record(
        Verb.POLL_CLOSED,
        poll,
        by=by,
        now=now,
        from_state=PollState.OPEN,
        to_state=PollState.CLOSED,
        reason=poll.state_reason,
    )
    told = asked_people(poll, now)
    notices.tell_ended(poll, told, now=now)
    return told


def people_told_of(poll: DatePoll, slot: DatePollSlot, now: datetime) -> list[Person]:
    """Who gets a mail when this moment is picked: who sits that day, and who was asked."""
    told = {person.id: person for person in seated_on(poll.body_id, slot.day)}
    told |= {person.id: person for person in asked_people(poll, now)}
    return sorted(told.values(), key=lambda person: person.name)
