"""The form of one item of the verslag: what was said, and what comes of it."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from overleg.accounts.models import Person
from overleg.decisions.agreement_forms import NOTHING, AgreementForm
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.actions import todo_for
from overleg.decisions.workflow.outcomes import Agreed
from overleg.decisions.workflow.votes import Agreement
from overleg.minutes.drafting import FIRST_WORDS
from overleg.minutes.workflow.items import Noted
from overleg.organisations.states import NotesVotes
from overleg.scheduling.models import Meeting
from overleg.web.fields import DayField, IntegerField, RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import LONGEST_LINE, LineField, RichTextField

TOO_LONG = f"Houd het onder {LONGEST_LINE} tekens."


class TextForm(RowForm):
    """What saves itself while somebody types: the text alone."""

    text_html = RichTextField()
    started_from = IntegerField(validators=[InputRequired()])


class ItemForm(AgreementForm):
    """The verslag of one point: the discussion; an outcome and an action where there is one."""

    text_html = RichTextField("Bespreking", validators=[Optional()])
    started_from = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    kind = RadioField(
        "Uitkomst toevoegen",
        choices=[
            SelectChoice(NOTHING, "geen"),
            *(SelectChoice(kind.value, kind.label) for kind in OutcomeKind),
        ],
        default=NOTHING,
        validators=[Optional()],
    )
    title = LineField(
        "Titel van de uitkomst", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)]
    )
    outcome_html = RichTextField("Tekst van de uitkomst")
    action_text = LineField(
        "Wat moet er gebeuren?", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)]
    )
    action_who = LineField("Wie?", validators=[Length(max=LONGEST_LINE, message=TOO_LONG)])
    action_due_on = DayField("Tegen wanneer?", validators=[Optional()])

    def validate_title(self, field: LineField) -> None:
        """An outcome has a title."""
        if self.kind.data and not field.data:
            raise ValidationError("Geef de uitkomst een titel.")

    def validate_outcome_html(self, field: RichTextField) -> None:
        """A text belongs to an outcome; most outcomes need one, some say enough by their kind."""
        if field.data and not self.kind.data:
            raise ValidationError("Kies welke uitkomst dit is.")
        if self.kind.data and not self.words_of_outcome:
            raise ValidationError("Schrijf wat er is afgesproken.")

    def validate_agreed_by(self, field: RadioField) -> None:
        """How the table agreed is said of an outcome."""
        if field.data and not self.kind.data:
            raise ValidationError("Kies eerst welke uitkomst dit is.")

    def validate_reservations(self, field: TextAreaField) -> None:
        """Somebody has a reservation about an outcome."""
        if not self.kind.data:
            raise ValidationError("Kies eerst welke uitkomst dit is.")
        super().validate_reservations(field)

    def validate_action_who(self, field: LineField) -> None:
        """Somebody does it."""
        if self.action_text.data and not field.data:
            raise ValidationError("Zeg wie dit actiepunt opneemt.")

    def validate_action_text(self, field: LineField) -> None:
        """Who does something does something, and so does what has a day."""
        if (self.action_who.data or self.action_due_on.data) and not field.data:
            raise ValidationError("Schrijf wat er moet gebeuren.")

    @property
    def words_of_outcome(self) -> str:
        """The text of the outcome as clean HTML: as typed, or what its kind says by itself."""
        if not self.kind.data:
            return ""
        return self.outcome_html.data or FIRST_WORDS.get(self.kind.data, "")

    @property
    def agreement(self) -> Agreement | None:
        """How the table came to the outcome; None without an outcome."""
        return super().agreement if self.kind.data else None

    def number_ids(self, item_id: str) -> None:
        """Give every field an id of its own, as a page has this form once for each item."""
        for field in self:
            field.id = f"{field.id}-{item_id}"
            field.label.field_id = field.id


class WaitingItemForm(ItemForm):
    """The form of an item that is not open: what was typed before signing in again is not its."""

    def _kept_input(self, prefix: str) -> MultiDict[str, str] | None:  # noqa: ARG002 - the base's
        return None


def fresh_form(
    item_id: str, data: Mapping[str, Any], noted: NotesVotes, *, is_open: bool
) -> ItemForm:
    """The form of an item as a page first shows it: what is kept, nothing to add yet."""
    form = (ItemForm if is_open else WaitingItemForm)(formdata=None, data=data)
    form.offer(noted)
    form.number_ids(item_id)
    return form


def errors_of(form: ItemForm) -> dict[str, str]:
    """What is wrong with each field, by its name, for a script that shows it there."""
    fields: list[Field] = [field for field in form if field.errors]
    return {field.short_name: str(field.errors[0]) for field in fields}


def first_error(form: ItemForm) -> str:
    """The first sentence that says what is wrong, for a script that shows one line."""
    return next(iter(errors_of(form).values()), "")


def noted_of(form: ItemForm, meeting: Meeting, *, by: Person) -> Noted:
    """What somebody noted with a valid form."""
    kind = OutcomeKind(form.kind.data) if form.kind.data else None
    text, who = form.action_text.data or "", form.action_who.data or ""
    return Noted(
        text_html=form.text_html.data or "",
        started_from=form.started_from.data or 0,
        outcome=Agreed(kind, form.title.data or "", form.words_of_outcome) if kind else None,
        agreement=form.agreement,
        to_do=todo_for(meeting, text, who, form.action_due_on.data, by=by) if text else None,
    )
