"""Short forms around a proposal: whom to ask along, and what of it goes into a copy."""

from collections.abc import Sequence

from wtforms import BooleanField
from wtforms.validators import InputRequired

from overleg.agenda.queries.choices import ProposingChoices, Speaker
from overleg.web.fields import RadioField, SelectField
from overleg.web.forms import HouseForm

OWN_DOSSIER, SAME_DOSSIER = "nieuw", "zelfde"
IN_DOSSIER = {
    OWN_DOSSIER: "een nieuw dossier: het gaat over iets anders",
    SAME_DOSSIER: "hetzelfde dossier: het is een vervolg",
}


class AskAlongForm(HouseForm):
    """Whom to ask to submit along."""

    person_id = SelectField(
        "Wie vraagt u mee?", validators=[InputRequired("Kies wie u vraagt.")], choices=[]
    )

    def offer(self, people: Sequence[Speaker]) -> None:
        """Fill the list with those who can be asked."""
        self.person_id.choices = {"": "Kies iemand"} | {
            each.person.id: named_with_organisation(each) for each in people
        }


def named_with_organisation(speaker: Speaker) -> str:
    """``Burgemeester Tielt``; the organisation follows where the name does not tell it."""
    name, organisation = speaker.person.name, speaker.organisation.name
    return name if organisation in name else f"{name} ({organisation})"


class DuplicateForm(HouseForm):
    """Where a copy goes and what goes along."""

    body_id = SelectField("Voor welk overleg?", validators=[InputRequired("Kies een overleg.")])
    organisation_id = SelectField("Indiener", validators=[InputRequired("Kies de indiener.")])
    dossier = RadioField(
        "In welk dossier?",
        choices=IN_DOSSIER,
        default=OWN_DOSSIER,
    )
    with_annexes = BooleanField("Neem de bijlagen mee")

    def offer(self, choices: ProposingChoices, *, same_dossier: bool) -> None:
        """Fill the lists; what needs no choice is chosen.

        ``same_dossier``: whether the copy may stand in the dossier of the earlier proposal.
        """
        if not same_dossier:
            self.dossier.choices = {OWN_DOSSIER: IN_DOSSIER[OWN_DOSSIER]}
        self._allowed = {
            key: {each.id for each in options} for key, options in choices.organisations.items()
        }
        bodies = {each.id: each.name for each in choices.bodies}
        organisations = {each.id: each.name for each in choices.all_organisations}
        self.body_id.choices = bodies
        self.organisation_id.choices = (
            organisations
            if len(organisations) == 1
            else {"": "Kies een organisatie"} | organisations
        )

    def start(self, *, body_id: str, organisation_id: str, annexes: bool) -> None:
        """Choose what the earlier proposal had, where one may."""
        if body_id in self._allowed:
            self.body_id.data = body_id
        if organisation_id in self._allowed.get(body_id, set()):
            self.organisation_id.data = organisation_id
        self.with_annexes.data = annexes

    def validate(self, extra_validators: Sequence[object] | None = None) -> bool:
        """Whether one may propose there for that organisation."""
        right: bool = super().validate(extra_validators)
        chosen = self.organisation_id.data
        if right and chosen not in self._allowed.get(self.body_id.data, set()):
            self.refuse(
                self.organisation_id, "Namens deze organisatie kunt u daar niet voorstellen."
            )
            return False
        return right
