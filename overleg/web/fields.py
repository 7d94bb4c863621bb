"""The fields that every form uses instead of those of WTForms."""

from typing import Any

from wtforms import DateField

from overleg.lib.dates import FIRST_DAY, LAST_DAY, is_known_day

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
A_DAY = "Kies een dag, bijvoorbeeld 13/03/2026."
A_KNOWN_DAY = (
    f"Kies een dag van {FIRST_DAY.year} tot en met {LAST_DAY.year}, bijvoorbeeld 13/03/2026."
)


class DayField(DateField):
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
