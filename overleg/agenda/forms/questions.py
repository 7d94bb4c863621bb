"""The questions of a body: as support staff keep them, and as a proposal answers them."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms.validators import Length, NumberRange, Optional

from overleg.agenda.models import Proposal, TemplateQuestion
from overleg.agenda.workflow.questions import Answered, AskedQuestion, answers_of
from overleg.lib.blocks import without_control
from overleg.lib.richtext import html_to_plain
from overleg.web.fields import IntegerField
from overleg.web.form_words import RowForm
from overleg.web.forms import LineField, RichTextField
from overleg.web.revisions import RevisedForm

LONGEST_QUESTION = 200
MOST_QUESTIONS = 20
EMPTY_ROWS = 3


class AnswerForm(RowForm):
    """One question of the body with its answer; the question travels along as it was worded."""

    question = HiddenField(validators=[Length(max=LONGEST_QUESTION)])
    answer = RichTextField("Antwoord")

    hint = ""
    is_required = False


class AnswersField(FieldList):
    """The answers of a proposal, in the order of the body's questions.

    An answer to what is no longer asked stays at the end until it is emptied: nothing typed is
    lost when another kind is chosen or the body changes its questions.
    """

    def __init__(self, label: str | None = None, **bound: Any) -> None:
        super().__init__(FormField(AnswerForm), label, **bound)

    def ask(self, questions: Sequence[TemplateQuestion], before: Iterable[Answered]) -> None:
        """Lay the questions out with what was typed or, for the rest, answered before."""
        typed = {
            entry.form.question.data or "": entry.form.answer.data or "" for entry in self.entries
        }
        known = {each.question: each.answer_html for each in before} | typed
        while self.entries:
            self.pop_entry()
        asked = {each.question for each in questions}
        rest = [
            question
            for question, answer in known.items()
            if question and question not in asked and html_to_plain(answer).strip()
        ]
        for each in questions:
            answer = known.get(each.question, "")
            self._add(each.question, answer, each.hint, required=each.is_required)
        for question in rest[:MOST_QUESTIONS]:
            hint = "Dit wordt niet meer gevraagd. Maak het leeg om het weg te laten."
            self._add(question[:LONGEST_QUESTION], known[question], hint, required=False)

    def _add(self, question: str, answer: str, hint: str, *, required: bool) -> None:
        entry = self.append_entry({"question": question, "answer": answer})
        entry.form.hint, entry.form.is_required = hint, required
        entry.form.answer.label.text = question

    def unanswered(self) -> list[RichTextField]:
        """The fields of required questions without an answer."""
        return [
            entry.form.answer
            for entry in self.entries
            if entry.form.is_required and not html_to_plain(entry.form.answer.data or "").strip()
        ]

    @property
    def answered(self) -> tuple[Answered, ...]:
        """Questions with their answers, to keep."""
        return tuple(
            Answered(
                question=entry.form.question.data or "",
                answer_html=entry.form.answer.data or "",
                is_required=entry.form.is_required,
            )
            for entry in self.entries
        )


def answers_before(proposal: Proposal | None) -> tuple[Answered, ...]:
    """What a proposal answered until now."""
    return answers_of(proposal) if proposal is not None else ()


class QuestionRow(RowForm):
    """One question; an empty one is left out."""

    called = "Vraag"

    place = IntegerField(
        "Volgorde",
        validators=[Optional(), NumberRange(1, 99, "Geef een getal van 1 tot 99.")],
    )
    question = LineField(
        "Vraag",
        filters=[lambda value: without_control(value) if value else value],
        validators=[
            Optional(),
            Length(max=LONGEST_QUESTION, message="Houd de vraag onder 200 tekens."),
        ],
    )
    hint = LineField(
        "Uitleg bij de vraag",
        filters=[lambda value: without_control(value) if value else value],
        validators=[Optional(), Length(max=500, message="Houd de uitleg onder 500 tekens.")],
    )
    is_required = BooleanField("Verplicht om in te dienen")


class QuestionsForm(RevisedForm):
    """What a body wants answered, for one kind or for all others."""

    rows = FieldList(FormField(QuestionRow))

    def offer(self, asked: Sequence[AskedQuestion]) -> None:
        """Show the questions there are and some empty rows; not over what was just typed."""
        if not self.rows.entries:
            for place, each in enumerate(asked, start=1):
                self.rows.append_entry({"place": place, **vars(each)})
            for place in range(len(asked) + 1, len(asked) + 1 + EMPTY_ROWS):
                self.rows.append_entry({"place": place})

    @property
    def asked(self) -> list[AskedQuestion]:
        """The questions in their order; only after ``validate``."""
        filled = [row.form for row in self.rows.entries if row.form.question.data]
        filled.sort(key=lambda row: row.place.data if row.place.data is not None else 99)
        return [
            AskedQuestion(
                question=row.question.data,
                hint=row.hint.data or "",
                is_required=row.is_required.data,
            )
            for row in filled
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether each question is right and stands there once."""
        right: bool = super().validate(extra_validators)
        seen: set[str] = set()
        for row in self.rows.entries:
            question = row.form.question
            if question.data and question.data in seen:
                self.refuse(question, "Deze vraag staat er al.")
                self.rows.errors = [each.errors for each in self.rows.entries]
                right = False
            seen.add(question.data or "")
        if len(seen - {""}) > MOST_QUESTIONS:
            self.refuse(self.rows, f"Stel hoogstens {MOST_QUESTIONS} vragen.")
            right = False
        return right
