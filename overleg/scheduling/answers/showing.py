"""What the page of a meeting shows of who comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.organisations.models import Seat
from overleg.organisations.viewer import Viewer
from overleg.scheduling.answers.forms import ComingForm
from overleg.scheduling.answers.permissions import asks_answers, can_read_answers
from overleg.scheduling.answers.queries import Forecast, answers_to, forecast_of, held_answer
from overleg.scheduling.models import Meeting, MeetingAnswer


@dataclass(frozen=True)
class AnswersShown:
    """Who said what, what it promises, and the form for one's own answer."""

    by_person: Mapping[str, MeetingAnswer]
    forecast: Forecast
    form: ComingForm | None

    def of(self, seat: Seat) -> MeetingAnswer | None:
        """What the holder of a seat said."""
        return self.by_person.get(seat.person_id or "")


def answers_shown(
    viewer: Viewer, meeting: Meeting, seats: Sequence[Seat], now: datetime
) -> AnswersShown | None:
    """What this person sees of it; None once the meeting began, and for who may not read it."""
    if not asks_answers(meeting, now) or not can_read_answers(viewer, meeting.body_id):
        return None
    answers = answers_to(meeting)
    form = None
    if any(seat.person_id == viewer.person_id for seat in seats):
        own = held_answer(viewer.person_id, answers)
        form = ComingForm(data={"coming": own.value if own else None})
    return AnswersShown(answers, forecast_of(meeting.body, seats, answers), form)
