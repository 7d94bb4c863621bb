"""Meetings, the series they come from, who comes, dates of other bodies, rules between them."""

from overleg.scheduling.models.answers import InvitationChoice, MeetingAnswer
from overleg.scheduling.models.dates import BodyDate, DateSource
from overleg.scheduling.models.meetings import Meeting, MeetingSeries, meeting_label
from overleg.scheduling.models.polls import (
    DatePoll,
    DatePollAnswer,
    DatePollLink,
    DatePollReply,
    DatePollSlot,
)
from overleg.scheduling.models.rules import DateRule
from overleg.scheduling.models.years import PlannedDate, PlannedYear, TravelTime

__all__ = [
    "BodyDate",
    "DatePoll",
    "DatePollAnswer",
    "DatePollLink",
    "DatePollReply",
    "DatePollSlot",
    "DateRule",
    "DateSource",
    "InvitationChoice",
    "Meeting",
    "MeetingAnswer",
    "MeetingSeries",
    "PlannedDate",
    "PlannedYear",
    "TravelTime",
    "meeting_label",
]
