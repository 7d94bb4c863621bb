"""What a form says when it does not say it itself, in the words of the house.

WTForms has Dutch of its own ("veld", "karakters"), and English in a form inside a form.
"""

from typing import Any, ClassVar

from wtforms import Form
from wtforms.i18n import get_translations

LOCALES = ["nl_BE", "nl"]
OURS = {
    "This field is required.": "Vul dit in.",
    "Not a valid choice.": "Kies een van de mogelijkheden.",
    "Not a valid integer value.": "Geef een geheel getal.",
    "Not a valid time value.": "Geef een uur, bijvoorbeeld 9.30.",
    "Field cannot be longer than %(max)d characters.": "Houd dit onder %(max)d tekens.",
}


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


class InDutch:
    """The ``Meta`` of every form."""

    locales: ClassVar = LOCALES

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
