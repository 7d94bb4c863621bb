"""Where the municipalities stand, for who may see it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.decisions.states import OPEN_FOLLOW_UP, Organ
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Organisation, Seat
from overleg.organisations.states import BODY_ROLES, OrganisationKind, Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on follow-ups joined with outcome, item and meeting."""
    own = is_one_of(FollowUp.organisation_id, viewer.organisations_as(*MUNICIPAL_ROLES))
    steered = is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES))
    in_circle = viewer.readable(Meeting.body_id, AgendaItem.circle)
    return or_(own, steered, in_circle)


def follow_up_by_id(viewer: Viewer, follow_up_id: str) -> FollowUp:
    """One row with its outcome, meeting and municipality. Raises ``NotFound``."""
    found = session().scalar(_rows().where(FollowUp.id == follow_up_id, readable(viewer)))
    if found is None:
        raise NotFound
    return found


def follow_up_for(viewer: Viewer, outcome: Outcome, nis_code: str, organ: Organ) -> FollowUp:
    """The row of one municipality and organ for an outcome. Raises ``NotFound``."""
    found = session().scalar(
        _rows().where(
            FollowUp.outcome_id == outcome.id,
            Organisation.nis_code == nis_code,
            FollowUp.organ == organ,
            readable(viewer),
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
            .where(FollowUp.organisation_id == organisation.id, readable(viewer))
            .order_by(
                is_one_of(FollowUp.state, OPEN_FOLLOW_UP).desc(),
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
    """What the viewer's own municipalities still have to answer, first due first.

    A council that waits for its college comes after it.
    """
    own = sorted(viewer.organisations_as(Role.SECRETARIAT, Role.DIRECTOR))
    if not own:
        return []
    return (
        session()
        .scalars(
            _rows()
            .where(
                FollowUp.organisation_id.in_(own),
                is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
            )
            .order_by(
                FollowUp.due_on.is_(None),
                FollowUp.due_on,
                FollowUp.waits_for_college,
                FollowUp.id,
            )
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
            .where(FollowUp.outcome_id.in_(outcome_ids), readable(viewer))
            .order_by(Organisation.name, FollowUp.organ, FollowUp.id)
        )
        .all()
    )


def municipality_for(viewer: Viewer, nis_code: str) -> Organisation:
    """A municipality whose follow-up this viewer may open. Raises ``NotFound``.

    That is one's own municipality, or one at the table of a body the viewer may see. A
    municipality that merged away stays readable to who sees its successor.
    """
    at_a_table = select(Seat.organisation_id).where(is_one_of(Seat.body_id, viewer.body_ids))
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


def own_municipalities(viewer: Viewer) -> Sequence[Organisation]:
    """The municipalities for which this person has a role, by name; at most one statement."""
    own = sorted(viewer.organisations_as(*MUNICIPAL_ROLES, Role.COUNCILLOR))
    if not own:
        return []
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                Organisation.id.in_(own),
                Organisation.kind == OrganisationKind.MUNICIPALITY,
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def open_counts(
    viewer: Viewer, organisations: Sequence[Organisation], today: date
) -> dict[str, tuple[int, int]]:
    """What each of these still has to answer as far as one may see it, and how much of it is late.

    By organisation; who has nothing open is left out. One statement at most.
    """
    if not organisations:
        return {}
    late = case((FollowUp.due_on < today, 1), else_=0)
    rows = session().execute(
        select(FollowUp.organisation_id, func.count(), func.sum(late))
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(
            FollowUp.organisation_id.in_([each.id for each in organisations]),
            is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
            readable(viewer),
        )
        .group_by(FollowUp.organisation_id)
    )
    return {organisation_id: (number, late) for organisation_id, number, late in rows}


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
