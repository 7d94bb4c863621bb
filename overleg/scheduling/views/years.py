"""Proposing the years of a body: the rhythm, the dates it gives, adjusting and planning them."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field

from overleg.db import revision_of
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling.models import PlannedYear
from overleg.scheduling.permissions import can_plan
from overleg.scheduling.queries import quiet_meetings
from overleg.scheduling.rules.queries import bodies_bound_to, loose_meetings, rules_of
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import (
    Answer,
    actor,
    announced,
    body_to_plan,
    usual_table,
)
from overleg.scheduling.years import workflow
from overleg.scheduling.years.choosing import Proposed
from overleg.scheduling.years.forms import (
    OWN,
    OWN_PERIOD,
    DateForm,
    DatesForm,
    YearForm,
    periods_on,
)
from overleg.scheduling.years.queries import (
    Proposal,
    habit_of,
    propose,
    rhythm_of,
    seated_between,
    year_of,
)
from overleg.scheduling.years.rows import LOOK_HERE, Row, choices_of, picked, rows_of, wrong_in
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import typed_for

PLAN = "plannen"
CHANGED = "Iemand anders wijzigde dit voorstel intussen. Kijk na wat er nu staat en bewaar opnieuw."


@blueprint.route("/overleg/<slug>/jaar", methods=["GET", "POST"])
@signed_in
def propose_year(slug: str) -> Answer:
    """Ask a rhythm for a period; below it the dates that it gives now."""
    body = body_to_plan(slug)
    year = year_of(body)
    form = _year_form(body, year)
    if form.validate_on_submit():
        with form.refusals():
            _refuse_stale(form.revision, year)
            asked = workflow.AskedYear(
                form.rhythm(),
                form.starts.data,
                form.ends.data,
                form.place.data or "",
                form.online_url.data or "",
            )
            workflow.ask_year(body, asked, by=actor(), now=clock.now())
            return redirect(url_for("scheduling.propose_year", slug=body.slug, _anchor="data"))
    return _page(body, year, form), form.answer_status


@blueprint.post("/overleg/<slug>/jaar/data")
@signed_in
def adjust_year(slug: str) -> Answer:
    """Keep what was chosen of the dates; or plan them, when that was asked."""
    body = body_to_plan(slug)
    year = year_of(body)
    if year is None:
        raise NotPossible("Er is geen voorstel meer: de data zijn al gepland, of het is gewist.")
    proposal = propose(year, viewer(), clock.now())
    form, rows = DatesForm(), rows_of(proposal, request.form)
    if form.validate_on_submit():
        with form.refusals():
            _refuse_stale(form.revision, year)
            choices = choices_of(rows, body.the_name)
            workflow.adjust_year(year, choices, by=actor(), now=clock.now())
            if request.form.get("stap") == PLAN:
                return _planned(body, year, rows)
            flash("Uw keuzes zijn bewaard en de data opnieuw berekend.", "success")
            return redirect(url_for("scheduling.propose_year", slug=body.slug, _anchor="data"))
    year_form = _year_form(body, year, typed=False)
    page = _page(body, year, year_form, proposal=proposal, dates_form=form, rows=rows)
    return page, form.answer_status


@blueprint.post("/overleg/<slug>/jaar/wissen")
@signed_in
def drop_year(slug: str) -> Response:
    """Forget the proposal; no meeting changes."""
    body = body_to_plan(slug)
    year = year_of(body)
    if year is not None:
        workflow.drop_year(year)
        flash("Het voorstel is gewist. Aan de vergaderingen veranderde niets.", "success")
    return redirect(url_for("scheduling.propose_year", slug=body.slug))


def _refuse_stale(revision: Field, year: PlannedYear | None) -> None:
    """Raise ``NotPossible`` where somebody else was first; what is sent next counts again."""
    shown, revision.data = revision.data, revision_of(year)
    if shown != revision.data:
        raise NotPossible(CHANGED)


def _planned(body: Body, year: PlannedYear, rows: Sequence[Row]) -> Response:
    """Plan what was picked. Raises ``Refused`` for a typed date that breaks a hard rule."""
    fresh = {each.wish.day: each for each in propose(year, viewer(), clock.now()).proposed}
    for row in rows:
        if row.form is not None and row.form.pick.data == OWN:
            _refuse_broken(row.form, fresh[row.day])
    slots = [slot for row in rows if (slot := picked(row, body.the_name)) is not None]
    meetings = workflow.plan_year(year, slots, by=actor(), now=clock.now())
    planned = count_of(len(meetings), "vergadering", "vergaderingen")
    asked = request.form.get("announce") is not None
    flash(f"{planned} gepland. {announced(meetings, asked=asked)}", "success")
    return redirect(url_for("scheduling.list_meetings", overleg=body.slug))


def _refuse_broken(form: DateForm, proposed: Proposed) -> None:
    broken = proposed.chosen.broken if proposed.chosen else ()
    if broken:
        form.refuse(
            form.day,
            f"De dag die u koos, breekt een regel die moet: {broken[0].rule.sentence} "
            f"({broken[0].why}). Kies een andere dag, of maak er bij Regels “liefst” van.",
        )
        raise Refused(LOOK_HERE)


def _year_form(body: Body, year: PlannedYear | None, *, typed: bool = True) -> YearForm:
    """The rhythm that was asked, or what the body is used to; ``typed`` takes what was sent."""
    given = _habits(body) if year is None else _asked(year)
    form = YearForm(**given)
    if not typed:
        form.process(None, None, **given)
    return form


def _asked(year: PlannedYear) -> dict[str, Any]:
    periods = periods_on(clock.today())
    period = next(
        (
            key
            for key, (_label, first, last) in periods.items()
            if last == year.last_day and first.year == year.first_day.year
        ),
        OWN_PERIOD,
    )
    return {
        "period": period,
        "first_day": year.first_day,
        "last_day": year.last_day,
        "kind": year.kind.value,
        "nth": year.nth,
        "every_weeks": year.every_weeks,
        "times": year.times,
        "weekday": year.weekday,
        "skips_summer": year.skips_summer,
        "starts": year.starts_at_hour,
        "ends": year.ends_at_hour,
        "place": year.place,
        "online_url": year.online_url,
        "revision": year.revision,
    }


def _habits(body: Body) -> dict[str, Any]:
    last = habit_of(body)
    if last is None:
        return usual_table(body, None)
    return {
        **usual_table(body, last),
        "weekday": last.day.weekday(),
        "nth": min((last.day.day - 1) // 7 + 1, 4),
    }


def _followers(body: Body) -> list[Body]:
    """The bodies with a rule about this one of which this person plans the meetings too."""
    return [
        other
        for other in bodies_bound_to(body.id)
        if can_plan(viewer(), other.id) and not other.is_external
    ]


def _page(
    body: Body,
    year: PlannedYear | None,
    form: YearForm,
    *,
    proposal: Proposal | None = None,
    dates_form: DatesForm | None = None,
    rows: Sequence[Row] | None = None,
) -> str:
    if year is not None and proposal is None:
        proposal = propose(year, viewer(), clock.now())
    if proposal is not None and rows is None:
        typed = typed_for(url_for("scheduling.adjust_year", slug=body.slug))
        dates_form, rows = DatesForm(), rows_of(proposal, typed)
        dates_form.process(typed, None, revision=revision_of(year))
    return render_template(
        "scheduling/year.html",
        body=body,
        tab="year",
        year=year,
        rhythm=rhythm_of(year).sentence if year else "",
        form=form,
        dates_form=dates_form,
        rows=rows or [],
        wrong=wrong_in(rows or []),
        loose={each.meeting.starts_at_utc: each for each in loose_meetings(body, clock.now())},
        rules=rules_of(body),
        without_dates=proposal.without_dates if proposal else [],
        told=seated_between(body, year.first_day, year.last_day) if year else [],
        quiet=quiet_meetings(body, clock.now()),
        followers=_followers(body) if year else [],
    )
