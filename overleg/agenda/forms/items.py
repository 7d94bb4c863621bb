"""The form of a point of support staff's own, or of what the agenda says about a proposal."""

from wtforms import BooleanField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from overleg.agenda.forms.proposals import CIRCLE_MEANINGS
from overleg.agenda.forms.reasons import clean_line
from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked
from overleg.agenda.workflow.items import ItemText
from overleg.documents.states import Circle
from overleg.web.fields import IntegerField, RadioField
from overleg.web.forms import HouseForm, LineField, RichTextField, stripped
from overleg.web.revisions import RevisionField

LONGEST_MESSAGE = 2000
LONGEST_SECTION = 100
MOST_MINUTES = 480


class ItemForm(HouseForm):
    """A point on the agenda."""

    revision = RevisionField()
    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[
            DataRequired("Geef het punt een titel."),
            Length(max=200, message="Houd de titel onder 200 tekens."),
        ],
    )
    explanation = RichTextField("Toelichting", validators=[Optional()])
    submitter_label = LineField(
        "Indiener",
        filters=[clean_line],
        validators=[
            Optional(),
            Length(max=200, message="Houd de indiener onder 200 tekens."),
        ],
    )
    asked = RadioField(
        "Wat wordt gevraagd?", choices=[SelectChoice(each.value, each.label) for each in Asked]
    )
    minutes_needed = IntegerField(
        "Minuten",
        validators=[
            InputRequired("Geef een aantal minuten, bijvoorbeeld 15."),
            NumberRange(0, MOST_MINUTES, "Geef een aantal minuten tussen 0 en 480."),
        ],
    )
    circle = RadioField(
        "Wie mag dit punt lezen?",
        choices=[SelectChoice(key.value, label) for key, label in CIRCLE_MEANINGS.items()],
    )
    is_closed = BooleanField("In het besloten deel")
    section = LineField(
        "Groep op de agenda",
        filters=[clean_line],
        validators=[
            Optional(),
            Length(max=LONGEST_SECTION, message="Houd de naam van de groep onder 100 tekens."),
        ],
    )

    @property
    def text(self) -> ItemText:
        """What was filled in; the form was found valid."""
        return ItemText(
            title=self.title.data or "",
            explanation_html=self.explanation.data or "",
            submitter_label=self.submitter_label.data or "",
            asked=Asked(self.asked.data),
            minutes_needed=self.minutes_needed.data,
            circle=Circle.MAYORS if self.is_closed.data else Circle(self.circle.data),
            section=self.section.data or "",
            is_closed=bool(self.is_closed.data),
        )


def item_data(item: AgendaItem) -> dict[str, object]:
    """What the form shows of an item that is there."""
    return {
        "title": item.title,
        "explanation": item.explanation_html,
        "submitter_label": item.submitter_label,
        "asked": item.asked.value,
        "minutes_needed": item.minutes_needed,
        "circle": item.circle.value,
        "is_closed": item.is_closed,
        "section": item.section,
    }


def read_minutes(typed: str) -> int | None:
    """How long a point takes, as it was typed; None for what is no number of 0 to 480 minutes."""
    typed = typed.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        return None
    return int(typed) if int(typed) <= MOST_MINUTES else None


class SendForm(HouseForm):
    """The words that go with an agenda."""

    message = TextAreaField(
        "Boodschap in de mail",
        filters=[stripped, clean_line],
        validators=[
            Optional(),
            Length(max=LONGEST_MESSAGE, message="Houd de boodschap onder 2000 tekens."),
        ],
    )
