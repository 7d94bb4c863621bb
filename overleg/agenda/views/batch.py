"""Validating in one go: everything of a body that waits for its chair, with exceptions per item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from overleg.accounts.models import Person
from overleg.agenda.forms.reasons import LONGEST_REASON
from overleg.agenda.models import AgendaItem, ValidationRound
from overleg.agenda.permissions import can_read_annex
from overleg.agenda.progress import is_late
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.queries.proposals import titles_of_rounds
from overleg.agenda.queries.validation import (
    answerers,
    hold_rounds,
    referral_targets,
    rounds_for_chair,
)
from overleg.agenda.states import Answer, ItemState
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.who import actor
from overleg.agenda.workflow.step_rules import allowed_answers, is_of_several, may_be_decided
from overleg.agenda.workflow.validation import decide_round
from overleg.db import session
from overleg.lib.errors import Forbidden, NotPossible, Refused
from overleg.lib.text import count_of, join_words
from overleg.organisations.models import Body
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import body_by_slug, coming_meetings
from overleg.web.access import signed_in
from overleg.web.clock import now, today
from overleg.web.forms import InputToReturn

MOST = 500
GONE = "intussen al beantwoord, ingetrokken of teruggestuurd. Er is niets aan veranderd."


class Choice(StrEnum):
    """What the chair does with one of the list."""

    AGREE = "akkoord"
    LATER = "later"
    RETURN = "terug"
    REFER = "verwijzen"

    @property
    def answer(self) -> Answer | None:
        """The decision it stands for; none for later."""
        return {
            Choice.AGREE: Answer.AGREE,
            Choice.RETURN: Answer.RETURN,
            Choice.REFER: Answer.REFER,
        }.get(self)


DONE = {
    Answer.AGREE: ("voorstel gevalideerd", "voorstellen gevalideerd"),
    Answer.RETURN: ("teruggestuurd", "teruggestuurd"),
    Answer.REFER: ("verwezen", "verwezen"),
}


@dataclass(frozen=True)
class Given:
    """What the form says about one step."""

    choice: Choice
    reason: str = ""
    refer_to: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Row:
    """One step that waits for the chair."""

    round: ValidationRound
    choices: Sequence[Choice]
    to_come: Sequence[Person]
    late: bool
    annexes: int
    given: Given


@blueprint.route("/overleg/<slug>/valideren", methods=["GET", "POST"])
@signed_in
def validate_batch(slug: str) -> ResponseReturnValue:
    """Everything that waits for the chair; one button, and what is different per item."""
    who, person = actor()
    body = body_by_slug(who, slug)
    if body.id not in who.bodies_as(Role.CHAIR):
        raise Forbidden(
            f"Alleen de voorzitter van {body.the_name} valideert hier alles in één keer."
        )
    if request.method != "POST":
        return _page(who, body, _typed_before(body))
    shown = request.form.getlist("round")[:MOST]
    hold_rounds(body.id, shown)
    rounds = {each.id: each for each in rounds_for_chair(body.id)}
    given = {round_id: _read(round_id, request.form, body) for round_id in shown}
    is_wrong = any(each.wrong for round_id, each in given.items() if round_id in rounds)
    reasons = {key: each.reason for key, each in given.items() if each.reason and key not in rounds}
    if is_wrong or reasons:
        page = _page(who, body, given, is_wrong=is_wrong, lost=_named(who, reasons))
        return page, 422 if is_wrong else 409
    _decide(rounds, given, person)
    return redirect(url_for("agenda.validate_batch", slug=slug), code=303)


def _named(who: Viewer, reasons: Mapping[str, str]) -> list[tuple[str, str]]:
    """What these steps, which ended meanwhile, were about, and the reason typed for each."""
    titles = titles_of_rounds(who, reasons)
    return [(titles.get(key, ""), reason) for key, reason in reasons.items()]


def _typed_before(body: Body) -> dict[str, Given]:
    """What was typed here before signing in again."""
    kept: InputToReturn | None = g.get("kept_input")
    if kept is None or "round" not in kept.fields:
        return {}
    kept.take()
    shown = kept.fields.getlist("round")[:MOST]
    return {each: replace(_read(each, kept.fields, body), wrong="") for each in shown}


def _read(round_id: str, fields: MultiDict[str, str], body: Body) -> Given:
    typed = fields.get(f"keuze-{round_id}", "")
    choice = Choice(typed) if typed in set(Choice) else Choice.LATER
    reason = fields.get(f"reden-{round_id}", "").strip()
    refer_to = fields.get(f"naar-{round_id}", "")
    wrong = ""
    if choice in {Choice.RETURN, Choice.REFER} and not reason:
        wrong = "Geef een reden: de indiener krijgt ze te lezen."
    elif len(reason) > LONGEST_REASON:
        wrong = f"Houd de reden onder {LONGEST_REASON} tekens."
    elif choice is Choice.REFER and refer_to not in {b.id for b in referral_targets(body)}:
        wrong = "Kies naar welk overleg u het voorstel verwijst."
    return Given(choice, reason, refer_to, wrong)


def _decide(
    rounds: Mapping[str, ValidationRound], given: Mapping[str, Given], person: Person
) -> None:
    """Decide each apart: what cannot be decided any more leaves the others alone."""
    done: list[Answer] = []
    gone = 0
    for round_id, each in given.items():
        answer = each.choice.answer
        if answer is None:
            continue
        opened = rounds.get(round_id)
        if opened is None:
            gone += 1
            continue
        title = opened.proposal.title
        targets = {body.id: body for body in referral_targets(opened.proposal.body)}
        try:
            with session().begin_nested():
                decide_round(
                    opened,
                    answer,
                    reason=each.reason if answer is not Answer.AGREE else "",
                    refer_to=targets.get(each.refer_to),
                    by=person,
                    now=now(),
                )
        except (NotPossible, Refused) as error:
            flash(f"“{title}”: {error}", "error")
        else:
            done.append(answer)
    _tell(done, gone)


def _tell(done: Sequence[Answer], gone: int) -> None:
    if done:
        parts = [
            count_of(done.count(answer), *words) for answer, words in DONE.items() if answer in done
        ]
        flash(f"{join_words(parts)}. De indieners kregen een mail.", "success")
    if gone:
        flash(f"{count_of(gone, 'voorstel is', 'voorstellen zijn')} {GONE}", "error")
    if not done and not gone:
        flash("Er is niets beslist: alles bleef liggen.", "info")


def _page(
    who: Viewer,
    body: Body,
    given: Mapping[str, Given],
    *,
    is_wrong: bool = False,
    lost: Sequence[tuple[str, str]] = (),
) -> str:
    moment = now()
    people: dict[tuple[object, ...], Sequence[Person]] = {}
    ready: list[Row] = []
    later: list[Row] = []
    for opened in rounds_for_chair(body.id):
        row = _row(who, opened, given.get(opened.id) or _to_begin_with(opened), people)
        ripe = may_be_decided(opened, moment, _people(opened, who, people))
        (ready if ripe else later).append(row)
    meeting = _next_meeting(who, body, moment)
    return render_template(
        "proposals/batch.html",
        body=body,
        ready=ready,
        later=later,
        asked_back=any(row.round.proposal.asked_back_at_utc for row in ready),
        targets=referral_targets(body),
        meeting=meeting,
        items=_items(meeting),
        is_wrong=is_wrong,
        lost=lost,
        gone=GONE,
    )


def _to_begin_with(opened: ValidationRound) -> Given:
    """Agreed, unless its own side asked it back."""
    return Given(Choice.LATER if opened.proposal.asked_back_at_utc else Choice.AGREE)


def _row(
    who: Viewer,
    opened: ValidationRound,
    given: Given,
    known: dict[tuple[object, ...], Sequence[Person]],
) -> Row:
    allowed = allowed_answers(opened)
    answered = {vote.person_id for vote in opened.votes}
    people = _people(opened, who, known) if is_of_several(opened) else ()
    return Row(
        round=opened,
        choices=[c for c in Choice if c.answer is None or c.answer in allowed],
        to_come=[person for person in people if person.id not in answered],
        late=is_late(opened.proposal, today()),
        annexes=sum(can_read_annex(who, annex) for annex in opened.proposal.annexes),
        given=given,
    )


def _people(
    opened: ValidationRound, who: Viewer, known: dict[tuple[object, ...], Sequence[Person]]
) -> Sequence[Person]:
    """Who answers in a step, asked once for all steps that ask the same people."""
    key = (opened.validated_by, opened.asked_body_id, opened.proposal.circle)
    if key not in known:
        known[key] = answerers(opened.proposal, opened, who.on)
    return known[key]


def _next_meeting(who: Viewer, body: Body, moment: datetime) -> Meeting | None:
    return next(iter(coming_meetings(who, moment, body_ids=[body.id], limit=1)), None)


def _items(meeting: Meeting | None) -> list[AgendaItem]:
    if meeting is None:
        return []
    return [item for item in items_of_meeting(meeting) if item.state is ItemState.SCHEDULED]
