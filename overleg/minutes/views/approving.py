"""Approving the verslag: asks for confirmation, as it becomes final."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.lib.errors import Forbidden
from overleg.minutes.permissions import may_approve_minutes
from overleg.minutes.reading import read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.workflow.sessions import approve_minutes, why_not_approved
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now


@blueprint.get("/vergaderingen/<meeting_id>/verslag/goedkeuren")
@signed_in
def approve(meeting_id: str) -> str:
    """What approval means, and the button that does it."""
    meeting = _meeting(meeting_id)
    read = read_minutes(viewer(), meeting)
    return render_template(
        "minutes/approve.html",
        meeting=meeting,
        read=read,
        obstacle=why_not_approved(meeting, read.minutes, by=signed_in_person(), now=now()),
    )


@blueprint.post("/vergaderingen/<meeting_id>/verslag/goedkeuren")
@signed_in
def confirm_approval(meeting_id: str) -> Response:
    """Note that the table approved the verslag."""
    meeting = _meeting(meeting_id)
    approve_minutes(meeting, by=signed_in_person(), now=now())
    flash("Het verslag is goedgekeurd. Iedereen leest het nu in de eigen kring.", "success")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))


def _meeting(meeting_id: str) -> Meeting:
    meeting = meeting_by_id(viewer(), meeting_id)
    if not may_approve_minutes(viewer(), meeting):
        raise Forbidden("De voorzitter of een ondersteuner keurt het verslag goed.")
    return meeting
