"""Opening a meeting, and closing it with what was not treated."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.lib.text import count_of
from overleg.minutes.forms.closing import POSTPONE, TREATED, ClosingForm, closing_data
from overleg.minutes.queries.waiting import discussed_among, untreated_items
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import meeting_to_write
from overleg.minutes.workflow.sessions import close_meeting, open_meeting, settle_untreated
from overleg.scheduling.queries import next_meeting_after
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


@blueprint.get("/vergaderingen/<meeting_id>/sluiten")
@signed_in
def closing(meeting_id: str) -> str:
    """Say what closing means, and ask what becomes of points without an outcome."""
    meeting = meeting_to_write(meeting_id)
    items = untreated_items(meeting)
    discussed = discussed_among(items)
    form = ClosingForm(data=closing_data(items, discussed))
    return render_template(
        "minutes/closing.html",
        meeting=meeting,
        form=form,
        rows=list(zip(items, (entry.form for entry in form.untreated), strict=True)),
        discussed=discussed,
        following=next_meeting_after(meeting),
    )


@blueprint.post("/vergaderingen/<meeting_id>/sluiten")
@signed_in
def close(meeting_id: str) -> Response:
    """End the meeting."""
    meeting = meeting_to_write(meeting_id)
    person, moment = signed_in_person(), now()
    chosen = ClosingForm().chosen()
    items = untreated_items(meeting)
    postponed = [item for item in items if chosen.get(item.id) == POSTPONE]
    treated = [item for item in items if chosen.get(item.id) == TREATED]
    settle_untreated(meeting, postponed, treated, by=person, now=moment)
    close_meeting(meeting, by=person, now=moment)
    flash("De vergadering is gesloten. De leden lezen nu het ontwerp van het verslag.", "success")
    if postponed:
        number = count_of(len(postponed), "punt", "punten")
        flash(f"Bij het sluiten uitgesteld naar een volgende vergadering: {number}.", "info")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))
