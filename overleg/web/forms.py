"""The house form: Dutch messages, one guard against forged requests, rich text, files."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from flask import flash, g
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput, TextArea

from overleg.lib.addresses import parts_of
from overleg.lib.errors import NotFound, OverlegError
from overleg.lib.richtext import clean_html, html_to_plain, plain_to_html
from overleg.web.form_words import InDutch

RETURNED = "Wat u typte staat er nog. Controleer en verstuur opnieuw."
LONGEST_LINE = 200
LONGEST_TEXT = 50_000
LONGEST_TYPED = 3 * LONGEST_TEXT
AS_SENT = object()
"""What this request sent, where it sends a form."""


@dataclass
class InputToReturn:
    """What somebody typed before signing in again; the form of the page takes it, once."""

    fields: MultiDict[str, str]
    action: str = ""
    """The path the form was sent to."""
    files: list[str] = dataclass_field(default_factory=list)
    """The names of the files to choose again: a browser can't put those back."""
    kept_files: list[str] = dataclass_field(default_factory=list)
    """The names of those that were kept, and that the form brings along by itself."""
    is_taken: bool = False

    def take(self) -> MultiDict[str, str]:
        """The fields, for the one form that shows them; the visitor is told what to do again."""
        self.is_taken = True
        along = f" Dit gaat mee: {', '.join(self.kept_files)}." if self.kept_files else ""
        again = f" Kies opnieuw: {', '.join(self.files)}." if self.files else ""
        flash(RETURNED + along + again, "warning" if again else "info")
        return self.fields

    def belongs_to(self, names: Collection[str]) -> bool:
        """Whether most of what was typed belongs to a form with these fields."""
        own = [name for name in self.fields if {name, name.partition("-")[0]} & set(names)]
        return len(own) * 2 > len(self.fields)


def typed_for(action: str) -> MultiDict[str, str] | None:
    """What was typed before signing in again in the form that is sent to ``action``; taken once.

    For a page with the same form several times, or with a form in many rows.
    """
    kept: InputToReturn | None = g.get("kept_input")
    if kept is None or kept.is_taken or kept.action != urlsplit(action).path:
        return None
    return kept.take()


OF_ONE_OPENING = {"data-opening": True}
"""Marks what is new each time a page is opened: coming back to it, the script puts the old back."""


class UnnamedHidden(HiddenInput):
    """A hidden field without id, so that several forms on a page can have it."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        drawn: Markup = super().__call__(field, **{"id": False, **kwargs})
        return drawn


class HouseForm(FlaskForm):
    """Base of all forms. What somebody typed before signing in again comes back by itself.

    ``sent_as`` tells one opening of a page from another: the same form, sent twice, is taken once.
    With ``formdata=None`` a form takes nothing of what was sent, to stand beside the one that was.
    """

    sent_as = HiddenField(
        default=lambda: secrets.token_urlsafe(9), widget=UnnamedHidden(), render_kw=OF_ONE_OPENING
    )

    class Meta(InDutch, FlaskForm.Meta):
        pass

    asked_first: ClassVar[tuple[str, ...]] = ()
    """The fields that stand on the page above those of the form that this one builds on."""
    _status_when_wrong = 422
    _fields: dict[str, Field]

    def __init__(self, formdata: Any = AS_SENT, **kwargs: Any) -> None:
        if formdata is AS_SENT or formdata is None:
            kept = self._kept_input(kwargs.get("prefix", ""))
            formdata = formdata if kept is None else kept
        if formdata is AS_SENT:
            super().__init__(**kwargs)
        else:
            super().__init__(formdata=formdata, **kwargs)
        self._fields = {name: self._fields[name] for name in (*self.asked_first, *self._fields)}

    def _kept_input(self, prefix: str) -> MultiDict[str, str] | None:
        kept: InputToReturn | None = g.get("kept_input")
        if kept is None or kept.is_taken:
            return None
        names = {
            prefix + name
            for name in dir(type(self))
            if isinstance(getattr(type(self), name), UnboundField)
        }
        if not kept.belongs_to(names):
            return None
        return kept.take()

    def refuse(self, field: Field, message: str) -> None:
        """Mark a field as wrong after the form itself was found right."""
        field.errors = [*field.errors, message]

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show on top of the form what a verb refuses; what does not exist stays not found."""
        try:
            yield
        except NotFound:
            raise
        except OverlegError as refused:
            self.form_errors.append(str(refused))
            self._status_when_wrong = refused.status

    @property
    def answer_status(self) -> int:
        """The status of the form's page: 422 for what was typed wrong, 409 for a refused move."""
        return self._status_when_wrong if self.errors else 200


class RichTextWidget(TextArea):
    """A textarea with plain text, which the page's script turns into an editor of the HTML."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        kwargs.setdefault("data-rich", True)
        kwargs.setdefault("data-html", field.data or "")
        kwargs.setdefault("rows", 8)
        return Markup(super().__call__(field, **kwargs))  # noqa: S704 - WTForms escaped it


class RichTextField(TextAreaField):
    """Rich text: clean HTML in ``data``, whether it was typed with or without the editor."""

    widget = RichTextWidget()
    data: str | None
    _typed_too_much = False
    """Far over the limit: kept as it was typed, and not read as HTML, which takes time."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        typed = self.data or ""
        submitted = getattr(self, "_submitted", None) or {}
        is_html = submitted.get(f"{self.name}-format") == "html"
        self._typed_too_much = len(typed) > LONGEST_TYPED
        if not self._typed_too_much:
            self.data = clean_html(typed) if is_html else plain_to_html(typed)

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        self._submitted = formdata
        super().process(formdata, *args, **kwargs)

    def _value(self) -> str:
        return (self.data or "") if self._typed_too_much else html_to_plain(self.data or "")

    def pre_validate(self, _form: Any) -> None:
        if self._typed_too_much or len(self.data or "") > LONGEST_TEXT:
            raise StopValidation(f"Deze tekst is te lang: houd het onder {LONGEST_TEXT} tekens.")


def web_address(_form: FlaskForm, field: Field) -> None:
    """A validator: refuse what is not the http(s) address of a web page, as ``javascript:`` is."""
    address = field.data or ""
    parts = parts_of(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in address:
        raise StopValidation("Geef een volledig adres, dat met https:// begint.")


def stripped(value: str | None) -> str | None:
    """A filter for text fields: spaces around what was typed do not count."""
    return value.strip() if value else value


class LineField(StringField):
    """One line of text; line breaks and spaces around it fall away, so spaces alone are nothing."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = " ".join(valuelist[0].split()) if valuelist else ""
        self.raw_data = [self.data]
