"""Forms about bodies, seats, roles and organisations. They check shape, and write nothing."""

from collections.abc import Iterable
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from overleg.organisations.states import (
    BodyKind,
    Role,
    SeatFunction,
    SeatKind,
    ValidatedBy,
)
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField

NOT_ODD = "Dit zijn te veel tekens: houd het onder %(max)d."
EMAIL_SHAPE = r"[^@\s]+@[^@\s]+\.[^@\s.]+$"
COLOURS = {
    "petrol": "petrolblauw",
    "forest": "bosgroen",
    "indigo": "indigo",
    "plum": "pruim",
    "brick": "baksteen",
    "slate": "leisteen",
}
EXTERNAL_KINDS = frozenset({BodyKind.EMERGENCY_ZONE_COUNCIL, BodyKind.TRANSPORT_REGION_COUNCIL})


def line(label: str, *, required: bool = False, longest: int = LONGEST_LINE) -> LineField:
    """One line of text of at most so many characters."""
    needed = InputRequired("Vul dit in.") if required else Optional()
    return LineField(label, validators=[needed, Length(max=longest, message=NOT_ODD)])


def email_address(label: str, *, required: bool = False) -> LineField:
    """An e-mail address, by its shape only: whether it exists, the invitation tells."""
    field = line(label, required=required)
    field.kwargs["validators"].append(Regexp(EMAIL_SHAPE, message="Dit is geen e-mailadres."))
    return field


def whole_number(label: str, lowest: int, highest: int, default: int) -> IntegerField:
    """A whole number between two bounds, both allowed."""
    message = f"Geef een getal van {lowest} tot {highest}."
    return IntegerField(
        label,
        default=default,
        validators=[InputRequired(message), NumberRange(lowest, highest, message)],
    )


def day(label: str, *, required: bool = True) -> DateField:
    """A calendar day in Brussels."""
    return DateField(label, validators=[InputRequired("Kies een dag.") if required else Optional()])


def choices_of(members: Iterable[Any]) -> list[SelectChoice]:
    """The values of an enum's members with their Dutch words."""
    return [SelectChoice(member.value, member.label) for member in members]


class CheckboxesField(SelectMultipleField):
    """Several choices, each with a tick box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StepForm(Form):
    """One validation step; nobody chosen means no such step."""

    class Meta:
        locales: ClassVar = ["nl_BE", "nl"]

    who = SelectField(
        "Wie valideert", choices=[SelectChoice("", "geen stap"), *choices_of(ValidatedBy)]
    )
    quorum = whole_number("Hoeveel antwoorden zijn nodig", 1, 40, 1)
    majority_percent = whole_number("Welk deel moet akkoord zijn (in %)", 1, 100, 50)
    days_to_answer = whole_number("Dagen om te antwoorden", 1, 60, 5)


class BodyForm(HouseForm):
    """The settings of a body."""

    revision = HiddenField()
    name = line("Naam", required=True)
    short_name = line("Korte naam", longest=60)
    kind = SelectField("Soort", choices=choices_of(BodyKind))
    region = SelectField("Regio")
    supporters = CheckboxesField("Wie ondersteunt")
    rhythm = line("Ritme", longest=100)
    default_place = line("Gewone plaats")
    default_duration_minutes = whole_number("Gewone duur (in minuten)", 15, 720, 120)
    proposal_deadline_days = whole_number("Voorstellen indienen, dagen vooraf", 0, 120, 14)
    agenda_deadline_days = whole_number("Agenda versturen, dagen vooraf", 0, 120, 8)
    outcomes_deadline_days = whole_number("Lijst van uitkomsten, dagen nadien", 0, 120, 10)
    description = TextAreaField(
        "Omschrijving", validators=[Optional(), Length(max=5000, message=NOT_ODD)]
    )
    step_1 = FormField(StepForm)
    step_2 = FormField(StepForm)
    step_3 = FormField(StepForm)

    @property
    def steps(self) -> list[FormField]:
        """The three fields for steps."""
        return [self.step_1, self.step_2, self.step_3]


class StartBodyForm(HouseForm):
    """What it takes to start a body."""

    name = line("Naam van het overleg", required=True)
    kind = SelectField(
        "Soort", choices=choices_of(kind for kind in BodyKind if kind not in EXTERNAL_KINDS)
    )
    region = SelectField("Regio")
    supporters = CheckboxesField("Wie ondersteunt")
    rhythm = line("Ritme", longest=100)


class PersonForm(HouseForm):
    """Somebody who is known, or somebody new by name and e-mail."""

    person = SelectField("Persoon")
    new_name = line("Naam van een nieuwe persoon")
    new_email = email_address("E-mailadres van die persoon")
    invite = BooleanField("Stuur een uitnodiging om aan te melden", default=True)


class SeatForm(PersonForm):
    """A seat: for which organisation, in which function, since when, who."""

    organisation = SelectField("Organisatie")
    function = SelectField("Functie", choices=choices_of(SeatFunction))
    title = line("Titel (als de functie niet volstaat)", longest=100)
    kind = SelectField("Aan tafel als", choices=choices_of(SeatKind))
    valid_from = day("Vanaf")
    valid_to = day("Tot en met", required=False)


class HandOverForm(PersonForm):
    """Who takes a seat over, and from when."""

    on = day("Vanaf")


class EndForm(HouseForm):
    """The last day of something."""

    last_day = day("Laatste dag")


class RoleForm(PersonForm):
    """A role in a body for somebody."""

    role = SelectField(
        "Rol",
        choices=choices_of((Role.CHAIR, Role.COMMITTEE, Role.SUPPORT)),
    )
    valid_from = day("Vanaf")
    valid_to = day("Tot en met", required=False)


class GrantForm(HouseForm):
    """A role for a person, and where it holds."""

    role = SelectField("Rol")
    body = SelectField("Overleg")
    organisation = SelectField("Organisatie")
    valid_from = day("Vanaf")
    valid_to = day("Tot en met", required=False)


class InviteForm(GrantForm):
    """Somebody new, with a first role."""

    name = line("Naam", required=True)
    email = email_address("E-mailadres", required=True)


class OrganisationForm(HouseForm):
    """What can be changed about an organisation."""

    name = line("Naam", required=True)
    short_name = line("Korte naam", longest=60)
    kbo_number = line("Ondernemingsnummer (KBO)", longest=20)
    colour = SelectField(
        "Kleur van de regio",
        choices=[SelectChoice(*pair) for pair in COLOURS.items()],
        validate_choice=False,
    )
