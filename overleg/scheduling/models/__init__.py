"""Meetings, the series they come from, dates of other bodies, and rules between them."""

from overleg.scheduling.models.dates import BodyDate, DateSource
from overleg.scheduling.models.meetings import Meeting, MeetingSeries
from overleg.scheduling.models.rules import DateRule

__all__ = ["BodyDate", "DateRule", "DateSource", "Meeting", "MeetingSeries"]
