"""The validation of a body in a sentence, for who sets it."""

from collections.abc import Sequence
from dataclasses import dataclass

from overleg.lib.text import count_of
from overleg.organisations.models import ValidationStep
from overleg.organisations.states import OF_ONE, Decides, ValidatedBy, WhenTimeIsOver

NO_STEPS = "Een voorstel is meteen gevalideerd: er is geen stap."
ALL = 100
HALF = 50


@dataclass(frozen=True)
class AskedStep:
    """A step, and how many people can answer in it now."""

    step: ValidationStep
    people: int

    @property
    def who(self) -> str:
        """Who is asked, with an article."""
        if self.step.asked_body is not None:
            return f"de leden van {self.step.asked_body.the_call_name}"
        return f"de {self.step.validated_by.label}"

    @property
    def table(self) -> str:
        """The group that is asked, as one thing."""
        if self.step.asked_body is not None:
            return self.step.asked_body.the_call_name
        return f"de {self.step.validated_by.label}"

    @property
    def ends_with_chair(self) -> bool:
        """Whether the chair decides in the end a step that others take."""
        step = self.step
        if step.validated_by is ValidatedBy.CHAIR:
            return False
        advised = step.decides is Decides.CHAIR and step.validated_by not in OF_ONE
        return advised or step.when_time_is_over is WhenTimeIsOver.TO_CHAIR

    @property
    def within(self) -> str:
        """How many they are and how long they have, between brackets."""
        days = count_of(self.step.days_to_answer, "dag", "dagen")
        if self.step.validated_by in OF_ONE:
            return f"({days})"
        return f"({count_of(self.people, 'lid', 'leden')}, {days})"


def validation_in_words(steps: Sequence[AskedStep]) -> str:
    """How a proposal goes through these steps, as one sentence."""
    if not steps:
        return NO_STEPS
    last = len(steps) - 1
    parts = [
        _part(asked, is_first=place == 0, is_last=place == last)
        for place, asked in enumerate(steps)
    ]
    return f"Een voorstel {'; daarna '.join(parts)}."


def _part(asked: AskedStep, *, is_first: bool, is_last: bool) -> str:
    step = asked.step
    if step.validated_by in OF_ONE and is_last and not is_first:
        return f"beslist {asked.who} {asked.within}{_after(step)}"
    goes = f"{'gaat' if is_first else 'gaat het'} naar {asked.who} {asked.within}"
    if step.validated_by in OF_ONE:
        return f"{goes}, die {'beslist' if is_last else 'het eerst bekijkt'}{_after(step)}"
    verb = "beslist" if step.asked_body is None else "beslissen"
    further = "" if is_last else " of het verder gaat"
    if step.decides is Decides.CHAIR:
        return f"{goes}; op hun advies beslist de voorzitter{further}"
    return f"{goes}, die {_majority(step.majority_percent)} {verb}{further}{_after(step)}"


def _majority(percent: int) -> str:
    if percent >= ALL:
        return "eenparig"
    return "bij meerderheid" if percent == HALF else f"met meer dan {percent} %"


def _after(step: ValidationStep) -> str:
    passes = step.when_time_is_over is WhenTimeIsOver.TO_CHAIR
    return ", en na die termijn de voorzitter" if passes else ""
