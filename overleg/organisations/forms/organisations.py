"""The forms of organisations and of who belongs to a group."""

from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice

from overleg.organisations.forms.fields import day, line
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm
from overleg.web.revisions import RevisedForm

COLOURS = {
    "petrol": "petrolblauw",
    "forest": "bosgroen",
    "indigo": "indigo",
    "plum": "pruim",
    "brick": "baksteen",
    "slate": "leisteen",
}


class OrganisationForm(RevisedForm):
    """What can be known of an organisation; a kind that has no such thing has no such field."""

    name = line("Naam", required=True)
    short_name = line("Korte naam", longest=60)
    nis_code = line("NIS-code", longest=20)
    ovo_number = line("OVO-code", longest=20)
    kbo_number = line("Ondernemingsnummer (KBO)", longest=20)
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
    reason = line("Waarom verbetert u dit", required=True)
