"""Beginning a new proposal from an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Annex, Proposal
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.proposals import ProposalContent, draft_proposal
from overleg.agenda.workflow.questions import answers_of
from overleg.organisations.models import Body, Organisation


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What of the earlier proposal goes along; ``annexes`` are those that the person may read."""

    body: Body
    organisation: Organisation
    same_dossier: bool
    annexes: Sequence[Annex] = ()


def duplicate_proposal(earlier: Proposal, copy: Copy, *, by: Person, now: datetime) -> Proposal:
    """A draft with the words of an earlier proposal, for oneself.

    Its state, its wish for a meeting and who submitted it do not go along.
    """
    made = draft_proposal(
        ProposalContent(
            body_id=copy.body.id,
            organisation_id=copy.organisation.id,
            title=earlier.title,
            explanation_html=earlier.explanation_html,
            function=earlier.function,
            kind=earlier.kind,
            asked=earlier.asked,
            minutes_needed=earlier.minutes_needed,
            circle=earlier.circle,
            answers=answers_of(earlier),
        ),
        by=by,
        now=now,
        dossier=earlier.dossier if copy.same_dossier else None,
        told=f"Overgenomen van {earlier.journal_label}.",
    )
    for annex in copy.annexes:
        add_annex(made, annex.file, circle=annex.circle, by=by, now=now)
    return made
