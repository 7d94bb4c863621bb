"""The short forms around a proposal: a reason, a circle; and what every text field lets through."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from overleg.documents.states import Circle
from overleg.lib.blocks import without_control
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm, stripped

LONGEST_REASON = 2000


def clean_line(value: str | None) -> str | None:
    """A filter: without the control characters that no database keeps."""
    return without_control(value) if value else value


class ReasonForm(HouseForm):
    """A reason for what one does with a proposal."""

    reason = TextAreaField(
        "Reden",
        filters=[clean_line, stripped],
        validators=[
            DataRequired("Geef een reden."),
            Length(max=LONGEST_REASON, message=f"Houd de reden onder {LONGEST_REASON} tekens."),
        ],
    )


class AnnexCircleForm(HouseForm):
    """Who may read one annex."""

    circle = SelectField("Wie mag dit lezen?", choices={each.value: each.label for each in Circle})
