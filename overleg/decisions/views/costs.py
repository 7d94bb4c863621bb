"""What an outcome costs each municipality, and the inhabitants it is worked out with."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.decisions import permissions
from overleg.decisions.costs import cost_table, costs_of
from overleg.decisions.models import Outcome
from overleg.decisions.pasted import Matched, match_towns, sum_fault
from overleg.decisions.queries.choosing import (
    all_municipalities,
    towns_taking_part,
    towns_to_ask,
)
from overleg.decisions.queries.outcomes import outcome_by_id
from overleg.decisions.release_forms import CostsForm, InhabitantsForm
from overleg.decisions.states import CostRule, OutcomeState
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.views.tags import body_of_support
from overleg.decisions.workflow.costs import Sharing, check_costs_asked, drop_costs, share_costs
from overleg.decisions.workflow.inhabitants import load_inhabitants
from overleg.lib.errors import Forbidden
from overleg.lib.money import format_number, parse_euro, parse_number
from overleg.lib.pasted import PastedTable, read_pasted
from overleg.lib.text import join_words
from overleg.organisations.models import Organisation
from overleg.organisations.queries.bodies import voting_municipalities
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Page = str | tuple[str, int] | Response
AMOUNT_HEADINGS = ("bedrag", "kost", "bijdrage", "aandeel", "euro", "€")
INHABITANT_HEADINGS = ("inwoner", "bevolking", "aantal")


@blueprint.route("/uitkomsten/<outcome_id>/kosten", methods=["GET", "POST"])
@signed_in
def share(outcome_id: str) -> Page:
    """Share the costs of an outcome out: fixed, per inhabitant, or as a pasted table says."""
    outcome = outcome_by_id(viewer(), outcome_id)
    if not permissions.shares_costs(viewer(), outcome):
        raise Forbidden
    check_costs_asked(outcome)
    towns = _towns(outcome)
    form = CostsForm(data=_as_stored(outcome))
    matched = Matched()
    if request.form.get("geen"):
        drop_costs(outcome, by=signed_in_person(), now=clock.now())
        flash("Voor deze uitkomst zijn er geen kosten meer.", "success")
        return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    if form.validate_on_submit():
        rule = CostRule(form.rule.data)
        if rule is CostRule.TABLE:
            matched = _read(form, towns)
        for fault in matched.faults:
            form.refuse(form.table, fault)
        if not form.errors:
            with form.refusals():
                share_costs(
                    outcome,
                    Sharing(
                        rule,
                        purpose=form.purpose.data or "",
                        each_cents=parse_euro(form.each.data or ""),
                        table=matched.numbers,
                    ),
                    towns,
                    revision=form.revision.data,
                    by=signed_in_person(),
                    now=clock.now(),
                    reason=form.reason.data or "",
                )
                flash(_shared(outcome, towns), "success")
                return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    page = render_template(
        "decisions/costs.html",
        outcome=outcome,
        meeting=outcome.item.meeting,
        form=form,
        suggested=matched.suggested,
        towns=towns,
        costs=cost_table(outcome),
        unknown=[town.name for town in towns if town.inhabitants is None],
        is_released=outcome.state is OutcomeState.RELEASED,
    )
    return page, form.answer_status


@blueprint.route("/overleg/<slug>/inwoners", methods=["GET", "POST"])
@signed_in
def inhabitants(slug: str) -> Page:
    """Fill in how many people live in each municipality of a body."""
    body = body_of_support(slug)
    towns = voting_municipalities(body, clock.today())
    form = InhabitantsForm(data={"year": clock.today().year})
    matched = Matched()
    if form.validate_on_submit():
        table = read_pasted(form.table.data or "", parse_number, INHABITANT_HEADINGS)
        matched = _match(table, towns, take_suggested=form.take_suggested.data)
        for fault in matched.faults:
            form.refuse(form.table, fault)
        if not form.errors:
            with form.refusals():
                load_inhabitants(
                    body,
                    towns,
                    matched.numbers,
                    form.year.data or 0,
                    by=signed_in_person(),
                    now=clock.now(),
                )
                flash(f"Van {len(matched.numbers)} gemeenten is het aantal bewaard.", "success")
                return redirect(url_for("decisions.inhabitants", slug=body.slug))
    page = render_template(
        "decisions/inhabitants.html",
        body=body,
        form=form,
        towns=towns,
        suggested=matched.suggested,
    )
    return page, form.answer_status


def _towns(outcome: Outcome) -> list[Organisation]:
    """Who pays: those that take part, or before the release those that can be asked."""
    if outcome.state is OutcomeState.RELEASED:
        return towns_taking_part(outcome)
    meeting = outcome.item.meeting
    return towns_to_ask(meeting.body, meeting.day, clock.today())


def _read(form: CostsForm, towns: list[Organisation]) -> Matched:
    table = read_pasted(form.table.data or "", parse_euro, AMOUNT_HEADINGS)
    matched = _match(table, towns, take_suggested=form.take_suggested.data)
    given = parse_euro(form.total.data or "") if form.total.data else table.total
    fault = sum_fault(matched.numbers, given) if not matched.faults else None
    if fault:
        matched.faults.append(fault)
    return matched


def _match(table: PastedTable, towns: Sequence[Organisation], *, take_suggested: bool) -> Matched:
    return match_towns(
        table, towns, all_municipalities(), on=clock.today(), take_suggested=take_suggested
    )


def _shared(outcome: Outcome, towns: list[Organisation]) -> str:
    paying = {cost.organisation_id for cost in costs_of(outcome)}
    without = [town.name for town in towns if town.id not in paying]
    if not without:
        return "De kosten zijn verdeeld."
    return f"De kosten zijn verdeeld. Zonder bedrag: {join_words(without)}."


def _as_stored(outcome: Outcome) -> dict[str, object]:
    """The form as it was filled in last."""
    sharing = outcome.cost_sharing
    if sharing is None:
        return {"rule": CostRule.FIXED.value}
    cents = sharing.each_cents
    lines = [f"{c.organisation.name}\t{_typed(c.amount_cents)}" for c in costs_of(outcome)]
    is_table = sharing.rule is CostRule.TABLE
    return {
        "revision": sharing.revision,
        "rule": sharing.rule.value,
        "each": _typed(cents) if cents is not None else "",
        "table": "\n".join(lines) if is_table else "",
        "purpose": sharing.purpose,
    }


def _typed(cents: int) -> str:
    """``1.234,50``, as somebody would type it."""
    return f"{format_number(cents // 100)},{cents % 100:02}"
