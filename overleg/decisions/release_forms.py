"""The forms around a release: to whom, what it costs, who steps in or out, replies, labels."""

from collections.abc import Sequence

from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectChoice, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
)

from overleg.decisions.forms import TickList
from overleg.decisions.states import AskedOfOrgan, CostRule, DueRule, Organ, OrganOrder
from overleg.decisions.workflow.outcomes import Request
from overleg.lib.dates import FIRST_DAY, LAST_DAY, format_date
from overleg.lib.money import parse_euro
from overleg.organisations.models import Organisation
from overleg.scheduling.forms import not_too_far
from overleg.scheduling.models import Meeting
from overleg.web.fields import DayField, IntegerField, RadioField, SelectField
from overleg.web.forms import LONGEST_LINE, HouseForm, LineField
from overleg.web.revisions import RevisedForm

LONGEST_PASTED = 100_000
DUE_RULES = [SelectChoice(rule.value, rule.label) for rule in DueRule]
ASKED = [SelectChoice(asked.value, asked.label) for asked in AskedOfOrgan]


def euro_amount(_form: HouseForm, field: StringField) -> None:
    """A validator: refuse what is no amount in euro."""
    if parse_euro(field.data or "") is None:
        raise StopValidation("Schrijf een bedrag, zoals 1.234,50.")


def still_to_come(form: HouseForm, field: DayField) -> None:
    """A validator: refuse a day that is over, where a day is asked."""
    if form.due_rule.data != DueRule.OPEN.value:
        not_too_far(form, field)


class ReleaseForm(HouseForm):
    """To whom an outcome goes, what is asked and by when."""

    municipalities = TickList(
        "Gemeenten", validators=[InputRequired("Kies minstens één gemeente.")]
    )
    organs = RadioField(
        "Wie beslist",
        choices=[SelectChoice(order.value, order.label) for order in OrganOrder],
        validators=[InputRequired("Kies het college, de gemeenteraad of allebei.")],
    )
    college_asked = SelectField("Gevraagd aan het college", choices=ASKED)
    council_asked = SelectField("Gevraagd aan de gemeenteraad", choices=ASKED)
    due_rule = RadioField(
        "Tegen wanneer",
        choices=DUE_RULES,
        default=DueRule.DATE.value,
    )
    due_on = DayField("Datum", validators=[Optional(), still_to_come])
    meeting = SelectField("Of de dag van een vergadering", validators=[Optional()])

    def offer(self, towns: Sequence[Organisation], meetings: Sequence[Meeting]) -> None:
        """Fill the lists: municipalities to choose, and meetings whose day can be the date."""
        self.municipalities.choices = [SelectChoice(town.id, town.name) for town in towns]
        self._meetings = {meeting.id: meeting for meeting in meetings}
        self.meeting.choices = [SelectChoice("", "(geen)")] + [
            SelectChoice(each.id, f"{each.title}, {format_date(each.starts_at_utc)}")
            for each in meetings
        ]

    def validate_due_rule(self, field: RadioField) -> None:
        """A date is needed unless none is asked."""
        if field.data != DueRule.OPEN.value and not (self.due_on.data or self.meeting.data):
            raise StopValidation("Kies een datum of een vergadering, of “geen datum”.")

    def request(self, towns: Sequence[Organisation]) -> Request:
        """What was filled in."""
        chosen = set(self.municipalities.data)
        order = OrganOrder(self.organs.data)
        rule = DueRule(self.due_rule.data)
        meeting = self._meetings.get(self.meeting.data or "")
        day = self.due_on.data or (meeting.day if meeting else None)
        return Request(
            municipalities=[town for town in towns if town.id in chosen],
            organs=order.organs,
            due_on=None if rule is DueRule.OPEN else day,
            in_order=order is OrganOrder.COLLEGE_THEN_COUNCIL,
            asked={
                Organ.COLLEGE: AskedOfOrgan(self.college_asked.data),
                Organ.COUNCIL: AskedOfOrgan(self.council_asked.data),
            },
            due_rule=rule,
        )


class DueForm(RevisedForm):
    """By when a released outcome is to be decided on."""

    due_rule = RadioField(
        "Tegen wanneer", choices=DUE_RULES, validators=[InputRequired("Kies tegen wanneer.")]
    )
    due_on = DayField("Datum", validators=[Optional(), still_to_come])

    def validate_due_rule(self, field: RadioField) -> None:
        """A date is needed unless none is asked; what is no date says so itself."""
        if field.data != DueRule.OPEN.value and not any(self.due_on.raw_data or ()):
            raise StopValidation("Kies een datum, of “geen datum”.")


class CostsForm(RevisedForm):
    """What an outcome costs the municipalities."""

    rule = RadioField(
        "Hoe de kosten verdeeld worden",
        choices=[SelectChoice(rule.value, rule.label) for rule in CostRule],
        validators=[InputRequired("Kies hoe de kosten verdeeld worden.")],
    )
    each = StringField("Bedrag in euro", validators=[Optional(), euro_amount])
    table = TextAreaField(
        "Tabel",
        validators=[Optional(), Length(max=LONGEST_PASTED, message="Deze tabel is te groot.")],
    )
    total = StringField("Totaal van de tabel in euro", validators=[Optional(), euro_amount])
    take_suggested = BooleanField("Neem de voorgestelde namen over")
    purpose = LineField("Waarvoor, en voor welke periode", validators=[Length(max=LONGEST_LINE)])
    reason = TextAreaField("Wat er verbeterd is, en waarom", validators=[Length(max=5000)])


class InhabitantsForm(HouseForm):
    """How many people live in each municipality."""

    year = IntegerField(
        "Op 1 januari van het jaar",
        validators=[
            InputRequired("Geef het jaar."),
            NumberRange(FIRST_DAY.year, LAST_DAY.year, "Geef het jaar met vier cijfers."),
        ],
    )
    table = TextAreaField(
        "Tabel",
        validators=[
            DataRequired("Plak een tabel met gemeenten en inwoners."),
            Length(max=LONGEST_PASTED, message="Deze tabel is te groot."),
        ],
    )
    take_suggested = BooleanField("Neem de voorgestelde namen over")


class AllInhabitantsForm(InhabitantsForm):
    """The same for all municipalities, from a file or pasted."""

    file = FileField("CSV-bestand", render_kw={"accept": ".csv,.txt"})
    table = TextAreaField(
        "Of een tabel",
        validators=[Optional(), Length(max=LONGEST_PASTED, message="Deze tabel is te groot.")],
    )


class StepForm(HouseForm):
    """A municipality that steps in or out."""

    town = SelectField("Gemeente", validators=[InputRequired("Kies een gemeente.")])
    on_day = DayField("Vanaf", validators=[InputRequired("Geef de dag.")])
    reason = TextAreaField(
        "Waarom", validators=[DataRequired("Zeg waarom."), Length(max=5000)], render_kw={"rows": 3}
    )


class ReplyForm(HouseForm):
    """A reply for all to read; ``row`` is the remark's, empty for a word to all."""

    row = HiddenField()
    text = TextAreaField(
        "Antwoord",
        validators=[DataRequired("Schrijf eerst uw bericht."), Length(max=5000)],
        render_kw={"rows": 3},
    )


class TagForm(RevisedForm):
    """A label and the municipalities that have it."""

    name = LineField(
        "Naam van het label", validators=[InputRequired("Geef een naam."), Length(max=60)]
    )
    municipalities = TickList(
        "Gemeenten", validators=[InputRequired("Kies minstens één gemeente.")]
    )
    for_region = BooleanField("Ook voor de andere overleggen van de regio")
