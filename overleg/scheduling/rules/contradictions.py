"""Rules that no date keeps together: of one body, or of bodies that wait for each other. Pure."""

from collections.abc import Sequence

from overleg.scheduling.models import DateRule
from overleg.scheduling.states import RuleKind

TIED = frozenset({RuleKind.AFTER, RuleKind.DAYS_BEFORE})
"""What ties a date to one of another body, so many days from it."""


def contradict(one: DateRule, two: DateRule) -> bool:
    """Whether no date can keep both: both are hard, of one body, and about the same other one."""
    if not (one.is_hard and two.is_hard) or one.other_body is not two.other_body:
        return False
    if one.kind is two.kind:
        return one.kind in TIED
    kinds = {one.kind: one, two.kind: two}
    if kinds.keys() == TIED:
        return True
    if kinds.keys() == {RuleKind.DAYS_BEFORE, RuleKind.AT_LEAST_BEFORE}:
        return kinds[RuleKind.DAYS_BEFORE].days < kinds[RuleKind.AT_LEAST_BEFORE].days
    return False


def leads_back(rule: DateRule, others: Sequence[DateRule]) -> DateRule | None:
    """The hard rule of another body with which this one goes round in a circle; mostly none.

    Where each of some bodies follows the next, and the last follows the first, every date asks for
    one more: the last one always breaks. A body that must stay days before the one that follows it
    on the same day can't either. ``others`` are all rules about other bodies, of whatever body.
    """
    if not rule.is_hard or rule.other_body is None:
        return None
    hard = [other for other in others if other.is_hard and other.body is not rule.body]
    if rule.kind is RuleKind.AT_LEAST_BEFORE:
        return next((other for other in hard if _on_the_day_of(other, rule)), None)
    seen, waiting = {rule.other_body.id}, [rule.other_body.id]
    while waiting:
        body_id = waiting.pop()
        for other in hard:
            if other.body_id != body_id or other.other_body is None:
                continue
            if other.other_body is rule.body and _closes(rule, other):
                return other
            if other.kind in TIED and other.other_body.id not in seen:
                seen.add(other.other_body.id)
                waiting.append(other.other_body.id)
    return None


def _closes(rule: DateRule, other: DateRule) -> bool:
    """Whether the last step of the circle ties, or asks days between two on one day."""
    return other.kind in TIED or _on_the_day_of(rule, other)


def _on_the_day_of(follower: DateRule, other: DateRule) -> bool:
    """Whether one follows on the day of a body that must stay days before it."""
    return (
        follower.kind is RuleKind.AFTER
        and other.kind is RuleKind.AT_LEAST_BEFORE
        and other.body is follower.other_body
        and other.other_body is follower.body
    )
