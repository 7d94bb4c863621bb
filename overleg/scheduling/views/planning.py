"""Planning one meeting."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import current_person
from overleg.accounts.models import Person
from overleg.lib.dates import BRUSSELS, format_span, format_weekday_date
from overleg.lib.errors import Forbidden, NotFound, Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling import queries, workflow
from overleg.scheduling.forms import PlanForm, end_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_plan
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.warning import warn_about
from overleg.scheduling.years.queries import habit_of
from overleg.web import clock
from overleg.web.access import signed_in, viewer

USUAL_START = time(9, 30)
Answer = str | Response | tuple[str, int]


def actor() -> Person:
    """Who does it; a page for those who signed in always has somebody."""
    person = current_person()
    if person is None:
        raise NotFound
    return person


def body_to_plan(slug: str) -> Body:
    """The body, for its support staff; raises ``Forbidden`` for those who may only see it."""
    body = queries.body_by_slug(viewer(), slug)
    if not can_plan(viewer(), body.id):
        raise Forbidden("Alleen de ondersteuner van dit overleg plant vergaderingen.")
    return body


def usual_table(body: Body, last: Meeting | None) -> dict[str, Any]:
    """The hours and the place of a meeting, as those of the last one where there was one."""
    if last is None:
        ends = end_of(USUAL_START, body.default_duration_minutes)
        return {"starts": USUAL_START, "ends": ends, "place": body.default_place}
    return {
        "starts": last.starts_at_utc.astimezone(BRUSSELS).time(),
        "ends": last.ends_at_utc.astimezone(BRUSSELS).time(),
        "place": body.default_place or last.place,
    }


def announced(meetings: list[Meeting], *, asked: bool) -> str:
    """Announce what was just planned where that was asked; says who is told."""
    if not asked:
        return "Niemand kreeg een mail: maak ze bekend wanneer u wilt."
    told = workflow.announce_meetings(meetings, by=actor(), now=clock.now())
    return told_in_words(told)


def told_in_words(told: Sequence[Person]) -> str:
    """How many people get a mail."""
    return f"{count_of(len(told), 'persoon krijgt', 'personen krijgen')} een mail."


@blueprint.route("/overleg/<slug>/vergaderingen/nieuw", methods=["GET", "POST"])
@signed_in
def plan_meeting(slug: str) -> Answer:
    """Plan one meeting; hours and place start from the body's habits."""
    body = body_to_plan(slug)
    form = PlanForm(data=usual_table(body, habit_of(body)))
    if form.validate_on_submit():
        starts_at, ends_at = form.moments()
        try:
            meeting = workflow.plan_meeting(
                body,
                starts_at=starts_at,
                ends_at=ends_at,
                place=form.place.data or "",
                online_url=form.online_url.data or "",
                by=actor(),
                now=clock.now(),
                quiet=True,
            )
        except Refused as refusal:
            form.refuse(form.starts, str(refusal))
        else:
            hours = format_span(meeting.starts_at_utc, meeting.ends_at_utc)
            done = (
                f"Vergadering {meeting.label} is gepland: {format_weekday_date(meeting.day)}, "
                f"{hours}."
            )
            flash(f"{done} {announced([meeting], asked=form.announce.data)}", "success")
            warn_about(meeting)
            return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    page = render_template("scheduling/plan_meeting.html", body=body, form=form)
    return (page, 422) if form.errors else page
