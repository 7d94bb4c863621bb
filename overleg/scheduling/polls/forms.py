"""The forms of a poll: what is asked, and what somebody answers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectChoice, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from overleg.db import revision_of
from overleg.lib.dates import format_weekday_date, local_date, to_utc
from overleg.lib.pasted_dates import Pasted, read_list
from overleg.organisations.forms.fields import CheckboxesField
from overleg.organisations.models import Body
from overleg.scheduling.forms import (
    AN_HOUR,
    LONGEST_PLACE,
    LONGEST_REASON,
    HourField,
    at_most,
    clean,
    not_too_far,
)
from overleg.scheduling.models import DatePoll, DatePollReply, DatePollSlot
from overleg.scheduling.polls.conflicts import Conflict
from overleg.scheduling.polls.workflow import MOST_SLOTS, GivenSlot, Question
from overleg.scheduling.states import Availability
from overleg.web import clock
from overleg.web.fields import A_DAY, DayField, IntegerField, RadioField
from overleg.web.form_words import RowForm
from overleg.web.forms import HouseForm, LineField, stripped
from overleg.web.revisions import RevisionField

EMPTY_ROWS = 4
LONGEST_TITLE = 120
LONGEST_LIST = 5_000
LONGEST_REMARK = 500
LONGEST_MINUTES = 720
EVERYBODY, SUPPORT = "iedereen", "ondersteuning"


class SlotRow(RowForm):
    """One moment; a row without day and hour is no moment."""

    called = "Moment"

    day = DayField("Dag", validators=[Optional(), not_too_far])
    starts = HourField("Begint om", validators=[Optional()])
    minutes = IntegerField(
        "Duur in minuten",
        validators=[
            Optional(),
            NumberRange(15, LONGEST_MINUTES, f"Geef 15 tot {LONGEST_MINUTES} minuten."),
        ],
    )
    place = LineField("Plaats", filters=[clean], validators=[Optional(), at_most(LONGEST_PLACE)])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A moment has a day and an hour, or neither."""
        is_right: bool = super().validate(extra_validators)
        for field, other, message in (
            (self.day, self.starts, A_DAY),
            (self.starts, self.day, AN_HOUR),
        ):
            if is_right and field.data is None and other.data is not None:
                field.errors = [*field.errors, message]
                return False
        return is_right

    def given(self, usual_minutes: int) -> GivenSlot | None:
        """The moment in UTC, or None for an empty row; the row was found right."""
        if self.day.data is None or self.starts.data is None:
            return None
        starts_at = to_utc(self.day.data, self.starts.data)
        lasts = timedelta(minutes=self.minutes.data or usual_minutes)
        return GivenSlot(starts_at, starts_at + lasts, self.place.data or "")


class PollForm(HouseForm):
    """What is asked, the moments to add, and those to take away."""

    title = LineField(
        "Waarover gaat het?",
        filters=[clean],
        validators=[
            DataRequired("Geef een titel, bijvoorbeeld “Extra overleg over de energiestrategie”."),
            at_most(LONGEST_TITLE),
        ],
    )
    explanation = TextAreaField(
        "Toelichting",
        filters=[clean, stripped],
        validators=[Optional(), at_most(LONGEST_REASON)],
    )
    drop = CheckboxesField("Momenten weghalen", validators=[Optional()])
    slots = FieldList(FormField(SlotRow), min_entries=EMPTY_ROWS, max_entries=MOST_SLOTS)
    pasted = TextAreaField(
        "Of plak een lijst, een moment per regel",
        filters=[clean],
        validators=[Optional(), Length(max=LONGEST_LIST, message="Plak minder regels tegelijk.")],
    )
    answer_by = DayField("Antwoorden tot en met", validators=[Optional(), not_too_far])
    seen_by = RadioField(
        "Wie ziet de antwoorden?",
        choices=[
            SelectChoice(EVERYBODY, "Iedereen ziet elkaars antwoorden"),
            SelectChoice(SUPPORT, "Alleen de ondersteuner ziet ze"),
        ],
        default=EVERYBODY,
    )
    revision = RevisionField()

    def __init__(self, body: Body, poll: DatePoll | None = None, **kwargs: Any) -> None:
        self._body = body
        self._slots: Sequence[DatePollSlot] = ()
        if poll is not None:
            kwargs = {
                "title": poll.title,
                "explanation": poll.explanation,
                "answer_by": poll.answer_by,
                "seen_by": EVERYBODY if poll.shows_answers else SUPPORT,
                "revision": poll.revision,
                **kwargs,
            }
        super().__init__(**kwargs)
        self.offer_to_drop(poll.slots if poll is not None else [])

    def offer_to_drop(self, slots: Sequence[DatePollSlot]) -> None:
        """Name the moments that can be taken away."""
        self._slots = slots
        self.drop.choices = [SelectChoice(slot.id, slot.in_words) for slot in slots]

    def validate_pasted(self, _field: TextAreaField) -> None:
        """Every line must be understood and have an hour: half a list is worse than none."""
        read = self._read()
        if read.not_understood:
            wrong = "; ".join(read.not_understood[:3])
            raise ValidationError(f"Dit lezen we niet als een dag met een uur. {wrong}")
        whole = [format_weekday_date(each.starts_at) for each in read.dates if each.is_all_day]
        if whole:
            raise ValidationError(f"Bij {whole[0]} staat geen uur. Voorbeeld: {EXAMPLE}")
        if any(each.starts_at < clock.now() for each in read.dates):
            raise ValidationError("Een van deze momenten is al voorbij.")

    def validate_answer_by(self, field: DayField) -> None:
        """Who answers after the first moment that is still to come, answers too late for it."""
        dropped = self.drop.data or ()
        moments = [slot.starts_at_utc for slot in self._slots if slot.id not in dropped]
        moments += [slot.starts_at for slot in self.given()]
        coming = [moment for moment in moments if moment > clock.now()]
        if field.data and coming and field.data > (first := local_date(min(coming))):
            raise ValidationError(
                f"Het eerste moment is op {format_weekday_date(first)}. "
                "Kies die dag of een vroegere."
            )

    def question(self) -> Question:
        """What is asked."""
        return Question(
            title=self.title.data or "",
            explanation=self.explanation.data or "",
            answer_by=self.answer_by.data,
            shows_answers=self.seen_by.data == EVERYBODY,
        )

    def given(self) -> list[GivenSlot]:
        """The moments of the rows and of the list; a line without place is at the usual one."""
        usual = self._body.default_duration_minutes
        rows = [entry.form.given(usual) for entry in self.slots]
        pasted = [
            GivenSlot(each.starts_at, each.ends_at, each.place or self._body.default_place)
            for each in self._read().dates
        ]
        return [*(row for row in rows if row is not None), *pasted]

    def _read(self) -> Pasted:
        usual = timedelta(minutes=self._body.default_duration_minutes)
        return read_list(self.pasted.data or "", usual_length=usual)


