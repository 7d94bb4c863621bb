"""Who finds what: the rules of the pages themselves, asked again of every entry that is found.

``sieve`` is quick and looks mostly at the index; ``still_readable`` asks the things as they are
now, with the conditions that their own pages use. What was closed a moment ago is not found any
more.

The rules together make a statement that takes longer to read than to answer, so each thing that
was found is asked by the rule of its own kind only.
"""

from collections.abc import Collection, Mapping
from typing import cast

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from overleg.agenda.models import (
    AgendaItem,
    AgendaVersion,
    Annex,
    Dossier,
    Proposal,
    SentAnnex,
    SentItem,
)
from overleg.agenda.queries.dossiers import told_dossiers
from overleg.agenda.queries.proposals import (
    owned,
    proposed_for_us,
    readable_annex,
    visible_proposals,
)
from overleg.agenda.queries.sides import asked_along, returned_by_director, to_sign_off
from overleg.agenda.queries.validation import asked_from_elsewhere
from overleg.agenda.queries.versions import readable_sent_annex, readable_sent_item
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.decisions.queries.outcomes import readable as readable_outcomes
from overleg.documents.states import Circle
from overleg.minutes.queries.minutes import readable_verslag
from overleg.one_of import is_one_of
from overleg.organisations.remembered import once_per_access
from overleg.organisations.states import BODY_ROLES
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer
from overleg.scheduling.models import Meeting
from overleg.search.models import SearchEntry as Entry
from overleg.search.states import Audience, Source

SOURCES = tuple(Source)


@once_per_access
def sieve(viewer: Viewer) -> ColumnElement[bool]:
    """What the viewer may find by what the index holds.

    Never narrower than the rules themselves as they were when the entry was made, and little wider.
    """
    full = [body for body, circle in viewer.reach.items() if circle is Circle.MAYORS]
    steered = is_one_of(Entry.body_id, viewer.bodies_as(*BODY_ROLES))
    parts = [
        and_(
            is_one_of(Entry.audience, (Audience.READERS, Audience.MEMBERS)),
            is_one_of(Entry.body_id, full),
        ),
        and_(Entry.audience != Audience.OWNERS, steered),
        Entry.submitter_id == viewer.person_id,
        Entry.created_by_id == viewer.person_id,
        and_(Entry.proposal_id.is_not(None), _of_a_few(viewer)),
        and_(Entry.source == Source.DOSSIER, _with_a_proposal_near(viewer)),
        and_(
            Entry.source == Source.OUTCOME,
            or_(is_one_of(Entry.body_id, viewer.body_ids), _to_answer(viewer)),
        ),
    ]
    in_circle = viewer.readable(cast("InstrumentedAttribute[str]", Entry.body_id), Entry.circle)
    if any(circle is not Circle.MAYORS for circle in viewer.reach.values()):
        parts.append(and_(Entry.audience == Audience.READERS, in_circle))
    if colleagues := sorted(viewer.organisations_as(*PROPOSING_ROLES)):
        of_colleagues = is_one_of(Entry.organisation_id, colleagues)
        parts.append(and_(Entry.audience != Audience.OWNERS, of_colleagues, in_circle))
    return or_(*parts)


def _with_a_proposal_near(viewer: Viewer) -> Exists:
    return exists().where(
        Proposal.dossier_id == Entry.subject_id,
        or_(owned(viewer), is_one_of(Proposal.body_id, viewer.body_ids)),
    )


def _to_answer(viewer: Viewer) -> Exists:
    return exists().where(
        FollowUp.outcome_id == Entry.subject_id,
        is_one_of(FollowUp.organisation_id, viewer.organisations_as(*MUNICIPAL_ROLES)),
    )


def _of_a_few(viewer: Viewer) -> ColumnElement[bool]:
    """Entries of proposals that are read for what somebody is asked, or on their way elsewhere."""
    return Entry.proposal_id.in_(
        select(Proposal.id).where(
            or_(
                asked_along(viewer),
                to_sign_off(viewer),
                returned_by_director(viewer),
                asked_from_elsewhere(viewer),
                and_(Proposal.referred_from_id.is_not(None), proposed_for_us(viewer)),
            )
        )
    )


