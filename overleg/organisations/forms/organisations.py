"""The forms of organisations and of who belongs to a group."""

from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice

from overleg.organisations.forms.fields import day, line
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm

COLOURS = {
    "petrol": "petrolblauw",
    "forest": "bosgroen",
    "indigo": "indigo",
    "plum": "pruim",
    "brick": "baksteen",
    "slate": "leisteen",
}


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


class MemberForm(HouseForm):
    """Who joins a group, and from when."""

    member = SelectField("Wie komt erbij", validate_choice=False)
    valid_from = day("Vanaf")
    source = line("Bron")


class MembershipForm(HouseForm):
    """What was noted wrongly about a membership, and why."""

    valid_from = day("Eerste dag", required=False)
    valid_to = day("Laatste dag", required=False)
    was_never = BooleanField("Dit lidmaatschap heeft nooit bestaan")
    reason = line("Waarom verbetert u dit", required=True)
