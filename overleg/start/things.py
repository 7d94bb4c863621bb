"""The things that have an address and a circle: what they are, and whether somebody sees them.

Whether somebody sees a thing is asked of the queries that its own page asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import (
    AgendaItem,
    Annex,
    CoSubmitter,
    Dossier,
    Proposal,
    SentAnnex,
    SentItem,
    ValidationRound,
)
from overleg.agenda.queries.proposals import get_annex, visible_proposals
from overleg.agenda.queries.versions import sent_annex_by_id
from overleg.agenda.states import CoSubmitterState
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.outcomes import CLOSED, outcome_by_id, readable
from overleg.decisions.states import OutcomeState
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.states import BODY_ROLES
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id


@dataclass(frozen=True)
class Thing:
    """A thing, with who has to do with it; ``circle`` is None where each part has its own."""

    kind: str
    id: str
    title: str
    circle: Circle | None
    body_ids: frozenset[str]
    organisation_ids: frozenset[str] = frozenset()
    people: dict[str, str] = field(default_factory=dict)
    """People who have to do with it themselves, by id, and how, in words."""
    waits_for: str = ""
    """When the rest of its circle sees it, in words; empty when they do."""
    trekker_id: str | None = None
    """The organisation that sees it before the rest, as it pulls its dossier."""


def _proposal(key: str) -> Thing | None:
    proposal = session().scalar(
        select(Proposal)
        .where(Proposal.id == key)
        .options(joinedload(Proposal.referred_from), joinedload(Proposal.body))
    )
    return None if proposal is None else _of_proposals("voorstel", key, [proposal])


def _of_proposals(
    kind: str,
    key: str,
    proposals: list[Proposal],
    *,
    title: str = "",
    circle: Circle | None = None,
) -> Thing:
    """A thing that is, or hangs on, these proposals."""
    ids = [each.id for each in proposals]
    people: dict[str, str] = {}
    for person_id in session().scalars(
        select(CoSubmitter.person_id).where(
            CoSubmitter.proposal_id.in_(ids), CoSubmitter.state != CoSubmitterState.DECLINED
        )
    ):
        people[person_id] = "dient het mee in, of is dat gevraagd"
    for each in proposals:
        people[each.created_by_id] = "maakte het voorstel"
        people[each.submitter_id] = "diende het in"
    asked = session().scalars(
        select(ValidationRound.asked_body_id).where(
            ValidationRound.proposal_id.in_(ids), ValidationRound.asked_body_id.is_not(None)
        )
    )
    origins = {each.referred_from.body_id for each in proposals if each.referred_from}
    return Thing(
        kind,
        key,
        title or proposals[0].title,
        circle or proposals[0].circle,
        frozenset({each.body_id for each in proposals} | origins | {a for a in asked if a}),
        frozenset(each.organisation_id for each in proposals),
        people,
    )


def _item(key: str) -> Thing | None:
    item = session().scalar(
        select(AgendaItem).where(AgendaItem.id == key).options(joinedload(AgendaItem.meeting))
    )
    if item is None:
        return None
    return Thing("agendapunt", key, item.title, item.circle, frozenset({item.meeting.body_id}))


def _annex(key: str) -> Thing | None:
    annex = session().get(Annex, key)
    if annex is not None:
        return _of_proposals(
            "bijlage", key, [annex.proposal], title=annex.title, circle=annex.circle
        )
    sent = session().get(SentAnnex, key)
    if sent is None:
        return None
    body_id = sent.sent_item.version.meeting.body_id
    return Thing("bijlage", key, sent.title, sent.circle, frozenset({body_id}))


def _outcome(key: str) -> Thing | None:
    outcome = session().scalar(
        select(Outcome)
        .where(Outcome.id == key)
        .options(
            joinedload(Outcome.item).options(
                joinedload(AgendaItem.meeting),
                joinedload(AgendaItem.proposal).joinedload(Proposal.dossier),
            )
        )
    )
    if outcome is None:
        return None
    proposal = outcome.item.proposal if outcome.state is OutcomeState.READY else None
    concerned = session().scalars(
        select(FollowUp.organisation_id).where(FollowUp.outcome_id == key)
    )
    return Thing(
        "uitkomst",
        key,
        outcome.title,
        outcome.item.circle,
        frozenset({outcome.item.meeting.body_id}),
        frozenset(concerned),
        waits_for=_what_an_outcome_waits_for(outcome),
        trekker_id=proposal.dossier.owner_id if proposal is not None else None,
    )


def _what_an_outcome_waits_for(outcome: Outcome) -> str:
    if outcome.state is OutcomeState.RELEASED:
        return ""
    if outcome.kind.asks_follow_up:
        return "zodra de uitkomst vrijgegeven is"
    return "" if outcome.item.meeting.state in CLOSED else "zodra de vergadering gesloten is"


def _meeting(key: str) -> Thing | None:
    meeting = session().get(Meeting, key)
    if meeting is None:
        return None
    return Thing("vergadering", key, meeting.title, None, frozenset({meeting.body_id}))


def _dossier(key: str) -> Thing | None:
    dossier = session().get(Dossier, key)
    proposals = list(session().scalars(select(Proposal).where(Proposal.dossier_id == key)))
    if dossier is None or not proposals:
        return None
    return _of_proposals("dossier", key, proposals, title=dossier.title, circle=dossier.circle)


FINDERS: dict[str, Callable[[str], Thing | None]] = {
    "voorstel": _proposal,
    "agendapunt": _item,
    "bijlage": _annex,
    "uitkomst": _outcome,
    "vergadering": _meeting,
    "dossier": _dossier,
}


def find_thing(kind: str, key: str) -> Thing:
    """The thing of a kind with this id, whoever looks. Raises ``NotFound``."""
    found = FINDERS[kind](key) if kind in FINDERS else None
    if found is None:
        raise NotFound
    return found


def sees(viewer: Viewer, thing: Thing) -> bool:
    """Whether a thing exists for the viewer, as its own page asks it."""
    try:
        return SIGHTS[thing.kind](viewer, thing.id)
    except NotFound:
        return False


def _sees_proposal(viewer: Viewer, key: str) -> bool:
    return (
        session().scalar(select(Proposal.id).where(Proposal.id == key, visible_proposals(viewer)))
        is not None
    )


def _sees_item(viewer: Viewer, key: str) -> bool:
    steered = is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES))
    sent = select(SentItem.item_id).where(
        SentItem.item_id == key, viewer.readable(Meeting.body_id, SentItem.circle)
    )
    return (
        session().scalar(
            select(AgendaItem.id)
            .join(AgendaItem.meeting)
            .where(
                AgendaItem.id == key,
                viewer.readable(Meeting.body_id, AgendaItem.circle),
                or_(steered, sent.exists()),
            )
        )
        is not None
    )


def _sees_annex(viewer: Viewer, key: str) -> bool:
    try:
        get_annex(viewer, key)
    except NotFound:
        sent_annex_by_id(viewer, key)
    return True


def _sees_outcome(viewer: Viewer, key: str) -> bool:
    outcome_by_id(viewer, key)
    return True


def _sees_meeting(viewer: Viewer, key: str) -> bool:
    meeting_by_id(viewer, key)
    return True


def _sees_dossier(viewer: Viewer, key: str) -> bool:
    part = select(Proposal.id).where(Proposal.dossier_id == key, visible_proposals(viewer))
    outcome = (
        select(Outcome.id)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(AgendaItem.proposal)
        .where(Proposal.dossier_id == key, readable(viewer))
    )
    return any(session().scalar(each.limit(1)) is not None for each in (part, outcome))


SIGHTS: dict[str, Callable[[Viewer, str], bool]] = {
    "voorstel": _sees_proposal,
    "agendapunt": _sees_item,
    "bijlage": _sees_annex,
    "uitkomst": _sees_outcome,
    "vergadering": _sees_meeting,
    "dossier": _sees_dossier,
}