EXAMPLE = "13/03/2026 9.30-11.30 Stadhuis Roeselare"


def empty_rows(body: Body) -> list[dict[str, Any]]:
    """Rows for new moments, which start from the body's habits."""
    usual = {"minutes": body.default_duration_minutes, "place": body.default_place}
    return [dict(usual) for _ in range(EMPTY_ROWS)]


class SlotAnswer(RowForm):
    """The answer on one moment."""

    slot_id = HiddenField()
    availability = RadioField(
        "Kunt u?",
        choices=[SelectChoice(kind.value, kind.label) for kind in Availability],
        validators=[InputRequired("Kies ja, liever niet of nee.")],
    )


class AnswerForm(HouseForm):
    """One answer for each moment, and a remark."""

    answers = FieldList(FormField(SlotAnswer))
    remark = TextAreaField(
        "Opmerking",
        filters=[clean, stripped],
        validators=[Optional(), at_most(LONGEST_REMARK)],
    )
    revision = RevisionField()

    def follow(self, slots: Sequence[DatePollSlot]) -> None:
        """Keep the rows of these moments, and add those that came since the page was opened."""
        there = {entry.form.slot_id.data for entry in self.answers}
        for slot in slots:
            if slot.id not in there:
                self.answers.append_entry({"slot_id": slot.id})
        live = {slot.id: slot.in_words for slot in slots}
        self.answers.entries = [e for e in self.answers if e.form.slot_id.data in live]
        for slot_id, row in self.by_slot().items():
            row.about = live[slot_id]

    def by_slot(self) -> dict[str, SlotAnswer]:
        """The rows by the id of their moment."""
        return {entry.form.slot_id.data: entry.form for entry in self.answers}

    def given(self) -> dict[str, Availability]:
        """What was chosen; the form was found valid."""
        return {
            slot_id: Availability(row.availability.data) for slot_id, row in self.by_slot().items()
        }


def answer_data(
    slots: Sequence[DatePollSlot],
    reply: DatePollReply | None,
    conflicts: Mapping[str, Conflict],
) -> dict[str, Any]:
    """What the form shows: what was answered, and "nee" where another table is known."""
    answered = reply.by_slot if reply is not None else {}
    return {
        "remark": reply.remark if reply is not None else "",
        "revision": revision_of(reply),
        "answers": [
            {"slot_id": slot.id, "availability": _first_shown(slot, answered, conflicts)}
            for slot in slots
        ],
    }


def _first_shown(
    slot: DatePollSlot, answered: Mapping[str, Availability], conflicts: Mapping[str, Conflict]
) -> str | None:
    if slot.id in answered:
        return answered[slot.id].value
    conflict = conflicts.get(slot.id)
    return Availability.NO.value if conflict is not None and not conflict.is_all_day else None


class CloseForm(HouseForm):
    """Why there is no date."""

    reason = TextAreaField(
        "Waarom komt er geen datum?",
        filters=[clean, stripped],
        validators=[
            DataRequired("Zeg waarom; wie gevraagd werd, leest dit."),
            at_most(LONGEST_REASON),
        ],
    )
