"""Outcomes, for who may read them.

Those who prepare the body's agenda read every outcome. Who reads its item's circle reads it once it
was released or, where its kind asks nothing of municipalities, once the meeting was closed; the
trekker among them once it is ready, to write the text. The municipalities it concerns read it once
it was released.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from overleg.agenda.models import AgendaItem, Dossier, Proposal
from overleg.db import session
from overleg.decisions.models import DroppedOutcome, FollowUp, Outcome
from overleg.decisions.permissions import TREKKER_ROLES
from overleg.decisions.states import OutcomeKind, OutcomeState
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import BODY_ROLES, Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

ASKING = [kind for kind in OutcomeKind if kind.asks_follow_up]
UNRELEASED = [state for state in OutcomeState if state is not OutcomeState.RELEASED]
CLOSED = [MeetingState.MINUTES, MeetingState.APPROVED]
MUNICIPAL_ROLES = (Role.SECRETARIAT, Role.DIRECTOR, Role.MAYOR)


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on outcomes joined with their item and meeting."""
    steered = is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES))
    concerned = exists().where(
        FollowUp.outcome_id == Outcome.id,
        is_one_of(FollowUp.organisation_id, viewer.organisations_as(*MUNICIPAL_ROLES)),
    )
    in_circle = viewer.readable(Meeting.body_id, AgendaItem.circle)
    told = or_(
        Outcome.state == OutcomeState.RELEASED,
        and_(Outcome.kind.not_in(ASKING), is_one_of(Meeting.state, CLOSED)),
        and_(Outcome.state == OutcomeState.READY, _pulled(viewer)),
    )
    released_to = and_(Outcome.state == OutcomeState.RELEASED, concerned)
    return or_(steered, and_(told, in_circle), released_to)


def _pulled(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the viewer works for the trekker of the item's dossier, or is its contact."""
    own = sorted(viewer.organisations_as(*TREKKER_ROLES))
    return AgendaItem.proposal_id.in_(
        select(Proposal.id)
        .join(Proposal.dossier)
        .where(or_(Dossier.owner_id.in_(own), Dossier.contact_id == viewer.person_id))
    )


def outcome_by_id(viewer: Viewer, outcome_id: str) -> Outcome:
    """One outcome with its item, meeting and text. Raises ``NotFound``."""
    outcome = session().scalar(
        select(Outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(Outcome.id == outcome_id, readable(viewer))
        .options(
            contains_eager(Outcome.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body),
            contains_eager(Outcome.item)
            .joinedload(AgendaItem.proposal)
            .joinedload(Proposal.dossier),
            joinedload(Outcome.text),
        )
    )
    if outcome is None:
        raise NotFound
    return outcome


def outcomes_of_meeting(viewer: Viewer, meeting: Meeting) -> Sequence[Outcome]:
    """What came out of a meeting, in the order of its agenda, with the follow-up."""
    return (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .where(AgendaItem.meeting_id == meeting.id, readable(viewer))
            .options(
                contains_eager(Outcome.item).contains_eager(AgendaItem.meeting),
                selectinload(Outcome.follow_ups),
            )
            .order_by(AgendaItem.position, Outcome.noted_at_utc, Outcome.id)
        )
        .all()
    )


def unreleased_in_verslag(viewer: Viewer, meeting: Meeting, shown: Sequence[Outcome]) -> int:
    """How many outcomes a member reads in the draft of the verslag, and not among those ``shown``.

    Who reads no draft knows nothing of them. One statement at most.
    """
    reads_draft = viewer.reach.get(meeting.body_id) is Circle.MAYORS
    if meeting.state is not MeetingState.MINUTES or not reads_draft:
        return 0
    query = (
        select(func.count())
        .select_from(Outcome)
        .join(Outcome.item)
        .where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.position > 0,
            Outcome.id.not_in([outcome.id for outcome in shown]),
        )
    )
    return session().scalar(query) or 0


def outcomes_of_proposal(viewer: Viewer, proposal_id: str) -> Sequence[Outcome]:
    """What came of a proposal, wherever it was treated, oldest first; one statement."""
    return (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .where(AgendaItem.proposal_id == proposal_id, readable(viewer))
            .options(contains_eager(Outcome.item).contains_eager(AgendaItem.meeting))
            .order_by(Outcome.noted_at_utc, Outcome.id)
        )
        .all()
    )


