"""Who answers in a validation step, what waits for whom, and where a proposal can go instead."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound, ValidationVote
from overleg.agenda.states import RoundState
from overleg.db import hold_until_commit, session
from overleg.documents.states import Circle
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Seat
from overleg.organisations.queries.bodies import people_with_role
from overleg.organisations.queries.validators import validators
from overleg.organisations.states import Decides, Role, SeatKind, ValidatedBy
from overleg.organisations.viewer import Viewer, viewer_for


def support_staff(body_id: str, on: date) -> Sequence[Person]:
    """Who supports the body on a day (in Brussels)."""
    return people_with_role(body_id, Role.SUPPORT, on)


def referral_targets(body: Body) -> Sequence[Body]:
    """Our own bodies to which this one's proposals may be referred, by name."""
    return [target for target in body.refers_to if not target.is_external]


def chairs_of(body_id: str, on: date) -> Sequence[Person]:
    """Who chairs the body on a day (in Brussels)."""
    return people_with_role(body_id, Role.CHAIR, on)


class AsksOf(Protocol):
    """What a step of the settings and a round have in common: who is asked."""

    @property
    def validated_by(self) -> ValidatedBy: ...

    @property
    def asked_body_id(self) -> str | None: ...

    @property
    def quorum(self) -> int: ...


def answerers(proposal: Proposal, asked: AsksOf, on: date) -> Sequence[Person]:
    """Who may answer in a step of this proposal on a day (in Brussels), by name.

    Members of another body read up to *besturen*; what is for *burgemeesters* only those of them
    who read it in the proposal's own body.
    """
    people = validators(proposal.body_id, asked.validated_by, on, asked_body_id=asked.asked_body_id)
    if asked.validated_by is ValidatedBy.BODY and proposal.circle is Circle.MAYORS:
        return [
            person
            for person in people
            if viewer_for(person, on).may_read(proposal.body_id, Circle.MAYORS)
        ]
    return people


def asks(viewer: Viewer) -> ColumnElement[bool]:
    """Proposals in which something is asked of this person now: an advice, or a decision."""
    answered = exists(
        select(ValidationVote.id).where(
            ValidationVote.round_id == ValidationRound.id,
            ValidationVote.person_id == viewer.person_id,
        )
    )
    answers = (
        select(func.count()).where(ValidationVote.round_id == ValidationRound.id).scalar_subquery()
    )
    chairs = is_one_of(Proposal.body_id, viewer.bodies_as(Role.CHAIR))
    by = ValidationRound.validated_by
    advises = and_(
        ~answered,
        ValidationRound.passed_to_chair_at_utc.is_(None),
        or_(
            and_(
                by == ValidatedBy.COMMITTEE,
                is_one_of(Proposal.body_id, viewer.bodies_as(Role.COMMITTEE)),
            ),
            and_(by == ValidatedBy.BODY, _of_asked_body(viewer)),
        ),
    )
    decides = or_(
        and_(by == ValidatedBy.CHAIR, chairs),
        and_(
            by == ValidatedBy.SUPPORT,
            ValidationRound.passed_to_chair_at_utc.is_(None),
            is_one_of(Proposal.body_id, viewer.bodies_as(Role.SUPPORT)),
        ),
        and_(
            chairs,
            or_(
                ValidationRound.passed_to_chair_at_utc.is_not(None),
                and_(
                    ValidationRound.decides == Decides.CHAIR,
                    is_one_of(by, [ValidatedBy.COMMITTEE, ValidatedBy.BODY]),
                    answers >= ValidationRound.quorum,
                ),
            ),
        ),
    )
    return exists(
        select(ValidationRound.id).where(
            ValidationRound.proposal_id == Proposal.id,
            ValidationRound.state == RoundState.OPEN,
            or_(advises, decides),
        )
    )


def asked_from_elsewhere(viewer: Viewer) -> ColumnElement[bool]:
    """Proposals that another body asks the members of the viewer's own body about.

    They read it while they are asked, and go on reading what they answered.
    """
    if not viewer.seated_in:
        return false()
    answered = exists(
        select(ValidationVote.id).where(
            ValidationVote.round_id == ValidationRound.id,
            ValidationVote.person_id == viewer.person_id,
        )
    )
    return exists(
        select(ValidationRound.id).where(
            ValidationRound.proposal_id == Proposal.id,
            ValidationRound.validated_by == ValidatedBy.BODY,
            or_(ValidationRound.state == RoundState.OPEN, answered),
            _of_asked_body(viewer),
        )
    )


def _of_asked_body(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the viewer votes in the body that a round asks, and may read the proposal."""
    if not viewer.seated_in:
        return false()
    votes_there = exists(
        select(Seat.id).where(
            Seat.body_id == ValidationRound.asked_body_id,
            Seat.person_id == viewer.person_id,
            Seat.kind == SeatKind.VOTING,
            Seat.valid_on(viewer.on),
        )
    )
    return and_(
        is_one_of(ValidationRound.asked_body_id, viewer.seated_in),
        votes_there,
        or_(Proposal.circle != Circle.MAYORS, viewer.readable(Proposal.body_id, Proposal.circle)),
    )


def hold(proposal_ids: Iterable[str]) -> None:
    """Hold these proposals until the commit, in one order for all who hold several.

    Rounds read afterwards are as others left them.
    """
    for proposal_id in sorted(proposal_ids):
        hold_until_commit(Proposal, Proposal.id == proposal_id)


def hold_rounds(body_id: str, round_ids: Collection[str]) -> None:
    """Hold the proposals of these steps of a body until the commit."""
    hold(
        session().scalars(
            select(ValidationRound.proposal_id)
            .join(ValidationRound.proposal)
            .where(ValidationRound.id.in_(round_ids), Proposal.body_id == body_id)
            .distinct()
        )
    )


def round_by_id(round_id: str, *, held: bool = False) -> ValidationRound | None:
    """One step with its proposal and answers; ``held`` holds the proposal until the commit."""
    if held:
        proposal_id = session().scalar(
            select(ValidationRound.proposal_id).where(ValidationRound.id == round_id)
        )
        hold([proposal_id] if proposal_id else [])
    return (
        session()
        .scalars(
            _rounds()
            .where(ValidationRound.id == round_id)
            .execution_options(populate_existing=held)
        )
        .one_or_none()
    )


def rounds_for_chair(body_id: str) -> Sequence[ValidationRound]:
    """The open steps of a body in which the chair decides, now or later; the oldest first."""
    return (
        session()
        .scalars(
            _rounds()
            .join(ValidationRound.proposal)
            .where(
                Proposal.body_id == body_id,
                ValidationRound.state == RoundState.OPEN,
                or_(
                    ValidationRound.validated_by == ValidatedBy.CHAIR,
                    ValidationRound.passed_to_chair_at_utc.is_not(None),
                    and_(
                        ValidationRound.decides == Decides.CHAIR,
                        ValidationRound.validated_by != ValidatedBy.SUPPORT,
                    ),
                ),
            )
            .order_by(Proposal.submitted_at_utc, Proposal.id)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )


def _rounds() -> Select[ValidationRound]:
    return select(ValidationRound).options(
        selectinload(ValidationRound.proposal).options(
            joinedload(Proposal.body).selectinload(Body.validation_steps),
            joinedload(Proposal.organisation),
            joinedload(Proposal.submitter),
            joinedload(Proposal.wished_meeting),
            selectinload(Proposal.annexes),
            selectinload(Proposal.answers),
        ),
        selectinload(ValidationRound.votes).joinedload(ValidationVote.person),
    )
