"""A dossier through time and across bodies, out of the parts that who looks may see.

A dossier exists for who sees a proposal in it, or an outcome of one. Who is not told its title sees
it under that of the first part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from sqlalchemy import func, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from overleg.agenda.models import AgendaItem, Dossier, DossierTheme, Proposal
from overleg.agenda.permissions import reads_along
from overleg.agenda.queries.dossiers import (
    can_edit_dossier,
    is_told,
    related_dossiers,
    told_dossiers,
    treatments_of,
)
from overleg.agenda.queries.proposals import visible_proposals
from overleg.agenda.states import ProposalState
from overleg.db import session
from overleg.decisions.models import Outcome
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import readable
from overleg.decisions.standing import in_a_sentence
from overleg.lib.errors import NotFound
from overleg.lib.text import upper_first
from overleg.organisations.models import Body
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.start.timeline import Event, EventKind

PAGE_LENGTH = 25


@dataclass(frozen=True)
class ReadDossier:
    """A dossier as one reader sees it; without ``dossier`` only the parts are told."""

    id: str
    title: str
    dossier: Dossier | None
    events: Sequence[Event]
    related: Sequence[Dossier]
    bodies: Sequence[str]
    can_edit: bool
    steers: bool
    """Whether the viewer prepares the agenda of a body where it came."""
    mailed_about: Sequence[str]
    """The ids of its proposals and outcomes."""


def read_dossier(viewer: Viewer, dossier_id: str, today: date) -> ReadDossier:
    """The dossier with its timeline, oldest first; ``today`` in Brussels.

    Raises ``NotFound`` when the viewer sees no part of it. A fixed number of statements.
    """
    treatments = treatments_of(viewer, dossier_id, in_preparation=True)
    outcomes = _outcomes(viewer, dossier_id)
    if not treatments and not outcomes:
        raise NotFound
    dossier = (
        session()
        .scalars(
            select(Dossier)
            .where(Dossier.id == dossier_id)
            .options(
                joinedload(Dossier.owner), joinedload(Dossier.contact), selectinload(Dossier.themes)
            )
        )
        .one()
    )
    proposals = list({each.proposal.id: each.proposal for each in treatments}.values())
    told = is_told(viewer, dossier, proposals)
    events = [
        *_of_proposals(viewer, proposals),
        *(
            _of_treatment(each.item, each.meeting, each.proposal.body)
            for each in treatments
            if each.item is not None and each.meeting is not None
        ),
        *_of_outcomes(viewer, outcomes, today),
    ]
    events.sort(key=lambda event: (event.at, list(EventKind).index(event.kind)))
    return ReadDossier(
        id=dossier_id,
        title=dossier.title if told else events[0].title,
        dossier=dossier if told else None,
        events=events,
        related=related_dossiers(viewer, dossier_id) if told else [],
        bodies=list(dict.fromkeys(event.body_name for event in events)),
        can_edit=told and can_edit_dossier(viewer, dossier, proposals),
        steers=any(viewer.steers(proposal.body_id) for proposal in proposals),
        mailed_about=[thing.id for thing in (*proposals, *outcomes)],
    )


def _outcomes(viewer: Viewer, dossier_id: str) -> Sequence[Outcome]:
    return (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .join(AgendaItem.proposal)
            .where(Proposal.dossier_id == dossier_id, readable(viewer))
            .options(
                contains_eager(Outcome.item)
                .contains_eager(AgendaItem.meeting)
                .joinedload(Meeting.body)
            )
            .order_by(Outcome.noted_at_utc, Outcome.id)
        )
        .all()
    )


def _of_proposals(viewer: Viewer, proposals: Sequence[Proposal]) -> list[Event]:
    seen = {proposal.id: proposal for proposal in proposals}
    events = []
    for proposal in proposals:
        origin = seen.get(proposal.referred_from_id or "")
        detail = f"Ingediend door {proposal.organisation.name}."
        if origin is not None:
            detail = f"Verwezen door {origin.body.the_name}."
        elif proposal.state is ProposalState.REFERRED and reads_along(viewer, proposal):
            detail = f"{detail} {proposal.state_reason}"
        events.append(
            Event(
                at=proposal.created_at_utc
                if proposal.referred_from_id
                else proposal.submitted_at_utc or proposal.created_at_utc,
                kind=EventKind.REFERRAL if proposal.referred_from_id else EventKind.PROPOSAL,
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                body_name=proposal.body.name,
                state=proposal.state,
                circle=proposal.circle,
                detail=detail,
            )
        )
    return events


def _of_treatment(item: AgendaItem, meeting: Meeting, body: Body) -> Event:
    return Event(
        at=meeting.starts_at_utc,
        kind=EventKind.TREATMENT,
        title=item.title,
        url=url_for("agenda.show_meeting", meeting_id=meeting.id),
        body_name=body.name,
        state=item.standing,
        circle=item.circle,
    )


def _of_outcomes(viewer: Viewer, outcomes: Sequence[Outcome], today: date) -> list[Event]:
    rows = rows_of_outcomes(viewer, [outcome.id for outcome in outcomes]) if outcomes else []
    return [
        Event(
            at=outcome.noted_at_utc,
            kind=EventKind.OUTCOME,
            title=outcome.title,
            url=url_for("decisions.show_outcome", outcome_id=outcome.id),
            body_name=outcome.item.meeting.body.name,
            state=outcome.kind,
            circle=outcome.item.circle,
            detail=upper_first(
                in_a_sentence([row for row in rows if row.outcome_id == outcome.id], today)
            ),
        )
        for outcome in outcomes
    ]


@dataclass(frozen=True)
class DossierLine:
    """A dossier in the list; without ``dossier`` the viewer is told only a part of it."""

    id: str
    title: str
    dossier: Dossier | None
    last_at: datetime
    parts: int


@dataclass(frozen=True)
class DossierPage:
    """One page of the list."""

    lines: Sequence[DossierLine]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE_LENGTH))


def list_dossiers(
    viewer: Viewer, *, theme_id: str = "", body_slug: str = "", page: int = 1
) -> DossierPage:
    """The dossiers of which the viewer sees a part, the latest change first; six statements.

    A theme is told with the title only, so a theme finds only dossiers whose title is told.
    """
    of_body = select(Body.id).where(Body.slug == body_slug)
    seen = select(
        Proposal.dossier_id.label("id"), Proposal.changed_at_utc.label("at"), Proposal.title
    ).where(visible_proposals(viewer))
    came_out = (
        select(Proposal.dossier_id.label("id"), Outcome.noted_at_utc.label("at"), Outcome.title)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(AgendaItem.proposal)
        .where(readable(viewer))
    )
    if body_slug:
        seen = seen.where(Proposal.body_id.in_(of_body))
        came_out = came_out.where(Meeting.body_id.in_(of_body))
    parts = union_all(seen, came_out).subquery()
    grouped = select(
        parts.c.id, func.max(parts.c.at).label("last_at"), func.count().label("parts")
    ).group_by(parts.c.id)
    if theme_id:
        told = select(Dossier.id).where(told_dossiers(viewer))
        with_theme = select(DossierTheme.dossier_id).where(DossierTheme.theme_id == theme_id)
        grouped = grouped.where(parts.c.id.in_(told), parts.c.id.in_(with_theme))
    total = session().scalar(select(func.count()).select_from(grouped.subquery())) or 0
    rows = session().execute(
        grouped.order_by(func.max(parts.c.at).desc(), parts.c.id)
        .limit(PAGE_LENGTH)
        .offset((page - 1) * PAGE_LENGTH)
    )
    found = [(row.id, row.last_at, row.parts) for row in rows]
    ids = [each[0] for each in found]
    told_ones = {
        dossier.id: dossier
        for dossier in session().scalars(
            select(Dossier)
            .where(Dossier.id.in_(ids), told_dossiers(viewer))
            .options(selectinload(Dossier.themes), joinedload(Dossier.owner))
        )
    }
    first: dict[str, str] = {}
    for key, title in session().execute(
        select(parts.c.id, parts.c.title).where(parts.c.id.in_(ids)).order_by(parts.c.at)
    ):
        first.setdefault(key, title)
    return DossierPage(
        [
            DossierLine(
                key,
                told_ones[key].title if key in told_ones else first[key],
                told_ones.get(key),
                last_at,
                number,
            )
            for key, last_at, number in found
        ],
        total,
        page,
    )
