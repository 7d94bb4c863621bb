"""Who was invited to a meeting, and who was there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.lib.dates import BRUSSELS, format_time
from overleg.minutes.models import AbsenceList, Attendance, ItemAbsence
from overleg.minutes.states import Presence
from overleg.organisations.models import Seat
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.states import SeatKind
from overleg.scheduling.models import Meeting


@dataclass(frozen=True)
class SeatLine:
    """A seat at the table of a meeting: the names of that day, and whether somebody was there."""

    seat: Seat
    noted: Attendance | None

    @property
    def kind(self) -> SeatKind:
        """Voting, advisory or guest."""
        return self.seat.kind

    @property
    def name(self) -> str:
        """Who sat there, as it was noted; before that, who holds the seat."""
        return self.noted.name if self.noted else self.seat.holder

    @property
    def function(self) -> str:
        """Function and organisation, where the name does not say them already."""
        if self.noted:
            return function_beside(
                self.noted.name, self.noted.function_label, self.noted.organisation_name
            )
        return function_beside(
            self.seat.holder, self.seat.function_label, self.seat.organisation.name
        )

    @property
    def presence(self) -> Presence | None:
        """What was noted, or None."""
        return self.noted.presence if self.noted else None

    @property
    def replaced_by(self) -> str:
        """Who came instead, or an empty text."""
        return self.noted.replaced_by if self.noted else ""

    @property
    def arrived_at(self) -> time | None:
        """The hour in Brussels at which somebody came late."""
        return _hour(self.noted.arrived_at_utc if self.noted else None)

    @property
    def left_at(self) -> time | None:
        """The hour in Brussels at which somebody left early."""
        return _hour(self.noted.left_at_utc if self.noted else None)

    @property
    def hours(self) -> str:
        """``komt binnen om 9.50 uur, vertrekt om 11.00 uur``, or an empty text."""
        told = [
            f"{words} om {format_time(hour)}"
            for words, hour in (("komt binnen", self.arrived_at), ("vertrekt", self.left_at))
            if hour is not None
        ]
        return ", ".join(told)

    @property
    def remark(self) -> str:
        """Who came instead and the hours, for a list: an empty text when there is nothing."""
        instead = f"vervangen door {self.replaced_by}" if self.replaced_by else ""
        return ", ".join(filter(None, (instead, self.hours)))


@dataclass(frozen=True)
class Table:
    """Everybody at the table of a meeting: the seats in order, and guests."""

    seats: Sequence[SeatLine]
    guests: Sequence[Attendance]

    @property
    def is_noted(self) -> bool:
        """Whether anything was noted yet."""
        return bool(self.guests) or any(line.noted for line in self.seats)

    @property
    def noted_presences(self) -> list[Presence]:
        """What was noted of at least one seat, present first."""
        noted = {line.presence for line in self.seats}
        return [presence for presence in Presence if presence in noted]

    @property
    def names_there(self) -> set[str]:
        """Who was noted as present, guests included; without those who stood in for another."""
        seated = {line.name for line in self.seats if line.presence is Presence.PRESENT}
        return seated | {guest.name for guest in self.guests}

    def may_have_presided(self, person_id: str) -> bool:
        """Whether nothing noted says that this person was not at the table."""
        own = [line for line in self.seats if line.seat.person_id == person_id]
        return (
            not own or not self.is_noted or any(line.presence is Presence.PRESENT for line in own)
        )

    def with_presence(self, presence: Presence | None) -> list[SeatLine]:
        """The seats of which this was noted; None gives those of which nothing was noted yet."""
        return [line for line in self.seats if line.presence is presence]


def _hour(moment: datetime | None) -> time | None:
    return None if moment is None else moment.astimezone(BRUSSELS).time()


def function_beside(name: str, function: str, organisation: str) -> str:
    """``burgemeester Roeselare``, or nothing when the name says so already."""
    said = name.casefold()
    if function.casefold() in said and organisation.casefold() in said:
        return ""
    return f"{function} {organisation}".strip()


def table_of(meeting: Meeting) -> Table:
    """The seats that held on the day of the meeting, with what was noted; two statements.

    A seat that was noted stays, also when its period was changed afterwards.
    """
    noted = (
        session()
        .scalars(
            select(Attendance)
            .where(Attendance.meeting_id == meeting.id)
            .options(
                joinedload(Attendance.seat).joinedload(Seat.organisation),
                joinedload(Attendance.seat).joinedload(Seat.person),
            )
            .order_by(Attendance.name, Attendance.id)
            .execution_options(populate_existing=True)
        )
        .all()
    )
    by_seat = {row.seat_id: row for row in noted if row.seat_id is not None}
    lines = [SeatLine(seat, by_seat.pop(seat.id, None)) for seat in _seats(meeting)]
    lines += [SeatLine(row.seat, row) for row in by_seat.values() if row.seat is not None]
    return Table(seats=lines, guests=[row for row in noted if row.presence is Presence.GUEST])


def _seats(meeting: Meeting) -> Sequence[Seat]:
    return seats_of(meeting.body_id, meeting.day)


def absence_list(item: AgendaItem) -> AbsenceList | None:
    """The list of who takes no part in an item as it was saved last, None when it never was."""
    return session().get(AbsenceList, item.id, populate_existing=True)


def absences_by_item(item_ids: Collection[str]) -> dict[str, list[ItemAbsence]]:
    """Who took no part in each of these items, by name; one statement."""
    found: dict[str, list[ItemAbsence]] = {}
    for absence in session().scalars(
        select(ItemAbsence)
        .where(ItemAbsence.item_id.in_(sorted(item_ids)))
        .order_by(ItemAbsence.name, ItemAbsence.id)
    ):
        found.setdefault(absence.item_id, []).append(absence)
    return found
