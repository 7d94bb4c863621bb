"""A form about something that two people can change: who saves second reads both texts.

The row has a ``revision`` (``overleg.db.Revised``), the form names the one it was opened with, and
the verb asks ``refuse_stale`` before it writes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    SelectFieldBase,
    StringField,
)

from overleg.db import NO_ROW
from overleg.lib.dates import format_date, format_time
from overleg.lib.errors import EditConflict
from overleg.web.fields import SelectMultipleField
from overleg.web.filters import rich
from overleg.web.forms import AS_SENT, HouseForm, RichTextField, UnnamedHidden

LONGEST_NUMBER = 9
NOTHING = "niets"
EMPTY: tuple[object, ...] = (None, "", [])


class RevisionField(StringField):
    """The revision that a form was opened with; what was sent without one started from nothing."""

    widget = UnnamedHidden()
    data: int

    def __init__(self, label: str | None = None, **kwargs: Any) -> None:
        super().__init__(label, default=NO_ROW, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = valuelist[0] if valuelist else ""
        is_number = sent.isdecimal() and len(sent) <= LONGEST_NUMBER
        self.data = int(sent) if is_number else NO_ROW

    def _value(self) -> str:
        return str(self.data)


class RevisedForm(HouseForm):
    """A form that changes what is kept; ``data`` is that, with its ``revision``."""

    revision = RevisionField()
    is_stale = False
    """Whether somebody else saved while this was typed."""

    def __init__(
        self, formdata: Any = AS_SENT, *, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self._kept = data or {}
        super().__init__(formdata, data=data, **kwargs)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show what a verb refuses; after a save that came too late the next one counts."""
        with super().refusals():
            try:
                yield
            except EditConflict:
                self.is_stale = True
                self.revision.data = self._kept.get("revision", NO_ROW)

    @property
    def answer_status(self) -> int:
        """The status of the form's page; 409 also where it shows both texts."""
        return EditConflict.status if self.is_stale else super().answer_status

    @property
    def kept(self) -> list[tuple[str, str | Markup]]:
        """What is kept otherwise than it was typed: the label of each field, and its value."""
        return list(_otherwise(self, self._kept))


def _otherwise(form: Form, kept: Mapping[str, Any]) -> Iterator[tuple[str, str | Markup]]:
    for field in form:
        if field.short_name not in kept or isinstance(field, RevisionField | FieldList):
            continue
        value = kept[field.short_name]
        if isinstance(field, FormField):
            for label, told in _otherwise(field.form, value):
                yield f"{field.label.text}: {label}", told
        elif _plain(field.data) != _plain(value):
            yield field.label.text, _in_words(field, value)


def _plain(value: Any) -> Any:
    """A value without what makes no difference: nothing is nothing, ticks have no order."""
    if value in EMPTY:
        return None
    if isinstance(value, str):
        return value.splitlines()
    return sorted(value) if isinstance(value, list) else value


def _in_words(field: Field, value: Any) -> str | Markup:
    if isinstance(field, BooleanField):
        return "ja" if value else "nee"
    if isinstance(field, SelectFieldBase):
        chosen = value if isinstance(field, SelectMultipleField) else [value]
        labels = [str(choice.label) for choice in field.choices or () if choice.value in chosen]
        return ", ".join(labels) or NOTHING
    if value in EMPTY:
        return NOTHING
    if isinstance(field, RichTextField):
        return rich(value)
    if isinstance(value, date | time):
        return format_date(value) if isinstance(value, date) else format_time(value)
    return Markup("<br>").join(str(value).splitlines())
