"""What the page of a proposal offers to who submits it, submits along, signs off or steers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overleg.agenda.models import CoSubmitter, Proposal
from overleg.agenda.permissions import (
    NOT_YET_SCHEDULED,
    can_ask_along,
    can_ask_back,
    can_duplicate,
    can_give_back,
    can_pass_without_director,
    can_sign_off,
    reads_along,
)
from overleg.agenda.queries.choices import Speaker, people_to_ask
from overleg.agenda.queries.directors import directors_of
from overleg.agenda.states import CoSubmitterState, ProposalState
from overleg.agenda.workflow.revisions import Changes, changes_by_others
from overleg.organisations.viewer import Viewer


@dataclass(frozen=True)
class OwnSide:
    """What one viewer may see and do around the submitting of a proposal."""

    asked_me: CoSubmitter | None
    may_answer: bool
    may_decline: bool
    can_ask_along: bool
    to_ask: Sequence[Speaker]
    can_sign_off: bool
    can_pass: bool
    directors: Sequence[str]
    can_ask_back: bool
    can_give_back: bool
    shows_asked_back: bool
    can_duplicate: bool
    changes: Changes | None


def own_side_of(viewer: Viewer, proposal: Proposal, on: date) -> OwnSide:
    """What this viewer may do on a day (in Brussels); at most three statements."""
    asked_me = next((e for e in proposal.co_submitters if e.person_id == viewer.person_id), None)
    still_open = proposal.state in NOT_YET_SCHEDULED
    asks = can_ask_along(viewer, proposal)
    waits = proposal.state is ProposalState.AWAITING_SIGN_OFF
    directors = directors_of(proposal.organisation_id, on) if waits else []
    follows = reads_along(viewer, proposal)
    submitted = proposal.submitted_at_utc is not None
    return OwnSide(
        asked_me=asked_me,
        may_answer=still_open and asked_me is not None and asked_me.state is CoSubmitterState.ASKED,
        may_decline=still_open
        and asked_me is not None
        and asked_me.state is not CoSubmitterState.DECLINED,
        can_ask_along=asks,
        to_ask=people_to_ask(proposal.body_id, proposal, on) if asks else [],
        can_sign_off=can_sign_off(viewer, proposal),
        can_pass=can_pass_without_director(viewer, proposal) and not directors,
        directors=[person.name for person in directors],
        can_ask_back=can_ask_back(viewer, proposal),
        can_give_back=can_give_back(viewer, proposal),
        shows_asked_back=follows and proposal.asked_back_at_utc is not None,
        can_duplicate=can_duplicate(viewer, proposal),
        changes=changes_by_others(proposal) if submitted and follows else None,
    )
