"""The fields that the forms of this package are made of."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from overleg.web.fields import DayField, IntegerField, SelectMultipleField
from overleg.web.forms import LONGEST_LINE, LineField

NOT_ODD = "Dit zijn te veel tekens: houd het onder %(max)d."
EMAIL_SHAPE = r"[^@\s]+@[^@\s]+\.[^@\s.]+$"


def line(label: str, *, required: bool = False, longest: int = LONGEST_LINE) -> LineField:
    """One line of text of at most so many characters."""
    needed = InputRequired("Vul dit in.") if required else Optional()
    return LineField(label, validators=[needed, Length(max=longest, message=NOT_ODD)])


def email_address(label: str, *, required: bool = False) -> LineField:
    """An e-mail address, by its shape only: whether it exists, the invitation tells."""
    field = line(label, required=required)
    field.kwargs["validators"].append(Regexp(EMAIL_SHAPE, message="Dit is geen e-mailadres."))
    return field


def whole_number(label: str, lowest: int, highest: int, default: int) -> IntegerField:
    """A whole number between two bounds, both allowed."""
    message = f"Geef een getal van {lowest} tot {highest}."
    return IntegerField(
        label,
        default=default,
        validators=[InputRequired(message), NumberRange(lowest, highest, message)],
    )


def day(label: str, *, required: bool = True) -> DayField:
    """A calendar day in Brussels."""
    return DayField(label, validators=[InputRequired("Kies een dag.") if required else Optional()])


def choices_of(members: Iterable[Any]) -> list[SelectChoice]:
    """The values of an enum's members with their Dutch words."""
    return [SelectChoice(member.value, member.label) for member in members]


class CheckboxesField(SelectMultipleField):
    """Several choices, each with a tick box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
