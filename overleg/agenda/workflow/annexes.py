"""Putting annexes with a proposal and taking them away."""

from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.lines import narrowest
from overleg.agenda.models import Annex, Proposal
from overleg.agenda.permissions import CORRECTABLE, WRITABLE
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible


@dataclass
class _AnnexInHistory:
    """An annex as the history of its proposal tells it; a confidential one without its title."""

    id: str
    journal_label: str
    __tablename__ = Proposal.__tablename__


def _told(annex: Annex) -> _AnnexInHistory:
    confidential = annex.circle is Circle.MAYORS
    return _AnnexInHistory(
        annex.proposal_id, "(kring burgemeesters)" if confidential else f"“{annex.title}”"
    )


def _check_open(proposal: Proposal) -> None:
    if proposal.state not in WRITABLE | CORRECTABLE:
        raise NotPossible(
            f"“{proposal.title}” is {proposal.state.label}: de bijlagen liggen vast. "
            "Een ondersteuner kan wel nog een document bij de vergadering voegen."
        )


def add_annex(
    proposal: Proposal, stored: StoredFile, *, circle: Circle, by: Person, now: datetime
) -> Annex:
    """Put a file last with a proposal; its circle is never wider than the proposal's.

    Raises ``NotPossible`` once the proposal is scheduled.
    """
    _check_open(proposal)
    annex = Annex(
        id=new_id(),
        proposal_id=proposal.id,
        file=stored,
        title=stored.name,
        position=max((a.position for a in proposal.annexes), default=0) + 1,
        circle=narrowest(circle, proposal.circle),
    )
    proposal.annexes.append(annex)
    session().flush()
    record(Verb.ANNEX_ADDED, _told(annex), by=by, now=now)
    return annex


def change_annex_circle(annex: Annex, circle: Circle, *, by: Person, now: datetime) -> None:
    """Choose again who may read an annex, never wider than its proposal. Raises ``NotPossible``."""
    _check_open(annex.proposal)
    chosen = narrowest(circle, annex.proposal.circle)
    if chosen is annex.circle:
        return
    annex.circle = chosen
    record(
        Verb.PROPOSAL_CHANGED,
        annex.proposal,
        by=by,
        now=now,
        reason=f"Wie een bijlage mag lezen: {chosen.label}.",
    )


def remove_annex(annex: Annex, *, by: Person, now: datetime) -> None:
    """Take an annex away; a sent agenda keeps its own copy. Raises ``NotPossible``."""
    _check_open(annex.proposal)
    record(Verb.ANNEX_REMOVED, _told(annex), by=by, now=now)
    annex.proposal.annexes.remove(annex)
