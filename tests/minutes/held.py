"""A meeting to minute: planned, with a point in each circle, its agenda sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Asked
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import ItemText, add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import session
from overleg.documents.states import Circle
from overleg.minutes.workflow.sessions import approve_minutes, close_meeting, open_meeting
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from tests.scheduling.planned import meeting_on

OPEN_POINT = "Hoppinpunten met deelwagens"
SHARED_POINT = "Regionale energiestrategie"
SECRET_POINT = "Vertrek van een directeur"
BEFORE = timedelta(days=14)


@dataclass
class Held:
    """A meeting whose agenda was sent, by support staff."""

    meeting: Meeting
    by: Person

    def point(self, title: str) -> AgendaItem:
        """The item with this title."""
        return next(item for item in items_of_meeting(self.meeting) if item.title == title)

    def items(self) -> Sequence[AgendaItem]:
        """Its items, in order."""
        return items_of_meeting(self.meeting)

    @property
    def begun_at(self) -> datetime:
        """When it starts, in UTC."""
        return self.meeting.starts_at_utc

    @property
    def path(self) -> str:
        """The address of the meeting."""
        return f"/vergaderingen/{self.meeting.id}"

    def verslag(self, title: str) -> str:
        """The address at which this point is written."""
        return f"{self.path}/verslag?punt={self.point(title).id}"

    def open(self) -> "Held":
        """Begin."""
        open_meeting(self.meeting, by=self.by, now=self.begun_at)
        session().commit()
        return self

    def close(self) -> "Held":
        """Begin and end."""
        self.open()
        close_meeting(self.meeting, by=self.by, now=self.meeting.ends_at_utc)
        session().commit()
        return self

    def approve(self) -> "Held":
        """Begin, end, and approve on the day of the next meeting, which is planned for it."""
        self.close()
        following = next_for(self)
        approve_minutes(self.meeting, by=self.by, now=following.ends_at_utc)
        session().commit()
        return self


def next_for(held: Held, days: int = 28) -> Meeting:
    """The next meeting of the same body."""
    day = held.meeting.day + timedelta(days=days)
    following = meeting_on(held.meeting.body, day, by=held.by, now=held.begun_at - BEFORE)
    session().commit()
    return following


def sent_meeting(
    body: Body, *, by: Person, on: date = date(2026, 3, 2), more_points: int = 0
) -> Held:
    """A meeting with an open, a shared and a secret point, its agenda sent two weeks before."""
    meeting = meeting_on(body, on, by=by)
    before = meeting.starts_at_utc - BEFORE
    ensure_fixed_items(meeting, now=before)
    points = [
        (SECRET_POINT, Circle.MAYORS),
        (SHARED_POINT, Circle.ADMINISTRATIONS),
        (OPEN_POINT, Circle.PUBLIC),
        *((f"Punt {number}", Circle.ADMINISTRATIONS) for number in range(more_points)),
    ]
    for title, circle in points:
        text = ItemText(title, "", "DVV Midwest", Asked.DISCUSS, 15, circle)
        add_own_item(meeting, text, by=by, now=before)
    send_agenda(meeting, message="", by=by, now=before)
    session().commit()
    return Held(meeting, by)
