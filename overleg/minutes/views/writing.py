"""The Verslag tab: written item by item by support staff, read by the others."""

from itertools import pairwise

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.models import AgendaItem
from overleg.db import new_id, session
from overleg.decisions.workflow.outcomes import UNFINISHED
from overleg.documents.states import Circle
from overleg.lib.differences import marked_html
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.richtext import plain_to_html
from overleg.minutes.drafting import outcome_drafts
from overleg.minutes.forms import ItemForm, fresh_form
from overleg.minutes.forms.items import noted_of
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import (
    NOTES_OPEN,
    can_read_minutes,
    can_write_minutes,
    may_approve_minutes,
    may_remark,
)
from overleg.minutes.queries.minutes import revisions_of
from overleg.minutes.queries.presence import in_words, writers_now
from overleg.minutes.queries.versions import remarks_of, versions_of
from overleg.minutes.reading import MinutesLine, ReadMinutes, read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import item_to_write, meeting_to_write
from overleg.minutes.workflow.items import note_item, who_can_act
from overleg.minutes.workflow.notes import NotesConflict
from overleg.minutes.workflow.sessions import approve_at_next, why_not_approved_yet
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
    return _page(read, _open_line(read, request.args.get("punt", "")))


@blueprint.post("/vergaderingen/<meeting_id>/verslag")
@signed_in
def save(meeting_id: str) -> Page:
    """Keep the notes of one point, with an outcome and an action where there is one."""
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    form = ItemForm()
    form.offer(meeting.body.notes_votes)
    if not form.validate():
        read = read_minutes(viewer(), meeting)
        return _page(read, read.line_of(item.id), form), 422
    person = signed_in_person()
    try:
        with session().begin_nested():  # the page of a refusal shows nothing of what it undoes
            noted = noted_of(form, meeting, by=person)
            _note, outcome = note_item(item, noted, by=person, now=now())
    except NotesConflict as conflict:
        form.started_from.raw_data = [str(conflict.latest.edition)]
        read = read_minutes(viewer(), meeting)
        return _page(read, read.line_of(item.id), form, theirs=conflict.latest), 409
    except Refused as refused:
        form.form_errors.append(str(refused))
        read = read_minutes(viewer(), meeting)
        return _page(read, read.line_of(item.id), form), refused.status
    except NotPossible as obstacle:
        return _refused(item, form, str(obstacle)), obstacle.status
    flash(f"Punt {item.shown_number} is bewaard.", "success")
    if outcome is not None and outcome.is_unfinished:
        flash(UNFINISHED, "warning")
    told = approve_at_next(outcome, person, now()) if outcome else ""
    if told:
        flash(told, "info")
    return redirect(_after(meeting, item))


@blueprint.get("/vergaderingen/<meeting_id>/verslag/versies")
@signed_in
def revisions(meeting_id: str) -> Page:
    """Every revision of the notes of one point (``?punt=``), for who writes them."""
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    found = revisions_of(item)
    changes = {
        after.number: marked_html(before.text_html, after.text_html)
        for after, before in pairwise(found)
    }
    return render_template(
        "minutes/revisions.html", meeting=meeting, item=item, revisions=found, changes=changes
    )


def _refused(item: AgendaItem, form: ItemForm, message: str) -> str:
    """What stands in the way, with what was typed to copy."""
    texts = [(form.text_html, form.text_html.data)]
    if form.kind.data:
        texts += [(form.title, plain_to_html(form.title.data or ""))]
    texts += [(form.outcome_html, form.outcome_html.data)]
    plain = (form.reservations, form.action_text, form.action_who)
    texts += [(field, plain_to_html(field.data or "")) for field in plain]
    return render_template(
        "minutes/refused.html",
        meeting=item.meeting,
        item=item,
        message=message,
        texts=[(field.label.text, text) for field, text in texts if text],
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


def _form_of(line: MinutesLine, meeting: Meeting, *, is_open: bool) -> ItemForm:
    data = {
        "text_html": line.text_html,
        "started_from": line.note.edition if line.note else 0,
        "kind": "",
        "title": line.item.title[:200],
    }
    return fresh_form(line.item.id, data, meeting.body.notes_votes, is_open=is_open)


def _page(
    read: ReadMinutes,
    line: MinutesLine | None,
    sent: ItemForm | None = None,
    *,
    theirs: NoteRevision | None = None,
) -> str:
    """The page with one point open; ``sent`` is the form of that point as somebody sent it."""
    meeting, who = read.meeting, viewer()
    supports = can_write_minutes(who, meeting)
    writes = supports and meeting.state in NOTES_OPEN
    approves = may_approve_minutes(who, meeting) and read.is_draft
    forms = {
        each.item.id: _form_of(each, meeting, is_open=each is line)
        for each in (read.lines if writes else ())
    }
    if sent is not None and line is not None:
        sent.number_ids(line.item.id)
        forms[line.item.id] = sent
    return render_template(
        "minutes/write.html",
        meeting=meeting,
        tab="minutes",
        read=read,
        open_line=line,
        forms=forms,
        sent=sent,
        theirs=theirs,
        writes=writes,
        writing_id=new_id(),
        drafts={each.item.id: outcome_drafts(each.item) for each in read.lines} if writes else {},
        names=who_can_act(read.table, meeting, signed_in_person()) if writes else [],
        others=in_words(writers_now(meeting, now(), but=who.person_id)) if writes else "",
        supports=supports,
        may_remark=may_remark(who, read.minutes) and read.is_draft,
        remarks=remarks_of(who, read.minutes) if read.minutes and read.is_draft else [],
        versions=versions_of(who, read.minutes) if read.minutes and not read.is_draft else [],
        approves=approves and meeting.state is MeetingState.MINUTES,
        obstacle=why_not_approved_yet(meeting, now()) if approves else "",
        circles=[circle for circle in Circle if circle in read.circle.readable],
        next_meeting=next_meeting_after(meeting),
    )
