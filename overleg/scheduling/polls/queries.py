"""Reading polls, who is asked, what they answered, and the links to answer with."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.dates import to_utc
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Seat
from overleg.organisations.queries.bodies import BY_SEAT_KIND, MAYORS_FIRST
from overleg.organisations.states import Role, SeatKind
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import (
    DatePoll,
    DatePollAnswer,
    DatePollLink,
    DatePollReply,
    DatePollSlot,
)
from overleg.scheduling.polls.permissions import can_keep_polls, can_read_polls
from overleg.scheduling.queries import body_by_slug
from overleg.scheduling.states import PollState


@dataclass(frozen=True)
class Voter:
    """Somebody who is asked, with the seats they hold at this table."""

    person: Person
    seats: tuple[Seat, ...]

    @property
    def can_be_mailed(self) -> bool:
        """Whether a question reaches this person."""
        return bool(self.person.email) and self.person.disabled_at_utc is None

    @property
    def votes(self) -> int:
        """How many voting seats this person holds."""
        return sum(seat.kind is SeatKind.VOTING for seat in self.seats)

    @property
    def places(self) -> str:
        """For whom they sit here, and whether without a vote."""
        names = ", ".join(dict.fromkeys(seat.organisation.name for seat in self.seats))
        return names if self.votes else f"{names}, {SeatKind.ADVISORY.label}"


def body_with_polls(viewer: Viewer, slug: str) -> Body:
    """The body at this address. Raises ``NotFound`` when its polls are not for the viewer."""
    body = body_by_slug(viewer, slug)
    if body.is_external or not can_read_polls(viewer, body.id):
        raise NotFound
    return body


def poll_by_id(viewer: Viewer, poll_id: str) -> DatePoll:
    """A poll with its body and moments; two statements.

    Raises ``NotFound`` outside what the viewer reads; what is being made is for who makes it.
    """
    poll = session().scalar(_with_slots().where(DatePoll.id == poll_id))
    if poll is None or not can_read_polls(viewer, poll.body_id):
        raise NotFound
    if poll.state is PollState.DRAFT and not can_keep_polls(viewer, poll.body_id):
        raise NotFound
    return poll


def polls_of(viewer: Viewer, body: Body) -> Sequence[DatePoll]:
    """The polls of a body, newest first; drafts only for who makes them; two statements."""
    query = _with_slots().where(DatePoll.body_id == body.id)
    if not can_keep_polls(viewer, body.id):
        query = query.where(DatePoll.state != PollState.DRAFT)
    return session().scalars(query.order_by(DatePoll.created_at_utc.desc(), DatePoll.id)).all()


def polls_to_answer(viewer: Viewer, today: date) -> Sequence[DatePoll]:
    """Open polls with a coming moment that this person did not answer on; one statement at most.

    ``today`` is the day in Brussels; what can no longer be answered is left out.
    """
    if not viewer.seated_in:
        return []
    answered = (
        exists()
        .where(DatePollAnswer.slot_id == DatePollSlot.id)
        .where(DatePollAnswer.reply_id == DatePollReply.id)
        .where(DatePollReply.person_id == viewer.person_id)
        .correlate(DatePollSlot)
    )
    waiting = select(DatePollSlot.poll_id).where(_is_coming(today), ~answered)
    return (
        session()
        .scalars(
            select(DatePoll)
            .options(joinedload(DatePoll.body))
            .where(
                DatePoll.state == PollState.OPEN,
                is_one_of(DatePoll.body_id, viewer.seated_in),
                DatePoll.answer_by.is_(None) | (DatePoll.answer_by >= today),
                DatePoll.id.in_(waiting),
            )
            .order_by(DatePoll.created_at_utc, DatePoll.id)
        )
        .all()
    )


def polls_to_settle(viewer: Viewer, today: date) -> Sequence[DatePoll]:
    """Open polls of bodies this person supports to which no answers come; one statement at most.

    Their last day to answer is over, or all their moments are.
    """
    supported = viewer.bodies_as(Role.SUPPORT)
    if not supported:
        return []
    return (
        session()
        .scalars(
            select(DatePoll)
            .options(joinedload(DatePoll.body))
            .where(
                DatePoll.state == PollState.OPEN,
                DatePoll.body_id.in_(sorted(supported)),
                or_(
                    DatePoll.answer_by < today,
                    DatePoll.id.not_in(select(DatePollSlot.poll_id).where(_is_coming(today))),
                ),
            )
            .order_by(DatePoll.answer_by, DatePoll.id)
        )
        .all()
    )


def _is_coming(today: date) -> ColumnElement[bool]:
    """A moment that was not dropped, today or later."""
    return and_(
        DatePollSlot.dropped_at_utc.is_(None),
        DatePollSlot.starts_at_utc >= to_utc(today, time()),
    )


def voters_of(body_id: str, on: date) -> list[Voter]:
    """Who holds a voting or advisory seat on a day (in Brussels), in the order of the table.

    One statement. Guests are not asked, and an empty seat has nobody to ask.
    """
    seats = session().scalars(
        select(Seat)
        .join(Seat.organisation)
        .options(joinedload(Seat.organisation), joinedload(Seat.person))
        .where(
            Seat.body_id == body_id,
            Seat.kind != SeatKind.GUEST,
            Seat.person_id.is_not(None),
            Seat.valid_on(on),
        )
        .order_by(BY_SEAT_KIND, MAYORS_FIRST, Seat.organisation_id, Seat.id)
    )
    held: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        held[seat.person_id or ""].append(seat)
    voters = [Voter(own[0].person, tuple(own)) for own in held.values() if own[0].person]
    return sorted(voters, key=lambda voter: (voter.votes == 0, voter.places, voter.person.name))


def sits_at(body_id: str, person: Person, on: date) -> bool:
    """Whether somebody is asked in polls of this body on a day (in Brussels)."""
    found = session().scalar(
        select(Seat.id)
        .where(
            Seat.body_id == body_id,
            Seat.person_id == person.id,
            Seat.kind != SeatKind.GUEST,
            Seat.valid_on(on),
        )
        .limit(1)
    )
    return found is not None


def replies_of(poll: DatePoll) -> dict[str, DatePollReply]:
    """What was answered, by person; two statements."""
    replies = session().scalars(
        select(DatePollReply)
        .where(DatePollReply.poll_id == poll.id)
        .options(selectinload(DatePollReply.answers), joinedload(DatePollReply.person))
    )
    return {reply.person_id: reply for reply in replies}


def reply_of(poll: DatePoll, person: Person) -> DatePollReply | None:
    """What one person answered."""
    return session().scalar(
        select(DatePollReply)
        .where(DatePollReply.poll_id == poll.id, DatePollReply.person_id == person.id)
        .options(selectinload(DatePollReply.answers))
    )


def links_of(poll: DatePoll) -> Sequence[DatePollLink]:
    """The links to a poll, those that hold first, then by name; one statement."""
    return (
        session()
        .scalars(
            select(DatePollLink)
            .join(DatePollLink.person)
            .where(DatePollLink.poll_id == poll.id)
            .options(joinedload(DatePollLink.person))
            .order_by(DatePollLink.ended_at_utc.is_not(None), Person.name, DatePollLink.made_at_utc)
        )
        .all()
    )


def link_by_id(link_id: str) -> DatePollLink | None:
    """A link with its person and poll; ended ones too."""
    return session().scalar(
        select(DatePollLink)
        .where(DatePollLink.id == link_id)
        .options(
            joinedload(DatePollLink.person),
            joinedload(DatePollLink.poll).joinedload(DatePoll.body),
        )
    )


def moment_of_seats(poll: DatePoll, now: datetime) -> datetime:
    """The moment whose seats count: now, or when the poll ended."""
    return poll.ended_at_utc or now


def _with_slots() -> Select[DatePoll]:
    return select(DatePoll).options(joinedload(DatePoll.body), selectinload(DatePoll.all_slots))
