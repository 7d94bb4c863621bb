"""The verslag as a Word file, and the Historiek tab."""

from flask import render_template
from werkzeug.wrappers import Response

from overleg.documents.views import asked_circle
from overleg.minutes.papers import minutes_docx as make_docx
from overleg.minutes.papers import minutes_file_name
from overleg.minutes.queries.history import history_of_meeting
from overleg.minutes.reading import read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now
from overleg.web.downloads import word_file


@blueprint.get("/vergaderingen/<meeting_id>/verslag.docx")
@signed_in
def minutes_docx(meeting_id: str) -> Response:
    """The verslag in Word, in the own circle or a wider one (``?kring=openbaar``)."""
    meeting = meeting_by_id(viewer(), meeting_id)
    read = read_minutes(viewer(), meeting, asked_circle())
    return word_file(make_docx(read, now=now()), minutes_file_name(meeting))


@blueprint.get("/vergaderingen/<meeting_id>/historiek")
@signed_in
def history(meeting_id: str) -> str:
    """What happened with this meeting and everything on it."""
    meeting = meeting_by_id(viewer(), meeting_id)
    return render_template(
        "minutes/history.html",
        meeting=meeting,
        tab="history",
        entries=history_of_meeting(viewer(), meeting),
    )
