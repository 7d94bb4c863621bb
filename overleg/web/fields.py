"""The fields that every form uses instead of those of WTForms."""

from typing import Any

import wtforms
from wtforms import Form

from overleg.lib.dates import FIRST_DAY, LAST_DAY, is_known_day

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
A_DAY = "Kies een dag, bijvoorbeeld 13/03/2026."
A_KNOWN_DAY = (
    f"Kies een dag van {FIRST_DAY.year} tot en met {LAST_DAY.year}, bijvoorbeeld 13/03/2026."
)


class DayField(wtforms.DateField):
    """A calendar day in Brussels, of a year that people can mean."""

    data: Any

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, format=DAY_FORMATS, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(A_DAY) from None
        if self.data is not None and not is_known_day(self.data):
            self.data = None
            raise ValueError(A_KNOWN_DAY)


class IntegerField(wtforms.IntegerField):
    """A whole number; where a validator says which one is asked, that is enough."""

    errors: Any

    def post_validate(self, _form: Form, _validation_stopped: bool) -> None:
        self.errors = self.errors[len(self.process_errors) :] or self.errors


class _Chosen:
    """Only what is offered can be chosen.

    ``Optional`` takes a space for nothing and forgets that it was found wrong, so what was sent is
    looked at once more after all validators.
    """

    def post_validate(self: Any, form: Form, _validation_stopped: bool) -> None:
        if self.raw_data and not self.errors and self.data not in (None, ""):
            self.pre_validate(form)


class SelectField(_Chosen, wtforms.SelectField):
    """One choice of a list."""


class RadioField(_Chosen, wtforms.RadioField):
    """One choice, each with a button."""


class SelectMultipleField(_Chosen, wtforms.SelectMultipleField):
    """Any number of choices."""
