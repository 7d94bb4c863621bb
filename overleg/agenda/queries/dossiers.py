"""Dossiers, as who looks may see them.

A dossier exists for who sees a proposal in it. Its title, summary, themes and owner are told to who
wrote or submitted such a proposal, or reads the dossier's circle in that proposal's body; others
see only the parts that are for them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.accounts.models import Person
from overleg.agenda.models import (
    AgendaItem,
    AgendaVersion,
    Dossier,
    DossierLink,
    DossierTheme,
    Proposal,
    SentItem,
    Theme,
)
from overleg.agenda.permissions import is_owner, is_submitter_side
from overleg.agenda.queries.proposals import visible_proposals
from overleg.db import rows_of, session
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import BodySupporter, Organisation, RoleAssignment, Seat
from overleg.organisations.states import BODY_ROLES, Role
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer
from overleg.scheduling.models import Meeting

MOST_CHOICES = 500


@dataclass(frozen=True)
class Treatment:
    """A proposal of a dossier and, where it stands on a sent agenda, that point and its meeting."""

    proposal: Proposal
    item: AgendaItem | None
    meeting: Meeting | None


def dossier_treatments(viewer: Viewer, proposal: Proposal) -> Sequence[Treatment]:
    """The other proposals of the dossier, and the meetings where any of them came, oldest first."""
    return [
        each
        for each in treatments_of(viewer, proposal.dossier_id)
        if each.proposal.id != proposal.id or each.meeting is not None
    ]


_DOSSIERS = (
    select(AgendaItem.id, Proposal.dossier_id, Proposal.body_id, Proposal.circle)
    .join(Proposal, Proposal.id == AgendaItem.proposal_id)
    .where(Proposal.submitted_at_utc.is_not(None))
)
_DOSSIERS_SENT = _DOSSIERS.join(SentItem, SentItem.item_id == AgendaItem.id).where(
    SentItem.version_id == bindparam("agenda_id")
)
_DOSSIERS_IN_PREPARATION = _DOSSIERS.where(AgendaItem.meeting_id == bindparam("agenda_id"))


def dossiers_on_agenda(
    viewer: Viewer, meeting_id: str, version: AgendaVersion | None
) -> dict[str, str]:
    """The dossiers of the points on an agenda, by point; one statement.

    Those of the version that was sent, or of what is being prepared for the meeting. Only dossiers
    the viewer may open: a point may be read by more people than its proposal.
    """
    if version is None:
        rows = rows_of(_DOSSIERS_IN_PREPARATION, {"agenda_id": meeting_id})
    else:
        rows = rows_of(_DOSSIERS_SENT, {"agenda_id": version.id})
    return {
        item_id: dossier_id
        for item_id, dossier_id, body_id, circle in rows
        if viewer.may_read(body_id, circle)
    }


def treatments_of(
    viewer: Viewer, dossier_id: str, *, in_preparation: bool = False
) -> Sequence[Treatment]:
    """The proposals of a dossier that the viewer sees, each with the meetings where it came.

    Oldest first. With ``in_preparation`` who prepares an agenda sees it there before it was sent.
    """
    prepared = viewer.bodies_as(*BODY_ROLES) if in_preparation else frozenset()
    steered = Proposal.body_id.in_(sorted(prepared))
    rows = session().execute(
        select(Proposal, AgendaItem, Meeting)
        .select_from(Proposal)
        .outerjoin(
            AgendaItem,
            and_(
                AgendaItem.proposal_id == Proposal.id,
                viewer.readable(Proposal.body_id, AgendaItem.circle),
                or_(
                    and_(steered, AgendaItem.position > 0),
                    exists(
                        select(SentItem.id).where(
                            SentItem.item_id == AgendaItem.id,
                            viewer.readable(Proposal.body_id, SentItem.circle),
                        )
                    ),
                ),
            ),
        )
        .outerjoin(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(Proposal.dossier_id == dossier_id, visible_proposals(viewer))
        .options(joinedload(Proposal.body), joinedload(Proposal.organisation))
        .order_by(Meeting.starts_at_utc, Proposal.created_at_utc, Proposal.id)
    )
    return [Treatment(*row) for row in rows]


def told_dossiers(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which the viewer is told title, summary, themes and owner."""
    return exists(
        select(Proposal.id).where(
            Proposal.dossier_id == Dossier.id,
            visible_proposals(viewer),
            or_(
                Proposal.submitter_id == viewer.person_id,
                Proposal.created_by_id == viewer.person_id,
                viewer.readable(Proposal.body_id, Dossier.circle),
            ),
        )
    )


def is_told(viewer: Viewer, dossier: Dossier, proposals: Collection[Proposal]) -> bool:
    """The same for a loaded dossier and the proposals of it that the viewer sees."""
    return any(
        is_owner(viewer, each) or viewer.may_read(each.body_id, dossier.circle)
        for each in proposals
    )


