"""Forms about bodies, seats, roles and organisations. They check shape, and write nothing."""

from overleg.organisations.forms.bodies import BodyForm, OtherBodyForm, StartBodyForm, StepForm
from overleg.organisations.forms.fields import CheckboxesField, choices_of
from overleg.organisations.forms.organisations import (
    COLOURS,
    MemberForm,
    MembershipForm,
    OrganisationForm,
)
from overleg.organisations.forms.people import (
    EndForm,
    GrantForm,
    HandOverForm,
    InviteForm,
    PersonDetailsForm,
    PersonForm,
    RoleForm,
    SeatCorrectionForm,
    SeatForm,
)

__all__ = [
    "COLOURS",
    "BodyForm",
    "CheckboxesField",
    "EndForm",
    "GrantForm",
    "HandOverForm",
    "InviteForm",
    "MemberForm",
    "MembershipForm",
    "OrganisationForm",
    "OtherBodyForm",
    "PersonDetailsForm",
    "PersonForm",
    "RoleForm",
    "SeatCorrectionForm",
    "SeatForm",
    "StartBodyForm",
    "StepForm",
    "choices_of",
]
