"""Answering in a validation step; what an answer needs besides is checked by the verb."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length, Optional

from overleg.agenda.forms.reasons import LONGEST_REASON
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm, stripped

TOO_LONG = f"Houd de reden onder {LONGEST_REASON} tekens."


class AnswerForm(HouseForm):
    """One answer: ``said_as`` is ``advice`` or ``decision``, ``step`` of the page by mail."""

    round_id = HiddenField()
    said_as = HiddenField(name="as")
    answer = HiddenField()
    step = HiddenField()
    motive = TextAreaField(
        "Reden", filters=[stripped], validators=[Length(max=LONGEST_REASON, message=TOO_LONG)]
    )
    refer_to = SelectField("Naar welk overleg?", validators=[Optional()], validate_choice=False)
