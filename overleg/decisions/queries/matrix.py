"""The matrix of outcomes by municipalities, in plain rows, for who may read the outcomes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, select

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome, OutcomeRequest
from overleg.decisions.standing import Cell, Deviation, Line
from overleg.decisions.states import OPEN_FOLLOW_UP, FollowUpState, Organ, OutcomeKind, OutcomeState
from overleg.documents.states import Circle
from overleg.lib.dates import to_utc
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.states import OrganisationKind
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting

DEVIATING = (FollowUpState.APPROVED_AMENDED, FollowUpState.REJECTED)


class Show(StrEnum):
    """Which outcomes of the matrix are shown; the value stands in the address."""

    ALL = "alles"
    OPEN = "open"
    LATE = "laat"


@dataclass(frozen=True)
class Chosen:
    """What the matrix is narrowed to. Days are days in Brussels, both included."""

    body_id: str | None = None
    since: date | None = None
    until: date | None = None
    kind: OutcomeKind | None = None
    organ: Organ | None = None
    nis_code: str = ""
    show: Show = Show.ALL
    circles: frozenset[Circle] | None = None
    """Only these circles, for a paper that others read."""

    def within(self, circles: Collection[Circle]) -> "Chosen":
        """The same, for readers of these circles only."""
        return replace(self, circles=frozenset(circles))


def lines_of_matrix(
    viewer: Viewer, chosen: Chosen, today: date, *, offset: int = 0, limit: int
) -> Sequence[Line]:
    """Released outcomes with follow-up, newest meeting first; one statement."""
    rows = session().execute(
        select(
            Outcome.id,
            Outcome.title,
            Outcome.kind,
            Meeting.starts_at_utc,
            Body.name,
            AgendaItem.circle,
            OutcomeRequest.college_asked,
            OutcomeRequest.council_asked,
        )
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(Meeting.body)
        .outerjoin(Outcome.request)
        .where(
            Outcome.state == OutcomeState.RELEASED,
            viewer.readable(Meeting.body_id, AgendaItem.circle),
            *_narrowed(chosen),
            exists().where(FollowUp.outcome_id == Outcome.id, *_asked(chosen, today)),
        )
        .order_by(Meeting.starts_at_utc.desc(), AgendaItem.position, Outcome.id)
        .offset(offset)
        .limit(limit)
    )
    return [Line(*row) for row in rows]


def cells_of_lines(lines: Sequence[Line], chosen: Chosen) -> list[Cell]:
    """Where the municipalities stand with outcomes that were found; one statement.

    Who reads an outcome's circle reads all its rows, so they are not asked again who may.
    """
    rows = session().execute(
        select(
            FollowUp.outcome_id,
            func.coalesce(Organisation.nis_code, ""),
            Organisation.name,
            Organisation.valid_to,
            FollowUp.organ,
            FollowUp.state,
            FollowUp.due_on,
            FollowUp.decided_on,
            FollowUp.scheduled_on,
            FollowUp.reference_number,
            FollowUp.id,
            FollowUp.waits_for_college,
            FollowUp.organisation_id,
        )
        .join(FollowUp.organisation)
        .where(FollowUp.outcome_id.in_([line.id for line in lines]), *_places(chosen))
        .order_by(FollowUp.organ, FollowUp.id)
    )
    return [
        Cell(outcome_id, nis_code, _named(name, ended), *standing)
        for outcome_id, nis_code, name, ended, *standing in rows
    ]


def deviations_of(lines: Sequence[Line], chosen: Chosen) -> list[Deviation]:
    """Who approved with a change or rejected, with the reason, by outcome and name."""
    places = {line.id: place for place, line in enumerate(lines)}
    rows = session().execute(
        select(
            FollowUp.outcome_id,
            Outcome.title,
            Organisation.name,
            Organisation.valid_to,
            FollowUp.organ,
            FollowUp.state,
            FollowUp.decided_on,
            FollowUp.remark,
        )
        .join(FollowUp.outcome)
        .join(FollowUp.organisation)
        .where(
            FollowUp.outcome_id.in_(list(places)),
            is_one_of(FollowUp.state, DEVIATING),
            *_places(chosen),
        )
        .order_by(Organisation.name, FollowUp.organ, FollowUp.id)
    )
    found = [
        Deviation(outcome_id, title, _named(name, ended), organ, state, decided_on, reason)
        for outcome_id, title, name, ended, organ, state, decided_on, reason in rows
    ]
    return sorted(found, key=lambda deviation: places[deviation.outcome_id])


def municipalities_of(body_ids: Collection[str]) -> Sequence[tuple[str, str]]:
    """The municipalities that have or had a seat in these bodies: NIS code and name, by name."""
    rows = session().execute(
        select(Organisation.nis_code, Organisation.name, Organisation.valid_to)
        .where(
            Organisation.kind == OrganisationKind.MUNICIPALITY,
            Organisation.id.in_(
                select(Seat.organisation_id).where(Seat.body_id.in_(sorted(body_ids)))
            ),
        )
        .order_by(Organisation.name, Organisation.valid_from)
    )
    return [(nis or "", _named(name, ended)) for nis, name, ended in rows]


def _named(name: str, ended: date | None) -> str:
    """``Tielt``, and ``Tielt (tot 2024)`` for the one that merged into it."""
    return f"{name} (tot {ended.year})" if ended else name


def _narrowed(chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.body_id is not None:
        found.append(Meeting.body_id == chosen.body_id)
    if chosen.since is not None:
        found.append(Meeting.starts_at_utc >= _midnight(chosen.since))
    if chosen.until is not None:
        found.append(Meeting.starts_at_utc < _midnight(chosen.until + timedelta(days=1)))
    if chosen.kind is not None:
        found.append(Outcome.kind == chosen.kind)
    if chosen.circles is not None:
        found.append(AgendaItem.circle.in_(sorted(chosen.circles)))
    return found


def _asked(chosen: Chosen, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.show is not Show.ALL:
        found.append(is_one_of(FollowUp.state, OPEN_FOLLOW_UP))
    if chosen.show is Show.LATE:
        found.append(FollowUp.due_on < today)
    if chosen.organ is not None:
        found.append(FollowUp.organ == chosen.organ)
    if chosen.nis_code:
        found.append(
            FollowUp.organisation_id.in_(
                select(Organisation.id).where(Organisation.nis_code == chosen.nis_code)
            )
        )
    return found


def _places(chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.organ is not None:
        found.append(FollowUp.organ == chosen.organ)
    if chosen.nis_code:
        found.append(Organisation.nis_code == chosen.nis_code)
    return found


def _midnight(day: date) -> datetime:
    return to_utc(day, time())
