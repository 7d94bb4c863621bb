"""The forms of seats, roles and people."""

from wtforms import BooleanField

from overleg.organisations.forms.fields import choices_of, day, email_address, line
from overleg.organisations.states import Role, SeatFunction, SeatKind
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm
from overleg.web.revisions import RevisedForm

PERSON_FIELDS = ("person", "new_email", "new_name", "invite")


class PersonForm(HouseForm):
    """Somebody who is known, or somebody new by name and e-mail."""

    person = SelectField("Persoon")
    new_email = email_address("E-mailadres van die persoon")
    new_name = line("Naam van een nieuwe persoon")
    invite = BooleanField("Stuur een uitnodiging om aan te melden", default=True)


class SeatForm(PersonForm, RevisedForm):
    """A seat: for which organisation, in which function, since when, who."""

    asked_first = ("organisation", "function", "title", "kind", *PERSON_FIELDS, "valid_from")
    organisation = SelectField("Organisatie")
    function = SelectField("Functie", choices=choices_of(SeatFunction))
    title = line("Titel (als de functie niet volstaat)", longest=100)
    kind = SelectField("Aan tafel als", choices=choices_of(SeatKind))
    valid_from = day("Vanaf")
    valid_to = day("Tot en met", required=False)


class SeatCorrectionForm(SeatForm):
    """What was noted about a seat; no first day is one before what we know."""

    valid_from = day("Vanaf", required=False)


class HandOverForm(PersonForm):
    """Who takes a seat over, and from when."""

    on = day("Vanaf")


class PersonDetailsForm(RevisedForm):
    """Somebody's name and e-mail address."""

    name = line("Naam", required=True)
    email = email_address("E-mailadres")


class EndForm(HouseForm):
    """The last day of something."""

    last_day = day("Laatste dag")


class RoleForm(PersonForm):
    """A role in a body for somebody."""

    asked_first = ("role",)
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

    asked_first = ("name", "email")
    name = line("Naam", required=True)
    email = email_address("E-mailadres", required=True)
