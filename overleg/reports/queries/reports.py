"""Reports and settings, for who may see them.

A municipality's mayor, general director and secretariat see its reports; its councillors those for
the council once they were written; support staff those of every municipality at their tables. What
is in a report they see as far as their own bodies go.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, func, or_, select, union_all
from sqlalchemy.orm import defer, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.states import ProposalState
from overleg.db import session
from overleg.decisions.queries.follow_up import municipality_for
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.states import OrganisationKind, Role
from overleg.organisations.viewer import Viewer
from overleg.reports.contents import Contents, from_json
from overleg.reports.models import RaisedPoint, RegionReport, ReportSettings
from overleg.reports.periods import FIRST_WORKING_DAY, Period
from overleg.reports.permissions import keeps_reports, kinds_seen
from overleg.reports.states import ReportForm, ReportKind, ReportState


@dataclass(frozen=True)
class Wishes:
    """How a municipality wants its reports; the defaults where it never said."""

    ready_day: int = FIRST_WORKING_DAY
    council_month: int = 5
    form: ReportForm = ReportForm.FULL
    introduction_html: str = ""
    revision: int = 0


def report_by_id(viewer: Viewer, report_id: str) -> RegionReport:
    """A report with its municipality and the points raised with it. Raises ``NotFound``."""
    found = session().scalar(
        select(RegionReport)
        .where(RegionReport.id == report_id)
        .options(
            joinedload(RegionReport.organisation),
            selectinload(RegionReport.points)
            .joinedload(RaisedPoint.proposal)
            .joinedload(Proposal.body),
        )
    )
    if found is None or found.kind not in kinds_seen(viewer, found.organisation):
        raise NotFound
    municipality_for(viewer, found.organisation.nis_code or "")
    if found.state is ReportState.OPEN and not keeps_reports(viewer, found.organisation):
        raise NotFound("Dit rapport is nog niet geschreven.")
    return found


def reports_of(
    organisation: Organisation, kinds: Collection[ReportKind], year: int
) -> Sequence[RegionReport]:
    """The reports of these kinds of a municipality in a year, by kind and period."""
    return (
        session()
        .scalars(
            select(RegionReport)
            .where(
                RegionReport.organisation_id == organisation.id,
                RegionReport.kind.in_(kinds),
                RegionReport.first_day.between(date(year, 1, 1), date(year, 12, 31)),
            )
            .options(joinedload(RegionReport.organisation))
            .order_by(RegionReport.kind, RegionReport.first_day)
        )
        .all()
    )


def unplaced_reports_of(
    organisation: Organisation, kinds: Collection[ReportKind]
) -> Sequence[RegionReport]:
    """All reports of these kinds of a municipality still to place, by their last day."""
    found = session().scalars(
        select(RegionReport)
        .where(
            RegionReport.organisation_id == organisation.id,
            RegionReport.kind.in_(kinds),
            RegionReport.state != ReportState.PLACED,
        )
        .options(joinedload(RegionReport.organisation))
    )
    return sorted(found, key=lambda report: (report.last_day, report.kind, report.id))


def to_place(viewer: Viewer, limit: int = 60) -> Sequence[RegionReport]:
    """The written reports that this viewer's own municipalities must still place, oldest first."""
    own = sorted(viewer.organisations_as(Role.SECRETARIAT, Role.DIRECTOR))
    if not own:
        return []
    return (
        session()
        .scalars(
            select(RegionReport)
            .where(
                RegionReport.organisation_id.in_(own),
                RegionReport.state == ReportState.WRITTEN,
            )
            .options(joinedload(RegionReport.organisation))
            .order_by(RegionReport.first_day, RegionReport.kind, RegionReport.id)
            .limit(limit)
        )
        .all()
    )


