"""The form of attendance: everybody at the table."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectChoice, TimeField
from wtforms.validators import Length, Optional, ValidationError

from overleg.minutes.queries.attendance import SeatLine, Table
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen
from overleg.web.fields import RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField
from overleg.web.revisions import RevisionField

EMPTY_GUEST_ROWS = 2
TOO_LONG = f"Houd het onder {LONGEST_LINE} tekens."
NO_CHOICE = "Kies ook aanwezig of vervangen door: hier staat al een naam of een uur."
AT_A_SEAT = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT, Presence.REPLACED)


class SeatRow(RowForm):
    """One seat; ``replaced_by`` counts only with "vervangen door"."""

    seat_id = HiddenField()
    presence = RadioField(
        "Aanwezigheid",
        choices=[SelectChoice(presence.value, presence.label) for presence in AT_A_SEAT],
        validators=[Optional()],
    )
    replaced_by = LineField(
        "Vervangen door", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)]
    )
    arrived_at = TimeField("Komt binnen om", validators=[Optional()])
    left_at = TimeField("Vertrekt om", validators=[Optional()])

    def validate_left_at(self, field: TimeField) -> None:
        """Nobody leaves before coming in."""
        if field.data and self.arrived_at.data and field.data <= self.arrived_at.data:
            raise ValidationError("Wie vertrekt, was er eerst: kijk de uren na.")

    def validate_replaced_by(self, field: LineField) -> None:
        """A replacement has a name."""
        if self.presence.data == Presence.REPLACED and not field.data:
            raise ValidationError("Zeg wie in de plaats komt.")

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A name or an hour belongs to somebody who was there."""
        is_right: bool = super().validate(extra_validators)
        details = (self.replaced_by.data, self.arrived_at.data, self.left_at.data)
        if any(details) and not self.presence.data:
            self.presence.errors = [*self.presence.errors, NO_CHOICE]
            return False
        return is_right

    @property
    def seen(self) -> Seen | None:
        """What was tapped, or None."""
        if not self.presence.data:
            return None
        return Seen(
            Presence(self.presence.data),
            self.replaced_by.data or "",
            self.arrived_at.data,
            self.left_at.data,
        )


class GuestRow(RowForm):
    """One guest; a row without a name is no guest."""

    called = "Gast"

    name = LineField("Naam van de gast", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])
    organisation = LineField("Organisatie", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])

    def validate_name(self, field: LineField) -> None:
        """Who comes for an organisation has a name."""
        if self.organisation.data and not field.data:
            raise ValidationError("Geef de naam van de gast.")


class AttendanceForm(HouseForm):
    """Everybody at the table, in one form."""

    revision = RevisionField()
    seats = FieldList(FormField(SeatRow))
    guests = FieldList(FormField(GuestRow))

    def by_seat(self) -> dict[str, SeatRow]:
        """The rows by the id of their seat."""
        return {entry.form.seat_id.data: entry.form for entry in self.seats}

    def complete(self, table: Table) -> None:
        """Add a row for every seat that the page did not have when it was opened."""
        there = self.by_seat()
        for line in table.seats:
            if line.seat.id not in there:
                self.seats.append_entry(_seat_data(line))
        rows = self.by_seat()
        for line in table.seats:
            rows[line.seat.id].about = line.name

    def seat_others(self, table: Table) -> None:
        """Tap the seats without a choice as being there, before the form is checked.

        Nobody sits on an empty seat, unless who stands in is named.
        """
        rows = self.by_seat()
        for line in table.seats:
            row = rows[line.seat.id]
            if row.presence.data:
                continue
            if row.replaced_by.data:
                row.presence.data = Presence.REPLACED.value
            elif line.seat.person_id is not None:
                row.presence.data = Presence.PRESENT.value

    def seen(self) -> dict[str, Seen]:
        """What was tapped, by seat; the rest is left out."""
        tapped = {seat_id: row.seen for seat_id, row in self.by_seat().items()}
        return {seat_id: seen for seat_id, seen in tapped.items() if seen is not None}

    def named_guests(self) -> Sequence[Guest]:
        """The guests that have a name."""
        rows: list[GuestRow] = [entry.form for entry in self.guests]
        return [Guest(r.name.data, r.organisation.data or "") for r in rows if r.name.data]


def attendance_data(
    table: Table, revision: int, *, excused: Collection[str] = ()
) -> Mapping[str, Any]:
    """What the form shows at first: what was noted, and empty rows for guests.

    ``excused`` are the ids of people who said beforehand that they do not come: they stand so
    until somebody says otherwise.
    """
    guests = [{"name": g.name, "organisation": g.organisation_name} for g in table.guests]
    return {
        "revision": revision,
        "seats": [_seat_data(line, line.seat.person_id in excused) for line in table.seats],
        "guests": [*guests, *({} for _ in range(EMPTY_GUEST_ROWS))],
    }


def _seat_data(line: SeatLine, is_excused: bool = False) -> dict[str, object]:
    presence = line.presence or (Presence.EXCUSED if is_excused else None)
    return {
        "seat_id": line.seat.id,
        "presence": presence.value if presence else "",
        "replaced_by": line.replaced_by,
        "arrived_at": line.arrived_at,
        "left_at": line.left_at,
    }
