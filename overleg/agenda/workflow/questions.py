"""The questions of a body, and the answers in a proposal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sqlalchemy.orm.attributes import flag_modified

from overleg.agenda.models import (
    AgendaItem,
    Proposal,
    ProposalAnswer,
    ProposalTemplate,
    TemplateQuestion,
)
from overleg.agenda.queries.questions import questions_for, template_of
from overleg.agenda.states import ProposalKind
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.lib.richtext import html_to_plain
from overleg.organisations.models import Body

ASKS_THE_TABLE = re.compile(r"overleg\b|\b(?:vraag|vragen|vraagt|gevraagd|verwacht)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """One question as support staff word it."""

    question: str
    hint: str = ""
    is_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A question as it was put, with what was answered (clean HTML, or empty)."""

    question: str
    answer_html: str = ""
    is_required: bool = False


def keep_questions(
    body: Body,
    kind: ProposalKind | None,
    asked: Sequence[AskedQuestion],
    *,
    revision: int,
    by: Actor,
    now: datetime,
) -> bool:
    """Keep what a body asks in proposals of one kind, or (None) of kinds without their own.

    Proposals that were written keep their questions as they were worded. Returns whether anything
    changed. Raises ``EditConflict`` when somebody saved since ``revision``.
    """
    template = template_of(body.id, kind)
    before = [_as_asked(each) for each in template.questions] if template is not None else []
    if before == list(asked):
        return False
    refuse_stale(template, revision, "deze vragen")
    if template is None:
        template = ProposalTemplate(id=new_id(), body_id=body.id, kind=kind)
        session().add(template)
    questions = template.questions
    for place, each in enumerate(asked, start=1):
        if place > len(questions):
            questions.append(TemplateQuestion(id=new_id(), position=place))
        row = questions[place - 1]
        row.position, row.question = place, each.question
        row.hint, row.is_required = each.hint, each.is_required
    del questions[len(asked) :]
    flag_modified(template, "kind")  # other questions alone are a new revision too
    session().flush()
    record(
        Verb.QUESTIONS_CHANGED,
        body,
        by=by,
        now=now,
        reason=f"Voor {kind.label}." if kind is not None else "",
    )
    return True


def _as_asked(row: TemplateQuestion) -> AskedQuestion:
    return AskedQuestion(question=row.question, hint=row.hint, is_required=row.is_required)


def answers_of(proposal: Proposal) -> tuple[Answered, ...]:
    """What was answered, in order."""
    return tuple(
        Answered(question=each.question, answer_html=each.answer_html, is_required=each.is_required)
        for each in proposal.answers
    )


def write_answers(proposal: Proposal, answers: Sequence[Answered]) -> bool:
    """Put these answers in the place of those before; returns whether anything changed."""
    if answers_of(proposal) == tuple(answers):
        return False
    rows = proposal.answers
    for place, each in enumerate(answers, start=1):
        if place > len(rows):
            rows.append(ProposalAnswer(id=new_id(), position=place))
        row = rows[place - 1]
        row.position, row.question = place, each.question
        row.answer_html, row.is_required = each.answer_html, each.is_required
    del rows[len(answers) :]
    return True


def unanswered(proposal: Proposal) -> list[str]:
    """The required questions of the body that have no answer yet, as they are worded now."""
    answered = {
        each.question for each in proposal.answers if html_to_plain(each.answer_html).strip()
    }
    return [
        each.question
        for each in questions_for(proposal.body_id, proposal.kind)
        if each.is_required and each.question not in answered
    ]


def explanation_with_answers(proposal: Proposal) -> str:
    """The explanation with each answer below its question, as an agenda shows it."""
    parts = [proposal.explanation_html]
    parts += [
        _below_question(each)
        for each in proposal.answers
        if html_to_plain(each.answer_html).strip()
    ]
    return "".join(parts)


def _below_question(answer: ProposalAnswer) -> str:
    return f"<p><strong>{escape(answer.question, quote=False)}</strong></p>{answer.answer_html}"


def explanation_for_governments(item: AgendaItem) -> str:
    """The explanation of a point without what was asked of the table, as a municipality reads it.

    A question asks something of the table when it names the overleg or what is asked of it. What
    support staff wrote anew on the agenda stays as they wrote it.
    """
    explanation = item.explanation_html
    for each in item.proposal.answers if item.proposal is not None else ():
        if ASKS_THE_TABLE.search(each.question):
            explanation = explanation.replace(_below_question(each), "")
    return explanation
