"""The points of a cancelled meeting: to the waiting list, or along to the next meeting."""

from flask import flash, redirect, request, url_for

from overleg.accounts.login import signed_in_person
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.supporting import Answer, supported_meeting, to_prepare
from overleg.agenda.workflow import carrying
from overleg.lib.errors import NotFound
from overleg.lib.text import count_of
from overleg.scheduling.queries import next_meeting_after
from overleg.web import clock
from overleg.web.access import signed_in

WAIT, ALONG = "wachten", "meenemen"


@blueprint.post("/vergaderingen/<meeting_id>/agenda/na-annuleren")
@signed_in
def carry_over(meeting_id: str) -> Answer:
    """What support staff chose for the points of a cancelled meeting."""
    meeting = supported_meeting(meeting_id)
    by, now = signed_in_person(), clock.now()
    choice = request.form.get("keuze", "")
    if choice == WAIT:
        items = carrying.release_points(meeting, by=by, now=now)
        points = count_of(len(items), "punt wacht", "punten wachten")
        flash(f"{points} weer op een agenda.", "success")
        return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    following = next_meeting_after(meeting)
    if choice != ALONG or following is None:
        raise NotFound
    items = carrying.carry_over(meeting, following, by=by, now=now)
    points = count_of(len(items), "punt staat", "punten staan")
    flash(f"{points} op de agenda van {following.the_title}.", "success")
    return to_prepare(following.id, "agenda")
