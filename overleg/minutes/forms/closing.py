"""The form that closes a meeting: what becomes of points that were not treated."""

from collections.abc import Mapping

from wtforms import FieldList, FormField, HiddenField, SelectChoice
from wtforms.validators import Optional

from overleg.web.fields import RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import HouseForm

POSTPONE, TREATED, LEAVE = "postpone", "treated", "leave"
WORDS = {POSTPONE: "uitstellen", TREATED: "toch behandeld", LEAVE: "zo laten"}


class UntreatedRow(RowForm):
    """One point without an outcome."""

    item_id = HiddenField()
    what = RadioField(
        "Wat gebeurt ermee?",
        choices=[SelectChoice(*pair) for pair in WORDS.items()],
        default=POSTPONE,
        validators=[Optional()],
    )


class ClosingForm(HouseForm):
    """What happens with each point that was not treated."""

    untreated = FieldList(FormField(UntreatedRow))

    def chosen(self) -> Mapping[str, str]:
        """What was chosen, by the id of the item."""
        rows: list[UntreatedRow] = [entry.form for entry in self.untreated]
        return {row.item_id.data or "": row.what.data or LEAVE for row in rows}
