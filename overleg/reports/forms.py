"""The forms of region reports."""

from collections.abc import Sequence

from wtforms import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from overleg.accounts.models import Person
from overleg.lib.blocks import without_control
from overleg.lib.dates import MONTHS
from overleg.organisations.models import Body
from overleg.reports.periods import FIRST_WORKING_DAY, LAST_READY_DAY
from overleg.reports.queries.reports import Wishes
from overleg.reports.states import ReportForm
from overleg.web.fields import DayField, RadioField, SelectField
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, RichTextField
from overleg.web.revisions import RevisedForm, RevisionField

MONTHS_IN_HALF = 6


def clean_line(value: str | None) -> str | None:
    """A filter: without the control characters that no database keeps."""
    return without_control(value) if value else value


class PlaceForm(HouseForm):
    """On which session a report stood."""

    day = DayField("Datum van de zitting", validators=[InputRequired("Geef de datum.")])
    reference_number = LineField(
        "Nummer op die zitting",
        filters=[clean_line],
        validators=[Optional(), Length(max=LONGEST_LINE)],
    )
    revision = RevisionField()


class PointForm(HouseForm):
    """A point that the college raises."""

    body_id = SelectField("Voor welk overleg?", validators=[InputRequired("Kies een overleg.")])
    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[
            InputRequired("Geef het punt een titel."),
            Length(max=LONGEST_LINE, message="Houd de titel onder 200 tekens."),
        ],
    )
    explanation_html = RichTextField("Wat wil het college zeggen of vragen?")
    speaker_id = SelectField(
        "Wie dient het in?", validators=[InputRequired("Kies wie het voorstel indient.")]
    )

    def offer(self, bodies: Sequence[Body], speakers: Sequence[Person]) -> None:
        """Fill the choices: the tables of the municipality, and who speaks for it there."""
        self.body_id.choices = [SelectChoice(body.id, body.name) for body in bodies]
        self.speaker_id.choices = [SelectChoice(person.id, person.name) for person in speakers]


class SettingsForm(RevisedForm):
    """When a municipality wants its reports, and in which form."""

    ready_day = SelectField(
        "Het rapport staat klaar",
        choices=[
            SelectChoice(str(FIRST_WORKING_DAY), "op de eerste werkdag van de maand"),
            *(
                SelectChoice(str(day), f"op dag {day} van de maand")
                for day in range(1, LAST_READY_DAY + 1)
            ),
        ],
    )
    council_month = SelectField(
        "Het gemeenteraadsrapport komt in",
        choices=[
            SelectChoice(str(month), f"{MONTHS[month - 1]} en {MONTHS[month + 5]}")
            for month in range(1, MONTHS_IN_HALF + 1)
        ],
    )
    form = RadioField(
        "Vorm", choices=[SelectChoice(form.value, form.label.capitalize()) for form in ReportForm]
    )
    introduction_html = RichTextField("Inleiding", validators=[Optional()])

    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes(
            ready_day=int(self.ready_day.data),
            council_month=int(self.council_month.data),
            form=ReportForm(self.form.data),
            introduction_html=self.introduction_html.data or "",
            revision=self.revision.data,
        )
