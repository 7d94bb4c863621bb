"""What the pages of who prepares an agenda share."""

from collections.abc import Sequence

from flask import redirect, url_for
from werkzeug.wrappers import Response

from overleg.agenda.checks import Check, checks_before_sending
from overleg.agenda.lines import Line
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import working_item_by_id
from overleg.agenda.queries.readers import has_chair
from overleg.agenda.queries.wishes import not_yet_validated, unconfirmed_co_submitters
from overleg.lib.errors import Forbidden
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import viewer

Answer = str | tuple[str, int] | Response


def supported_meeting(meeting_id: str) -> Meeting:
    """The meeting, for its support staff; others who see it may not prepare it."""
    who: Viewer = viewer()
    meeting = meeting_by_id(who, meeting_id)
    if not who.supports(meeting.body_id):
        raise Forbidden("Alleen de ondersteuners van dit overleg bereiden de agenda voor.")
    return meeting


def supported_item(item_id: str) -> AgendaItem:
    """A point of an agenda, for the support staff of its body."""
    item = working_item_by_id(viewer(), item_id)
    supported_meeting(item.meeting_id)
    return item


def to_prepare(meeting_id: str, anchor: str = "") -> Response:
    """Back to the prepare screen, at one of its points."""
    return redirect(url_for("agenda.prepare", meeting_id=meeting_id, _anchor=anchor or None))


def checks_of(meeting: Meeting, items: Sequence[AgendaItem], lines: Sequence[Line]) -> list[Check]:
    """What deserves a look before this agenda goes out; a fixed number of statements.

    ``lines`` are those of ``items``, as they are shown.
    """
    return checks_before_sending(
        meeting,
        items,
        [line.number for line in lines],
        has_chair=has_chair(meeting.body_id, meeting.day),
        has_seats=bool(seats_of(meeting.body_id, clock.today())),
        in_validation=not_yet_validated(meeting),
        unconfirmed=unconfirmed_co_submitters(items),
    )
