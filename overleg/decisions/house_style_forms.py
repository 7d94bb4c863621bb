"""The forms of a municipality's own form of its proposals."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from overleg.db import revision_of
from overleg.decisions.models import HouseStyle
from overleg.decisions.workflow.house_styles import PartChoice, Styling
from overleg.web.fields import IntegerField, RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField, RichTextField
from overleg.web.revisions import RevisedForm
from overleg.word.states import ArticleStyle, ProposalPart

MOST_ADDRESS_LINES = 5
PARTS = len(ProposalPart)


class PartForm(RowForm):
    """The place and heading of one part."""

    part = HiddenField()
    position = IntegerField(
        "Plaats",
        validators=[
            InputRequired("Geef een plaats."),
            NumberRange(1, PARTS, f"Kies een plaats van 1 tot {PARTS}."),
        ],
    )
    heading = LineField(
        "Titel", validators=[Optional(), Length(max=100, message="Houd het onder 100 tekens.")]
    )
    left_out = BooleanField("Weglaten")

    @property
    def usual_heading(self) -> str:
        """What the part is called in our own form; empty for one that does not exist."""
        return next((part.label for part in ProposalPart if part == self.part.data), "")

    def validate_part(self, field: HiddenField) -> None:
        """Only parts that exist."""
        if field.data not in set(ProposalPart):
            raise ValidationError("Dit deel kennen we niet.")


class HouseStyleForm(RevisedForm):
    """Letterhead, order and headings, legal grounds, numbering."""

    government_name = LineField(
        "Naam van het bestuur", validators=[Optional(), Length(max=LONGEST_LINE)]
    )
    address = TextAreaField("Adres", validators=[Optional(), Length(max=500)])
    logo = FileField("Logo", render_kw={"accept": ".png,.jpg,.jpeg"})
    without_logo = BooleanField("Logo verwijderen")
    portfolio_holder = LineField(
        "Portefeuillehouder", validators=[Optional(), Length(max=LONGEST_LINE)]
    )
    dossier_pattern = LineField("Dossiernummer", validators=[Optional(), Length(max=100)])
    article_style = RadioField(
        "Nummering van de artikels",
        choices=[SelectChoice(style.value, style.label) for style in ArticleStyle],
        validators=[InputRequired("Kies een nummering.")],
    )
    college_competence_html = RichTextField("Bevoegdheid van het college")
    council_competence_html = RichTextField("Bevoegdheid van de gemeenteraad")
    regulation_html = RichTextField("Regelgeving")
    parts = FieldList(FormField(PartForm), min_entries=PARTS, max_entries=PARTS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for row in self.parts:
            row.form.about = row.form.usual_heading

    def validate_address(self, field: TextAreaField) -> None:
        """An address is a few lines."""
        if len((field.data or "").strip().splitlines()) > MOST_ADDRESS_LINES:
            raise ValidationError(f"Hoogstens {MOST_ADDRESS_LINES} regels.")

    def styling(self) -> Styling:
        """What was filled in; the form was found valid. A place given twice keeps their order."""
        rows = sorted(self.parts.data, key=lambda row: row["position"])
        return Styling(
            government_name=self.government_name.data or "",
            address="\n".join(
                line.strip() for line in (self.address.data or "").splitlines() if line.strip()
            ),
            portfolio_holder=self.portfolio_holder.data or "",
            article_style=ArticleStyle(self.article_style.data),
            dossier_pattern=self.dossier_pattern.data or "",
            college_competence_html=self.college_competence_html.data or "",
            council_competence_html=self.council_competence_html.data or "",
            regulation_html=self.regulation_html.data or "",
            parts=_each_once(
                PartChoice(ProposalPart(row["part"]), row["heading"] or "", row["left_out"])
                for row in rows
            ),
        )


def _each_once(choices: Any) -> list[PartChoice]:
    """The choices, each part once; what was not named comes last."""
    found = {choice.part: choice for choice in reversed(list(choices))}
    ordered = list(reversed(found.values()))
    return [*ordered, *(PartChoice(part) for part in ProposalPart if part not in found)]


def house_style_data(style: HouseStyle | None) -> dict[str, Any]:
    """What the form shows: what was chosen, or our own form."""
    rows = {row.part: row for row in style.parts} if style else {}
    ordered = [*rows, *(part for part in ProposalPart if part not in rows)]
    shown = [
        {
            "part": part.value,
            "position": place,
            "heading": (rows[part].heading if part in rows else "") or part.label,
            "left_out": part in rows and rows[part].left_out,
        }
        for place, part in enumerate(ordered, start=1)
    ]
    names = (
        *("government_name", "address", "portfolio_holder", "dossier_pattern"),
        *("college_competence_html", "council_competence_html", "regulation_html"),
    )
    return {
        **{name: getattr(style, name) if style else "" for name in names},
        "article_style": (style.article_style if style else ArticleStyle.FULL).value,
        "parts": shown,
        "revision": revision_of(style),
    }


class TemplateForm(HouseForm):
    """A Word template that a municipality made itself."""

    file = FileField("Word-sjabloon (.docx)", render_kw={"accept": ".docx"})