def still_readable(
    rules: Mapping[Source, ColumnElement[bool]], sources: Collection[str] = SOURCES
) -> ColumnElement[bool]:
    """What may be read at this moment by these rules, of these sources."""
    return or_(*(and_(Entry.source == each, rules[each]) for each in SOURCES if each in sources))


@once_per_access
def rules_for(viewer: Viewer) -> Mapping[Source, ColumnElement[bool]]:
    """What the viewer may read, by the rules of each thing's own page."""
    visible = visible_proposals(viewer)
    return {
        Source.DOSSIER: _dossier(viewer),
        Source.PROPOSAL: _holds(
            select(Proposal.id).where(Proposal.id == Entry.subject_id, visible)
        ),
        Source.ANNEX: _annex(viewer, visible),
        Source.SENT_ITEM: _sent_item(viewer),
        Source.SENT_ANNEX: _sent_annex(viewer),
        Source.WORKING_ITEM: _working_item(viewer),
        Source.NOTES: _notes(viewer),
        Source.OUTCOME: _outcome(viewer),
    }


@once_per_access
def latest_proposal(viewer: Viewer) -> Select[str]:
    """The newest proposal of a dossier that the viewer reads: where the dossier is shown."""
    return (
        select(Proposal.id)
        .where(Proposal.dossier_id == Entry.dossier_id, visible_proposals(viewer))
        .order_by(Proposal.created_at_utc.desc(), Proposal.id)
        .limit(1)
    )


def _holds(thing: Select[str]) -> Exists:
    """Whether there is such a thing, asked apart for each entry, by its key.

    An offset keeps PostgreSQL from reading all things there are first, which takes longer the more
    there are.
    """
    return exists(thing.offset(0))


def _dossier(viewer: Viewer) -> Exists:
    return exists(select(Dossier.id).where(Dossier.id == Entry.subject_id, told_dossiers(viewer)))


def _annex(viewer: Viewer, visible: ColumnElement[bool]) -> Exists:
    return _holds(
        select(Annex.id)
        .join(Annex.proposal)
        .where(Annex.id == Entry.subject_id, visible, readable_annex(viewer))
    )


def _sent_item(viewer: Viewer) -> Exists:
    return _holds(
        select(SentItem.id)
        .join(SentItem.item)
        .join(SentItem.version)
        .join(AgendaVersion.meeting)
        .where(SentItem.id == Entry.subject_id, readable_sent_item(viewer))
    )


def _sent_annex(viewer: Viewer) -> Exists:
    return _holds(
        select(SentAnnex.id)
        .join(SentItem, SentItem.id == SentAnnex.sent_item_id)
        .join(SentItem.item)
        .join(SentItem.version)
        .join(AgendaVersion.meeting)
        .outerjoin(Annex, Annex.id == SentAnnex.annex_id)
        .where(SentAnnex.id == Entry.subject_id, readable_sent_annex(viewer))
    )


def _working_item(viewer: Viewer) -> Exists:
    return _holds(
        select(AgendaItem.id)
        .join(AgendaItem.meeting)
        .where(
            AgendaItem.id == Entry.subject_id,
            AgendaItem.position > 0,
            is_one_of(Meeting.body_id, viewer.bodies_as(*BODY_ROLES)),
            viewer.readable(Meeting.body_id, AgendaItem.circle),
        )
    )


def _notes(viewer: Viewer) -> Exists:
    return _holds(
        select(AgendaItem.id)
        .join(AgendaItem.meeting)
        .where(AgendaItem.id == Entry.subject_id, readable_verslag(viewer))
    )


def _outcome(viewer: Viewer) -> Exists:
    return exists(
        select(Outcome.id)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(Outcome.id == Entry.subject_id, readable_outcomes(viewer))
    )
