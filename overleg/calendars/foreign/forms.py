"""The forms about other bodies' dates."""

from datetime import time, timedelta
from urllib.parse import urlsplit

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from overleg.lib.dates import to_utc
from overleg.lib.pasted_dates import MOST_LINES, PastedDate, read_list
from overleg.scheduling.forms import (
    AN_HOUR,
    LONGEST_LINK,
    LONGEST_PLACE,
    HourField,
    at_most,
    clean,
)
from overleg.scheduling.states import DateState
from overleg.web.fields import A_DAY, DayField, SelectField
from overleg.web.forms import HouseForm, LineField
from overleg.web.revisions import RevisedForm

LONGEST_LIST = 40_000
SCHEMES = frozenset({"http", "https", "webcal"})


class WhenForm(HouseForm):
    """One day with its hours and place; without hours it is the whole day."""

    day = DayField("Dag", validators=[InputRequired(A_DAY)])
    starts = HourField("Begint om", validators=[Optional()])
    ends = HourField("Eindigt om", validators=[Optional()])
    place = LineField("Plaats", filters=[clean], validators=[Optional(), at_most(LONGEST_PLACE)])

    def validate_ends(self, field: TimeField) -> None:
        """Both hours or none, and the end after the beginning."""
        if (self.starts.data is None) != (field.data is None):
            raise ValidationError(f"Geef beide uren, of geen van beide. {AN_HOUR}")
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError("De vergadering moet later eindigen dan ze begint.")

    def given(self) -> PastedDate:
        """The date, in UTC."""
        day = self.day.data
        if self.starts.data is None or self.ends.data is None:
            ends_at = to_utc(day + timedelta(days=1), time())
            return PastedDate(to_utc(day, time()), ends_at, True, self.place.data or "")
        return PastedDate(
            to_utc(day, self.starts.data), to_utc(day, self.ends.data), False, self.place.data or ""
        )


class CorrectForm(WhenForm, RevisedForm):
    """What is right about one date."""

    state = SelectField(
        "Stand", choices=[SelectChoice(value=state.value, label=state.label) for state in DateState]
    )


class PasteForm(HouseForm):
    """A list of dates, one a line."""

    dates = TextAreaField(
        "Lijst met data",
        validators=[
            DataRequired("Plak hier minstens één datum, bijvoorbeeld 13/03/2026 9.00-11.00."),
            Length(max=LONGEST_LIST, message=f"Plak hoogstens {LONGEST_LIST} tekens tegelijk."),
        ],
    )

    def given(self) -> tuple[PastedDate, ...]:
        """The dates of a list that was found right."""
        return read_list(self.dates.data or "").dates

    def validate_dates(self, field: TextAreaField) -> None:
        """Every line must be understood: half a list kept is worse than none."""
        pasted = read_list(field.data or "")
        if pasted.not_understood:
            lines = "; ".join(pasted.not_understood[:5])
            raise ValidationError(
                f"Dit lezen we niet als een datum: {lines}. Schrijf bijvoorbeeld "
                "“13/03/2026 9.00-11.00 Roeselare”."
            )
        if not pasted.dates:
            raise ValidationError("Plak hier minstens één datum.")
        if len(field.data.splitlines()) > MOST_LINES:
            raise ValidationError(f"Plak hoogstens {MOST_LINES} regels tegelijk.")


class FileForm(HouseForm):
    """An .ics file."""

    file = FileField(
        "Kalenderbestand (.ics)", validators=[FileRequired("Kies een bestand dat op .ics eindigt.")]
    )


class AddressForm(HouseForm):
    """A calendar to follow."""

    url = LineField(
        "Kalenderadres",
        filters=[clean],
        validators=[
            InputRequired("Plak het adres van de kalender. Het eindigt meestal op .ics."),
            at_most(LONGEST_LINK),
        ],
    )

    def validate_url(self, field: LineField) -> None:
        """Only what can be a calendar on the web."""
        try:
            address = urlsplit(field.data or "")
            is_right = address.scheme.lower() in SCHEMES and bool(address.hostname)
        except ValueError:
            is_right = False
        if not is_right:
            raise ValidationError("Dit adres moet met https://, http:// of webcal:// beginnen.")
