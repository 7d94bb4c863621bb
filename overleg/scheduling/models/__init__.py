"""Meetings, the series they come from, and the dates of other bodies."""

from overleg.scheduling.models.dates import BodyDate, DateSource
from overleg.scheduling.models.meetings import Meeting, MeetingSeries

__all__ = ["BodyDate", "DateSource", "Meeting", "MeetingSeries"]
