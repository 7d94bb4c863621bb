"""The forms of attendance and the verslag."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from overleg.decisions.states import OutcomeKind
from overleg.minutes.queries.attendance import SeatLine, Table
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, RichTextField

EMPTY_GUEST_ROWS = 2
TOO_LONG = f"Houd het onder {LONGEST_LINE} tekens."
AT_A_SEAT = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT, Presence.REPLACED)
NO_OUTCOME = ""
FIRST_WORDS = {
    OutcomeKind.NOTED: "<p>Het overleg neemt kennis.</p>",
    OutcomeKind.POSTPONED: "<p>Het punt is uitgesteld naar een volgende vergadering.</p>",
    OutcomeKind.WITHDRAWN: "<p>Het punt is ingetrokken.</p>",
}


class _Row(Form):
    class Meta:
        locales = ("nl_BE", "nl")


class SeatRow(_Row):
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

    def validate_replaced_by(self, field: LineField) -> None:
        """A replacement has a name."""
        if self.presence.data == Presence.REPLACED and not field.data:
            raise ValidationError("Zeg wie in de plaats komt.")

    @property
    def seen(self) -> Seen | None:
        """What was tapped, or None."""
        if not self.presence.data:
            return None
        return Seen(Presence(self.presence.data), self.replaced_by.data or "")


class GuestRow(_Row):
    """One guest; a row without a name is no guest."""

    name = LineField("Naam van de gast", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])
    organisation = LineField("Organisatie", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])

    def validate_name(self, field: LineField) -> None:
        """Who comes for an organisation has a name."""
        if self.organisation.data and not field.data:
            raise ValidationError("Geef de naam van de gast.")


class AttendanceForm(HouseForm):
    """Everybody at the table, in one form."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
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

    def seen(self, *, others_present: bool) -> dict[str, Seen]:
        """What was tapped, by seat; the rest is left out, or present on request."""
        rest = Seen(Presence.PRESENT) if others_present else None
        tapped = {seat_id: row.seen or rest for seat_id, row in self.by_seat().items()}
        return {seat_id: seen for seat_id, seen in tapped.items() if seen is not None}

    def named_guests(self) -> Sequence[Guest]:
        """The guests that have a name."""
        rows: list[GuestRow] = [entry.form for entry in self.guests]
        return [Guest(r.name.data, r.organisation.data or "") for r in rows if r.name.data]


def attendance_data(table: Table, revision: int) -> Mapping[str, Any]:
    """What the form shows at first: what was noted, and empty rows for guests."""
    guests = [{"name": g.name, "organisation": g.organisation_name} for g in table.guests]
    return {
        "revision": revision,
        "seats": [_seat_data(line) for line in table.seats],
        "guests": [*guests, *({} for _ in range(EMPTY_GUEST_ROWS))],
    }


def _seat_data(line: SeatLine) -> dict[str, str]:
    return {
        "seat_id": line.seat.id,
        "presence": line.presence.value if line.presence else "",
        "replaced_by": line.replaced_by,
    }


class ItemForm(HouseForm):
    """The verslag of one point: the discussion, and an outcome when there is one to add."""

    text_html = RichTextField("Bespreking", validators=[Optional()])
    started_from = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    kind = RadioField(
        "Uitkomst toevoegen",
        choices=[
            SelectChoice(NO_OUTCOME, "geen"),
            *(SelectChoice(kind.value, kind.label) for kind in OutcomeKind),
        ],
        default=NO_OUTCOME,
        validators=[Optional()],
    )
    title = LineField(
        "Titel van de uitkomst", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)]
    )
    outcome_html = RichTextField("Tekst van de uitkomst")

    def validate_title(self, field: LineField) -> None:
        """An outcome has a title."""
        if self.kind.data and not field.data:
            raise ValidationError("Geef de uitkomst een titel.")

    def validate_outcome_html(self, field: RichTextField) -> None:
        """A text belongs to an outcome; most outcomes need one, some say enough by their kind."""
        if field.data and not self.kind.data:
            raise ValidationError("Kies welke uitkomst dit is.")
        if self.kind.data and not self.words_of_outcome:
            raise ValidationError("Schrijf wat er is afgesproken.")

    @property
    def words_of_outcome(self) -> str:
        """The text of the outcome as clean HTML: as typed, or what its kind says by itself."""
        if not self.kind.data:
            return ""
        return self.outcome_html.data or FIRST_WORDS.get(self.kind.data, "")
