"""The forms of agenda templates, and of how a body makes its agendas."""

from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from overleg.agenda.forms.reasons import clean_line
from overleg.agenda.models import AgendaTemplate
from overleg.agenda.states import Asked
from overleg.agenda.workflow.templates import Point
from overleg.db import revision_of
from overleg.documents.states import Circle
from overleg.web.fields import IntegerField, SelectField
from overleg.web.form_words import RowForm
from overleg.web.forms import LineField
from overleg.web.revisions import RevisedForm

EMPTY_ROWS = 3
MOST_POINTS = 40


class PointForm(RowForm):
    """One recurring point; without a title it is left out."""

    called = "Punt"

    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[Optional(), Length(max=200, message="Houd de titel onder 200 tekens.")],
    )
    minutes_needed = IntegerField(
        "Minuten",
        default=5,
        validators=[Optional(), NumberRange(0, 480, "Geef een aantal minuten tussen 0 en 480.")],
    )
    asked = SelectField(
        "Gevraagd", choices=[SelectChoice(each.value, each.label) for each in Asked]
    )
    circle = SelectField(
        "Kring",
        default=Circle.ADMINISTRATIONS.value,
        choices=[SelectChoice(each.value, each.label) for each in Circle],
    )
    section = LineField(
        "Groep",
        filters=[clean_line],
        validators=[Optional(), Length(max=100, message="Houd de groep onder 100 tekens.")],
    )


class TemplateForm(RevisedForm):
    """A template of an agenda."""

    name = LineField(
        "Naam",
        filters=[clean_line],
        validators=[
            DataRequired("Geef het model een naam, bijvoorbeeld “Gewone vergadering”."),
            Length(max=100, message="Houd de naam onder 100 tekens."),
        ],
    )
    is_default = BooleanField("Eerst aanbieden op een lege agenda")
    points = FieldList(FormField(PointForm), max_entries=MOST_POINTS)

    @property
    def filled_in(self) -> list[Point]:
        """The points with a title, in order; the form was found valid."""
        return [
            Point(
                title=row["title"],
                minutes_needed=row["minutes_needed"] or 0,
                asked=Asked(row["asked"]),
                circle=Circle(row["circle"]),
                section=row["section"] or "",
            )
            for row in self.points.data
            if row["title"]
        ]


def template_data(template: AgendaTemplate | None) -> dict[str, Any]:
    """What the form shows: the points that are there, and empty rows below."""
    points = [] if template is None else template.items
    rows = [
        {
            "title": point.title,
            "minutes_needed": point.minutes_needed,
            "asked": point.asked.value,
            "circle": point.circle.value,
            "section": point.section,
        }
        for point in points
    ]
    blank = {
        "minutes_needed": 5,
        "asked": Asked.NOTE.value,
        "circle": Circle.ADMINISTRATIONS.value,
    }
    room = min(EMPTY_ROWS, MOST_POINTS - len(rows))
    return {
        "revision": revision_of(template),
        "name": "" if template is None else template.name,
        "is_default": template is not None and template.is_default,
        "points": [*rows, *[dict(blank) for _ in range(room)]],
    }
