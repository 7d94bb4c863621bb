"""The Verslag tab: written item by item by support staff, read by the others."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.models import AgendaItem
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound, NotPossible
from overleg.minutes.forms import ItemForm
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import (
    NOTES_OPEN,
    can_read_minutes,
    can_write_minutes,
    may_approve_minutes,
)
from overleg.minutes.queries.minutes import item_of_meeting, outcomes_by_item, revisions_of
from overleg.minutes.reading import MinutesLine, ReadMinutes, read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import meeting_to_write
from overleg.minutes.workflow.notes import NotesConflict, save_notes
from overleg.minutes.workflow.sessions import why_not_approved_yet
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id, next_meeting_after
from overleg.scheduling.states import MeetingState
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now

Page = str | tuple[str, int] | Response


@blueprint.get("/vergaderingen/<meeting_id>/verslag")
@signed_in
def write(meeting_id: str) -> Page:
    """The verslag; for its writers with one point open (``?punt=``)."""
    meeting = meeting_by_id(viewer(), meeting_id)
    if not can_read_minutes(viewer(), meeting):
        return render_template("minutes/closed.html", meeting=meeting, tab="minutes")
    read = read_minutes(viewer(), meeting)
    line = _open_line(read, request.args.get("punt", ""))
    return _page(read, line, _fresh_form(line) if line else None)


@blueprint.post("/vergaderingen/<meeting_id>/verslag")
@signed_in
def save(meeting_id: str) -> Page:
    """Keep the notes of one point, and note an outcome when one was chosen."""
    meeting = meeting_to_write(meeting_id)
    item = item_of_meeting(meeting, request.args.get("punt", ""))
    if item is None:
        raise NotFound
    form = ItemForm()
    if not form.validate():
        read = read_minutes(viewer(), meeting)
        return _page(read, read.line_of(item.id), form), 422
    try:
        _keep(item, form)
    except NotesConflict as conflict:
        form.started_from.raw_data = [str(conflict.latest.number)]
        read = read_minutes(viewer(), meeting)
        return _page(read, read.line_of(item.id), form, theirs=conflict.latest), 409
    except NotPossible as refusal:
        return _refused(item, form, str(refusal)), 409
    flash(f"Punt {item.shown_number} is bewaard.", "success")
    return redirect(_after(meeting, item))


@blueprint.get("/vergaderingen/<meeting_id>/verslag/versies")
@signed_in
def revisions(meeting_id: str) -> Page:
    """Every revision of the notes of one point (``?punt=``), for who writes them."""
    meeting = meeting_to_write(meeting_id)
    item = item_of_meeting(meeting, request.args.get("punt", ""))
    if item is None:
        raise NotFound
    return render_template(
        "minutes/revisions.html", meeting=meeting, item=item, revisions=revisions_of(item)
    )


def _keep(item: AgendaItem, form: ItemForm) -> None:
    person, moment = signed_in_person(), now()
    started_from = form.started_from.data or 0
    save_notes(item, form.text_html.data or "", started_from=started_from, by=person, now=moment)
    if not form.kind.data:
        return
    agreed = Agreed(OutcomeKind(form.kind.data), form.title.data or "", form.words_of_outcome)
    earlier = outcomes_by_item([item.id]).get(item.id, [])
    if agreed not in [Agreed(each.kind, each.title, each.text_html) for each in earlier]:
        note_outcome(item, agreed, by=person, now=moment)


def _refused(item: AgendaItem, form: ItemForm, message: str) -> str:
    """What stands in the way, with what was typed to copy."""
    texts = [("Bespreking", form.text_html.data), ("Uitkomst", form.outcome_html.data)]
    return render_template(
        "minutes/refused.html",
        meeting=item.meeting,
        item=item,
        message=message,
        texts=[(title, text) for title, text in texts if text],
    )


def _after(meeting: Meeting, item: AgendaItem) -> str:
    """Where to go on: the next point on request, else the same."""
    line = read_minutes(viewer(), meeting).after(item.id)
    goes_on = request.form.get("do") == "next" and line is not None
    here = line.item.id if goes_on and line else item.id
    return url_for("minutes.write", meeting_id=meeting.id, punt=here, _anchor=f"punt-{here}")


def _open_line(read: ReadMinutes, asked: str) -> MinutesLine | None:
    """The point that is open to write: the one asked for, in a meeting the first without notes."""
    meeting = read.meeting
    if not can_write_minutes(viewer(), meeting) or meeting.state not in NOTES_OPEN:
        return None
    if asked:
        return read.line_of(asked)
    if meeting.state is not MeetingState.IN_SESSION:
        return None
    return next((line for line in read.lines if line.is_empty), None)


def _fresh_form(line: MinutesLine) -> ItemForm:
    return ItemForm(
        data={
            "text_html": line.text_html,
            "started_from": line.note.number if line.note else 0,
            "kind": "",
            "title": line.item.title[:200],
        }
    )


def _page(
    read: ReadMinutes,
    line: MinutesLine | None,
    form: ItemForm | None,
    *,
    theirs: NoteRevision | None = None,
) -> str:
    meeting = read.meeting
    writes = can_write_minutes(viewer(), meeting)
    approves = may_approve_minutes(viewer(), meeting) and read.is_draft
    return render_template(
        "minutes/write.html",
        meeting=meeting,
        tab="minutes",
        read=read,
        open_line=line,
        next_line=read.after(line.item.id) if line else None,
        form=form,
        theirs=theirs,
        writes=writes and meeting.state in NOTES_OPEN,
        supports=writes,
        approves=approves and meeting.state is MeetingState.MINUTES,
        obstacle=why_not_approved_yet(meeting, now()) if approves else "",
        circles=[circle for circle in Circle if circle in read.circle.readable],
        next_meeting=next_meeting_after(meeting),
    )
