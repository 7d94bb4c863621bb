"""The forms of organisations and of who belongs to a group."""

from collections.abc import Callable

from wtforms import BooleanField, Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from overleg.lib.errors import Refused
from overleg.organisations.forms.fields import day, line
from overleg.organisations.workflow.organisations import (
    read_kbo_number,
    read_nis_code,
    read_ovo_number,
)
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm, LineField
from overleg.web.revisions import RevisedForm

COLOURS = {
    "petrol": "petrolblauw",
    "forest": "bosgroen",
    "indigo": "indigo",
    "plum": "pruim",
    "brick": "baksteen",
    "slate": "leisteen",
}


def code(label: str, read: Callable[[str], str | None]) -> LineField:
    """A code; ``read`` says what is wrong with it, if anything."""

    def check(_form: Form, field: Field) -> None:
        try:
            read(field.data)
        except Refused as refused:
            raise ValidationError(str(refused)) from None

    field = line(label, longest=20)
    field.kwargs["validators"].append(check)
    return field


class OrganisationForm(RevisedForm):
    """What can be known of an organisation; a kind that has no such thing has no such field."""

    name = line("Naam", required=True)
    short_name = line("Korte naam", longest=60)
    nis_code = code("NIS-code", read_nis_code)
    ovo_number = code("OVO-code", read_ovo_number)
    kbo_number = code("Ondernemingsnummer (KBO)", read_kbo_number)
    province = SelectField("Provincie", validate_choice=False)
    region = SelectField("Regio", validate_choice=False)
    member = SelectField("Eerste gemeente", validate_choice=False)
    colour = SelectField(
        "Kleur van de regio",
        choices=[SelectChoice(*pair) for pair in COLOURS.items()],
        validate_choice=False,
    )
    valid_from = day("Eerste dag", required=False)
    valid_to = day("Laatste dag", required=False)
    successor = SelectField("Ging op in", validate_choice=False)


class MemberForm(HouseForm):
    """Who joins a group, and from when."""

    member = SelectField("Wie komt erbij", validate_choice=False)
    valid_from = day("Vanaf")
    source = line("Bron")


class MembershipForm(RevisedForm):
    """What was noted wrongly about a membership, and why."""

    valid_from = day("Eerste dag", required=False)
    valid_to = day("Laatste dag", required=False)
    was_never = BooleanField("Dit lidmaatschap heeft nooit bestaan")
    reason = line("Waarom verbetert u dit?", required=True)
