"""Noting who is at the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.orm.attributes import flag_modified

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import refuse_stale, session
from overleg.lib.dates import to_utc
from overleg.lib.errors import Refused
from overleg.minutes.models import Attendance, Minutes
from overleg.minutes.queries.attendance import SeatLine, Table, table_of
from overleg.minutes.states import THERE, Presence
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final
from overleg.scheduling.models import Meeting


@dataclass(frozen=True)
class Seen:
    """What was seen of one seat; ``replaced_by`` names who came instead.

    The hours are clock times in Brussels on the day of the meeting: of who came late or left early.
    """

    presence: Presence
    replaced_by: str = ""
    arrived_at: time | None = None
    left_at: time | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody without a seat who was there."""

    name: str
    organisation_name: str = ""


def note_attendance(
    meeting: Meeting,
    seats: Mapping[str, Seen],
    guests: Sequence[Guest],
    *,
    revision: int,
    by: Actor,
    now: datetime,
) -> Minutes:
    """Note who is there, by the id of each seat; a seat that is left out is not noted.

    The names of the moment are kept. ``revision`` is that of the verslag the writer started from,
    ``NO_ROW`` when there was none. Raises ``EditConflict`` when somebody else noted who is there in
    between, ``Refused`` for a replacement without a name, ``NotPossible`` after approval or for a
    cancelled meeting.
    """
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    table = table_of(meeting)
    _refuse_nameless(table, seats)
    before = _says(table)
    if before == _means(table, seats, guests):
        return minutes
    if any(before):
        refuse_stale(minutes, revision, "de aanwezigheden")
    for line in table.seats:
        _note_seat(meeting, line, seats.get(line.seat.id))
    _note_guests(meeting, table, guests)
    flag_modified(minutes, "started_at_utc")  # a new revision: what another page shows is stale
    session().flush()
    record(Verb.ATTENDANCE_NOTED, minutes, by=by, now=now)
    return minutes


def _refuse_nameless(table: Table, seats: Mapping[str, Seen]) -> None:
    for line in table.seats:
        seen = seats.get(line.seat.id)
        if seen and seen.presence is Presence.REPLACED and not seen.replaced_by.strip():
            raise Refused(f"Zeg door wie {line.name} vervangen wordt.")


def _says(table: Table) -> tuple[object, object]:
    """What is noted now, to compare with what somebody sends."""
    seats = {
        x.seat.id: Seen(x.presence, x.replaced_by, x.arrived_at, x.left_at)
        for x in table.seats
        if x.presence
    }
    guests = sorted((guest.name, guest.organisation_name) for guest in table.guests)
    return seats, guests


def _means(
    table: Table, seats: Mapping[str, Seen], guests: Sequence[Guest]
) -> tuple[object, object]:
    known = {line.seat.id for line in table.seats}
    return (
        {seat_id: _tidy(seen) for seat_id, seen in seats.items() if seat_id in known},
        sorted((guest.name, guest.organisation_name) for guest in guests),
    )


def _tidy(seen: Seen) -> Seen:
    replaced = seen.presence is Presence.REPLACED
    was_there = seen.presence in THERE
    return Seen(
        seen.presence,
        seen.replaced_by.strip() if replaced else "",
        seen.arrived_at if was_there else None,
        seen.left_at if was_there else None,
    )


def _note_seat(meeting: Meeting, line: SeatLine, seen: Seen | None) -> None:
    if seen is None:
        if line.noted is not None:
            session().delete(line.noted)
        return
    tidy = _tidy(seen)
    row = line.noted
    if row is None:
        row = Attendance(
            meeting_id=meeting.id,
            seat_id=line.seat.id,
            name=line.seat.holder,
            organisation_name=line.seat.organisation.name,
            function_label=line.seat.function_label,
        )
        session().add(row)
    row.presence, row.replaced_by = tidy.presence, tidy.replaced_by
    row.arrived_at_utc = _moment(meeting, tidy.arrived_at)
    row.left_at_utc = _moment(meeting, tidy.left_at)


def _moment(meeting: Meeting, hour: time | None) -> datetime | None:
    return None if hour is None else to_utc(meeting.day, hour)


def _note_guests(meeting: Meeting, table: Table, guests: Sequence[Guest]) -> None:
    for row in table.guests:
        session().delete(row)
    for guest in guests:
        session().add(
            Attendance(
                meeting_id=meeting.id,
                name=guest.name,
                organisation_name=guest.organisation_name,
                presence=Presence.GUEST,
            )
        )
