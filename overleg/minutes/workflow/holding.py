"""Holding the verslag of a meeting, so that two who write at once come one after the other."""

from datetime import datetime

from overleg.agenda.workflow.order import lock_agenda
from overleg.db import new_id, session
from overleg.lib.dates import format_date
from overleg.lib.errors import NotPossible
from overleg.minutes.models import Minutes
from overleg.minutes.queries.minutes import minutes_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def hold_minutes(meeting: Meeting, *, now: datetime) -> Minutes:
    """Lock the meeting until the commit and give its verslag, begun now when there is none."""
    lock_agenda(meeting)
    minutes = minutes_of(meeting)
    if minutes is None:
        minutes = Minutes(id=new_id(), meeting=meeting, started_at_utc=now)
        session().add(minutes)
        session().flush()
    return minutes


def refuse_when_final(meeting: Meeting, minutes: Minutes) -> None:
    """Raise ``NotPossible`` for a cancelled meeting or an approved verslag, saying what can be."""
    if meeting.state is MeetingState.CANCELLED:
        raise NotPossible("Deze vergadering is geannuleerd: er is niets te verslaan.")
    if minutes.approved_at_utc is not None:
        raise NotPossible(
            f"Het verslag is goedgekeurd op {format_date(minutes.approved_at_utc)} en ligt vast. "
            "Wat wel kan: bij het punt zelf “Rechtzetten” kiezen, met de reden."
        )
