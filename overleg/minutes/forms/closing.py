"""The form that closes a meeting: what becomes of points without an outcome."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectChoice
from wtforms.validators import Optional

from overleg.agenda.models import AgendaItem
from overleg.web.fields import RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import HouseForm

POSTPONE, TREATED, LEAVE = "postpone", "treated", "leave"
WORDS = {POSTPONE: "uitstellen", TREATED: "behandeld", LEAVE: "zo laten"}


class UntreatedRow(RowForm):
    """One point without an outcome."""

    item_id = HiddenField()
    what = RadioField(
        "Wat gebeurt ermee?",
        choices=[SelectChoice(*pair) for pair in WORDS.items()],
        validators=[Optional()],
    )


class ClosingForm(HouseForm):
    """What happens with each point without an outcome."""

    untreated = FieldList(FormField(UntreatedRow))

    def chosen(self) -> Mapping[str, str]:
        """What was chosen, by the id of the item."""
        rows: list[UntreatedRow] = [entry.form for entry in self.untreated]
        return {row.item_id.data or "": row.what.data or LEAVE for row in rows}


def closing_data(items: Sequence[AgendaItem], discussed: Collection[str]) -> Mapping[str, Any]:
    """What the form shows at first; ``discussed`` are the ids of points of which something is told.

    They were treated, so they are not offered to be postponed.
    """
    return {
        "untreated": [
            {"item_id": item.id, "what": TREATED if item.id in discussed else POSTPONE}
            for item in items
        ]
    }
