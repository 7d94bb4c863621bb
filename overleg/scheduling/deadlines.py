"""What the next deadline of a meeting is."""

from dataclasses import dataclass
from datetime import date

from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True)
class Deadline:
    """Something that is due on a day, in the words of the list."""

    label: str
    day: date

    def tone(self, today: date) -> str:
        """``bad`` once it has passed, ``warn`` in its last three days, else ``neutral``."""
        days = (self.day - today).days
        if days < 0:
            return "bad"
        return "warn" if days <= 3 else "neutral"


def next_deadline(meeting: Meeting, today: date) -> Deadline | None:
    """What is due next for this meeting, seen on a calendar day in Brussels.

    Proposals, then the agenda (also when late); after the meeting the list of outcomes. None while
    the agenda is out, once nothing is asked any more, and for a body that is not ours.
    """
    if meeting.body.is_external:
        return None
    if meeting.state is MeetingState.PREPARING:
        if today <= meeting.proposals_due_on:
            return Deadline("Voorstellen indienen tot", meeting.proposals_due_on)
        return Deadline("Agenda versturen tegen", meeting.agenda_due_on)
    if meeting.state is MeetingState.MINUTES:
        return Deadline("Lijst van uitkomsten tegen", meeting.outcomes_due_on)
    return None
