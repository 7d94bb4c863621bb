"""The Deelnemers tab: tapping through the table for support staff, a list for the others."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.db import revision_of
from overleg.lib.errors import EditConflict
from overleg.minutes.forms import AttendanceForm, attendance_data
from overleg.minutes.permissions import ATTENDANCE_OPEN, can_write_minutes
from overleg.minutes.queries.attendance import Table, table_of
from overleg.minutes.queries.minutes import minutes_of
from overleg.minutes.states import Presence
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import meeting_to_write
from overleg.minutes.workflow.attendance import note_attendance
from overleg.organisations.states import SeatKind
from overleg.scheduling.answers.queries import who_do_not_come
from overleg.scheduling.answers.showing import answers_shown
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now, today

Page = str | tuple[str, int] | Response

GROUPS = {
    SeatKind.VOTING: "Leden",
    SeatKind.ADVISORY: "Raadgevende leden",
    SeatKind.GUEST: "Genodigden",
}


@blueprint.get("/vergaderingen/<meeting_id>/deelnemers")
@signed_in
def attendance(meeting_id: str) -> Page:
    """Who is invited, and who is there."""
    meeting = meeting_by_id(viewer(), meeting_id)
    table = table_of(meeting)
    form = None
    if can_write_minutes(viewer(), meeting) and meeting.state in ATTENDANCE_OPEN:
        revision = revision_of(minutes_of(meeting))
        data = attendance_data(table, revision, excused=who_do_not_come(meeting))
        form = AttendanceForm(data=data)
    return _page(meeting, table, form)


@blueprint.post("/vergaderingen/<meeting_id>/deelnemers")
@signed_in
def note(meeting_id: str) -> Page:
    """Keep who is there."""
    meeting = meeting_to_write(meeting_id)
    table = table_of(meeting)
    form = AttendanceForm()
    form.complete(table)
    if request.form.get("do") == "others_present":
        form.seat_others(table)
    if not form.validate():
        return _page(meeting, table, form), 422
    try:
        note_attendance(
            meeting,
            form.seen(),
            form.named_guests(),
            revision=form.revision.data,
            by=signed_in_person(),
            now=now(),
        )
    except EditConflict:
        form.revision.data = revision_of(minutes_of(meeting))
        return _page(meeting, table_of(meeting), form, conflict=True), 409
    flash("De aanwezigheden zijn bewaard.", "success")
    return redirect(url_for("minutes.attendance", meeting_id=meeting.id))


def _page(
    meeting: Meeting, table: Table, form: AttendanceForm | None, *, conflict: bool = False
) -> str:
    counts = {
        presence: len(table.with_presence(presence))
        for presence in Presence
        if presence is not Presence.GUEST
    }
    return render_template(
        "minutes/attendance.html",
        meeting=meeting,
        tab="attendance",
        table=table,
        form=form,
        rows=form.by_seat() if form else {},
        groups=[
            (title, [line for line in table.seats if line.kind is kind])
            for kind, title in GROUPS.items()
        ],
        counts={presence: count for presence, count in counts.items() if count},
        conflict=conflict,
        answers=answers_shown(viewer(), meeting, [line.seat for line in table.seats], now()),
        can_write=can_write_minutes(viewer(), meeting),
        is_early=meeting.day > today(),
    )