def can_edit_dossier(viewer: Viewer, dossier: Dossier, proposals: Collection[Proposal]) -> bool:
    """Support staff of a body where it came, and the submitter's side of a proposal in it."""
    return is_told(viewer, dossier, proposals) and any(
        viewer.supports(each.body_id) or is_submitter_side(viewer, each) for each in proposals
    )


def dossier_to_edit(viewer: Viewer, dossier_id: str) -> tuple[Dossier, bool]:
    """A dossier whose title the viewer is told, and whether the viewer may change it.

    Raises ``NotFound`` for everybody else.
    """
    dossier = session().scalar(
        select(Dossier)
        .where(Dossier.id == dossier_id, told_dossiers(viewer))
        .options(selectinload(Dossier.themes))
    )
    if dossier is None:
        raise NotFound
    return dossier, can_edit_dossier(viewer, dossier, proposals_of(viewer, dossier.id))


def proposals_of(viewer: Viewer, dossier_id: str) -> Sequence[Proposal]:
    """The proposals of a dossier that the viewer sees, oldest first."""
    return (
        session()
        .scalars(
            select(Proposal)
            .where(Proposal.dossier_id == dossier_id, visible_proposals(viewer))
            .options(joinedload(Proposal.body))
            .order_by(Proposal.created_at_utc, Proposal.id)
        )
        .all()
    )


def related_dossiers(viewer: Viewer, dossier_id: str) -> Sequence[Dossier]:
    """The dossiers that belong with this one and whose title the viewer is told, by title."""
    first = select(DossierLink.second_id).where(DossierLink.first_id == dossier_id)
    second = select(DossierLink.first_id).where(DossierLink.second_id == dossier_id)
    return (
        session()
        .scalars(
            select(Dossier)
            .where(or_(Dossier.id.in_(first), Dossier.id.in_(second)), told_dossiers(viewer))
            .order_by(Dossier.title, Dossier.id)
        )
        .all()
    )


def dossiers_to_choose(viewer: Viewer, *, but: str) -> Sequence[Dossier]:
    """The dossiers whose title the viewer is told, by title, one left out; the newest of many."""
    newest = (
        select(Dossier.id)
        .where(told_dossiers(viewer), Dossier.id != but)
        .order_by(Dossier.created_at_utc.desc())
        .limit(MOST_CHOICES)
    )
    return (
        session()
        .scalars(select(Dossier).where(Dossier.id.in_(newest)).order_by(Dossier.title, Dossier.id))
        .all()
    )


def all_themes() -> Sequence[Theme]:
    """Every theme, by name."""
    return session().scalars(select(Theme).order_by(Theme.name)).all()


def theme_by_id(theme_id: str) -> Theme:
    """One theme. Raises ``NotFound``."""
    found = session().get(Theme, theme_id)
    if found is None:
        raise NotFound
    return found


def themes_in_use() -> set[str]:
    """The ids of the themes that any dossier has."""
    return set(session().scalars(select(DossierTheme.theme_id).distinct()))


@dataclass(frozen=True)
class Owners:
    """Who can be the trekker: organisations at or behind the tables, and people there."""

    organisations: Sequence[Organisation]
    people: Sequence[Person]


def possible_owners(viewer: Viewer, body_ids: Collection[str]) -> Owners:
    """Organisations and people of these bodies on the viewer's day, by name; two statements."""
    seated = select(Seat.organisation_id).where(
        Seat.body_id.in_(body_ids), Seat.valid_on(viewer.on)
    )
    supporting = select(BodySupporter.organisation_id).where(BodySupporter.body_id.in_(body_ids))
    organisations = (
        session()
        .scalars(
            select(Organisation)
            .where(or_(Organisation.id.in_(seated), Organisation.id.in_(supporting)))
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )
    sitting = select(Seat.person_id).where(Seat.body_id.in_(body_ids), Seat.valid_on(viewer.on))
    with_role = select(RoleAssignment.person_id).where(
        RoleAssignment.valid_on(viewer.on),
        or_(
            and_(RoleAssignment.body_id.in_(body_ids), RoleAssignment.role == Role.SUPPORT),
            and_(
                RoleAssignment.organisation_id.in_([each.id for each in organisations]),
                is_one_of(RoleAssignment.role, PROPOSING_ROLES),
            ),
        ),
    )
    people = (
        session()
        .scalars(
            select(Person)
            .where(
                or_(Person.id.in_(sitting), Person.id.in_(with_role)),
                Person.disabled_at_utc.is_(None),
            )
            .order_by(Person.name, Person.id)
        )
        .all()
    )
    return Owners(organisations, people)
