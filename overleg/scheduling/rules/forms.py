"""The form for a rule: one sentence, built from choices."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, SelectChoice
from wtforms.validators import NumberRange, Optional, ValidationError

from overleg.organisations.models import Body
from overleg.scheduling.states import RuleKind
from overleg.web.fields import IntegerField, RadioField, SelectField
from overleg.web.forms import HouseForm

MOST_MINUTES = 600
MOST_DAYS = 60
HARD, SOFT = "moet", "liefst"


class RuleForm(HouseForm):
    """What a body asks of its dates."""

    kind = SelectField(
        "De vergadering valt",
        choices=[SelectChoice(value=kind.value, label=kind.label) for kind in RuleKind],
    )
    other = SelectField("Het andere overleg")
    minutes = IntegerField(
        "Minuten erna",
        default=15,
        validators=[
            Optional(),
            NumberRange(0, MOST_MINUTES, f"Geef 0 tot {MOST_MINUTES} minuten."),
        ],
    )
    days = IntegerField(
        "Dagen ervoor",
        default=7,
        validators=[Optional(), NumberRange(1, MOST_DAYS, f"Geef 1 tot {MOST_DAYS} dagen.")],
    )
    is_same_place = BooleanField("Op dezelfde plaats")
    strength = RadioField(
        "Hoe streng",
        choices=[
            SelectChoice(value=HARD, label="Moet: een datum die hiervan afwijkt, is fout"),
            SelectChoice(value=SOFT, label="Liefst: we verwittigen alleen"),
        ],
        default=HARD,
    )

    def __init__(self, others: Sequence[Body]) -> None:
        super().__init__()
        self.other.choices = [
            SelectChoice(value="", label="Kies een overleg"),
            *[SelectChoice(value=body.slug, label=body.name) for body in others],
        ]

    @property
    def asked(self) -> RuleKind:
        """The kind of rule, once the form is valid."""
        return RuleKind(self.kind.data)

    def validate_other(self, field: SelectField) -> None:
        """A rule about another body names it."""
        names_a_body = any(k.names_a_body for k in RuleKind if k.value == self.kind.data)
        if names_a_body and not field.data:
            raise ValidationError("Kies over welk overleg deze regel gaat.")

    def validate(self, extra_validators: Any = None) -> bool:
        """A rule of days says how many."""
        super().validate(extra_validators)
        counts_days = self.kind.data in {RuleKind.DAYS_BEFORE, RuleKind.AT_LEAST_BEFORE}
        if counts_days and self.days.data is None and not self.days.errors:
            self.refuse(self.days, f"Geef 1 tot {MOST_DAYS} dagen.")
        return not self.errors
