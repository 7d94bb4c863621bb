"""Planning a series: a rhythm, the days it gives, and the ones that are wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for

from overleg.lib.dates import to_utc
from overleg.lib.errors import Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling import queries, workflow
from overleg.scheduling.forms import SeriesForm
from overleg.scheduling.models import Meeting
from overleg.scheduling.rhythm import MOST_DAYS, days_of
from overleg.scheduling.rules.free_days import free_days_on, holiday_on
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import (
    Answer,
    actor,
    announced,
    body_to_plan,
    usual_table,
)
from overleg.scheduling.years.queries import habit_of
from overleg.web import clock
from overleg.web.access import signed_in

PLAN = "plannen"


@dataclass(frozen=True)
class Proposed:
    """A day of the preview: whether it is ticked, what stands in its way, and its holidays."""

    day: date
    ticked: bool
    obstacle: str = ""
    free_days: Sequence[str] = ()


@blueprint.route("/overleg/<slug>/reeks", methods=["GET", "POST"])
@signed_in
def plan_series(slug: str) -> Answer:
    """Show the days of a rhythm, then plan the ticked ones. Nothing is planned before that."""
    body = body_to_plan(slug)
    today = clock.today()
    form = SeriesForm(
        data={
            **usual_table(body, habit_of(body)),
            "first_day": today,
            "last_day": date(today.year + (today.month > 6), 12, 31),
        }
    )
    days: list[Proposed] = []
    if form.validate_on_submit():
        days = _preview(body, form)
        if request.form.get("stap") == PLAN and _plan(body, form, days):
            return redirect(url_for("scheduling.list_meetings", overleg=body.slug))
    page = render_template("scheduling/plan_series.html", body=body, form=form, days=days)
    return (page, 422) if form.errors else page


def _preview(body: Body, form: SeriesForm) -> list[Proposed]:
    days = days_of(form.rhythm())
    if not days:
        form.refuse(form.last_day, "In deze periode valt geen enkele dag van dit ritme.")
    if len(days) > MOST_DAYS:
        form.refuse(
            form.last_day, f"Dat zijn meer dan {MOST_DAYS} vergaderingen. Kies een kortere periode."
        )
        return []
    chosen = set(request.form.getlist("dag"))
    is_first_look = "getoond" not in request.form
    there = _existing(body, form, days)
    return [
        Proposed(
            day=day,
            ticked=not obstacle
            and (not holiday_on(day) if is_first_look else day.isoformat() in chosen),
            obstacle=obstacle,
            free_days=free_days_on(day),
        )
        for day in days
        for obstacle in [_obstacle(form, day, there)]
    ]


def _existing(body: Body, form: SeriesForm, days: Sequence[date]) -> Sequence[Meeting]:
    """Every meeting of the body within the period; one statement."""
    if not days:
        return []
    return queries.meetings_between(
        body.id, to_utc(days[0], form.starts.data), to_utc(days[-1], form.ends.data)
    )


def _obstacle(form: SeriesForm, day: date, there: Sequence[Meeting]) -> str:
    starts_at, ends_at = to_utc(day, form.starts.data), to_utc(day, form.ends.data)
    if starts_at < clock.now():
        return "Dit moment is al voorbij."
    for other in there:
        if other.starts_at_utc < ends_at and other.ends_at_utc > starts_at:
            return f"Dan is er al vergadering {other.label}."
    return ""


def _plan(body: Body, form: SeriesForm, days: list[Proposed]) -> bool:
    """Plan the ticked days; false, with the reason in the form, when that cannot be done."""
    shown = {proposed.day.isoformat() for proposed in days}
    if set(request.form.getlist("getoond")) != shown:
        form.form_errors.append("Het ritme veranderde. Kijk de nieuwe data na en plan dan opnieuw.")
        return False
    try:
        meetings = workflow.plan_series(
            body,
            rhythm=form.rhythm(),
            days=[proposed.day for proposed in days if proposed.ticked],
            from_hour=form.starts.data,
            to_hour=form.ends.data,
            place=form.place.data or "",
            online_url=form.online_url.data or "",
            by=actor(),
            now=clock.now(),
            quiet=True,
        )
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return False
    planned = count_of(len(meetings), "vergadering", "vergaderingen")
    told = announced(meetings, asked=form.announce.data)
    flash(f"{planned} gepland, {form.rhythm().sentence}. {told}", "success")
    return True
