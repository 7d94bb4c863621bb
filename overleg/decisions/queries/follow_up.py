"""Where the municipalities stand, for who may see it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.decisions.standing import Cell
from overleg.decisions.states import OPEN_FOLLOW_UP, Organ, OutcomeState
from overleg.lib.errors import NotFound
from overleg.organisations.models import Organisation, Seat
from overleg.organisations.states import BODY_ROLES, OrganisationKind, Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


def _readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on follow-ups joined with outcome, item and meeting."""
    own = FollowUp.organisation_id.in_(sorted(viewer.organisations_as(*MUNICIPAL_ROLES)))
    steered = Meeting.body_id.in_(sorted(viewer.bodies_as(*BODY_ROLES)))
    in_circle = viewer.readable(Meeting.body_id, AgendaItem.circle)
    return or_(own, steered, in_circle)


def follow_up_by_id(viewer: Viewer, follow_up_id: str) -> FollowUp:
    """One row with its outcome, meeting and municipality. Raises ``NotFound``."""
    found = session().scalar(_rows().where(FollowUp.id == follow_up_id, _readable(viewer)))
    if found is None:
        raise NotFound
    return found


def follow_up_for(
    viewer: Viewer, outcome: Outcome, organisation: Organisation, organ: Organ
) -> FollowUp:
    """The row of one municipality and organ for an outcome. Raises ``NotFound``."""
    found = session().scalar(
        _rows().where(
            FollowUp.outcome_id == outcome.id,
            FollowUp.organisation_id == organisation.id,
            FollowUp.organ == organ,
            _readable(viewer),
        )
    )
    if found is None:
        raise NotFound
    return found


def rows_of_municipality(viewer: Viewer, organisation: Organisation) -> Sequence[FollowUp]:
    """All rows of a municipality this viewer may see: open ones by date, then the answered."""
    return (
        session()
        .scalars(
            _rows()
            .where(FollowUp.organisation_id == organisation.id, _readable(viewer))
            .order_by(
                FollowUp.state.in_(sorted(OPEN_FOLLOW_UP)).desc(),
                FollowUp.due_on.is_(None),
                FollowUp.due_on,
                FollowUp.decided_on.desc(),
                FollowUp.id,
            )
            .limit(200)
        )
        .all()
    )


def open_rows(viewer: Viewer, limit: int = 50) -> Sequence[FollowUp]:
    """What the viewer's own municipalities still have to answer, first due first."""
    own = sorted(viewer.organisations_as(Role.SECRETARIAT, Role.DIRECTOR))
    if not own:
        return []
    return (
        session()
        .scalars(
            _rows()
            .where(
                FollowUp.organisation_id.in_(own),
                FollowUp.state.in_(sorted(OPEN_FOLLOW_UP)),
            )
            .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
            .limit(limit)
        )
        .all()
    )


def rows_of_outcomes(viewer: Viewer, outcome_ids: Sequence[str]) -> Sequence[FollowUp]:
    """The rows of these outcomes, by municipality."""
    return (
        session()
        .scalars(
            _rows()
            .where(FollowUp.outcome_id.in_(outcome_ids), _readable(viewer))
            .order_by(Organisation.name, FollowUp.organ, FollowUp.id)
        )
        .all()
    )


def cells_of_outcomes(outcomes: Sequence[Outcome]) -> list[Cell]:
    """Where the municipalities stand with outcomes that were found for a viewer.

    No more than the matrix shows; college before council. Who reads an outcome's circle reads all
    its rows, so they are not asked again who may.
    """
    rows = session().execute(
        select(
            FollowUp.outcome_id,
            Organisation.nis_code,
            Organisation.name,
            FollowUp.organ,
            FollowUp.state,
            FollowUp.due_on,
        )
        .join(FollowUp.organisation)
        .where(FollowUp.outcome_id.in_([outcome.id for outcome in outcomes]))
        .order_by(FollowUp.organ, FollowUp.id)
    )
    return [
        Cell(outcome, nis_code or "", name, organ, state, due_on)
        for outcome, nis_code, name, organ, state, due_on in rows
    ]


def municipality_for(viewer: Viewer, nis_code: str) -> Organisation:
    """A municipality whose follow-up this viewer may open. Raises ``NotFound``.

    That is one's own municipality, or one at the table of a body the viewer may see. A
    municipality that merged away stays readable to who sees its successor.
    """
    at_a_table = select(Seat.organisation_id).where(Seat.body_id.in_(sorted(viewer.body_ids)))
    own = sorted(viewer.organisations_as(*MUNICIPAL_ROLES, Role.COUNCILLOR))
    predecessor = Organisation.successor_id.in_(own) if own else false()
    found = session().scalar(
        select(Organisation)
        .where(
            Organisation.nis_code == nis_code,
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            or_(Organisation.id.in_(own), Organisation.id.in_(at_a_table), predecessor),
        )
        .options(joinedload(Organisation.successor))
    )
    if found is None:
        raise NotFound
    return found


def released_outcomes(
    viewer: Viewer, body_id: str, *, only_open: bool, page: int, page_size: int
) -> tuple[Sequence[Outcome], bool]:
    """A page of a body's released outcomes with follow-up, newest first, and whether more follow.

    They are not counted, which would read all that the body ever agreed on.
    """
    followed = exists().where(FollowUp.outcome_id == Outcome.id)
    if only_open:
        followed = followed.where(FollowUp.state.in_(sorted(OPEN_FOLLOW_UP)))
    found = (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .where(
                Meeting.body_id == body_id,
                Outcome.state == OutcomeState.RELEASED,
                followed,
                viewer.readable(Meeting.body_id, AgendaItem.circle),
            )
            .options(contains_eager(Outcome.item).contains_eager(AgendaItem.meeting))
            .order_by(Meeting.starts_at_utc.desc(), AgendaItem.position, Outcome.id)
            .offset((page - 1) * page_size)
            .limit(page_size + 1)
        )
        .all()
    )
    return found[:page_size], len(found) > page_size


def _rows() -> Select[FollowUp]:
    return (
        select(FollowUp)
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(FollowUp.organisation)
        .options(
            contains_eager(FollowUp.outcome)
            .contains_eager(Outcome.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body),
            contains_eager(FollowUp.organisation),
        )
    )
