"""The meeting as its readers see it: agenda, Word file, documents."""

from collections.abc import Sequence

from flask import render_template, request
from werkzeug.wrappers import Response

from overleg.agenda.models import AgendaItem
from overleg.agenda.papers import agenda_docx as make_docx
from overleg.agenda.papers import agenda_file_name
from overleg.agenda.permissions import has_where_to_propose
from overleg.agenda.progress import who_steer
from overleg.agenda.queries.bundles import bundles_of
from overleg.agenda.queries.dossiers import dossiers_on_agenda
from overleg.agenda.queries.wishes import still_waiting
from overleg.agenda.reading import open_agenda
from overleg.agenda.verslag import has_verslag, referred_verslag
from overleg.agenda.views.blueprint import blueprint
from overleg.documents.states import Circle
from overleg.documents.views import asked_circle
from overleg.lib.errors import NotFound
from overleg.organisations.queries.bodies import seats_of, steering_roles
from overleg.organisations.viewer import Viewer
from overleg.scheduling.queries import next_meeting_after
from overleg.scheduling.states import MeetingState
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.downloads import word_file


@blueprint.get("/vergaderingen/<meeting_id>")
@signed_in
def show_meeting(meeting_id: str) -> str:
    """The Agenda tab: what is being made for who prepares it, what was sent for everybody else."""
    who: Viewer = viewer()
    meeting, agenda = open_agenda(who, meeting_id, version=request.args.get("versie", ""))
    waiting: Sequence[AgendaItem] = ()
    if meeting.state is MeetingState.CANCELLED and who.supports(meeting.body_id):
        waiting = still_waiting(meeting)
    if _asks_changes():
        agenda = agenda.changes_only()
    return render_template(
        "meetings/show_meeting.html",
        meeting=meeting,
        tab="agenda",
        agenda=agenda,
        dossiers=dossiers_on_agenda(who, meeting.id, agenda.version) if agenda.lines else {},
        waiting=waiting,
        following=next_meeting_after(meeting) if waiting else None,
        may_propose=has_where_to_propose(who),
        who_steer=who_steer(steering_roles(meeting.body_id, who.on))
        if who.steers(meeting.body_id)
        else "",
    )


@blueprint.get("/vergaderingen/<meeting_id>/agenda.docx")
@signed_in
def agenda_docx(meeting_id: str) -> Response:
    """The agenda in Word, in the own circle or a wider one (``?kring=openbaar``).

    Who prepares it gets what was sent as long as nothing changed since: no draft of the same.
    """
    who: Viewer = viewer()
    circle = asked_circle()
    meeting, agenda = open_agenda(
        who, meeting_id, version=request.args.get("versie", ""), circle=circle
    )
    if agenda.is_draft and agenda.versions and not agenda.has_news:
        letter = agenda.versions[0].letter
        meeting, agenda = open_agenda(who, meeting_id, version=letter, circle=circle)
    if not agenda.is_sent and not who.steers(meeting.body_id):
        raise NotFound("De agenda van deze vergadering is nog niet verstuurd.")
    if _asks_changes():
        agenda = agenda.changes_only()
    content = make_docx(
        meeting, agenda, seats_of(meeting.body_id, meeting.day), who, now=clock.now()
    )
    return word_file(
        content, agenda_file_name(meeting, circle=agenda.circle, changes=agenda.is_changes)
    )


def _asks_changes() -> bool:
    return request.args.get("toon", "") == "gewijzigd"


@blueprint.get("/vergaderingen/<meeting_id>/documenten")
@signed_in
def meeting_documents(meeting_id: str) -> str:
    """The Documenten tab: annexes of the agenda and its Word files, each with its circle."""
    who: Viewer = viewer()
    meeting, agenda = open_agenda(who, meeting_id)
    own = who.reach[meeting.body_id]
    return render_template(
        "meetings/documents.html",
        meeting=meeting,
        tab="documents",
        agenda=agenda,
        bundles=bundles_of(who, meeting, agenda.versions[0]) if agenda.versions else [],
        has_verslag=has_verslag(meeting, own),
        verslag=referred_verslag(meeting, agenda.lines, own),
        circles=[circle for circle in Circle if circle in own.readable],
        file_name=agenda_file_name,
    )
