"""The forms of dossiers and of the list of themes."""

from collections.abc import Sequence

from wtforms import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from overleg.agenda.forms.reasons import clean_line
from overleg.agenda.models import Dossier, Theme
from overleg.agenda.queries.dossiers import Owners
from overleg.agenda.workflow.dossiers import DossierContent
from overleg.documents.states import Circle
from overleg.organisations.forms import CheckboxesField
from overleg.web.fields import RadioField, SelectField
from overleg.web.forms import HouseForm, LineField, RichTextField
from overleg.web.revisions import RevisedForm

WHO_READS = {
    Circle.PUBLIC: "openbaar: ook gemeenteraadsleden, zodra ze er een deel van mogen lezen",
    Circle.ADMINISTRATIONS: "besturen: leden, directeurs, secretariaten en partners",
    Circle.MAYORS: "burgemeesters: alleen de leden en wie het overleg ondersteunt",
}
NEW = "nieuw"


class DossierForm(RevisedForm):
    """What a dossier is about, and who pulls it."""

    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[
            DataRequired("Geef het dossier een titel."),
            Length(max=200, message="Houd de titel onder 200 tekens."),
        ],
    )
    summary_html = RichTextField("Samenvatting", validators=[Optional()])
    circle = RadioField(
        "Wie mag titel en samenvatting lezen?",
        choices=[SelectChoice(circle.value, meaning) for circle, meaning in WHO_READS.items()],
    )
    owner_id = SelectField("Trekker", validators=[Optional()])
    contact_id = SelectField("Contactpersoon", validators=[Optional()])
    themes = CheckboxesField("Thema’s", validators=[Optional()])

    def offer(self, dossier: Dossier, owners: Owners, themes: Sequence[Theme]) -> None:
        """Fill the lists; the trekker of now can always stay."""
        organisations = {each.id: each for each in owners.organisations}
        people = {each.id: each for each in owners.people}
        if dossier.owner is not None:
            organisations.setdefault(dossier.owner.id, dossier.owner)
        if dossier.contact is not None:
            people.setdefault(dossier.contact.id, dossier.contact)
        self._organisations, self._people, self._themes = organisations, people, themes
        self.owner_id.choices = [SelectChoice("", "Nog geen trekker")] + [
            SelectChoice(key, each.name) for key, each in organisations.items()
        ]
        self.contact_id.choices = [SelectChoice("", "Niemand in het bijzonder")] + [
            SelectChoice(key, each.name) for key, each in people.items()
        ]
        self.themes.choices = [SelectChoice(each.id, each.name) for each in themes]

    def content(self) -> DossierContent:
        """What was filled in; only after ``validate``."""
        chosen = set(self.themes.data or [])
        return DossierContent(
            title=self.title.data or "",
            summary_html=self.summary_html.data or "",
            circle=Circle(self.circle.data),
            owner=self._organisations.get(self.owner_id.data or ""),
            contact=self._people.get(self.contact_id.data or ""),
            themes=[theme for theme in self._themes if theme.id in chosen],
        )


def dossier_data(dossier: Dossier) -> dict[str, object]:
    """What the form shows of a dossier that is there."""
    return {
        "revision": dossier.revision,
        "title": dossier.title,
        "summary_html": dossier.summary_html,
        "circle": dossier.circle.value,
        "owner_id": dossier.owner_id or "",
        "contact_id": dossier.contact_id or "",
        "themes": [theme.id for theme in dossier.themes],
    }


class OtherDossierForm(HouseForm):
    """Another dossier: to tie this one to, or to bring a proposal to."""

    dossier_id = SelectField("Dossier", validators=[DataRequired("Kies een dossier.")])

    def offer(self, dossiers: Sequence[Dossier], *, with_new: bool = False) -> None:
        """Fill the list."""
        self.dossier_id.choices = [
            SelectChoice("", "Kies een dossier"),
            *([SelectChoice(NEW, "Een nieuw, eigen dossier")] if with_new else []),
            *(SelectChoice(each.id, each.title) for each in dossiers),
        ]


class ThemeForm(RevisedForm):
    """The name of a theme, a new one or one that is there."""

    name = LineField(
        "Thema",
        filters=[clean_line],
        validators=[
            DataRequired("Geef het thema een naam."),
            Length(max=60, message="Houd de naam onder 60 tekens."),
        ],
    )
