"""When a validation step is decided, and how. Pure; docs/adr/0002 says why."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from overleg.agenda.states import Advice, Answer

MILDEST_FIRST = (Answer.RETURN, Answer.REFER, Answer.REFUSE)
ANSWER_OF = {
    Advice.ON_AGENDA: Answer.AGREE,
    Advice.FOR_INFORMATION: Answer.AGREE,
    Advice.RETURN: Answer.RETURN,
    Advice.NOT_RIPE: Answer.RETURN,
    Advice.REFER: Answer.REFER,
}
"""What an advice comes down to when advice is counted."""


@dataclass(frozen=True)
class VotingRule:
    """How a step decides: ``quorum`` answers at least, akkoord by more than ``majority_percent``.

    At 100 percent everybody must agree.
    """

    quorum: int
    majority_percent: int

    def carries(self, agreeing: int, base: int) -> bool:
        """Whether this many of ``base`` answers is enough for akkoord."""
        return agreeing == base or agreeing * 100 > self.majority_percent * base


def decide(
    votes: Mapping[str, Answer],
    entitled: Collection[str],
    rule: VotingRule,
    *,
    chairs: Collection[str] = (),
    time_is_over: bool = False,
) -> Answer | None:
    """The result of a step, or None while it is open.

    ``votes`` maps people to their answers, ``entitled`` are those who may answer now (who answered
    before leaving still counts). A step is decided once the quorum answered and no answer still to
    come can change the result, everybody answered, or ``time_is_over``.
    """
    count = _Count(votes, frozenset(entitled) | frozenset(votes), rule, frozenset(chairs))
    cast = len(votes)
    if cast == 0 or cast < rule.quorum:
        return None
    to_come = 0 if time_is_over else len(count.everybody) - cast
    if rule.carries(count.tally[Answer.AGREE], cast + to_come):
        return Answer.AGREE
    if to_come == 0:
        return count.last_word()
    return None if count.may_still_carry(to_come) else count.certain(to_come)


def advises_information(advice: Collection[Advice | None]) -> bool:
    """Whether more than half of those who gave advice would only have it for information."""
    given = [each for each in advice if each is not None]
    return given.count(Advice.FOR_INFORMATION) * 2 > len(given)


class _Count:
    """The answers of one step, counted."""

    def __init__(
        self,
        votes: Mapping[str, Answer],
        everybody: frozenset[str],
        rule: VotingRule,
        chairs: frozenset[str],
    ) -> None:
        self.tally = Counter(votes.values())
        self.everybody = everybody
        self._rule = rule
        self._cast = len(votes)
        self._chairs = [votes.get(chair) for chair in chairs & everybody]
        self._tie_breaks = rule.majority_percent <= 50

    def last_word(self) -> Answer:
        """All answered, akkoord not carried: a chair breaks a tie, else the commonest other."""
        tied = self._tie_breaks and self.tally[Answer.AGREE] * 2 == self._cast
        if tied and Answer.AGREE in self._chairs:
            return Answer.AGREE
        return max(
            MILDEST_FIRST, key=lambda answer: (self.tally[answer], -MILDEST_FIRST.index(answer))
        )

    def may_still_carry(self, to_come: int) -> bool:
        """Whether akkoord is possible when all who are to come agree, by a chair's word or not."""
        agreeing = self.tally[Answer.AGREE] + to_come
        size = len(self.everybody)
        tied = self._tie_breaks and agreeing * 2 == size
        return self._rule.carries(agreeing, size) or (
            tied and any(word in {None, Answer.AGREE} for word in self._chairs)
        )

    def certain(self, to_come: int) -> Answer | None:
        """The other answer that nobody to come can overtake, if there is one."""
        for answer in MILDEST_FIRST:
            others = (self.tally[o] for o in MILDEST_FIRST if o is not answer)
            if self.tally[answer] > max(others) + to_come:
                return answer
        return None
