"""The forms of planning."""

from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, SelectChoice, TextAreaField, TimeField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from overleg.lib.blocks import without_control
from overleg.lib.dates import WEEKDAYS, format_date, to_utc
from overleg.scheduling.rhythm import NTH_LABELS, Rhythm, RhythmKind
from overleg.web import clock
from overleg.web.fields import A_DAY, DayField, IntegerField, RadioField, SelectField
from overleg.web.forms import HouseForm, LineField, stripped, web_address
from overleg.web.revisions import RevisedForm

FURTHEST = timedelta(days=5 * 366)
LONGEST_PLACE = 200
LONGEST_LINK = 2000
LONGEST_REASON = 2000
HOUR_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M"]
AN_HOUR = "Geef een uur, bijvoorbeeld 9.30."


def clean(value: str | None) -> str | None:
    """A filter for text fields: without the characters that no database or calendar takes."""
    return without_control(value) if value else value


class HourField(TimeField):
    """An hour on the clock in Brussels."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, format=HOUR_FORMATS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(AN_HOUR) from None


def not_too_far(_form: HouseForm, field: DayField) -> None:
    """Refuse a day in the past or beyond what anybody plans."""
    if field.data is None:
        return  # what was typed is no day, and that is said already
    today = clock.today()
    if field.data < today:
        raise ValidationError("Deze dag is al voorbij. Kies een dag die nog komt.")
    if field.data > today + FURTHEST:
        raise ValidationError(f"Kies een dag voor {format_date(today + FURTHEST)}.")


def at_most(characters: int) -> Length:
    """Refuse a longer text, saying how long it may be."""
    return Length(max=characters, message=f"Houd dit onder {characters} tekens.")


class WhenAndWhere(HouseForm):
    """The hours and the place, as every form of this package asks them."""

    starts = HourField("Begint om", validators=[InputRequired(AN_HOUR)])
    ends = HourField("Eindigt om", validators=[InputRequired(AN_HOUR)])
    place = LineField("Plaats", filters=[clean], validators=[Optional(), at_most(LONGEST_PLACE)])
    online_url = LineField(
        "Onlinelink",
        filters=[clean],
        validators=[Optional(), at_most(LONGEST_LINK), web_address],
    )

    def validate_ends(self, field: HourField) -> None:
        """The end comes after the beginning."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError("De vergadering moet later eindigen dan ze begint.")


class MeetingForm(WhenAndWhere):
    """One meeting: when and where."""

    asked_first = ("day",)
    day = DayField("Dag", validators=[InputRequired(A_DAY), not_too_far])

    def moments(self) -> tuple[datetime, datetime]:
        """Begin and end, in UTC."""
        return to_utc(self.day.data, self.starts.data), to_utc(self.day.data, self.ends.data)


class PlanForm(MeetingForm):
    """Plan one meeting; nobody is told of it unless that is asked."""

    announce = BooleanField("Meteen bekendmaken")


class ChangeForm(MeetingForm, RevisedForm):
    """Change a meeting. A past day may stay as it is."""

    day = DayField("Dag", validators=[InputRequired(A_DAY)])
    quiet = BooleanField("Nog niemand verwittigen")

    def __init__(self, *, was: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._was = was

    def validate_day(self, field: DayField) -> None:
        """Another day is held to what planning allows."""
        if field.data != self._was:
            not_too_far(self, field)


class CancelForm(HouseForm):
    """Cancel a meeting."""

    reason = TextAreaField(
        "Waarom gaat de vergadering niet door?",
        filters=[clean, stripped],
        validators=[
            DataRequired("Zeg waarom; de leden lezen dit."),
            at_most(LONGEST_REASON),
        ],
    )


class SeriesForm(WhenAndWhere):
    """A rhythm, the period, and the days chosen from the preview."""

    asked_first = ("kind", "nth", "every_weeks", "weekday", "first_day", "last_day")
    announce = BooleanField("Meteen bekendmaken")
    kind = RadioField(
        "Ritme",
        choices=[SelectChoice(kind.value, kind.label) for kind in RhythmKind],
        default=RhythmKind.MONTHLY.value,
    )
    nth = SelectField(
        "De hoeveelste van de maand",
        choices=[SelectChoice(str(nth), label) for nth, label in NTH_LABELS.items()],
        coerce=int,
        default=2,
    )
    weekday = SelectField(
        "Weekdag",
        choices=[SelectChoice(str(number), day) for number, day in enumerate(WEEKDAYS)],
        coerce=int,
        default=4,
    )
    every_weeks = IntegerField(
        "Om de hoeveel weken",
        default=6,
        validators=[
            InputRequired("Geef een aantal weken van 1 tot 26."),
            NumberRange(1, 26, "Geef een aantal weken van 1 tot 26."),
        ],
    )
    first_day = DayField("Vanaf", validators=[InputRequired(A_DAY), not_too_far])
    last_day = DayField("Tot en met", validators=[InputRequired(A_DAY), not_too_far])

    def validate_last_day(self, field: DayField) -> None:
        """The period ends after it begins."""
        if self.first_day.data and field.data and field.data < self.first_day.data:
            raise ValidationError("Deze dag ligt voor de eerste dag.")

    def rhythm(self) -> Rhythm:
        """What was filled in, as a rhythm."""
        return Rhythm(
            kind=RhythmKind(self.kind.data),
            weekday=self.weekday.data,
            nth=self.nth.data,
            every_weeks=self.every_weeks.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
        )


def end_of(starts: time, minutes: int) -> time:
    """The hour so many minutes later, on the same day: 23.59 at the latest."""
    begin = datetime.combine(date.min, starts)
    end = begin + timedelta(minutes=minutes)
    return end.time() if end.date() == begin.date() else time(23, 59)
