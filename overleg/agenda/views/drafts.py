"""What the form of a proposal asks while somebody writes: to save itself, and other questions."""

from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.exc import IntegrityError

from overleg.accounts.models import Person
from overleg.agenda.forms.proposals import ProposalForm
from overleg.agenda.models import Proposal
from overleg.agenda.permissions import can_edit_proposal, may_propose
from overleg.agenda.queries.choices import proposing_choices
from overleg.agenda.queries.proposals import get_proposal, proposal_owner_id
from overleg.agenda.states import ProposalState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.views.writing import OUR_ID, lay_questions
from overleg.agenda.workflow.proposals import change_proposal, draft_proposal
from overleg.db import session
from overleg.lib.dates import format_time
from overleg.lib.errors import EditConflict, NotFound
from overleg.organisations.viewer import Viewer
from overleg.web.access import requires
from overleg.web.clock import now, today

Told = tuple[dict[str, Any], int]


def _told(status: int, state: str, message: str, **more: str) -> Told:
    """What the script of the page reads; ``state`` is saved, incomplete, conflict or closed."""
    return {"state": state, "message": message, **more}, status


@blueprint.post("/voorstellen/concept")
@requires(may_propose)
def save_draft() -> Told:
    """Save what was typed so far, for the script of the page; the first time makes the draft."""
    who, person = actor()
    proposal_id = request.form.get("proposal_id", "")
    if not OUR_ID.fullmatch(proposal_id):
        raise NotFound
    proposal = _draft_of(who, proposal_id)
    if proposal is not None and (
        proposal.state is not ProposalState.DRAFT or not can_edit_proposal(who, proposal)
    ):
        return _told(409, "closed", f"Dit voorstel is {proposal.state.label}.")
    form = ProposalForm()
    form.offer(proposing_choices(who, now()), today=today(), proposal=proposal)
    lay_questions(form, proposal)
    if not form.validate():
        # Not an error of anybody's: half a proposal is what is expected while somebody types.
        return _told(200, "incomplete", f"Nog niet bewaard. {_first_error(form.errors)}")
    try:
        saved = _save(form, proposal, proposal_id, person)
    except EditConflict:
        assert proposal is not None  # noqa: S101 - only what is there can have been changed
        return _told(
            409,
            "conflict",
            "Nog niet bewaard: iemand anders bewaarde dit voorstel terwijl u typte.",
            revision=str(proposal.revision),
            html=render_template("proposals/_saved_now.html", proposal=proposal),
        )
    except IntegrityError:  # another window made it at the same moment
        session().rollback()
        return _told(409, "closed", "Dit voorstel is al bewaard. Open het opnieuw.")
    return _told(
        200,
        "saved",
        f"Bewaard om {format_time(now())}",
        revision=str(saved.revision),
        page=url_for("agenda.edit_proposal", proposal_id=saved.id),
    )


def _draft_of(who: Viewer, proposal_id: str) -> Proposal | None:
    """The draft of this name; None when there is none yet. Raises ``NotFound`` for another's."""
    if proposal_owner_id(proposal_id) is None:
        return None
    return get_proposal(who, proposal_id, lock=True)


def _save(
    form: ProposalForm, proposal: Proposal | None, proposal_id: str, person: Person
) -> Proposal:
    if proposal is None:
        return draft_proposal(form.content(), by=person, now=now(), proposal_id=proposal_id)
    change_proposal(
        proposal,
        form.content(),
        revision=form.revision.data,
        by=person,
        now=now(),
        by_itself=True,
    )
    return proposal


def _first_error(errors: Any) -> str:
    """The first sentence in nested errors of a form."""
    while not isinstance(errors, str):
        values = list(errors.values()) if isinstance(errors, dict) else list(errors)
        errors = next((each for each in values if each), "")
    return errors


@blueprint.post("/voorstellen/vragen")
@requires(may_propose)
def other_questions() -> Told:
    """The questions of the body and the kind that are chosen now, with what was typed."""
    who, _person = actor()
    proposal_id = request.form.get("proposal_id", "")
    known = OUR_ID.fullmatch(proposal_id) and proposal_owner_id(proposal_id) is not None
    proposal = get_proposal(who, proposal_id) if known else None
    form = ProposalForm()
    form.offer(proposing_choices(who, now()), today=today(), proposal=proposal)
    lay_questions(form, proposal)
    return {"html": render_template("proposals/_questions.html", form=form)}, 200
