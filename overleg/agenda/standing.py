"""Where the validation of a proposal stands, for who looks: who answers, and what this one may."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ValidationRound, ValidationVote
from overleg.agenda.permissions import reads_along
from overleg.agenda.queries.validation import answerers
from overleg.agenda.states import Advice, Answer, RoundState
from overleg.agenda.workflow.rounds import IN_VALIDATION, current_rounds, next_step, why_it_waits
from overleg.agenda.workflow.step_rules import (
    allowed_advice,
    allowed_answers,
    is_for_chair,
    is_of_several,
    may_be_decided,
)
from overleg.agenda.workflow.validation import open_round
from overleg.lib.dates import local_date
from overleg.organisations.states import AdviceShown, Role, ValidatedBy
from overleg.organisations.viewer import Viewer


@dataclass(frozen=True)
class Standing:
    """The step under way, or the one that waits, for one viewer at one moment."""

    opened: ValidationRound | None = None
    whose: ValidatedBy | None = None
    people: Sequence[Person] = ()
    missing: str = ""
    """Why the step cannot be taken, in a sentence; empty when it can."""
    advice: Sequence[Advice] = field(default=())
    """What this viewer may advise now."""
    answers: Sequence[Answer] = field(default=())
    """What this viewer may decide now."""
    decides_later: bool = False
    """Whether this viewer decides once there is enough advice."""

    @property
    def is_asked(self) -> bool:
        """Whether the viewer may answer now, in one way or another."""
        return bool(self.advice or self.answers)

    @property
    def is_of_several(self) -> bool:
        """Whether several people give advice."""
        return self.opened is not None and is_of_several(self.opened)

    @property
    def is_for_chair(self) -> bool:
        """Whether the chair decides what several advise."""
        return self.opened is not None and is_for_chair(self.opened)

    @property
    def to_come(self) -> list[Person]:
        """Who still has to answer."""
        if self.opened is None or not self.is_of_several:
            return list(self.people)
        answered = {vote.person_id for vote in self.opened.votes}
        return [person for person in self.people if person.id not in answered]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How often each advice was given, in the order of the choices."""
        given = [vote.advice for vote in self.opened.votes] if self.opened is not None else []
        return [(advice.label, given.count(advice)) for advice in Advice if advice in given]


def standing_of(viewer: Viewer, proposal: Proposal, now: datetime) -> Standing:
    """Where it stands at a moment (UTC)."""
    day = local_date(now)
    opened = open_round(proposal)
    if opened is None:
        step = next_step(proposal, day) if proposal.state in IN_VALIDATION else None
        if step is None:
            return Standing()
        return Standing(
            whose=step.validated_by,
            people=answerers(proposal, step, day),
            missing=why_it_waits(proposal, step, day),
        )
    people = answerers(proposal, opened, day)
    answers_here = viewer.person_id in {person.id for person in people}
    several = is_of_several(opened)
    chairs = proposal.body_id in viewer.bodies_as(Role.CHAIR)
    passed_on = opened.passed_to_chair_at_utc is not None
    decides = (chairs and is_for_chair(opened)) or (answers_here and not several and not passed_on)
    ripe = decides and may_be_decided(opened, now)
    return Standing(
        opened=opened,
        whose=ValidatedBy.CHAIR if passed_on else opened.validated_by,
        people=people,
        missing="" if passed_on else why_it_waits(proposal, opened, day),
        advice=allowed_advice(opened) if several and answers_here else (),
        answers=allowed_answers(opened) if ripe else (),
        decides_later=decides and not ripe,
    )


def shown_votes(viewer: Viewer, opened: ValidationRound) -> Sequence[ValidationVote]:
    """The answers in a step that this viewer may read, as they came.

    Who supports or chairs the body reads all. Members read those of others at once or after their
    own, as the step has it; once the step is closed, who steers the body reads them. Submitters
    read none.
    """
    body_id = opened.proposal.body_id
    if body_id in viewer.bodies_as(Role.SUPPORT, Role.CHAIR):
        return opened.votes
    own = [vote for vote in opened.votes if vote.person_id == viewer.person_id]
    if opened.state is not RoundState.OPEN:
        return opened.votes if viewer.steers(body_id) or own else []
    asked = {person.id for person in answerers(opened.proposal, opened, viewer.on)}
    if viewer.person_id not in asked:
        return own
    return opened.votes if own or opened.advice_shown is AdviceShown.AT_ONCE else []


def sent_back_before(viewer: Viewer, proposal: Proposal) -> ValidationRound | None:
    """The step that last sent it back before it was submitted again, for who may read why."""
    current = current_rounds(proposal)
    returned = [
        each
        for each in proposal.rounds
        if each.state is RoundState.RETURNED and current and each not in current
    ]
    if not returned or not reads_along(viewer, proposal):
        return None
    return max(returned, key=lambda each: each.opened_at_utc)


@dataclass(frozen=True)
class ShownRound:
    """A step on the page of a proposal: what may be read of it."""

    round: ValidationRound
    votes: Sequence[ValidationVote]
    to_come: Sequence[Person]
    is_of_several: bool
    is_for_chair: bool


def shown_rounds(viewer: Viewer, proposal: Proposal, standing: Standing) -> list[ShownRound]:
    """The steps since the last submission, for who steers the body."""
    return [
        ShownRound(
            round=each,
            votes=shown_votes(viewer, each),
            to_come=standing.to_come if each is standing.opened else (),
            is_of_several=is_of_several(each),
            is_for_chair=is_for_chair(each),
        )
        for each in current_rounds(proposal)
    ]
