"""Meetings that ask something: a date to find, an agenda to send, a verslag to finish."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from flask import url_for

from overleg.lib.dates import format_date
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import DatePoll, Meeting
from overleg.scheduling.queries import coming_meetings, past_meetings
from overleg.scheduling.states import MeetingState
from overleg.start.tasks.task import Task

PREPARED_AHEAD = timedelta(days=21)
MOST_MEETINGS = 12


def dates_to_answer(polls: Sequence[DatePoll], today: date) -> Iterable[Task]:
    """Datumprikkers that wait for this person's answer."""
    for poll in polls:
        yield Task(
            kicker=f"Datumprikker · {poll.body.call_name}",
            title=poll.title,
            url=url_for("scheduling.answer_poll", poll_id=poll.id),
            action="Zeg wanneer u kunt",
            detail="Ja, liever niet of nee per moment",
            due_on=poll.answer_by,
            today=today,
        )


def dates_to_pick(polls: Sequence[DatePoll], today: date) -> Iterable[Task]:
    """Polls to which no answers come any more and of which nobody picked a moment yet."""
    for poll in polls:
        yield Task(
            kicker=f"Datum kiezen · {poll.body.call_name}",
            title=poll.title,
            url=url_for("scheduling.show_poll", poll_id=poll.id),
            action="Bekijken en kiezen",
            detail="De termijn om te antwoorden is voorbij",
            due_on=poll.answer_by,
            today=today,
        )


def meetings_to_prepare(viewer: Viewer, now: datetime, today: date) -> Iterable[Task]:
    """Meetings of the coming weeks whose agenda this person has to send."""
    bodies = viewer.bodies_as(Role.SUPPORT)
    if not bodies:
        return
    for meeting in coming_meetings(viewer, now, body_ids=bodies, limit=MOST_MEETINGS):
        near = meeting.agenda_due_on - today <= PREPARED_AHEAD
        if meeting.state is MeetingState.PREPARING and near and not meeting.body.is_external:
            yield Task(
                kicker=f"Agenda versturen · {meeting.body.call_name}",
                title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
                url=url_for("agenda.prepare", meeting_id=meeting.id),
                action="Agenda voorbereiden",
                detail=f"Voorstellen komen binnen tot {format_date(meeting.proposals_due_on)}",
                due_on=meeting.agenda_due_on,
                today=today,
            )


def meetings_to_finish(viewer: Viewer, now: datetime, today: date) -> Iterable[Task]:
    """Meetings that were held and whose verslag is not approved yet."""
    bodies = viewer.bodies_as(Role.SUPPORT)
    if not bodies:
        return
    for meeting in past_meetings(viewer, now, body_ids=bodies, limit=MOST_MEETINGS):
        if meeting.state in {
            MeetingState.AGENDA_SENT,
            MeetingState.IN_SESSION,
            MeetingState.MINUTES,
        }:
            yield _finish(meeting, today)


def _finish(meeting: Meeting, today: date) -> Task:
    return Task(
        kicker=f"Verslag en uitkomsten · {meeting.body.call_name}",
        title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
        url=url_for("minutes.write", meeting_id=meeting.id),
        action="Verslag afwerken",
        detail=meeting.state.label.capitalize(),
        due_on=meeting.outcomes_due_on,
        today=today,
    )
