"""The verslag as it was approved, and what was put right afterwards, with the reason."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.lib.differences import marked_html
from overleg.lib.errors import NotFound
from overleg.minutes.forms.circulating import CorrectForm
from overleg.minutes.queries.minutes import latest_note
from overleg.minutes.queries.versions import items_of_version, versions_of
from overleg.minutes.reading import read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import item_to_write, meeting_to_write
from overleg.minutes.workflow.notes import NotesConflict
from overleg.minutes.workflow.versions import correct as put_right
from overleg.scheduling.queries import meeting_by_id
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now

Page = str | tuple[str, int] | Response


@blueprint.get("/vergaderingen/<meeting_id>/verslag/goedgekeurd/<int:number>")
@signed_in
def approved_version(meeting_id: str, number: int) -> Page:
    """An approved version, in the own circle; of a correction also what changed, in words."""
    meeting = meeting_by_id(viewer(), meeting_id)
    read = read_minutes(viewer(), meeting)
    if read.minutes is None:
        raise NotFound
    versions = versions_of(viewer(), read.minutes)
    version = next((each for each in versions if each.number == number), None)
    if version is None:
        raise NotFound
    items = items_of_version(viewer(), read.minutes, number)
    before = items_of_version(viewer(), read.minutes, number - 1)
    texts = {item.item_id: item.text_html + item.results_html for item in before}
    changes = {
        item.item_id: marked_html(texts[item.item_id], item.text_html + item.results_html)
        for item in items
        if texts.get(item.item_id, item.text_html + item.results_html)
        != item.text_html + item.results_html
    }
    return render_template(
        "minutes/version.html",
        meeting=meeting,
        read=read,
        version=version,
        versions=versions,
        items=items,
        changes=changes,
    )


@blueprint.route("/vergaderingen/<meeting_id>/verslag/rechtzetten", methods=["GET", "POST"])
@signed_in
def correct(meeting_id: str) -> Page:
    """Put one point (``?punt=``) of an approved verslag right, with the reason."""
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    note = latest_note(item)
    form = CorrectForm(
        data={
            "text_html": note.text_html if note else "",
            "started_from": note.edition if note else 0,
            "reason": "",
        }
    )
    theirs = None
    if form.validate_on_submit():
        with form.refusals():
            try:
                version = put_right(
                    item,
                    form.text_html.data or "",
                    started_from=form.started_from.data or 0,
                    reason=form.reason.data or "",
                    by=signed_in_person(),
                    now=now(),
                )
            except NotesConflict as conflict:
                theirs = conflict.latest
                form.started_from.raw_data = [str(theirs.edition)]
                raise
            flash(f"Rechtgezet. Dit is versie {version.number} van het verslag.", "success")
            return redirect(
                url_for("minutes.approved_version", meeting_id=meeting.id, number=version.number)
            )
    line = read_minutes(viewer(), meeting).line_of(item.id)
    page = render_template(
        "minutes/correct.html",
        meeting=meeting,
        item=item,
        form=form,
        theirs=theirs,
        changes=marked_html(line.approved_html, line.results_html)
        if line and line.approved_html is not None
        else [],
        address=request.full_path,
    )
    return page, form.answer_status