def outcomes_to_release(viewer: Viewer, *, limit: int) -> Sequence[Outcome]:
    """What still has to go to the municipalities, the oldest meeting first; one statement.

    For support staff from the moment it was noted, for the trekker while it is ready. Only what a
    list shows is loaded, no texts.
    """
    return session().scalars(_to_release(viewer).limit(limit)).all()


@once_per_access
def _to_release(viewer: Viewer) -> Select[Outcome]:
    supported = is_one_of(Meeting.body_id, viewer.bodies_as(Role.SUPPORT))
    in_circle = viewer.readable(Meeting.body_id, AgendaItem.circle)
    text_to_write = and_(Outcome.state == OutcomeState.READY, _pulled(viewer), in_circle)
    return (
        select(Outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(
            is_one_of(Outcome.kind, ASKING),
            is_one_of(Outcome.state, UNRELEASED),
            or_(supported, text_to_write),
        )
        .options(
            defer(Outcome.text_html),
            contains_eager(Outcome.item)
            .load_only(AgendaItem.meeting_id)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body)
            .load_only(Body.name, Body.short_name, Body.outcomes_deadline_days),
        )
        .order_by(Meeting.starts_at_utc, AgendaItem.position, Outcome.id)
    )


def latest_outcomes(viewer: Viewer, body_id: str, *, limit: int) -> Sequence[Outcome]:
    """What a body agreed that asks something of municipalities, the newest meeting first.

    They are listed though the verslag is not approved yet; one statement.
    """
    return (
        session()
        .scalars(
            select(Outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .where(Meeting.body_id == body_id, is_one_of(Outcome.kind, ASKING), readable(viewer))
            .options(contains_eager(Outcome.item).contains_eager(AgendaItem.meeting))
            .order_by(
                Meeting.starts_at_utc.desc(), AgendaItem.position, Outcome.noted_at_utc, Outcome.id
            )
            .limit(limit)
        )
        .all()
    )


def dropped_of_items(viewer: Viewer, item_ids: Collection[str]) -> Sequence[DroppedOutcome]:
    """Outcomes that were taken away, the last one first, for who steers the body."""
    return (
        session()
        .scalars(
            select(DroppedOutcome)
            .join(DroppedOutcome.item)
            .join(AgendaItem.meeting)
            .where(
                DroppedOutcome.item_id.in_(sorted(item_ids)),
                is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES)),
            )
            .options(contains_eager(DroppedOutcome.item).contains_eager(AgendaItem.meeting))
            .order_by(DroppedOutcome.dropped_at_utc.desc(), DroppedOutcome.id)
        )
        .all()
    )


def dropped_by_id(viewer: Viewer, outcome_id: str) -> DroppedOutcome:
    """One outcome that was taken away, for support staff of the body. Raises ``NotFound``."""
    found = session().scalar(
        select(DroppedOutcome)
        .join(DroppedOutcome.item)
        .join(AgendaItem.meeting)
        .where(
            DroppedOutcome.id == outcome_id,
            is_one_of(Meeting.body_id, viewer.bodies_as(Role.SUPPORT)),
        )
        .options(contains_eager(DroppedOutcome.item).contains_eager(AgendaItem.meeting))
    )
    if found is None:
        raise NotFound
    return found


def outcomes_of_items(viewer: Viewer, item_ids: Sequence[str]) -> dict[str, list[Outcome]]:
    """Outcomes per agenda item, for the verslag; one statement."""
    found: dict[str, list[Outcome]] = {}
    for outcome in session().scalars(
        select(Outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(Outcome.item_id.in_(item_ids), readable(viewer))
        .options(contains_eager(Outcome.item).contains_eager(AgendaItem.meeting))
        .order_by(Outcome.noted_at_utc, Outcome.id)
    ):
        found.setdefault(outcome.item_id, []).append(outcome)
    return found


def last_noted(item: AgendaItem) -> Outcome | None:
    """The outcome that says what came of a point, if any: the last one."""
    return session().scalar(
        select(Outcome)
        .where(Outcome.item_id == item.id)
        .order_by(Outcome.noted_at_utc.desc(), Outcome.id.desc())
        .limit(1)
    )
