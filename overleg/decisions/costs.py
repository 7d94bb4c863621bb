"""What an outcome costs a municipality, in a sentence and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from overleg.decisions.models import FollowUp, MunicipalCost, Outcome
from overleg.decisions.states import CostRule, FollowUpState
from overleg.lib.money import format_euro, format_number
from overleg.organisations.models import Organisation


@dataclass(frozen=True)
class CostTable:
    """What each municipality pays, by name, and the total in cents."""

    lines: Sequence[MunicipalCost]
    total_cents: int


def cost_sentence(follow_up: FollowUp) -> str:
    """What the municipality of this row pays, for the financial part of its proposal.

    ``De kosten voor Tielt bedragen € 1.234,50 (€ 0,05 per inwoner, 24.690 inwoners op 1 januari
    2026), per jaar.`` Plain text; empty where costs are not shared out.
    """
    return cost_sentence_of(follow_up.outcome, follow_up.organisation)


def cost_sentence_of(
    outcome: Outcome, town: Organisation, version_number: int | None = None
) -> str:
    """The same for a municipality and a version of the text; by default the last."""
    cost = next(
        (cost for cost in costs_of(outcome, version_number) if cost.organisation_id == town.id),
        None,
    )
    sharing = outcome.cost_sharing
    if cost is None or sharing is None:
        return ""
    if cost.amount_cents == 0:
        return f"Voor {town.name} zijn er geen kosten."
    how = ""
    if sharing.rule is CostRule.PER_INHABITANT and sharing.each_cents and cost.inhabitants:
        year = f" op 1 januari {town.inhabitants_year}" if town.inhabitants_year else ""
        how = (
            f" ({format_euro(sharing.each_cents)} per inwoner, "
            f"{format_number(cost.inhabitants)} inwoners{year})"
        )
    purpose = f", {sharing.purpose}" if sharing.purpose else ""
    return f"De kosten voor {town.name} bedragen {format_euro(cost.amount_cents)}{how}{purpose}."


def costs_of(outcome: Outcome, version_number: int | None = None) -> list[MunicipalCost]:
    """The amounts of a version of the text, by default the last; before a text there is one."""
    number = version_number or (outcome.text.version_number if outcome.text else 1)
    found = [cost for cost in outcome.costs if cost.version_number == number]
    return sorted(found, key=lambda cost: cost.organisation.name)


def cost_table(outcome: Outcome) -> CostTable | None:
    """What each municipality pays; once released only those that take part. None without costs."""
    lines = costs_of(outcome)
    if outcome.follow_ups:
        taking_part = {
            row.organisation_id
            for row in outcome.follow_ups
            if row.state is not FollowUpState.STEPPED_OUT
        }
        lines = [cost for cost in lines if cost.organisation_id in taking_part]
    if not lines:
        return None
    return CostTable(lines, sum(cost.amount_cents for cost in lines))
