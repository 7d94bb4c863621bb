"""What the writing screen asks while somebody writes: to save itself, and who else writes."""

from typing import Any

from flask import render_template, request

from overleg.accounts.login import signed_in_person
from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.lib.dates import format_time
from overleg.lib.errors import NotPossible, Refused
from overleg.minutes.forms import ItemForm
from overleg.minutes.forms.items import TextForm, errors_of, first_error, noted_of
from overleg.minutes.models import NoteRevision
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.minutes import editions_of, item_of_meeting
from overleg.minutes.queries.presence import writers_now
from overleg.minutes.reading import read_minutes
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import item_to_write, meeting_to_write
from overleg.minutes.workflow.items import note_item
from overleg.minutes.workflow.notes import NotesConflict, save_notes
from overleg.minutes.workflow.presence import stop_writing, write_at
from overleg.minutes.workflow.sessions import approve_at_next
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now

Told = tuple[dict[str, Any], int]
LONGEST_WRITING_ID = 16


@blueprint.post("/vergaderingen/<meeting_id>/verslag/bewaren")
@signed_in
def autosave(meeting_id: str) -> Told:
    """Keep what was typed so far at one point (``?punt=``), for the script of the page.

    With ``done`` the whole form is kept: also an outcome and an action. ``state`` in the answer is
    saved, incomplete, conflict or closed; it leaves after the commit, so what is told is kept.
    """
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    try:
        with session().begin_nested():  # a refusal is told with 200, and keeps nothing
            return _keep(item)
    except NotesConflict as conflict:
        return _conflict(item, conflict.latest)
    except NotPossible as refused:
        return _told(refused.status, "closed", str(refused))
    except Refused as refused:
        return _told(200, "incomplete", f"Nog niet bewaard. {refused}")


@blueprint.post("/vergaderingen/<meeting_id>/verslag/schrijvers")
@signed_in
def hear_writers(meeting_id: str) -> Told:
    """Say at which point one writes (``?punt=``, none to stop), and hear who else does.

    ``editions`` tells of every point how far it was saved, so that the page reads it anew.
    """
    meeting = meeting_to_write(meeting_id)
    person, moment = signed_in_person(), now()
    item = item_of_meeting(meeting, request.args.get("punt", ""))
    if item is not None and meeting.state in NOTES_OPEN:
        write_at(item, by=person, now=moment)
    else:
        stop_writing(meeting, by=person)
    others = writers_now(meeting, moment, but=person.id)
    return {
        "others": [
            {"item": each.item_id, "number": each.item.shown_number, "name": each.person_name}
            for each in others
        ],
        "editions": editions_of(meeting),
        "open": meeting.state in NOTES_OPEN,
    }, 200


def _keep(item: AgendaItem) -> Told:
    person, moment = signed_in_person(), now()
    if "done" in request.form:
        form = ItemForm()
        form.offer(item.meeting.body.notes_votes)
        if not form.validate():
            wrong = f"Nog niet bewaard. {first_error(form)}"
            return _told(200, "incomplete", wrong, errors=errors_of(form))
        note, outcome = note_item(
            item, noted_of(form, item.meeting, by=person), by=person, now=moment
        )
        told = approve_at_next(outcome, person, moment) if outcome else ""
        return _saved(item, note, results=True, also=told)
    text = TextForm(request.form)
    if not text.validate():
        return _told(200, "incomplete", f"Nog niet bewaard. {text.text_html.errors[0]}")
    note = save_notes(
        item,
        text.text_html.data or "",
        started_from=text.started_from.data or 0,
        by=person,
        now=moment,
        writing_id=request.form.get("writing_id", "")[:LONGEST_WRITING_ID],
    )
    return _saved(item, note)


def _saved(
    item: AgendaItem, note: NoteRevision | None, *, results: bool = False, also: str = ""
) -> Told:
    more = {}
    if results:
        line = read_minutes(viewer(), item.meeting).line_of(item.id)
        more["results"] = render_template(
            "minutes/_results.html", meeting=item.meeting, line=line, writes=True
        )
    return _told(
        200,
        "saved",
        f"Bewaard om {format_time(now())}{also and '. '}{also}",
        edition=note.edition if note else 0,
        **more,
    )


def _conflict(item: AgendaItem, latest: NoteRevision) -> Told:
    return _told(
        409,
        "conflict",
        f"Nog niet bewaard: {latest.written_by_name} bewaarde dit punt terwijl u schreef.",
        edition=latest.edition,
        name=latest.written_by_name,
        theirs=latest.text_html,
        html=render_template("minutes/_theirs.html", theirs=latest, item=item),
    )


def _told(status: int, state: str, message: str, **more: Any) -> Told:
    return {"state": state, "message": message, **more}, status
