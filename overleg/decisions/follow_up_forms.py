"""The forms of a municipality's follow-up: reporting in one line, and the days of its organs."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField as UploadField
from flask_wtf.file import FileRequired
from wtforms import FileField, SelectChoice, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from overleg.decisions.forms import REPORTED
from overleg.lib.dates import WEEKDAYS, format_short_date, is_known_day
from overleg.scheduling.rhythm import NTH_LABELS, RhythmKind
from overleg.web.fields import DayField, IntegerField, SelectField
from overleg.web.form_words import RowForm
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, stripped, web_address
from overleg.web.revisions import RevisedForm, RevisionField

WRITTEN_DAY = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})")
NOTHING = SelectChoice("", "nog niets")


class LineForm(RowForm):
    """One row of the page of a municipality; empty where nothing is reported."""

    state = SelectField(
        "Stand", choices=[NOTHING, *(SelectChoice(s.value, s.label) for s in REPORTED)]
    )
    day = DayField("Datum van de zitting", validators=[Optional()])
    reference_number = LineField("Nummer", validators=[Optional(), Length(max=LONGEST_LINE)])
    decision_url = LineField("Link", validators=[Optional(), web_address, Length(max=2000)])
    remark = StringField(
        "Opmerking of reden", filters=[stripped], validators=[Optional(), Length(max=5000)]
    )
    file = FileField("Bestand")
    revision = RevisionField()

    @property
    def is_filled(self) -> bool:
        """Whether something was told in this row, also where it can't be read or says no stand."""
        told = (self.state, self.reference_number, self.decision_url, self.remark, self.file)
        return any(field.data for field in told) or self._tells_day()

    def _tells_day(self) -> bool:
        """Whether another day was typed than the one that stood there."""
        if self.day.data is None:
            return any(self.day.raw_data or ())
        was_moved = self.revision.data != self.revision.object_data
        return not was_moved and self.day.data != self.day.object_data

    def validate_state(self, field: Any) -> None:
        """Ask the stand of a row in which something else was told."""
        if not field.data and self.is_filled:
            raise ValidationError("Kies de stand.")


class LinesForm(HouseForm):
    """The form around the lines: its token, and that it is taken in once."""


def days_in(text: str) -> tuple[list[date], list[str]]:
    """The days written in a text (``2/03/2026`` or ``2026-03-02``), and what is no day."""
    days, wrong = [], []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        try:
            days.append(_day(word))
        except ValueError:
            wrong.append(word)
    return sorted(set(days)), wrong


def in_lines(days: Sequence[date]) -> str:
    """Days as they are typed, one a line."""
    return "\n".join(map(format_short_date, days))


def _day(word: str) -> date:
    written = WRITTEN_DAY.fullmatch(word)
    if written is None:
        day = date.fromisoformat(word)
    else:
        day = date(int(written["y"]), int(written["m"]), int(written["d"]))
    if not is_known_day(day):
        raise ValueError(word)
    return day


def only_days(_form: HouseForm, field: Any) -> None:
    """A validator: every word is a day."""
    _days, wrong = days_in(field.data or "")
    if wrong:
        raise StopValidation(f"“{wrong[0][:40]}” is geen datum. Schrijf 2/03/2026.")


class SessionsForm(RevisedForm):
    """When a college or council meets."""

    kind = SelectField(
        "Hoe vaak",
        choices=[
            SelectChoice("", "Geen vaste dag"),
            *(SelectChoice(k.value, k.label) for k in (RhythmKind.WEEKLY, RhythmKind.MONTHLY)),
        ],
    )
    weekday = SelectField(
        "Op welke dag", choices=[SelectChoice(str(n), name) for n, name in enumerate(WEEKDAYS)]
    )
    every_weeks = IntegerField(
        "Om de hoeveel weken",
        validators=[Optional(), NumberRange(1, 8, "Geef een aantal van 1 tot 8.")],
    )
    nth = SelectField(
        "De hoeveelste van de maand",
        choices=[SelectChoice(str(n), name) for n, name in NTH_LABELS.items()],
    )
    first_day = DayField("Te rekenen vanaf", validators=[Optional()])
    extra = TextAreaField("Ook op deze dagen", validators=[Optional(), Length(max=8000), only_days])
    skipped = TextAreaField(
        "Niet op deze dagen", validators=[Optional(), Length(max=8000), only_days]
    )


class DaysFileForm(HouseForm):
    """The days of a college or council, from its own calendar file."""

    file = UploadField(
        "Bestand",
        validators=[FileRequired("Kies een bestand dat op .ics eindigt.")],
        render_kw={"accept": ".ics,text/calendar"},
    )
    word = LineField(
        "Alleen wat dit woord in de titel heeft", validators=[Optional(), Length(max=100)]
    )


class ReminderDaysForm(RevisedForm):
    """When a body reminds; in calendar days."""

    before = IntegerField(
        "Dagen vóór de datum",
        validators=[InputRequired(), NumberRange(0, 60, "Geef een aantal van 0 tot 60.")],
    )
    every = IntegerField(
        "Na de datum: om de hoeveel dagen",
        validators=[InputRequired(), NumberRange(1, 60, "Geef een aantal van 1 tot 60.")],
    )
    escalate_after = IntegerField(
        "Na hoeveel dagen te laat ook de algemeen directeur en de ondersteuning het horen",
        validators=[InputRequired(), NumberRange(1, 180, "Geef een aantal van 1 tot 180.")],
    )


class PauseForm(HouseForm):
    """What rests, until when and why."""

    row = SelectField("Wat ligt stil")
    until = DayField("Tot en met", validators=[InputRequired("Kies een datum.")])
    reason = LineField(
        "Waarom", validators=[InputRequired("Zeg kort waarom."), Length(max=LONGEST_LINE)]
    )


class PositionForm(HouseForm):
    """To whom a position goes."""

    addressee = LineField(
        "Aan wie",
        validators=[InputRequired("Zeg aan wie het gaat."), Length(max=LONGEST_LINE)],
    )
    address = TextAreaField("Adres", validators=[Optional(), Length(max=1000)])
    sent_on = DayField("Verstuurd op", validators=[InputRequired("Kies een datum.")])


class PositionAnswerForm(RevisedForm):
    """What came back."""

    answered_on = DayField("Op", validators=[InputRequired("Kies een datum.")])
    answer = TextAreaField(
        "Wat er terugkwam",
        validators=[DataRequired("Schrijf wat er terugkwam."), Length(max=5000)],
    )
