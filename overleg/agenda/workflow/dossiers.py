"""What people do with a dossier: describe it, tie it to others, and bring a proposal elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.agenda.models import Dossier, DossierLink, Proposal, Theme
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.documents.states import Circle
from overleg.lib.errors import Refused
from overleg.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class DossierContent:
    """What the form of a dossier holds; the summary is clean HTML."""

    title: str
    summary_html: str
    circle: Circle
    owner: Organisation | None
    contact: Person | None
    themes: Sequence[Theme]


def change_dossier(
    dossier: Dossier, content: DossierContent, *, revision: int, by: Actor, now: datetime
) -> None:
    """Describe a dossier again; ``revision`` is the one the writer started from.

    Raises ``EditConflict`` when somebody saved in between.
    """
    refuse_stale(dossier, revision, "dit dossier")
    dossier.title = content.title
    dossier.summary_html = content.summary_html
    dossier.circle = content.circle
    dossier.owner = content.owner
    dossier.contact = content.contact
    dossier.themes = list(content.themes)
    flag_modified(dossier, "title")  # other themes alone are a new revision too
    session().flush()
    record(Verb.DOSSIER_CHANGED, dossier, by=by, now=now)


def tie_dossiers(one: Dossier, other: Dossier, *, by: Actor, now: datetime) -> None:
    """Say that two dossiers belong together; twice changes nothing. Raises ``Refused``."""
    if one.id == other.id:
        raise Refused("Een dossier is niet verwant met zichzelf.")
    first, second = sorted((one.id, other.id))
    if session().get(DossierLink, (first, second)) is not None:
        return
    session().add(DossierLink(first_id=first, second_id=second))
    record(Verb.DOSSIER_CHANGED, one, by=by, now=now, reason=f"Verwant met {other.journal_label}.")


def untie_dossiers(one: Dossier, other: Dossier, *, by: Actor, now: datetime) -> None:
    """Say that two dossiers do not belong together after all; twice changes nothing."""
    first, second = sorted((one.id, other.id))
    link = session().get(DossierLink, (first, second))
    if link is None:
        return
    session().delete(link)
    record(
        Verb.DOSSIER_CHANGED,
        one,
        by=by,
        now=now,
        reason=f"Niet langer verwant met {other.journal_label}.",
    )


def regroup_proposal(
    proposal: Proposal, to: Dossier | None, *, by: Actor, now: datetime
) -> Dossier:
    """Bring a proposal in another dossier, or in a new one of its own; give that dossier back.

    A dossier that is left without proposals is taken away.
    """
    left = proposal.dossier
    if to is not None and to.id == left.id:
        return left
    dossier = to or Dossier(
        id=new_id(), title=proposal.title, circle=proposal.circle, created_at_utc=now
    )
    proposal.dossier = dossier
    session().flush()
    record(
        Verb.PROPOSAL_REGROUPED, proposal, by=by, now=now, reason=f"Nu: {dossier.journal_label}."
    )
    if session().scalar(select(Proposal.id).where(Proposal.dossier_id == left.id).limit(1)) is None:
        _take_away(left)
    return dossier


def _take_away(dossier: Dossier) -> None:
    session().execute(
        delete(DossierLink).where(
            or_(DossierLink.first_id == dossier.id, DossierLink.second_id == dossier.id)
        )
    )
    session().delete(dossier)
    session().flush()


def follow_proposal(proposal: Proposal, title: str, circle: Circle) -> None:
    """Call a dossier as its proposal is about to be called, for the same readers.

    Only while it has no words of its own and no other proposal: what others share keeps its title
    and its circle.
    """
    if (title, circle) == (proposal.title, proposal.circle):
        return
    dossier = proposal.dossier
    if dossier.title != proposal.title or dossier.summary_html:
        return
    others = select(Proposal.id).where(
        Proposal.dossier_id == dossier.id, Proposal.id != proposal.id
    )
    if session().scalar(others.limit(1)) is None:
        dossier.title, dossier.circle = title, circle


def add_theme(name: str) -> Theme:
    """Add a theme for all dossiers. Raises ``Refused`` when there is one of that name."""
    _check_new(name, None)
    theme = Theme(id=new_id(), name=name)
    session().add(theme)
    session().flush()
    return theme


def rename_theme(theme: Theme, name: str, *, revision: int) -> None:
    """Call a theme otherwise, on every dossier. Raises ``Refused`` when there is one so called.

    Raises ``EditConflict`` when somebody renamed it since ``revision``.
    """
    refuse_stale(theme, revision, "dit thema")
    _check_new(name, theme)
    theme.name = name
    session().flush()


def remove_theme(theme: Theme, *, in_use: bool) -> None:
    """Take a theme off the list. Raises ``Refused`` while dossiers have it."""
    if in_use:
        raise Refused(
            f"“{theme.name}” staat nog bij dossiers. Haal het daar eerst weg, of hernoem het."
        )
    session().delete(theme)


def _check_new(name: str, theme: Theme | None) -> None:
    """Names are compared whatever their case."""
    others = session().scalars(select(Theme))
    if any(each.name.casefold() == name.casefold() for each in others if each is not theme):
        raise Refused(f"Er is al een thema “{name}”.")
