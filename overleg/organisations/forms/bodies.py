"""The forms of a body: starting one, and its settings."""

from wtforms import BooleanField, FormField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from overleg.organisations.forms.fields import (
    NOT_ODD,
    CheckboxesField,
    choices_of,
    line,
    whole_number,
)
from overleg.organisations.states import (
    AdviceShown,
    Article,
    BodyKind,
    Decides,
    ItemNumbering,
    NotesVotes,
    Quorum,
    SectionsBy,
    ValidatedBy,
    WhenTimeIsOver,
)
from overleg.web.fields import IntegerField, SelectField
from overleg.web.form_words import RowForm
from overleg.web.forms import HouseForm
from overleg.web.revisions import RevisedForm

MAY = {"return": "terug met reden", "refuse": "weigeren", "refer": "verwijzen"}
MOST_VOTING = 100
EXTERNAL_KINDS = (
    BodyKind.EMERGENCY_ZONE_COUNCIL,
    BodyKind.TRANSPORT_REGION_COUNCIL,
    BodyKind.COLLEGE,
    BodyKind.COUNCIL,
    BodyKind.ASSOCIATION_BOARD,
)
"""Bodies that others keep, whose dates are followed here."""
ARTICLE_CHOICES = [SelectChoice("", "volgt uit de naam"), *choices_of(Article)]


class StepForm(RowForm):
    """One validation step; nobody chosen means no such step."""

    who = SelectField(
        "Wie valideert", choices=[SelectChoice("", "geen stap"), *choices_of(ValidatedBy)]
    )
    asked_body = SelectField("Welk ander overleg")
    may = CheckboxesField(
        "Mogelijke antwoorden, naast akkoord",
        choices=[SelectChoice(*pair) for pair in MAY.items()],
        default=list(MAY),
    )
    quorum = whole_number("Antwoorden nodig", 1, 40, 1)
    majority_percent = whole_number("Nodige meerderheid (in %)", 1, 100, 50)
    days_to_answer = whole_number("Dagen om te antwoorden", 1, 60, 5)
    decides = SelectField("Wie beslist", choices=choices_of(Decides))
    when_time_is_over = SelectField("Als iemand te laat is", choices=choices_of(WhenTimeIsOver))


class BodyForm(RevisedForm):
    """The settings of a body."""

    name = line("Naam", required=True)
    short_name = line("Korte naam", longest=60)
    article = SelectField("Lidwoord", choices=choices_of(Article))
    kind = SelectField("Soort", choices=choices_of(BodyKind))
    region = SelectField("Regio")
    supporters = CheckboxesField("Wie ondersteunt")
    rhythm = line("Ritme", longest=100)
    default_place = line("Gewone plaats")
    default_duration_minutes = whole_number("Gewone duur (in minuten)", 15, 720, 120)
    quorum = SelectField("Quorum", choices=choices_of(Quorum))
    quorum_number = IntegerField(
        "Aantal stemgerechtigden",
        validators=[
            Optional(),
            NumberRange(1, MOST_VOTING, f"Geef een getal van 1 tot {MOST_VOTING}."),
        ],
    )
    has_public_calendar = BooleanField("Iedereen mag weten wanneer en waar dit overleg vergadert")
    proposal_deadline_days = whole_number("Voorstellen indienen, dagen vooraf", 0, 120, 14)
    agenda_deadline_days = whole_number("Agenda versturen, dagen vooraf", 0, 120, 8)
    outcomes_deadline_days = whole_number("Lijst van uitkomsten, dagen nadien", 0, 120, 10)
    description = TextAreaField(
        "Omschrijving", validators=[Optional(), Length(max=5000, message=NOT_ODD)]
    )
    step_1 = FormField(StepForm, "Stap 1")
    step_2 = FormField(StepForm, "Stap 2")
    step_3 = FormField(StepForm, "Stap 3")
    advice_shown = SelectField("Leden zien elkaars advies", choices=choices_of(AdviceShown))
    item_numbering = SelectField("Nummers van de punten", choices=choices_of(ItemNumbering))
    sections_by = SelectField("Punten groeperen per", choices=choices_of(SectionsBy))
    notes_votes = SelectField(
        "Hoe het overleg tot een uitkomst komt", choices=choices_of(NotesVotes)
    )
    refers_to = CheckboxesField("Naar welke overleggen")

    def validate_quorum(self, field: SelectField) -> None:
        """A fixed number needs the number."""
        if field.data == Quorum.NUMBER.value and self.quorum_number.data is None:
            raise ValidationError("Zeg hieronder hoeveel stemgerechtigden er moeten zijn.")

    @property
    def steps(self) -> list[FormField]:
        """The three fields for steps."""
        return [self.step_1, self.step_2, self.step_3]


class StartBodyForm(HouseForm):
    """What it takes to start a body."""

    name = line("Naam van het overleg", required=True)
    article = SelectField("Lidwoord", choices=ARTICLE_CHOICES, default="")
    kind = SelectField(
        "Soort", choices=choices_of(kind for kind in BodyKind if kind not in EXTERNAL_KINDS)
    )
    region = SelectField("Regio")
    supporters = CheckboxesField("Wie ondersteunt")
    rhythm = line("Ritme", longest=100)


class OtherBodyForm(HouseForm):
    """What it takes to follow the dates of a body of others."""

    name = line("Naam", required=True)
    article = SelectField("Lidwoord", choices=ARTICLE_CHOICES, default="")
    kind = SelectField(
        "Soort",
        choices=choices_of([*EXTERNAL_KINDS, BodyKind.MAYORS_CONSULTATION, BodyKind.OTHER]),
    )
    region = SelectField("Regio")
    same_people_as = SelectField("Wie zetelt er")
