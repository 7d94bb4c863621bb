"""Putting annexes with a proposal, changing them, replacing their file and taking them away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from overleg.accounts.models import Person
from overleg.agenda.lines import narrowest
from overleg.agenda.models import Annex, AnnexVersion, Proposal
from overleg.agenda.permissions import CORRECTABLE, WRITABLE
from overleg.audit.queries import was_noted
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import hold_until_commit, new_id, refuse_stale, session
from overleg.documents.models import StoredFile
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible

ONE_LOOK = timedelta(hours=1)
"""Opening a file again within this time is the same look at it."""


@dataclass
class _AnnexInHistory:
    """An annex as the history of its proposal tells it; a confidential one without its title."""

    id: str
    journal_label: str
    __tablename__ = Proposal.__tablename__


@dataclass
class AnnexLooked:
    """A file that was opened, as the log of its annex tells it."""

    id: str
    journal_label: str
    __tablename__ = Annex.__tablename__


def _told(annex: Annex) -> _AnnexInHistory:
    confidential = annex.circle is Circle.MAYORS
    return _AnnexInHistory(
        annex.proposal_id, "(kring burgemeesters)" if confidential else f"“{annex.title}”"
    )


def is_open(proposal: Proposal) -> bool:
    """Whether the annexes of a proposal can still be changed freely."""
    return proposal.state in WRITABLE | CORRECTABLE


def _check_open(proposal: Proposal) -> None:
    if not is_open(proposal):
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
        versions=[AnnexVersion(id=new_id(), number=1, file=stored)],
    )
    proposal.annexes.append(annex)
    session().flush()
    record(Verb.ANNEX_ADDED, _told(annex), by=by, now=now)
    return annex


def replace_annex(annex: Annex, stored: StoredFile, *, by: Person, now: datetime) -> None:
    """Put a newer file in the place of an annex; the earlier ones are kept as its versions.

    A title that was the name of the file follows the new name. Raises ``NotPossible``.
    """
    _check_open(annex.proposal)
    before = annex.file
    if not annex.versions:
        annex.versions.append(AnnexVersion(id=new_id(), number=1, file=before))
    number = max(version.number for version in annex.versions) + 1
    annex.versions.append(AnnexVersion(id=new_id(), number=number, file=stored))
    if annex.title == before.name:
        annex.title = stored.name
    annex.file = stored
    session().flush()
    record(Verb.ANNEX_REPLACED, _told(annex), by=by, now=now)


def rename_annex(annex: Annex, title: str, *, revision: int, by: Person, now: datetime) -> None:
    """Call an annex otherwise; the file keeps its name.

    Raises ``NotPossible``, and ``EditConflict`` when somebody renamed it since ``revision``.
    """
    _check_open(annex.proposal)
    hold_until_commit(Annex, Annex.id == annex.id)
    session().refresh(annex)
    if title == annex.title:
        return
    refuse_stale(annex, revision, "deze bijlage")
    annex.title = title
    annex.revision += 1
    record(Verb.PROPOSAL_CHANGED, annex.proposal, by=by, now=now, reason="Titel van een bijlage.")


def move_annex(annex: Annex, *, up: bool) -> None:
    """Let an annex change places with its neighbour, if any. Raises ``NotPossible``."""
    _check_open(annex.proposal)
    ordered = sorted(annex.proposal.annexes, key=lambda each: (each.position, each.id))
    place = ordered.index(annex)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, each in enumerate(ordered, start=1):
        each.position = position
    session().flush()


def change_annex_circle(annex: Annex, circle: Circle, *, by: Person, now: datetime) -> None:
    """Choose again who may read an annex, never wider than its proposal.

    Once the proposal is scheduled the circle can only become narrower, and that holds for what was
    sent too. Raises ``NotPossible``.
    """
    chosen = narrowest(circle, annex.proposal.circle)
    if chosen is annex.circle:
        return
    if chosen.rank < annex.circle.rank:
        _check_open(annex.proposal)
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


def note_look(annex_id: str, title: str, *, by: Person, now: datetime) -> None:
    """Note in the log of a confidential annex who opened its file; once an hour per person."""
    if not was_noted(Verb.ANNEX_DOWNLOADED, annex_id, by_id=by.id, since=now - ONE_LOOK):
        record(Verb.ANNEX_DOWNLOADED, AnnexLooked(annex_id, f"“{title}”"), by=by, now=now)
