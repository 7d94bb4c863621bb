"""Zips of proposals: which rows go in, which one was made, who may have it."""

import hashlib
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.decisions import permissions
from overleg.decisions.models import CanonicalText, FollowUp, Outcome, ProposalZip
from overleg.decisions.papers import Dress
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.states import FollowUpState
from overleg.lib.errors import NotFound
from overleg.organisations.models import Organisation
from overleg.organisations.viewer import Viewer

GONE = "Deze zip is er niet meer. Vraag hem opnieuw bij de voorstellen van de uitkomst."


def rows_to_take(viewer: Viewer, outcome: Outcome) -> list[FollowUp]:
    """The proposals of an outcome that this viewer may take, by municipality.

    Support staff and the trekker take all, others those of their own municipality.
    """
    return [
        row
        for row in rows_of_outcomes(viewer, [outcome.id])
        if row.state is not FollowUpState.STEPPED_OUT and permissions.can_take_proposal(viewer, row)
    ]


def takes_all(viewer: Viewer, outcome: Outcome, rows: Sequence[FollowUp]) -> bool:
    """Whether the rows this viewer may take are those of the zip of all municipalities.

    A trekker takes all, but sees of a point in a circle of others no more than their own.
    """
    may_all = permissions.can_take_all(viewer, outcome)
    return may_all and len(rows) == len(rows_of_zip(outcome.id, None))


def rows_of_zip(outcome_id: str, organisation_id: str | None) -> Sequence[FollowUp]:
    """The rows that go in a zip: of one municipality, or of all that take part."""
    condition = [FollowUp.outcome_id == outcome_id, FollowUp.state != FollowUpState.STEPPED_OUT]
    if organisation_id is not None:
        condition.append(FollowUp.organisation_id == organisation_id)
    return (
        session()
        .scalars(
            select(FollowUp)
            .join(FollowUp.organisation)
            .where(*condition)
            .options(joinedload(FollowUp.organisation), joinedload(FollowUp.outcome))
            .order_by(Organisation.name, FollowUp.organ, FollowUp.id)
        )
        .all()
    )


def contents_of(text: CanonicalText, rows: Sequence[FollowUp], dresses: Mapping[str, Dress]) -> str:
    """What a zip of these would tell, as a mark that differs when it differs."""
    forms = {
        each: (dress.form, [(kind.value, own) for kind, own in sorted(dress.templates.items())])
        for each, dress in sorted(dresses.items())
    }
    grounds = [
        (style.organisation_id, style.revision)
        for dress in dresses.values()
        if (style := dress.style) is not None
    ]
    told = repr(
        (
            text.revision,
            text.version_number,
            sorted(grounds),
            [(row.id, row.scheduled_on, row.reference_number, row.asked) for row in rows],
        )
    )
    digest = hashlib.sha256(told.encode())
    digest.update(repr(forms).encode())
    return digest.hexdigest()


def zip_for(outcome: Outcome, organisation: Organisation | None) -> ProposalZip | None:
    """The zip of an outcome for one municipality or for all, if it was ever asked."""
    whose = (
        ProposalZip.organisation_id.is_(None)
        if organisation is None
        else ProposalZip.organisation_id == organisation.id
    )
    return session().scalar(
        select(ProposalZip)
        .where(ProposalZip.outcome_id == outcome.id, whose)
        .order_by(ProposalZip.asked_at_utc.desc(), ProposalZip.id)
        .limit(1)
    )


def zip_by_id(viewer: Viewer, zip_id: str) -> tuple[ProposalZip, list[FollowUp]]:
    """A zip that this viewer may have now, with the rows in it. Raises ``NotFound``."""
    found = session().get(ProposalZip, zip_id)
    if found is None:
        raise NotFound(GONE)
    outcome = outcome_by_id(viewer, found.outcome_id)
    mine = {row.id for row in rows_to_take(viewer, outcome)}
    rows = list(rows_of_zip(outcome.id, found.organisation_id))
    if not rows or not {row.id for row in rows} <= mine:
        raise NotFound(GONE)
    return found, rows
