"""What a validation step under way allows: to whom, what, and when it may be decided."""

from collections.abc import Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import ValidationRound
from overleg.agenda.queries.validation import answerers, referral_targets
from overleg.agenda.states import Advice, Answer, ProposalState, RoundState
from overleg.agenda.workflow.votes import ANSWER_OF
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.states import OF_ONE, Decides


class ReasonMissing(Refused):
    """An answer that has to say why, and does not."""


class BodyMissing(Refused):
    """A referral to no body, or to one that takes nothing from here."""

    def __init__(self) -> None:
        super().__init__("Kies naar welk overleg u het voorstel verwijst.")


def is_of_several(opened: ValidationRound) -> bool:
    """Whether several people give advice in this step."""
    return opened.validated_by not in OF_ONE


def is_for_chair(opened: ValidationRound) -> bool:
    """Whether the chair decides a step of several, by its setting or since it was passed on."""
    passed_on = opened.passed_to_chair_at_utc is not None
    return passed_on or (is_of_several(opened) and opened.decides is Decides.CHAIR)


def allowed_answers(opened: ValidationRound) -> list[Answer]:
    """What who decides this step may decide."""
    may = {
        Answer.AGREE: True,
        Answer.RETURN: opened.may_return,
        Answer.REFER: opened.may_refer and bool(referral_targets(opened.proposal.body)),
        Answer.REFUSE: opened.may_refuse,
    }
    return [answer for answer, allowed in may.items() if allowed]


def allowed_advice(opened: ValidationRound) -> list[Advice]:
    """What a member may advise in this step."""
    allowed = allowed_answers(opened)
    return [advice for advice in Advice if ANSWER_OF[advice] in allowed]


def may_be_decided(
    opened: ValidationRound, now: datetime, people: Sequence[Person] | None = None
) -> bool:
    """Whether the chair may decide on the advice that came.

    So it is once the quorum answered, once everybody did, or when the time is over. ``people`` are
    those who answer, where they are known already.
    """
    if not is_of_several(opened) or opened.passed_to_chair_at_utc is not None:
        return True
    if len(opened.votes) >= opened.quorum or now >= opened.due_at_utc:
        return True
    answered = {vote.person_id for vote in opened.votes}
    if people is None:
        people = answerers(opened.proposal, opened, local_date(now))
    return bool(answered) and all(person.id in answered for person in people)


def check_open(opened: ValidationRound) -> None:
    """Raise ``NotPossible``, with what is possible, when the step is no longer open."""
    if opened.state is RoundState.OPEN:
        return
    proposal = opened.proposal
    told = f"De validatie van “{proposal.title}” is al afgerond: het voorstel is "
    if proposal.state is ProposalState.IN_VALIDATION:
        raise NotPossible(
            f"Deze stap in de validatie van “{proposal.title}” is al afgerond; de volgende loopt. "
            "Open het voorstel om te zien aan wie het nu is."
        )
    raise NotPossible(f"{told}{proposal.state.label}. Uw antwoord is niet meer nodig.")
