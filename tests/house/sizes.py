"""More of the same world: so many meetings, points, outcomes and proposals of Midwest."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.documents.states import Circle
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import close_meeting, open_meeting
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import put_annex, ready_proposal
from tests.agenda.proposing import make_meeting, make_submitted
from tests.plugins.cast import Cast


class Midwest:
    """A body whose meetings, points and outcomes grow in number."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        self._session = session
        self._cast = cast
        self._now = now
        self._number = 0
        self.coming = self._meet(days=200)

    def grow(self, count: int) -> Meeting:
        """Add a meeting that is held, with so many points, each with notes and an outcome.

        Around it come as many meetings before and after, and proposals that wait. Returns it.
        """
        held = self._meet(days=1)
        for _ in range(count):
            self._propose(held)
        send_agenda(held, message="", by=self._support, now=self._now)
        self._hold(held)
        for _ in range(count):
            self._propose(None)
            self._meet(days=20 + self._number)
            self._meet(days=-20 - self._number).state = MeetingState.APPROVED
        self._session.commit()
        return held

    def _hold(self, meeting: Meeting) -> None:
        meeting.starts_at_utc = self._now - timedelta(hours=2)
        meeting.ends_at_utc = self._now - timedelta(hours=1)
        self._session.flush()
        open_meeting(meeting, by=self._support, now=self._now)
        for item in self._session.scalars(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
        ).all():
            self._treat(item)
        close_meeting(meeting, by=self._support, now=self._now)

    @property
    def _support(self) -> Person:
        return self._cast.support

    def _meet(self, *, days: int) -> Meeting:
        self._number += 1
        return make_meeting(self._session, self._cast.midwest, days=days, number=self._number)

    def _propose(self, meeting: Meeting | None) -> None:
        cast, title = self._cast, f"Voorstel {self._number}"
        self._number += 1
        proposal = ready_proposal(cast.mayor, cast.midwest, cast.roeselare, title)
        put_annex(proposal, f"Nota bij {title}", Circle.ADMINISTRATIONS)
        if meeting is not None:
            schedule_proposal(meeting, proposal, by=self._support, now=self._now)
            return
        waiting = make_submitted(
            cast.tielt_mayor, cast.midwest, cast.tielt, now=self._now, title=title
        )
        put_annex(waiting, f"Plan bij {title}", Circle.ADMINISTRATIONS)

    def _treat(self, item: AgendaItem) -> None:
        if item.is_fixed:
            return
        save_notes(item, f"<p>{item.title}</p>", started_from=0, by=self._support, now=self._now)
        outcome = note_outcome(
            item,
            Agreed(OutcomeKind.AGREEMENT, item.title, "<ol><li>Keurt goed.</li></ol>"),
            by=self._support,
            now=self._now,
        )
        cast = self._cast
        asked = Request(
            [cast.roeselare, cast.izegem, cast.tielt],
            [Organ.COLLEGE, Organ.COUNCIL],
            due_on=self._now.date() + timedelta(days=30),
        )
        make_ready(outcome, by=self._support, now=self._now)
        release_outcome(outcome, asked, by=self._support, now=self._now)
