"""What became of a proposal: told to its page, which lies below this package."""

from collections.abc import Sequence
from datetime import date

from flask import url_for

from overleg.agenda.models import Proposal
from overleg.agenda.results import Result
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.outcomes import outcomes_of_proposal
from overleg.decisions.standing import in_a_sentence
from overleg.decisions.states import OutcomeState
from overleg.organisations.viewer import Viewer


def results_of_proposal(viewer: Viewer, proposal: Proposal, today: date) -> Sequence[Result]:
    """The outcomes of a proposal that this viewer may read, oldest first; two statements."""
    outcomes = outcomes_of_proposal(viewer, proposal.id)
    rows: dict[str, list[FollowUp]] = {}
    for row in rows_of_outcomes(viewer, [outcome.id for outcome in outcomes]):
        rows.setdefault(row.outcome_id, []).append(row)
    return [
        Result(
            kind=outcome.kind.label,
            title=outcome.title,
            agreed_on=outcome.item.meeting.day,
            standing=_standing(outcome, rows.get(outcome.id, []), today),
            url=url_for("decisions.show_outcome", outcome_id=outcome.id),
        )
        for outcome in outcomes
    ]


def _standing(outcome: Outcome, rows: Sequence[FollowUp], today: date) -> str:
    if outcome.kind.asks_follow_up and outcome.state is not OutcomeState.RELEASED:
        return outcome.state.label
    return in_a_sentence(rows, today)
