"""Proposals that ask something of somebody."""

from collections.abc import Iterable, Sequence
from datetime import date

from overleg.agenda.models import Proposal
from overleg.agenda.permissions import can_edit_proposal
from overleg.agenda.queries.worklists import Asking, Worklist
from overleg.agenda.states import ProposalState
from overleg.lib.dates import local_date
from overleg.lib.text import join_words
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.start.tasks.task import Task
from overleg.web.drawing import url_for

OWN_SIDE = {
    Worklist.TO_CONFIRM: "Mee indienen?",
    Worklist.TO_SIGN_OFF: "Wacht op uw akkoord",
    Worklist.ASKED_BACK: "Teruggevraagd",
}


def to_validate(viewer: Viewer, asking: Asking, today: date) -> Iterable[Task]:
    """What waits for an answer of this person; for the chair also all of a body at once."""
    proposals = asking.proposals[Worklist.TO_VALIDATE]
    answer_by = {key: local_date(moment) for key, moment in asking.answer_by.items()}
    chaired = viewer.bodies_as(Role.CHAIR)
    for body_id, number in asking.to_validate.items():
        if body_id in chaired and number > 1:
            yield Task(
                kicker=f"Valideren · {viewer.bodies[body_id].call_name}",
                title=f"{number} voorstellen in één keer",
                url=url_for("agenda.validate_batch", slug=viewer.bodies[body_id].slug),
                action="Alles valideren",
                detail="Bij elk staat een antwoord klaar; u kiest alleen de uitzonderingen.",
                due_on=min(
                    (answer_by[each.id] for each in proposals if each.body_id == body_id),
                    default=None,
                ),
                today=today,
            )
    for proposal in proposals:
        yield Task(
            kicker=f"Valideren · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for("agenda.validate_proposal", proposal_id=proposal.id),
            action="Bekijken en antwoorden",
            detail=f"Ingediend door {proposal.organisation.name}"
            + (", intussen teruggevraagd" if proposal.asked_back_at_utc else ""),
            due_on=answer_by[proposal.id],
            today=today,
        )


def of_own_side(asking: Asking, today: date) -> Iterable[Task]:
    """To submit along, to agree with as general director, and what is asked back."""
    for worklist, kicker in OWN_SIDE.items():
        for proposal in asking.proposals[worklist]:
            yield Task(
                kicker=f"{kicker} · {proposal.body.call_name}",
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                action="Bekijken en antwoorden",
                detail=(
                    f"Van {proposal.organisation.name}"
                    if worklist is not Worklist.ASKED_BACK
                    else proposal.asked_back_reason
                ),
                due_on=None,
                today=today,
            )


def in_my_name(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What an assistant wrote and waits for one's word, and what went out in one's name."""
    for proposal in proposals:
        is_draft = proposal.state is ProposalState.DRAFT
        yield Task(
            kicker=f"In uw naam {'geschreven' if is_draft else 'ingediend'}"
            f" · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for("agenda.show_proposal", proposal_id=proposal.id),
            action="Nakijken en indienen" if is_draft else "Bekijken",
            detail=f"Door {proposal.created_by.name}",
            due_on=None,
            today=today,
        )


def not_submitted(drafts: Sequence[Proposal], today: date) -> Iterable[Task]:
    """One's own drafts, together."""
    if drafts:
        first, *more = drafts
        titles = join_words(f"“{draft.title}”" for draft in drafts)
        yield Task(
            kicker=f"Concept · {first.body.call_name}" if not more else "Concepten",
            title=first.title if not more else "Uw concepten",
            url=url_for("agenda.show_proposal", proposal_id=first.id)
            if not more
            else url_for(
                "agenda.list_proposals",
                toon=Worklist.MINE.value,
                stand=ProposalState.DRAFT.value,
            ),
            action="Verder werken",
            detail="Nog niet ingediend" + (f": {titles}" if more else ""),
            due_on=None,
            today=today,
        )


def returned(viewer: Viewer, proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What came back to its submitter's side, with the reason; who may, opens it to change it."""
    for proposal in proposals:
        changes = can_edit_proposal(viewer, proposal)
        page = "agenda.edit_proposal" if changes else "agenda.show_proposal"
        yield Task(
            kicker=f"Teruggestuurd · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for(page, proposal_id=proposal.id),
            action="Aanpassen" if changes else "Bekijken",
            detail=proposal.state_reason,
            due_on=None,
            today=today,
        )


def offered(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What another body refers to one that this person supports."""
    for proposal in proposals:
        if proposal.state is ProposalState.OFFERED:
            yield Task(
                kicker=f"Aangeboden · {proposal.body.call_name}",
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                action="Aanvaarden of terugsturen",
                detail=f"Van {proposal.organisation.name}, verwezen door een ander overleg",
                due_on=None,
                today=today,
            )


def cannot_start(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What cannot be validated because a step has nobody, in a body that this person supports."""
    for proposal in proposals:
        if proposal.state is not ProposalState.OFFERED:
            yield Task(
                kicker=f"Validatie kan niet starten · {proposal.body.call_name}",
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                action="Bekijken",
                detail=f"Ingediend door {proposal.organisation.name}",
                due_on=None,
                today=today,
            )
