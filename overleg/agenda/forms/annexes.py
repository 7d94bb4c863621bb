"""The forms of one annex."""

from flask_wtf.file import FileField
from wtforms.validators import DataRequired, Length

from overleg.agenda.forms.reasons import clean_line
from overleg.documents.kinds import ACCEPT_ATTRIBUTE
from overleg.web.forms import HouseForm, LineField
from overleg.web.revisions import RevisedForm


class AnnexTitleForm(RevisedForm):
    """How an annex is called."""

    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[
            DataRequired("Geef de bijlage een titel."),
            Length(max=200, message="Houd de titel onder 200 tekens."),
        ],
    )


class ReplaceForm(HouseForm):
    """A newer file for an annex."""

    file = FileField("Nieuwere versie", render_kw={"accept": ACCEPT_ATTRIBUTE})
