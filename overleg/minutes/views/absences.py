"""Who takes no part in one point."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.db import revision_of
from overleg.minutes.forms.circulating import AwayForm
from overleg.minutes.queries.attendance import absence_list, absences_by_item, table_of
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import item_to_write, meeting_to_write
from overleg.minutes.workflow.absences import note_absences
from overleg.web.access import signed_in
from overleg.web.clock import now

Page = str | tuple[str, int] | Response


@blueprint.route("/vergaderingen/<meeting_id>/deelnemers/punt", methods=["GET", "POST"])
@signed_in
def item_absences(meeting_id: str) -> Page:
    """Note who takes no part in one point (``?punt=``), mostly for a conflict of interest."""
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    table = table_of(meeting)
    absences = absences_by_item([item.id]).get(item.id, [])
    noted = {row.seat_id: row.reason for row in absences}
    rows = [
        {
            "seat_id": line.seat.id,
            "is_away": line.seat.id in noted,
            "reason": noted.get(line.seat.id, ""),
        }
        for line in table.seats
    ]
    form = AwayForm(data={"revision": revision_of(absence_list(item)), "seats": rows})
    form.call_by({line.seat.id: line.name for line in table.seats})
    if form.validate_on_submit():
        with form.refusals():
            note_absences(
                item,
                form.reasons(),
                revision=form.revision.data,
                by=signed_in_person(),
                now=now(),
            )
            flash(f"Bewaard wie niet deelneemt aan punt {item.shown_number}.", "success")
            return redirect(
                url_for(
                    "minutes.write",
                    meeting_id=meeting.id,
                    punt=item.id,
                    _anchor=f"punt-{item.id}",
                )
            )
    page = render_template(
        "minutes/absences.html",
        meeting=meeting,
        item=item,
        form=form,
        absences=absences,
    )
    return page, form.answer_status
