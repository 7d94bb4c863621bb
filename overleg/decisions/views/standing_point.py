"""The standing point "Stand van de opvolging" and its paper."""

from datetime import timedelta

from flask import Response, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from overleg.accounts.login import signed_in_person
from overleg.decisions.permissions import can_note_outcome
from overleg.decisions.queries.matrix import (
    Chosen,
    Show,
    cells_of_lines,
    deviations_of,
    lines_of_matrix,
)
from overleg.decisions.standing import build_matrix
from overleg.decisions.standing_paper import standing_docx
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.standing_point import put_on_agenda
from overleg.documents.states import Circle
from overleg.lib.errors import Forbidden
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file

LOOKS_BACK = timedelta(days=365)
MOST_LINES = 200


@blueprint.post("/vergaderingen/<meeting_id>/stand-van-de-opvolging")
@signed_in
def put_standing_on_agenda(meeting_id: str) -> AnyResponse:
    """Put the point on the agenda of a meeting."""
    meeting = meeting_by_id(viewer(), meeting_id)
    if not can_note_outcome(viewer(), meeting.body_id):
        raise Forbidden
    today = clock.today()
    chosen = Chosen(body_id=meeting.body_id, show=Show.OPEN).within(Circle.ADMINISTRATIONS.readable)
    lines = lines_of_matrix(viewer(), chosen, today, limit=MOST_LINES)
    built = build_matrix(lines, cells_of_lines(lines, chosen), today)
    told = [(row.outcome.title, row.sentence) for row in built.rows]
    put_on_agenda(meeting, told, by=signed_in_person(), now=clock.now())
    flash("“Stand van de opvolging” staat op de agenda.", "success")
    return redirect(url_for("agenda.prepare", meeting_id=meeting.id))


@blueprint.get("/vergaderingen/<meeting_id>/stand-van-de-opvolging.docx")
@signed_in
def standing_paper(meeting_id: str) -> Response:
    """The paper of the point, with what this person reads of the body, of the last year."""
    meeting = meeting_by_id(viewer(), meeting_id)
    today = clock.today()
    chosen = Chosen(body_id=meeting.body_id, since=today - LOOKS_BACK)
    lines = lines_of_matrix(viewer(), chosen, today, limit=MOST_LINES)
    content = standing_docx(
        meeting.body.name,
        lines,
        cells_of_lines(lines, chosen),
        deviations_of(lines, chosen),
        circle=viewer().reach[meeting.body_id].label,
        now=clock.now(),
    )
    return word_file(content, f"stand-van-de-opvolging-{today:%Y-%m-%d}.docx")
