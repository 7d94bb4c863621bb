"""The forms of a year: the rhythm, each date, and how long people travel."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from overleg.lib.dates import WEEKDAYS, to_utc
from overleg.scheduling.forms import (
    AN_HOUR,
    FURTHEST,
    LONGEST_PLACE,
    HourField,
    WhenAndWhere,
    at_most,
    clean,
    not_too_far,
)
from overleg.scheduling.rhythm import NTH_LABELS
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.states import YearKind
from overleg.scheduling.years.weighing import Choice
from overleg.scheduling.years.wishes import YearRhythm, legislature_end
from overleg.scheduling.years.workflow import MOST_TRAVEL_MINUTES
from overleg.web import clock
from overleg.web.fields import A_DAY, DayField, IntegerField, RadioField, SelectField
from overleg.web.forms import HouseForm, LineField
from overleg.web.revisions import RevisedForm, RevisionField

REST, NEXT, LEGISLATURE, OWN_PERIOD = "rest", "volgend", "legislatuur", "zelf"
OUT, OWN = "geen", "eigen"


def periods_on(today: date) -> dict[str, tuple[str, date, date]]:
    """What can be asked at once on a day: its label, its first day and its last."""
    tomorrow, next_year = today + timedelta(days=1), date(today.year + 1, 1, 1)
    end = legislature_end(next_year)
    found = {
        NEXT: (f"Het jaar {next_year.year}", next_year, date(next_year.year, 12, 31)),
        LEGISLATURE: (f"Tot het einde van de legislatuur, eind {end.year}", tomorrow, end),
    }
    if today.month < 12:
        rest = (f"De rest van {today.year}", tomorrow, date(today.year, 12, 31))
        found = {REST: rest, **found}
    return found


class YearForm(WhenAndWhere):
    """How often, in which period, at what hour and where."""

    asked_first = (
        "period",
        "first_day",
        "last_day",
        "kind",
        "nth",
        "every_weeks",
        "times",
        "weekday",
        "skips_summer",
    )
    period = RadioField("Voor welke periode", default=NEXT)
    first_day = DayField("Vanaf", validators=[Optional()])
    last_day = DayField("Tot en met", validators=[Optional()])
    kind = RadioField(
        "Ritme",
        choices=[SelectChoice(kind.value, kind.label) for kind in YearKind],
        default=YearKind.MONTHLY.value,
    )
    nth = SelectField(
        "De hoeveelste van de maand",
        choices=[SelectChoice(str(nth), label) for nth, label in NTH_LABELS.items()],
        coerce=int,
        default=2,
    )
    every_weeks = IntegerField(
        "Om de hoeveel weken",
        default=6,
        validators=[
            InputRequired("Geef een aantal weken van 1 tot 26."),
            NumberRange(1, 26, "Geef een aantal weken van 1 tot 26."),
        ],
    )
    times = IntegerField(
        "Hoeveel keer per jaar",
        default=5,
        validators=[
            InputRequired("Geef een aantal keer van 1 tot 26."),
            NumberRange(1, 26, "Geef een aantal keer van 1 tot 26."),
        ],
    )
    weekday = SelectField(
        "Liefst op",
        choices=[SelectChoice(str(number), day) for number, day in enumerate(WEEKDAYS)],
        coerce=int,
        default=4,
    )
    skips_summer = BooleanField("Niets in juli en augustus", default=True)
    revision = RevisionField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._periods = periods_on(clock.today())
        self.period.choices = [
            *(SelectChoice(key, label) for key, (label, _first, _last) in self._periods.items()),
            SelectChoice(OWN_PERIOD, "Zelf te kiezen"),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Days of one's own are asked only where the period is."""
        super().validate(extra_validators)
        if self.period.data == OWN_PERIOD:
            for field in (self.first_day, self.last_day):
                self._check_day(field)
            first, last = self.first_day.data, self.last_day.data
            if first and last and last < first:
                self.refuse(self.last_day, "Deze dag ligt voor de eerste dag.")
        return not self.errors

    def _check_day(self, field: DayField) -> None:
        if field.data is None:
            if not field.errors:
                self.refuse(field, A_DAY)
            return
        try:
            not_too_far(self, field)
        except ValueError as wrong:
            self.refuse(field, str(wrong))

    def rhythm(self) -> YearRhythm:
        """What was filled in, as a rhythm."""
        chosen = self._periods.get(self.period.data)
        first, last = chosen[1:] if chosen else (self.first_day.data, self.last_day.data)
        return YearRhythm(
            kind=YearKind(self.kind.data),
            weekday=self.weekday.data,
            first_day=first,
            last_day=last,
            nth=self.nth.data,
            every_weeks=self.every_weeks.data,
            times=self.times.data,
            skips_summer=bool(self.skips_summer.data),
        )


class DatesForm(HouseForm):
    """What holds for all dates together; names the revision that was shown."""

    announce = BooleanField("Meteen bekendmaken")
    revision = RevisionField()


class DateForm(HouseForm):
    """One date of a year: what was proposed, another, one of one's own, or none."""

    class Meta(HouseForm.Meta):
        csrf = False  # these stand within the form of all dates, which has it

    pick = RadioField("Datum", validate_choice=False, validators=[Optional()])
    day = DayField("Dag", validators=[Optional()])
    starts = HourField("Begint om", validators=[Optional()])
    ends = HourField("Eindigt om", validators=[Optional()])
    place = LineField("Plaats", filters=[clean], validators=[Optional(), at_most(LONGEST_PLACE)])

    def __init__(
        self,
        keys: Sequence[str],
        *,
        prefix: str,
        given: Mapping[str, Any],
        typed: MultiDict[str, str] | None,
    ) -> None:
        super().__init__(prefix=prefix, formdata=typed, **given)
        if typed is None:
            self.process(None, None, **given)
        self.pick.choices = [
            *(SelectChoice(key, key) for key in keys),
            SelectChoice(OWN, "Een eigen dag of uur"),
            SelectChoice(OUT, "Geen vergadering"),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """The day and hours count only where they were picked."""
        super().validate(extra_validators)
        if self.pick.data != OWN:
            for field in (self.day, self.starts, self.ends):
                field.errors = []
            return not self.errors
        for field, sentence in ((self.day, A_DAY), (self.starts, AN_HOUR), (self.ends, AN_HOUR)):
            if field.data is None and not field.errors:
                self.refuse(field, sentence)
        if self.errors:
            return False
        today = clock.today()
        if not today <= self.day.data <= today + FURTHEST:
            self.refuse(self.day, "Kies een dag die nog komt, binnen vijf jaar.")
        if self.ends.data <= self.starts.data:
            self.refuse(self.ends, "De vergadering moet later eindigen dan ze begint.")
        return not self.errors

    def own(self, name: str) -> Choice:
        """The date that was typed, of the body of this name."""
        starts_at = to_utc(self.day.data, self.starts.data)
        ends_at = to_utc(self.day.data, self.ends.data)
        return Choice(Slot(starts_at, ends_at, self.place.data or "", name), is_own=True)


class TravelForm(RevisedForm):
    """How long people need from another place."""

    travel_minutes = IntegerField(
        "Minuten tussen twee plaatsen",
        validators=[
            InputRequired(f"Geef 0 tot {MOST_TRAVEL_MINUTES} minuten."),
            NumberRange(0, MOST_TRAVEL_MINUTES, f"Geef 0 tot {MOST_TRAVEL_MINUTES} minuten."),
        ],
    )
