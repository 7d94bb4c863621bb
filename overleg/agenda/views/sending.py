"""Sending an agenda: first exactly who will be told, then it is frozen and mailed."""

from flask import flash, redirect, render_template, url_for

from overleg.accounts.login import signed_in_person
from overleg.agenda.forms.items import SendForm
from overleg.agenda.lines import working_lines
from overleg.agenda.queries.items import items_of_meeting, next_number
from overleg.agenda.queries.readers import readers_of
from overleg.agenda.queries.versions import lines_of_version, versions_of
from overleg.agenda.reading import read_agenda
from overleg.agenda.sending_notices import readers_to_tell
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.supporting import Answer, checks_of, supported_meeting
from overleg.agenda.workflow.order import guard_open
from overleg.agenda.workflow.sending import send_agenda as send
from overleg.agenda.workflow.sending import version_letter
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting
from overleg.web import clock
from overleg.web.access import signed_in, viewer


@blueprint.route("/vergaderingen/<meeting_id>/versturen", methods=["GET", "POST"])
@signed_in
def send_agenda(meeting_id: str) -> Answer:
    """Say exactly who will be told, then freeze the agenda and mail it."""
    meeting = supported_meeting(meeting_id)
    guard_open(meeting)
    form = SendForm()
    if form.validate_on_submit():
        version = send(
            meeting, message=form.message.data or "", by=signed_in_person(), now=clock.now()
        )
        flash(f"Agenda {version.letter} is verstuurd.", "success")
        return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    page = _send_page(form, meeting)
    return (page, 422) if form.errors else page


def _send_page(form: SendForm, meeting: Meeting) -> str:
    agenda = read_agenda(viewer(), meeting)
    versions = versions_of(meeting.id)
    before = lines_of_version(versions[0].id, Circle.MAYORS.readable) if versions else []
    items = items_of_meeting(meeting)
    lines = working_lines(meeting, items, next_number=next_number(meeting))
    told = readers_to_tell(readers_of(meeting.body_id, clock.today()), lines, before)
    return render_template(
        "meetings/send_agenda.html",
        form=form,
        meeting=meeting,
        agenda=agenda,
        checks=checks_of(meeting, items, lines),
        told=told,
        told_by_circle=[
            (circle, [reader for reader in told if reader.circle is circle])
            for circle in reversed(Circle)
        ],
        letter=version_letter(len(versions)),
    )
