"""The forms of a verslag on its way to approval, and of what stays out of an item."""

from collections.abc import Mapping

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from overleg.minutes.states import RemarkState
from overleg.web.fields import DayField, IntegerField, RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, RichTextField
from overleg.web.revisions import RevisedForm

LONGEST_REMARK = 5000
TOO_LONG = f"Houd het onder {LONGEST_REMARK} tekens."


class CirculateForm(HouseForm):
    """Until when members can remark."""

    until = DayField(
        "Opmerkingen tot en met",
        validators=[InputRequired("Geef de laatste dag voor opmerkingen.")],
    )


class RemarkForm(HouseForm):
    """A remark on one item."""

    text = TextAreaField(
        "Uw opmerking",
        validators=[
            DataRequired("Schrijf uw opmerking."),
            Length(max=LONGEST_REMARK, message=TOO_LONG),
        ],
    )


class SettleForm(HouseForm):
    """What was done with a remark."""

    state = RadioField(
        "Wat gebeurt ermee?",
        choices=[
            SelectChoice(state.value, state.label)
            for state in RemarkState
            if state is not RemarkState.OPEN
        ],
        validators=[InputRequired("Kies wat ermee gebeurt.")],
    )
    answer = TextAreaField("Antwoord", validators=[Length(max=LONGEST_REMARK, message=TOO_LONG)])


class CorrectForm(HouseForm):
    """An item of an approved verslag, put right."""

    text_html = RichTextField("Tekst van dit punt")
    reason = LineField(
        "Waarom wordt dit rechtgezet?",
        validators=[
            InputRequired("Zeg waarom dit rechtgezet wordt: dat lezen de leden erbij."),
            Length(max=LONGEST_LINE, message=f"Houd het onder {LONGEST_LINE} tekens."),
        ],
    )
    started_from = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class AwayRow(RowForm):
    """One seat: whether it takes no part in an item, and why."""

    seat_id = HiddenField()
    is_away = BooleanField("Neemt niet deel")
    reason = LineField(
        "Reden",
        validators=[Length(max=LONGEST_LINE, message=f"Houd het onder {LONGEST_LINE} tekens.")],
    )


class AwayForm(RevisedForm):
    """Who takes no part in one item."""

    seats = FieldList(FormField(AwayRow))

    def call_by(self, names: Mapping[str, str]) -> None:
        """Let each row say who sits there; ``names`` is by the id of the seat."""
        for entry in self.seats:
            entry.form.about = names.get(entry.form.seat_id.data, "")

    def reasons(self) -> dict[str, str]:
        """The reason by the id of each seat that takes no part."""
        rows: list[AwayRow] = [entry.form for entry in self.seats]
        return {row.seat_id.data or "": row.reason.data or "" for row in rows if row.is_away.data}
