"""Meetings that ask something: a date to find, an agenda to send, a verslag to read or finish."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from overleg.agenda.verslag import Whereabouts
from overleg.lib.dates import format_date
from overleg.minutes.models import Minutes
from overleg.minutes.states import MinutesState
from overleg.scheduling.models import DatePoll, Meeting
from overleg.start.tasks.task import Task
from overleg.web.drawing import url_for

PREPARED_AHEAD = timedelta(days=21)


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


def to_prepare(meetings: Sequence[Meeting], today: date) -> Iterable[Task]:
    """Meetings of the coming weeks whose agenda this person has to send."""
    for meeting in meetings:
        if meeting.agenda_due_on - today <= PREPARED_AHEAD:
            yield Task(
                kicker=f"Agenda versturen · {meeting.body.call_name}",
                title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
                url=url_for("agenda.prepare", meeting_id=meeting.id),
                action="Agenda voorbereiden",
                detail=f"Voorstellen komen binnen tot {format_date(meeting.proposals_due_on)}",
                due_on=meeting.agenda_due_on,
                today=today,
            )


def to_read(verslagen: Sequence[Minutes], today: date) -> Iterable[Task]:
    """What this person reads over: as chair before it goes round, as member until the term."""
    for minutes in verslagen:
        meeting = minutes.meeting
        is_round = minutes.state is MinutesState.CIRCULATED
        yield Task(
            kicker=f"Verslag nalezen · {meeting.body.call_name}",
            title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
            url=url_for("minutes.write", meeting_id=meeting.id),
            action="Verslag lezen",
            detail="Opmerkingen kunnen bij elk punt"
            if is_round
            else "Voor het rondgaat, leest u het na als voorzitter",
            due_on=minutes.remarks_until if is_round else None,
            today=today,
        )


def to_finish(
    meetings: Sequence[Meeting], lies_at: Mapping[str, Whereabouts], today: date
) -> Iterable[Task]:
    """Meetings that were held and whose verslag is not approved yet, nor being read by the chair.

    ``lies_at`` says by meeting who else has its verslag now.
    """
    for meeting in meetings:
        if lies_at.get(meeting.id) is Whereabouts.WITH_CHAIR:
            continue
        yield Task(
            kicker=f"Verslag en uitkomsten · {meeting.body.call_name}",
            title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
            url=url_for("minutes.write", meeting_id=meeting.id),
            action="Verslag afwerken",
            detail="Verslag rondgestuurd"
            if meeting.id in lies_at
            else meeting.state.label.capitalize(),
            due_on=meeting.outcomes_due_on,
            today=today,
        )
