"""Where a proposal stands, what happens next, and who may read it: in sentences. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from overleg.agenda.forms.proposals import CIRCLE_MEANINGS
from overleg.agenda.models import AgendaItem, Proposal, ValidationRound
from overleg.agenda.states import CoSubmitterState, ItemState, ProposalState
from overleg.agenda.workflow.step_rules import is_for_chair
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import join_words, upper_first
from overleg.organisations.states import Role, ValidatedBy

AWAITING = ProposalState.AWAITING_SIGN_OFF
LINE = (
    (ProposalState.DRAFT, "Concept"),
    (AWAITING, "Algemeen directeur"),
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
WHO_STEERS = {
    Role.SUPPORT: "de ondersteuners",
    Role.CHAIR: "de voorzitter",
    Role.COMMITTEE: "de agendacommissie",
}
ENDED = frozenset({ProposalState.WITHDRAWN, ProposalState.REFUSED, ProposalState.REFERRED})
WITHOUT_BAR = ENDED | {ProposalState.OFFERED}
MOST_NAMES = 6
"""Of more people than this only the number is told; the step below names them all."""


@dataclass(frozen=True)
class OfReader:
    """What is asked of who reads: to change what came back, to answer in the step, to decide on it,
    to give it back.
    """

    changes: bool = False
    answers: bool = False
    decides: bool = False
    gives_back: bool = False


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
    line = [step for step in LINE if step[0] is at or step[0] is not AWAITING]
    here = [state for state, _label in line].index(at)
    over = at is ProposalState.TREATED
    return [
        Step(
            "Teruggestuurd" if n == 0 and proposal.state is ProposalState.RETURNED else label,
            "done" if n < here or over else "current" if n == here else "todo",
        )
        for n, (_state, label) in enumerate(line)
    ]


def what_next(
    proposal: Proposal,
    *,
    opened: ValidationRound | None,
    still_to_answer: Sequence[str],
    missing: str,
    point: AgendaItem | None,
    directors: Sequence[str] = (),
    of_reader: OfReader = OfReader(),
) -> str:
    """What happens next and when. ``still_to_answer`` and ``directors`` are names of people.

    ``missing`` says why validation waits, ``of_reader`` what is asked of who reads this.
    """
    body = proposal.body.the_call_name
    asked_back = _asked_back(proposal, of_reader)
    if proposal.state in {ProposalState.SUBMITTED, ProposalState.IN_VALIDATION}:
        return _validation(opened, still_to_answer, missing, body, of_reader) + asked_back
    if proposal.state is AWAITING:
        return _sign_off(proposal, directors)
    wished = proposal.wished_meeting
    asked_for = f" Gevraagd voor {format_date(wished.starts_at_utc)}." if wished else ""
    held_on = f" van {format_date(point.meeting.starts_at_utc)}" if point is not None else ""
    return {
        ProposalState.DRAFT: f"Dien het in wanneer het klaar is.{_deadline(proposal)}",
        ProposalState.RETURNED: (
            f"{'U' if of_reader.changes else 'De indiener'} past het aan en dient het opnieuw in."
            f"{_deadline(proposal)}"
        ),
        ProposalState.OFFERED: (
            f"De ondersteuners van {body} aanvaarden het, of sturen het terug met een reden."
        ),
        ProposalState.VALIDATED: (
            f"De ondersteuning van {body} zet het op een agenda.{asked_for}{asked_back}"
        ),
        ProposalState.SCHEDULED: f"Het komt aan bod op de vergadering{held_on}.",
        ProposalState.TREATED: f"Het werd behandeld op de vergadering{held_on}.",
        ProposalState.REFERRED: "Het gaat verder op een ander overleg.",
        ProposalState.REFUSED: "Het komt niet op de agenda.",
        ProposalState.WITHDRAWN: (
            f"Het werd ingetrokken op de vergadering{held_on}."
            if point is not None and point.state is ItemState.WITHDRAWN
            else "De indiener trok het in."
        ),
    }[proposal.state]


def _validation(
    opened: ValidationRound | None,
    still_to_answer: Sequence[str],
    missing: str,
    body: str,
    of_reader: OfReader,
) -> str:
    if opened is None:
        return (
            f"De validatie kan nog niet starten. {missing} "
            f"De ondersteuners van {body} weten het en starten ze zodra dat kan."
        )
    names = f" – {join_words(still_to_answer)} –" if still_to_answer else ""
    if len(still_to_answer) > MOST_NAMES:
        names = f" (nog {len(still_to_answer)} antwoorden te geven)"
    stuck = f" {missing} Vraag de ondersteuners van {body} om dat aan te vullen." if missing else ""
    due = format_date(opened.due_at_utc)
    if opened.passed_to_chair_at_utc is not None:
        over = "De termijn voor advies is voorbij. " if opened.is_passed_for_time else ""
        decides = "U beslist" if of_reader.decides else "De voorzitter beslist"
        return f"{over}{decides} nu."
    who = WHO_ANSWERS[opened.validated_by]
    if opened.asked_body is not None:
        who = upper_first(opened.asked_body.the_call_name)
    subject = "U" if of_reader.answers else f"{who}{names}"
    if is_for_chair(opened):
        decides = "u" if of_reader.decides else "de voorzitter"
        return f"{subject} geeft advies tot en met {due}; daarna beslist {decides}.{stuck}"
    return f"{subject} antwoordt uiterlijk op {due}.{stuck}"


def _sign_off(proposal: Proposal, directors: Sequence[str]) -> str:
    where = proposal.organisation.name
    if directors:
        return (
            f"{join_words(directors, 'of')} gaat akkoord of stuurt het terug. {where} vraagt dat "
            f"voor een voorstel vertrekt.{_deadline(proposal)}"
        )
    return (
        f"{where} vraagt het akkoord van de algemeen directeur, maar er is nog geen algemeen "
        f"directeur met een account. De ondersteuners van {proposal.body.the_call_name} weten het: "
        f"zij nodigen die uit of laten het doorgaan.{_deadline(proposal)}"
    )


def _asked_back(proposal: Proposal, of_reader: OfReader) -> str:
    if proposal.asked_back_at_utc is None:
        return ""
    if of_reader.gives_back:
        return " De indiener vroeg het terug; u beslist hieronder."
    return (
        " De indiener vroeg het terug om het te wijzigen; de voorzitter of de ondersteuners "
        "antwoorden daarop."
    )


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


def who_steer(steering: Collection[Role]) -> str:
    """``de ondersteuners en de voorzitter``, of the roles that somebody has in a body."""
    return join_words([words for role, words in WHO_STEERS.items() if role in steering])


def readers_of(
    proposal: Proposal, *, steering: Collection[Role], on_sent_agenda: bool
) -> list[str]:
    """Who may read it now, in lines; ``steering`` are the roles that somebody has in its body."""
    owners = dict.fromkeys([proposal.submitter.name, proposal.created_by.name])
    along = [
        each.person.name
        for each in proposal.co_submitters
        if each.state is not CoSubmitterState.DECLINED
    ]
    if proposal.submitted_at_utc is None:
        own = [f"Alleen {join_words([*owners, *along])}: het is nog niet ingediend."]
        if proposal.state is AWAITING:
            own.append(
                f"De algemeen directeur van {proposal.organisation.name}, om akkoord te gaan."
            )
        return own
    owner = join_words(owners)
    organisation = proposal.organisation.name
    who = f"De indiener ({owner}), en wie ook voor {organisation} voorstellen indient en de kring"
    lines = [f"{who} {proposal.circle.label} mag lezen."]
    if named := who_steer(steering):
        lines.append(f"{upper_first(named)} van {proposal.body.the_name}.")
    if along:
        lines.append(f"Wie gevraagd is om mee in te dienen: {join_words(along)}.")
    meaning = CIRCLE_MEANINGS[proposal.circle].partition(": ")[2]
    if on_sent_agenda:
        lines.append(f"Op de verstuurde agenda: {meaning}.")
    elif proposal.state not in ENDED:
        lines.append(f"Pas als het op een verstuurde agenda staat: {meaning}.")
    return lines
