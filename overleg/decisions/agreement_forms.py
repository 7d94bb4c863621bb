"""How the table came to an outcome, and why one is dropped, as somebody fills it in."""

from wtforms import SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from overleg.db import revision_of
from overleg.decisions.models import OutcomeVote
from overleg.decisions.states import AgreedBy
from overleg.decisions.workflow.votes import MOST_VOTES, Agreement
from overleg.organisations.states import NotesVotes
from overleg.web.fields import IntegerField, RadioField
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField
from overleg.web.revisions import RevisedForm

NOTHING = ""
LONGEST_RESERVATIONS = 5000


def _number(label: str) -> IntegerField:
    between = f"Geef een aantal van 0 tot {MOST_VOTES}."
    return IntegerField(label, validators=[Optional(), NumberRange(0, MOST_VOTES, message=between)])


class AgreementForm(HouseForm):
    """By consensus or by a vote, with who had a reservation; or not noted."""

    agreed_by = RadioField(
        "Hoe kwam het overleg ertoe?",
        choices=[
            SelectChoice(NOTHING, "niet noteren"),
            *(SelectChoice(way.value, way.label) for way in AgreedBy),
        ],
        default=NOTHING,
        validators=[Optional()],
    )
    in_favour = _number("Voor")
    against = _number("Tegen")
    abstained = _number("Onthouding")
    reservations = TextAreaField(
        "Voorbehoud",
        validators=[
            Optional(),
            Length(
                max=LONGEST_RESERVATIONS, message=f"Houd het onder {LONGEST_RESERVATIONS} tekens."
            ),
        ],
        render_kw={"rows": 2},
    )

    def validate_in_favour(self, _field: IntegerField) -> None:
        """A vote has numbers."""
        counted = (self.in_favour.data, self.against.data, self.abstained.data)
        if self.agreed_by.data == AgreedBy.VOTE and not any(counted):
            raise ValidationError("Geef hoeveel er voor en tegen waren.")

    def validate_reservations(self, field: TextAreaField) -> None:
        """A reservation is somebody's, about how the table agreed.

        What was kept and goes away with that is no reservation that was typed.
        """
        kept = (field.object_data or "").splitlines()
        if not self.agreed_by.data and field.data.splitlines() != kept:
            raise ValidationError("Kies hoe het overleg ertoe kwam.")
        names = [who for who, _why in self._reserved]
        if not all(names):
            raise ValidationError("Zet op elke regel eerst een naam.")
        if any(len(who) > LONGEST_LINE for who in names):
            raise ValidationError(
                f"Houd elke naam onder {LONGEST_LINE} tekens. Zet een dubbelepunt voor de reden."
            )

    @property
    def _reserved(self) -> list[tuple[str, str]]:
        """Each line of the reservations: a name, with the reason after a colon."""
        lines = [line for line in (self.reservations.data or "").splitlines() if line.strip()]
        return [(who.strip(), why.strip()) for who, _, why in (x.partition(":") for x in lines)]

    @property
    def agreement(self) -> Agreement | None:
        """How the table agreed, or None where that is not noted."""
        if not self.agreed_by.data:
            return None
        return Agreement(
            AgreedBy(self.agreed_by.data),
            self.in_favour.data or 0,
            self.against.data or 0,
            self.abstained.data or 0,
            self._reserved,
        )

    def offer(self, noted: NotesVotes) -> None:
        """Leave out the ways of agreeing that the body does not note."""
        if noted is not NotesVotes.VOTES:
            self.agreed_by.choices = [
                choice for choice in self.agreed_by.choices if choice.value != AgreedBy.VOTE
            ]


class VoteForm(AgreementForm, RevisedForm):
    """The same of an outcome that was noted before: noted, written again or taken away."""


def vote_data(vote: OutcomeVote | None) -> dict[str, object]:
    """What was noted before, for the fields of the form."""
    if vote is None:
        return {"agreed_by": NOTHING}
    is_vote = vote.agreed_by is AgreedBy.VOTE
    return {
        "revision": revision_of(vote),
        "agreed_by": vote.agreed_by.value,
        "in_favour": vote.in_favour if is_vote else None,
        "against": vote.against if is_vote else None,
        "abstained": vote.abstained if is_vote else None,
        "reservations": "\n".join(
            f"{each.who}: {each.reason}" if each.reason else each.who for each in vote.reservations
        ),
    }


class DropForm(HouseForm):
    """Why an outcome is taken away."""

    reason = LineField(
        "Waarom?",
        validators=[
            InputRequired("Zeg waarom deze uitkomst geschrapt wordt: dat blijft in de historiek."),
            Length(max=LONGEST_LINE, message=f"Houd het onder {LONGEST_LINE} tekens."),
        ],
    )
