"""Reading invitations: what stands in whose calendar, and what should."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from overleg.accounts.models import Person
from overleg.calendars.invitations.models import Invitation
from overleg.db import session
from overleg.one_of import is_one_of
from overleg.organisations.models import Seat
from overleg.scheduling.models import InvitationChoice, Meeting
from overleg.scheduling.permissions import CHANGEABLE
from overleg.scheduling.queries import LONGEST
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True)
class Due:
    """What the last mail to one person should have said of one meeting."""

    email: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    place: str
    online_url: str


def due_for(person: Person, meeting: Meeting) -> Due:
    """What the invitation of this person says when it is up to date."""
    return Due(
        email=person.email or "",
        starts_at_utc=meeting.starts_at_utc,
        ends_at_utc=meeting.ends_at_utc,
        place=meeting.place,
        online_url=meeting.online_url,
    )


def said_in(invitation: Invitation) -> Due | None:
    """What the last mail said; None when that took the meeting out."""
    if invitation.withdrawn_at_utc is not None:
        return None
    return Due(
        email=invitation.email,
        starts_at_utc=invitation.starts_at_utc,
        ends_at_utc=invitation.ends_at_utc,
        place=invitation.place,
        online_url=invitation.online_url,
    )


def takes_invitations(meeting: Meeting, now: datetime) -> bool:
    """Whether people are invited to it: announced, still to end, neither begun nor cancelled."""
    return meeting.state in CHANGEABLE and meeting.ends_at_utc > now and not meeting.is_quiet


def invited_to(meeting: Meeting) -> Sequence[Person]:
    """Who must have this meeting in the calendar by invitation, by name; one statement."""
    return (
        session()
        .scalars(
            select(Person)
            .join(InvitationChoice, InvitationChoice.person_id == Person.id)
            .where(
                Person.id.in_(
                    select(Seat.person_id).where(
                        Seat.body_id == meeting.body_id, Seat.valid_on(meeting.day)
                    )
                ),
                Person.email.is_not(None),
                Person.disabled_at_utc.is_(None),
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )


def invitations_to(meeting: Meeting) -> Mapping[str, Invitation]:
    """Every invitation to a meeting by the id of its person, also withdrawn ones."""
    found = session().scalars(
        select(Invitation)
        .where(Invitation.meeting_id == meeting.id)
        .options(joinedload(Invitation.person))
        .order_by(Invitation.id)
        .execution_options(populate_existing=True)
    )
    return {invitation.person_id: invitation for invitation in found}


def meetings_to_invite(person: Person, now: datetime) -> list[Meeting]:
    """The coming meetings at which this person has a seat that day, soonest first."""
    return [
        meeting
        for meeting, seats in _coming_with_seats(now, person_id=person.id)
        if any(seat.valid_on(meeting.day) for seat in seats)
    ]


def live_invitations(person: Person, now: datetime) -> Sequence[Invitation]:
    """What stands in this person's calendar of meetings to come, soonest first."""
    return (
        session()
        .scalars(
            _live(now)
            .where(Invitation.person_id == person.id)
            .order_by(Meeting.starts_at_utc, Meeting.id)
        )
        .all()
    )


def meetings_out_of_date(now: datetime) -> list[Meeting]:
    """The meetings of which somebody's calendar says too much, too little or something else.

    Three statements, however many there are.
    """
    wanted: dict[tuple[str, str], Due] = {}
    meetings: dict[str, Meeting] = {}
    for meeting, seats in _coming_with_seats(now):
        meetings[meeting.id] = meeting
        for seat in seats:
            if seat.person is not None and seat.valid_on(meeting.day):
                wanted[meeting.id, seat.person.id] = due_for(seat.person, meeting)
    said: dict[tuple[str, str], Due | None] = {}
    for invitation in session().scalars(_live(now)):
        meetings[invitation.meeting_id] = invitation.meeting
        said[invitation.meeting_id, invitation.person_id] = said_in(invitation)
    off = {key[0] for key in wanted.keys() | said.keys() if wanted.get(key) != said.get(key)}
    return sorted((meetings[each] for each in off), key=lambda m: (m.starts_at_utc, m.id))


def _coming_with_seats(
    now: datetime, *, person_id: str | None = None
) -> list[tuple[Meeting, list[Seat]]]:
    """Meetings that take invitations, with the seats of those who may be invited; two statements.

    That is who chose invitations; or this one person, who may be about to choose them.
    """
    asked = (
        select(Seat)
        .join(Person, Person.id == Seat.person_id)
        .where(Person.email.is_not(None), Person.disabled_at_utc.is_(None))
        .options(joinedload(Seat.person))
    )
    if person_id is None:
        asked = asked.where(Seat.person_id.in_(select(InvitationChoice.person_id)))
    else:
        asked = asked.where(Seat.person_id == person_id)
    by_body: dict[str, list[Seat]] = defaultdict(list)
    for seat in session().scalars(asked):
        by_body[seat.body_id].append(seat)
    meetings = session().scalars(
        select(Meeting)
        .where(
            Meeting.body_id.in_(sorted(by_body)),
            is_one_of(Meeting.state, CHANGEABLE),
            Meeting.is_quiet.is_(False),
            Meeting.starts_at_utc > now - LONGEST,
            Meeting.ends_at_utc > now,
        )
        .options(joinedload(Meeting.body))
        .order_by(Meeting.starts_at_utc, Meeting.id)
    )
    return [(meeting, by_body[meeting.body_id]) for meeting in meetings]


def _live(now: datetime) -> Select[Invitation]:
    """What stands in calendars of meetings that did not begin, with the meeting."""
    return (
        select(Invitation)
        .join(Invitation.meeting)
        .where(
            Invitation.withdrawn_at_utc.is_(None),
            Meeting.state.in_(sorted({*CHANGEABLE, MeetingState.CANCELLED})),
            Meeting.starts_at_utc > now - LONGEST,
            Meeting.ends_at_utc > now,
        )
        .options(contains_eager(Invitation.meeting).joinedload(Meeting.body))
    )
