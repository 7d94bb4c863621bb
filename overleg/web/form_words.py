"""What a form says when it does not say it itself, in the words of the house.

WTForms has Dutch of its own ("veld", "karakters"), and English in a form inside a form.
"""

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, Form, ValidationError
from wtforms.i18n import get_translations

LOCALES = ["nl_BE", "nl"]
OURS = {
    "This field is required.": "Vul dit in.",
    "Not a valid choice.": "Kies een van de mogelijkheden.",
    "Not a valid integer value.": "Geef een geheel getal.",
    "Not a valid time value.": "Geef een uur, bijvoorbeeld 9.30.",
    "Field cannot be longer than %(max)d characters.": "Houd dit onder %(max)d tekens.",
}
STALE = "Deze pagina stond te lang open. Kijk na wat u invulde en verstuur opnieuw."


class Words:
    """The translations that WTForms asks for."""

    def __init__(self) -> None:
        self._dutch: Any = get_translations(LOCALES)

    def gettext(self, said: str) -> str:
        """A sentence of WTForms in Dutch."""
        return OURS.get(said) or str(self._dutch.gettext(said))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same, of one or of many."""
        return OURS.get(many) or str(self._dutch.ngettext(one, many, count))


WORDS = Words()


class OwnToken(FlaskForm.Meta.csrf_class):  # type: ignore[misc]  # Flask-WTF carries no types
    """The token of a form, refused in the words of the house: Flask-WTF translates nothing."""

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Refuse a form that was not made for this session."""
        try:
            super().validate_csrf_token(form, field)
        except ValidationError:
            raise ValidationError(STALE) from None


class InDutch:
    """The ``Meta`` of every form."""

    locales: ClassVar = LOCALES
    csrf_class: ClassVar = OwnToken

    def get_translations(self, _form: Form) -> Words:
        """Our words."""
        return WORDS


class RowForm(Form):  # type: ignore[misc]  # WTForms carries no types
    """One row of a form: what repeats inside it."""

    class Meta(InDutch):
        pass

    called = ""
    """What a row is called where its number says enough, as "Vraag"."""
    about: str = ""
    """What the row is about, where that says more than its number: of whom, which day."""
