"""Saying whether one comes."""

from wtforms import SelectChoice
from wtforms.validators import InputRequired

from overleg.scheduling.answers.links import WORDS
from overleg.scheduling.states import Coming
from overleg.web.fields import RadioField
from overleg.web.forms import HouseForm


class ComingForm(HouseForm):
    """One of three answers."""

    coming = RadioField(
        "Komt u?",
        choices=[SelectChoice(coming.value, words) for coming, words in WORDS.items()],
        validators=[InputRequired("Kies een van de drie antwoorden.")],
    )

    @property
    def said(self) -> Coming:
        """What was chosen, once the form is valid."""
        return Coming(self.coming.data)
