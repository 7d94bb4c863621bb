"""Taking an answer in a validation step, from its page or from the link in a mail."""

from dataclasses import dataclass
from typing import Any

from overleg.accounts.models import Person
from overleg.agenda.forms.validation import AnswerForm
from overleg.agenda.models import ValidationRound
from overleg.agenda.queries.validation import referral_targets
from overleg.agenda.standing import Standing
from overleg.agenda.states import Advice, Answer
from overleg.agenda.workflow.step_rules import BodyMissing, ReasonMissing
from overleg.agenda.workflow.validation import ADVICE_OF, decide_round, give_advice
from overleg.lib.errors import Refused
from overleg.organisations.models import Body
from overleg.web.clock import now

ADVICE, DECISION = "advice", "decision"


@dataclass(frozen=True)
class Said:
    """What somebody answers: an advice or a decision, why, and where to."""

    what: Advice | Answer
    motive: str
    refer_to: Body | None

    @property
    def needs_reason(self) -> bool:
        """Whether it needs a reason."""
        return self.what not in {Advice.ON_AGENDA, Advice.FOR_INFORMATION, Answer.AGREE}


def read_answer(form: AnswerForm, standing: Standing, opened: ValidationRound) -> Said:
    """What the form says. Raises ``Refused`` for what is no answer, or not one of this step's."""
    given = form.answer.data or ""
    advises = _said_as(form, standing) == ADVICE
    what: Advice | Answer | None = None
    if advises:
        what = Advice(given) if given in set(Advice) else None
        if what is None and given in set(Answer):
            what = ADVICE_OF.get(Answer(given))
    elif given in set(Answer):
        what = Answer(given)
    if what is None:
        raise Refused("Kies een van de antwoorden hieronder.")
    targets = {body.id: body for body in referral_targets(opened.proposal.body)}
    return Said(what, form.motive.data or "", targets.get(form.refer_to.data or ""))


def _said_as(form: AnswerForm, standing: Standing) -> str:
    return ADVICE if standing.advice and form.said_as.data != DECISION else DECISION


def refuse(form: AnswerForm, refused: Refused) -> None:
    """Tell what was refused at the field where something is missing, else on top of the form."""
    if isinstance(refused, ReasonMissing):
        form.motive.errors = [str(refused)]
    elif isinstance(refused, BodyMissing):
        form.refer_to.errors = [str(refused)]
    else:
        form.form_errors.append(str(refused))


def given_in(form: AnswerForm, standing: Standing) -> dict[str, Any]:
    """What was sent, to draw the page with again; its fields get the ids they have there."""
    said, said_as = form.answer.data or "", _said_as(form, standing)
    form.motive.id = f"reden-{said_as}-{said}"
    form.refer_to.id = f"naar-{said_as}-{said}"
    return {
        "said": said,
        "as": said_as,
        "motive": form.motive.data or "",
        "refer_to": form.refer_to.data or "",
        "motive_errors": form.motive.errors,
        "refer_to_errors": form.refer_to.errors,
    }


def check_said(said: Said, standing: Standing) -> None:
    """Raise ``Refused`` for what would be refused, before somebody is asked to confirm it."""
    if said.what not in {*standing.advice, *standing.answers}:
        raise Refused("Dat kan in deze stap niet. Kies een van de antwoorden hieronder.")
    if said.needs_reason and not said.motive.strip():
        raise ReasonMissing("Geef een reden.")
    if said.what in {Advice.REFER, Answer.REFER} and said.refer_to is None:
        raise BodyMissing


def take_answer(
    opened: ValidationRound, said: Said, *, by: Person, by_mail: bool = False
) -> Answer | None:
    """Take it; the result when that decides the step. Raises what the verbs raise."""
    if isinstance(said.what, Advice):
        return give_advice(
            opened,
            said.what,
            motive=said.motive,
            refer_to=said.refer_to,
            by=by,
            now=now(),
            by_mail=by_mail,
        )
    return decide_round(
        opened,
        said.what,
        reason=said.motive,
        refer_to=said.refer_to,
        by=by,
        now=now(),
        by_mail=by_mail,
    )