def cells_of_region(
    organisation_ids: Collection[str], year: int
) -> dict[tuple[str, Period], RegionReport]:
    """The reports of these municipalities in a year, by municipality and period.

    Their contents are not read. Who may look at the region's picture is the caller's care.
    """
    rows = session().scalars(
        select(RegionReport)
        .where(
            RegionReport.organisation_id.in_(sorted(organisation_ids)),
            RegionReport.first_day.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .options(_without_contents())
    )
    return {(row.organisation_id, row.period): row for row in rows}


def contents_for(viewer: Viewer, report: RegionReport) -> Contents:
    """What this viewer reads of a written report; two statements at most.

    What was closed to the report's circle since is left out. Who does not belong to the
    municipality reads only what is about the bodies they see themselves.
    """
    told = from_json(report.contents)
    own_rows_stay = report.kind is ReportKind.COLLEGE
    kept = told.without(_closed_since(told, report.kind), own_rows_stay=own_rows_stay)
    return kept if _is_of(viewer, report) else kept.of_bodies(viewer.reach)


def leaves_out(viewer: Viewer, report: RegionReport) -> bool:
    """Whether a written report tells of bodies that this viewer may know nothing of."""
    return not _is_of(viewer, report) and not (
        from_json(report.contents).body_ids <= viewer.body_ids
    )


def _is_of(viewer: Viewer, report: RegionReport) -> bool:
    """Whether the viewer belongs to the municipality of a report."""
    return report.organisation_id in viewer.organisations_as(*MUNICIPAL_ROLES, Role.COUNCILLOR)


def _closed_since(told: Contents, kind: ReportKind) -> set[str]:
    """The agenda items and proposals that the report's circle may not read any more."""
    circles = sorted(kind.circle.readable)
    items = select(AgendaItem.id).where(
        AgendaItem.id.in_(sorted(told.item_ids)), AgendaItem.circle.not_in(circles)
    )
    proposals = select(Proposal.id).where(
        Proposal.id.in_(sorted(told.proposal_ids)), Proposal.circle.not_in(circles)
    )
    return {row[0] for row in session().execute(union_all(items, proposals))}


def points_for(viewer: Viewer, report: RegionReport) -> list[RaisedPoint]:
    """The points raised with a report that its circle may read; drafts only for its own people."""
    own = report.organisation_id in viewer.organisations_as(*MUNICIPAL_ROLES)
    return [
        point
        for point in report.points
        if point.proposal.circle in report.kind.circle.readable
        and point.proposal.state is not ProposalState.WITHDRAWN
        and (own or point.proposal.state is not ProposalState.DRAFT)
    ]


def settings_row(organisation: Organisation) -> ReportSettings | None:
    """The settings of a municipality; None when it never changed any."""
    return session().get(ReportSettings, organisation.id)


def wishes_of(organisation_ids: Collection[str]) -> dict[str, Wishes]:
    """How these municipalities want their reports; one statement."""
    rows = session().scalars(
        select(ReportSettings).where(ReportSettings.organisation_id.in_(sorted(organisation_ids)))
    )
    known = {
        row.organisation_id: Wishes(
            row.ready_day, row.council_month, row.form, row.introduction_html, row.revision
        )
        for row in rows
    }
    return {key: known.get(key, Wishes()) for key in organisation_ids}


def all_municipalities(on: date) -> Sequence[Organisation]:
    """Every municipality that exists on a day, by name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.kind == OrganisationKind.MUNICIPALITY, Organisation.valid_on(on))
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def reports_of_periods(
    organisation_ids: Collection[str], first_days: Collection[date]
) -> dict[tuple[str, Period], RegionReport]:
    """The reports of these municipalities for periods that begin on these days."""
    rows = session().scalars(
        select(RegionReport)
        .where(
            RegionReport.organisation_id.in_(sorted(organisation_ids)),
            RegionReport.first_day.in_(sorted(first_days)),
        )
        .options(joinedload(RegionReport.organisation), _without_contents())
    )
    return {(row.organisation_id, row.period): row for row in rows}


def covered_until(
    organisation_ids: Collection[str], before: Mapping[ReportKind, date]
) -> dict[tuple[str, ReportKind], datetime]:
    """Up to which moment (UTC) earlier reports told, by municipality and kind.

    Earlier are those for periods that began before the day given for their kind.
    """
    earlier = [
        and_(RegionReport.kind == kind, RegionReport.first_day < day)
        for kind, day in before.items()
    ]
    rows = session().execute(
        select(
            RegionReport.organisation_id,
            RegionReport.kind,
            func.max(RegionReport.covers_until_utc),
        )
        .where(RegionReport.organisation_id.in_(sorted(organisation_ids)), or_(*earlier))
        .group_by(RegionReport.organisation_id, RegionReport.kind)
    )
    return {(row[0], row[1]): row[2] for row in rows if row[2] is not None}


def has_later_report(report: RegionReport) -> bool:
    """Whether a report of the same kind for a later period was written."""
    return (
        session().scalar(
            select(RegionReport.id)
            .where(
                RegionReport.organisation_id == report.organisation_id,
                RegionReport.kind == report.kind,
                RegionReport.first_day > report.first_day,
                RegionReport.state != ReportState.OPEN,
            )
            .limit(1)
        )
        is not None
    )


def tables_of(organisation: Organisation, on: date) -> Sequence[Body]:
    """Our own bodies in which a municipality has a seat on a day, by name."""
    seated = select(Seat.body_id).where(Seat.organisation_id == organisation.id, Seat.valid_on(on))
    return (
        session()
        .scalars(
            select(Body)
            .where(Body.id.in_(seated), Body.is_external.is_(False))
            .order_by(Body.name, Body.id)
        )
        .all()
    )


def years_with_reports(organisation_ids: Collection[str], today: date) -> list[int]:
    """The years to choose from, the newest first: those with a report, and this year."""
    first = session().scalar(
        select(func.min(RegionReport.first_day)).where(
            RegionReport.organisation_id.in_(sorted(organisation_ids))
        )
    )
    return list(range(today.year, (first or today).year - 1, -1))


def _without_contents() -> ORMOption:
    """A list shows where reports stand, not what is in them."""
    return defer(RegionReport.contents)
