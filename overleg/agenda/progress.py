"""Where a proposal stands, what happens next, and who may read it: in sentences. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overleg.agenda.forms.proposals import CIRCLE_MEANINGS
from overleg.agenda.models import AgendaItem, Proposal, ValidationRound
from overleg.agenda.states import ProposalState
from overleg.agenda.workflow.validation import is_for_chair
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import join_words
from overleg.organisations.states import ValidatedBy

LINE = (
    (ProposalState.DRAFT, "Concept"),
    (ProposalState.SUBMITTED, "Ingediend"),
    (ProposalState.IN_VALIDATION, "Validatie"),
    (ProposalState.VALIDATED, "Gevalideerd"),
    (ProposalState.SCHEDULED, "Geagendeerd"),
    (ProposalState.TREATED, "Behandeld"),
)
WHO_ANSWERS = {
    ValidatedBy.CHAIR: "De voorzitter",
    ValidatedBy.COMMITTEE: "De agendacommissie",
    ValidatedBy.BODY: "Het gevraagde overleg",
    ValidatedBy.SUPPORT: "De ondersteuning",
}
ENDED = frozenset({ProposalState.WITHDRAWN, ProposalState.REFUSED, ProposalState.REFERRED})
WITHOUT_BAR = ENDED | {ProposalState.OFFERED}


@dataclass(frozen=True)
class Step:
    """One step of the bar: ``done``, ``current`` or ``todo``."""

    label: str
    status: str


def steps_of(proposal: Proposal) -> list[Step]:
    """The bar of a proposal; empty for one that ended on the way or is only offered yet."""
    if proposal.state in WITHOUT_BAR:
        return []
    at = proposal.state
    if at is ProposalState.RETURNED:
        at = ProposalState.DRAFT
    here = [state for state, _label in LINE].index(at)
    over = at is ProposalState.TREATED
    return [
        Step(
            "Teruggestuurd" if n == 0 and proposal.state is ProposalState.RETURNED else label,
            "done" if n < here or over else "current" if n == here else "todo",
        )
        for n, (_state, label) in enumerate(LINE)
    ]


def what_next(
    proposal: Proposal,
    *,
    opened: ValidationRound | None,
    still_to_answer: Sequence[str],
    missing: str,
    point: AgendaItem | None,
) -> str:
    """What happens next and when. ``still_to_answer`` are names, ``missing`` says why it waits."""
    body = proposal.body.call_name
    if proposal.state in {ProposalState.SUBMITTED, ProposalState.IN_VALIDATION}:
        return _validation(opened, still_to_answer, missing, body)
    wished = proposal.wished_meeting
    asked_for = f" Gevraagd voor {format_date(wished.starts_at_utc)}." if wished else ""
    held_on = f" van {format_date(point.meeting.starts_at_utc)}" if point is not None else ""
    return {
        ProposalState.DRAFT: f"Dien het in wanneer het klaar is.{_deadline(proposal)}",
        ProposalState.RETURNED: (
            f"De indiener past het aan en dient het opnieuw in.{_deadline(proposal)}"
        ),
        ProposalState.OFFERED: (
            f"De ondersteuners van {body} aanvaarden het, of sturen het terug met een reden."
        ),
        ProposalState.VALIDATED: f"De ondersteuning van {body} zet het op een agenda.{asked_for}",
        ProposalState.SCHEDULED: f"Het komt aan bod op de vergadering{held_on}.",
        ProposalState.TREATED: f"Het werd behandeld op de vergadering{held_on}.",
        ProposalState.REFERRED: "Het gaat verder op een ander overleg.",
        ProposalState.REFUSED: "Het komt niet op de agenda.",
        ProposalState.WITHDRAWN: "De indiener trok het in.",
    }[proposal.state]


def _validation(
    opened: ValidationRound | None, still_to_answer: Sequence[str], missing: str, body: str
) -> str:
    if opened is None:
        return (
            f"De validatie kan nog niet starten. {missing} "
            f"De ondersteuners van {body} weten het en starten ze zodra dat kan."
        )
    names = f" ({join_words(still_to_answer)})" if still_to_answer else ""
    stuck = f" {missing} Vraag de ondersteuners van {body} om dat aan te vullen." if missing else ""
    due = format_date(opened.due_at_utc)
    if opened.passed_to_chair_at_utc is not None:
        return "De termijn voor advies is voorbij. De voorzitter beslist nu."
    who = WHO_ANSWERS[opened.validated_by]
    if opened.asked_body is not None:
        who = opened.asked_body.call_name
    if is_for_chair(opened):
        return f"{who}{names} geeft advies tot en met {due}; daarna beslist de voorzitter.{stuck}"
    return f"{who}{names} antwoordt uiterlijk op {due}.{stuck}"


def _deadline(proposal: Proposal) -> str:
    wished = proposal.wished_meeting
    if wished is None:
        return ""
    return (
        f" Voor de vergadering van {format_date(wished.starts_at_utc)} kan dat tot en met "
        f"{format_date(wished.proposals_due_on)}."
    )


def is_late(proposal: Proposal, today: date) -> bool:
    """Whether it was, or would now be, submitted after the deadline of the wished meeting."""
    wished = proposal.wished_meeting
    if wished is None or proposal.state in ENDED:
        return False
    sent = proposal.submitted_at_utc
    return (local_date(sent) if sent is not None else today) > wished.proposals_due_on


def readers_of(proposal: Proposal, *, on_sent_agenda: bool) -> list[str]:
    """Who may read it now, in lines."""
    owners = dict.fromkeys([proposal.submitter.name, proposal.created_by.name])
    if proposal.submitted_at_utc is None:
        return [f"Alleen {join_words(owners)}: het is nog niet ingediend."]
    owner = join_words(owners)
    organisation = proposal.organisation.name
    lines = [
        f"De indiener ({owner}) en wie in deze kring voor {organisation} voorstelt.",
        f"De ondersteuners, de voorzitter en de agendacommissie van {proposal.body.name}.",
    ]
    meaning = CIRCLE_MEANINGS[proposal.circle].partition(": ")[2]
    if on_sent_agenda:
        lines.append(f"Het staat op een verstuurde agenda, dus ook: {meaning}.")
    else:
        lines.append(f"Pas als het op een verstuurde agenda staat: {meaning}.")
    return lines
