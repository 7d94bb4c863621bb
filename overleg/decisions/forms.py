"""The forms of outcomes and follow-up."""

from typing import Any

from wtforms import FileField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from overleg.decisions.models import CanonicalText
from overleg.decisions.states import FollowUpState, OutcomeKind
from overleg.web.fields import DayField, RadioField, SelectField, SelectMultipleField
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, RichTextField, web_address
from overleg.web.revisions import RevisedForm, RevisionField

# A municipality that steps out is noted by who released the outcome.
REPORTED = [state for state in FollowUpState if state is not FollowUpState.STEPPED_OUT]


class TickList(SelectMultipleField):
    """Several choices as a list of ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class OutcomeForm(HouseForm):
    """What the table agreed."""

    revision = RevisionField()
    kind = RadioField(
        "Uitkomst",
        choices=[SelectChoice(kind.value, kind.label) for kind in OutcomeKind],
        validators=[InputRequired("Kies wat de uitkomst is.")],
    )
    title = LineField(
        "Titel", validators=[InputRequired("Geef een titel."), Length(max=LONGEST_LINE)]
    )
    text_html = RichTextField(
        "Tekst van de uitkomst", validators=[InputRequired("Schrijf wat er is afgesproken.")]
    )


class ReportForm(HouseForm):
    """What a municipality reports."""

    state = SelectField(
        "Stand",
        choices=[SelectChoice(state.value, state.label) for state in REPORTED],
        validators=[InputRequired("Kies de stand.")],
    )
    day = DayField("Datum van de zitting", validators=[Optional()])
    reference_number = LineField(
        "Nummer van het besluit", validators=[Optional(), Length(max=LONGEST_LINE)]
    )
    decision_url = LineField(
        "Link naar het besluit",
        validators=[
            Optional(),
            web_address,
            Length(max=2000, message="Houd dit onder 2000 tekens."),
        ],
    )
    remark = TextAreaField(
        "Opmerking of reden",
        validators=[Optional(), Length(max=5000, message="Houd het onder 5000 tekens.")],
    )
    file = FileField("Bestand")
    revision = RevisionField()


class TextForm(RevisedForm):
    """The canonical text, part by part."""

    subject = LineField(
        "Onderwerp", validators=[InputRequired("Geef het onderwerp."), Length(max=500)]
    )
    summary_html = RichTextField("Korte samenvatting", validators=[Optional()])
    background_html = RichTextField("Aanleiding en context", validators=[Optional()])
    competence_html = RichTextField("Juridische grond: bevoegdheid", validators=[Optional()])
    regulation_html = RichTextField("Juridische grond: regelgeving", validators=[Optional()])
    arguments_html = RichTextField("Feiten en argumentatie", validators=[Optional()])
    advice_html = RichTextField("Adviezen", validators=[Optional()])
    finances_html = RichTextField("Financiële gevolgen", validators=[Optional()])
    articles_html = RichTextField(
        "Besluit", validators=[InputRequired("Schrijf minstens één artikel.")]
    )
    reason = TextAreaField(
        "Wat er verbeterd is, en waarom", validators=[Optional(), Length(max=5000)]
    )


SECTIONS = tuple(name for name in vars(TextForm) if name.endswith("_html") or name == "subject")


LABELS: dict[str, str] = {name: getattr(TextForm, name).args[0] for name in SECTIONS}
"""How each part is called, in the order of a proposal."""


def text_data(text: CanonicalText) -> dict[str, object]:
    """What the form shows of a text that is there."""
    return {name: getattr(text, name) for name in ("revision", *SECTIONS)}


def sections_of(form: TextForm) -> dict[str, Any]:
    """The parts as typed, by name."""
    return {name: form[name].data or "" for name in SECTIONS}
