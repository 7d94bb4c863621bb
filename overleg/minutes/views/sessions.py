"""Opening and closing a meeting."""

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import meeting_to_write
from overleg.minutes.workflow.sessions import close_meeting, open_meeting
from overleg.web.access import signed_in
from overleg.web.clock import now


@blueprint.post("/vergaderingen/<meeting_id>/starten")
@signed_in
def start(meeting_id: str) -> Response:
    """Begin the meeting, or take it up again."""
    meeting = meeting_to_write(meeting_id)
    open_meeting(meeting, by=signed_in_person(), now=now())
    flash("De vergadering is gestart. Duid aan wie er is.", "success")
    return redirect(url_for("minutes.attendance", meeting_id=meeting.id))


@blueprint.post("/vergaderingen/<meeting_id>/sluiten")
@signed_in
def close(meeting_id: str) -> Response:
    """End the meeting."""
    meeting = meeting_to_write(meeting_id)
    close_meeting(meeting, by=signed_in_person(), now=now())
    flash("De vergadering is gesloten. De leden lezen nu het ontwerp van het verslag.", "success")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))
