"""The forms of a referral: to where, why, and what goes along."""

from wtforms import BooleanField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, Length

from overleg.agenda.forms.reasons import LONGEST_REASON, clean_line
from overleg.agenda.models import Proposal
from overleg.agenda.queries.validation import referral_targets
from overleg.agenda.workflow.referral import Along, usual_along
from overleg.organisations.forms import CheckboxesField
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm, stripped


class AlongForm(HouseForm):
    """What goes along with a proposal that is referred."""

    annexes = CheckboxesField("Welke bijlagen gaan mee?")
    answers = BooleanField("De antwoorden op de vragen van het overleg gaan mee")

    def offer(self, proposal: Proposal, along: Along | None = None) -> None:
        """Fill the list with the annexes of the proposal; ``along`` is what is chosen now."""
        self.annexes.choices = [
            SelectChoice(annex.id, f"{annex.title} ({annex.circle.label})")
            for annex in proposal.annexes
        ]
        if not self.is_submitted():
            chosen = along or usual_along(proposal)
            self.annexes.data = list(chosen.annex_ids)
            self.answers.data = chosen.answers

    @property
    def along(self) -> Along:
        """What was chosen; only after ``validate``."""
        return Along(self.annexes.data or [], answers=bool(self.answers.data))


class ReferralForm(AlongForm):
    """A referral to another body."""

    to = SelectField(
        "Naar welk overleg?", validators=[DataRequired("Kies naar welk overleg het gaat.")]
    )
    reason = TextAreaField(
        "Reden",
        filters=[clean_line, stripped],
        validators=[
            DataRequired("Geef een reden: de indiener en het andere overleg lezen ze."),
            Length(max=LONGEST_REASON, message=f"Houd de reden onder {LONGEST_REASON} tekens."),
        ],
    )

    def offer(self, proposal: Proposal, along: Along | None = None) -> None:
        """Fill the lists."""
        super().offer(proposal, along)
        targets = referral_targets(proposal.body)
        self.to.choices = [SelectChoice(body.id, body.name) for body in targets]
        if len(targets) > 1:
            self.to.choices = [SelectChoice("", "Kies een overleg"), *self.to.choices]
