"""Sharing the costs of an outcome out over the municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import refuse_stale, session
from overleg.decisions.models import CostSharing, MunicipalCost, Outcome
from overleg.decisions.states import CostRule, OutcomeState
from overleg.decisions.workflow.holding import hold_outcome
from overleg.decisions.workflow.texts import next_version
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.money import format_euro
from overleg.lib.text import join_words
from overleg.organisations.models import Organisation

MOST_CENTS = 2_000_000_000
"""Twenty million euro: more is a slip of the keyboard, and does not fit the column."""


@dataclass(frozen=True)
class Sharing:
    """How costs are shared out: an amount each in cents, or an amount per municipality's id."""

    rule: CostRule
    purpose: str = ""
    each_cents: int | None = None
    table: Mapping[str, int] = field(default_factory=dict)


def share_costs(
    outcome: Outcome,
    sharing: Sharing,
    towns: Sequence[Organisation],
    *,
    revision: int,
    by: Person,
    now: datetime,
    reason: str = "",
) -> None:
    """Work out and store what each of ``towns`` pays.

    Before the release it replaces what was shared out earlier; afterwards it makes a new version of
    the text, for which a ``reason`` is needed. Raises ``NotPossible`` when the outcome asks nothing
    of municipalities (yet), ``EditConflict`` when somebody shared them out since ``revision``,
    ``Refused`` for a missing amount, number of inhabitants or reason.
    """
    hold_outcome(outcome)
    check_costs_asked(outcome)
    refuse_stale(outcome.cost_sharing, revision, "deze kosten")
    amounts = _amounts(sharing, towns)
    number = 1
    if outcome.state is OutcomeState.RELEASED:
        number = next_version(outcome, reason, by=by, now=now)
    for cost in [cost for cost in outcome.costs if cost.version_number == number]:
        outcome.costs.remove(cost)
    session().flush()
    outcome.costs += [
        MunicipalCost(
            version_number=number,
            organisation=town,
            amount_cents=cents,
            inhabitants=town.inhabitants if sharing.rule is CostRule.PER_INHABITANT else None,
        )
        for town, cents in amounts
    ]
    _keep_rule(outcome, sharing)
    session().flush()
    total = format_euro(sum(cents for _town, cents in amounts))
    record(
        Verb.COSTS_SHARED,
        outcome,
        by=by,
        now=now,
        reason=f"{sharing.rule.label}, samen {total}" + (f": {reason}" if reason else ""),
    )


def check_costs_asked(outcome: Outcome) -> None:
    """Raise ``NotPossible`` for what asks no money of the municipalities, or not yet."""
    if not outcome.kind.asks_follow_up:
        raise NotPossible(f"Een {outcome.kind.label} vraagt niets van de gemeenten, ook geen geld.")
    if outcome.state is OutcomeState.DRAFT:
        raise NotPossible(
            "Deze uitkomst is nog een ontwerp. Zet ze eerst klaar om vrij te geven: daarna kunt u "
            "de kosten verdelen."
        )


def drop_costs(outcome: Outcome, *, by: Person, now: datetime) -> None:
    """Say that an outcome costs the municipalities nothing. Not once it was released."""
    hold_outcome(outcome)
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible(
            "De uitkomst is vrijgegeven. Verdeel de kosten opnieuw: dat wordt een nieuwe versie."
        )
    outcome.costs.clear()
    outcome.cost_sharing = None
    record(Verb.COSTS_SHARED, outcome, by=by, now=now, reason="geen kosten meer")


def add_cost_of(outcome: Outcome, town: Organisation) -> None:
    """What a municipality pays that steps in later; nothing where a table does not say it.

    Raises ``Refused`` when its number of inhabitants is needed and not known.
    """
    sharing, text = outcome.cost_sharing, outcome.text
    if sharing is None or text is None or sharing.each_cents is None:
        return
    if any(
        cost.organisation_id == town.id and cost.version_number == text.version_number
        for cost in outcome.costs
    ):
        return
    [(_town, cents)] = _amounts(Sharing(sharing.rule, each_cents=sharing.each_cents), [town])
    outcome.costs.append(
        MunicipalCost(
            version_number=text.version_number,
            organisation=town,
            amount_cents=cents,
            inhabitants=town.inhabitants if sharing.rule is CostRule.PER_INHABITANT else None,
        )
    )


def check_costs(outcome: Outcome, towns: Sequence[Organisation]) -> None:
    """Raise ``Refused`` when costs are shared out and one of these municipalities has no amount."""
    if outcome.cost_sharing is None:
        return
    known = {cost.organisation_id for cost in outcome.costs}
    missing = [town.name for town in towns if town.id not in known]
    if missing:
        raise Refused(
            f"In de kosten staat geen bedrag voor {join_words(missing)}. "
            "Vul het aan; zet er 0 voor wie niets betaalt."
        )


def _amounts(sharing: Sharing, towns: Sequence[Organisation]) -> list[tuple[Organisation, int]]:
    if not towns:
        raise Refused("Er is geen enkele gemeente om de kosten over te verdelen.")
    if sharing.rule is CostRule.TABLE:
        found = [(town, sharing.table[town.id]) for town in towns if town.id in sharing.table]
        if not found:
            raise Refused("Geef het bedrag van minstens één gemeente.")
    else:
        each = sharing.each_cents
        if not each:
            raise Refused("Geef een bedrag groter dan nul.")
        per_inhabitant = sharing.rule is CostRule.PER_INHABITANT
        if per_inhabitant:
            _need_inhabitants(towns)
        found = [(t, each * (t.inhabitants or 0) if per_inhabitant else each) for t in towns]
    if any(cents > MOST_CENTS for _town, cents in found):
        raise Refused("Dat bedrag is te groot. Kijk de komma na.")
    return found


def _need_inhabitants(towns: Sequence[Organisation]) -> None:
    unknown = [town.name for town in towns if town.inhabitants is None]
    if unknown:
        raise Refused(
            f"Het aantal inwoners van {join_words(unknown)} is niet bekend. Vul het eerst in."
        )


def _keep_rule(outcome: Outcome, sharing: Sharing) -> None:
    each = None if sharing.rule is CostRule.TABLE else sharing.each_cents
    if outcome.cost_sharing is None:
        outcome.cost_sharing = CostSharing(
            rule=sharing.rule, each_cents=each, purpose=sharing.purpose
        )
    else:
        kept = outcome.cost_sharing
        kept.rule, kept.each_cents, kept.purpose = sharing.rule, each, sharing.purpose
        flag_modified(kept, "purpose")  # other amounts alone are a new revision too
