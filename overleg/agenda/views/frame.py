"""The frame around every page of a meeting: where it stands, the next step, the tabs.

Templates reach it through ``templates/meetings/frame.html``, also those of packages above this
one: they only need the variables ``meeting`` and ``tab``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup

from overleg.agenda.lines import Line
from overleg.agenda.verslag import Whereabouts, whereabouts
from overleg.agenda.views.blueprint import blueprint
from overleg.documents.states import Circle
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_change, can_see_online_link
from overleg.scheduling.states import MeetingState
from overleg.web.drawing import drawn, url_for
from overleg.web.navigation import Link

TABS = {
    "agenda": ("Agenda", "agenda.show_meeting"),
    "attendance": ("Deelnemers", "minutes.attendance"),
    "minutes": ("Verslag", "minutes.write"),
    "outcomes": ("Uitkomsten", "decisions.meeting_outcomes"),
    "documents": ("Documenten", "agenda.meeting_documents"),
    "history": ("Historiek", "minutes.history"),
}
STEPS = {
    MeetingState.PREPARING: "In opmaak",
    MeetingState.AGENDA_SENT: "Verstuurd",
    MeetingState.IN_SESSION: "Bezig",
    MeetingState.MINUTES: "Verslag",
    MeetingState.APPROVED: "Goedgekeurd",
}
STILL_TO_COME = frozenset(
    {MeetingState.PREPARING, MeetingState.AGENDA_SENT, MeetingState.IN_SESSION}
)
"""In these it makes sense to put the meeting in a calendar."""

NEXT_STEPS = {
    MeetingState.PREPARING: ("Agenda voorbereiden", "agenda.prepare", "list-ol"),
    MeetingState.AGENDA_SENT: ("Vergadering starten", "minutes.attendance", "play-circle"),
    MeetingState.IN_SESSION: ("Verslag schrijven", "minutes.write", "pencil"),
    MeetingState.MINUTES: ("Verslag afwerken", "minutes.write", "pencil"),
}
WITH_CHAIR = ("Naar het verslag", "minutes.write", "person-check")


@dataclass(frozen=True)
class Step:
    """One step of the bar: ``done``, ``current`` or ``todo``."""

    label: str
    status: str


@dataclass(frozen=True)
class Head:
    """What stands above every page of a meeting; an empty address is a link that is not shown.

    Of a body of others only the date is kept: no circle, and no state unless it was cancelled.
    """

    title: str
    kicker: str
    body_url: str
    state: MeetingState | None
    lies_at: Whereabouts | None
    circle: Circle | None
    starts_at_utc: datetime
    ends_at_utc: datetime
    place: str
    online_url: str
    calendar_url: str
    change_url: str
    who_url: str


@blueprint.app_template_global()
def meeting_head(meeting: Meeting, viewer: Viewer, lies_at: Whereabouts | None) -> Markup:
    """What stands above every page of a meeting; the same values are drawn once.

    ``lies_at`` says where its verslag is, as ``verslag_whereabouts`` has it.
    """
    body_id, here = meeting.body_id, meeting.id
    ours = not meeting.body.is_external
    head = Head(
        title=meeting.title,
        kicker=f"{meeting.body.name} · vergadering {meeting.label}",
        body_url=url_for("start.show_body", slug=meeting.body.slug),
        state=meeting.state if ours or meeting.state is MeetingState.CANCELLED else None,
        lies_at=lies_at,
        circle=viewer.reach[body_id] if ours else None,
        starts_at_utc=meeting.starts_at_utc,
        ends_at_utc=meeting.ends_at_utc,
        place=meeting.place,
        online_url=meeting.online_url if can_see_online_link(viewer, body_id) else "",
        calendar_url=url_for("calendars.meeting_ics", meeting_id=here)
        if meeting.state in STILL_TO_COME
        else "",
        change_url=url_for("scheduling.edit_meeting", meeting_id=here)
        if can_change(viewer, meeting)
        else "",
        who_url=url_for("start.who_sees", kind="vergadering", thing_id=here)
        if viewer.steers(body_id)
        else "",
    )
    return drawn("meetings/_head.html", "meeting_head", head)


@blueprint.app_template_global()
def verslag_whereabouts(meetings: Iterable[Meeting]) -> Mapping[str, Whereabouts]:
    """Where the drafts of these meetings are, by meeting; one statement, or none.

    For the pages of packages below this one too.
    """
    return whereabouts(meetings)


@blueprint.app_template_global()
def meeting_tabs(meeting: Meeting, tab: str) -> tuple[Link, ...]:
    """The tabs of a meeting; ``tab`` is a key of ``TABS``, the one that is open."""
    return tuple(
        Link(label, url_for(endpoint, meeting_id=meeting.id), current=key == tab)
        for key, (label, endpoint) in TABS.items()
    )


@blueprint.app_template_global()
def meeting_steps(meeting: Meeting) -> tuple[Step, ...]:
    """Where the meeting stands on its way from draft to approved verslag."""
    states = list(STEPS)
    here = states.index(meeting.state)
    if meeting.state is MeetingState.APPROVED:
        here += 1
    words = ("done", "current", "todo")
    return tuple(
        Step(label, words[(number >= here) + (number > here)])
        for number, label in enumerate(STEPS.values())
    )


@blueprint.app_template_global()
def meeting_next_step(meeting: Meeting, viewer: Viewer, lies_at: Whereabouts | None) -> Link | None:
    """What support staff do next with this meeting; None for others and when all is done.

    While the chair reads the verslag, where it is.
    """
    if meeting.state not in NEXT_STEPS or not viewer.supports(meeting.body_id):
        return None
    step = WITH_CHAIR if lies_at is Whereabouts.WITH_CHAIR else NEXT_STEPS[meeting.state]
    label, endpoint, icon = step
    return Link(label, url_for(endpoint, meeting_id=meeting.id), icon)


@blueprint.app_template_global()
def by_heading(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines in order, together while they stand under the same heading."""
    return [(heading, list(part)) for heading, part in groupby(lines, key=lambda x: x.heading)]


@blueprint.app_template_global()
def agenda_html(lines: Sequence[Line], dossiers: Mapping[str, str]) -> Markup:
    """The points of an agenda, to read; the same lines are drawn once.

    ``dossiers`` are those the reader may open, by item.
    """
    return drawn("meetings/_agenda.html", "agenda_list", tuple(lines), frozenset(dossiers.items()))
