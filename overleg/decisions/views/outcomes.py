"""Noting outcomes in a meeting, changing and reading one."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting, working_item_by_id
from overleg.audit.queries import history_of
from overleg.decisions import permissions
from overleg.decisions.costs import cost_table
from overleg.decisions.forms import OutcomeForm
from overleg.decisions.models import Outcome
from overleg.decisions.noted import follow_noted
from overleg.decisions.queries.actions import actions_of_meeting, vote_of
from overleg.decisions.queries.answers import replies_to
from overleg.decisions.queries.follow_up import rows_of_outcomes
from overleg.decisions.queries.moves import moves_of
from overleg.decisions.queries.outcomes import (
    MUNICIPAL_ROLES,
    dropped_by_id,
    dropped_of_items,
    outcome_by_id,
    outcomes_of_meeting,
    unreleased_in_verslag,
)
from overleg.decisions.standing import in_a_sentence
from overleg.decisions.states import OutcomeKind
from overleg.decisions.views.blueprint import blueprint
from overleg.decisions.workflow.holding import DROPPED_MEANWHILE
from overleg.decisions.workflow.outcomes import (
    UNFINISHED,
    Agreed,
    change_outcome,
    note_outcome,
)
from overleg.decisions.workflow.votes import in_words
from overleg.lib.errors import EditConflict, Forbidden, NotFound, NotPossible
from overleg.mail.history import sendings_about, with_mails
from overleg.organisations.states import Role
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.gone import gone_already

Page = str | tuple[str, int] | Response


@blueprint.get("/vergaderingen/<meeting_id>/uitkomsten")
@signed_in
def meeting_outcomes(meeting_id: str) -> Page:
    """What came out of a meeting."""
    meeting = meeting_by_id(viewer(), meeting_id)
    outcomes = outcomes_of_meeting(viewer(), meeting)
    may_note = permissions.can_note_outcome(viewer(), meeting.body_id)
    items = items_of_meeting(meeting) if may_note else []
    return render_template(
        "decisions/meeting_outcomes.html",
        meeting=meeting,
        tab="outcomes",
        outcomes=outcomes,
        sentences={o.id: in_a_sentence(o.follow_ups, clock.today()) for o in outcomes},
        unreleased=unreleased_in_verslag(viewer(), meeting, outcomes),
        items=items,
        may_note=may_note,
        actions=actions_of_meeting(viewer(), meeting),
        dropped=dropped_of_items(viewer(), [item.id for item in items]) if may_note else [],
        can_finish_action=permissions.can_finish_action,
        can_change_action=permissions.can_change_action,
        today=clock.today(),
    )


@blueprint.route("/agendapunten/<item_id>/uitkomst", methods=["GET", "POST"])
@signed_in
def note(item_id: str) -> Page:
    """Note an outcome of an agenda item."""
    item = _item_for_support(item_id)
    form = OutcomeForm(data={"kind": OutcomeKind.AGREEMENT, "title": item.title})
    if form.validate_on_submit():
        with form.refusals():
            by, now = signed_in_person(), clock.now()
            outcome = note_outcome(item, _agreed(form), by=by, now=now)
            flash(f"Uitkomst genoteerd: {outcome.kind.label}.", "success")
            if told := follow_noted(outcome, by, now):
                flash(told, "info")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    return _outcome_page(form, item, None), form.answer_status


@blueprint.get("/uitkomsten/<outcome_id>")
@signed_in
def show_outcome(outcome_id: str) -> Page:
    """One outcome: its text, who decides on it and where each municipality stands."""
    try:
        outcome = outcome_by_id(viewer(), outcome_id)
    except NotFound:
        meeting_id = dropped_by_id(viewer(), outcome_id).item.meeting_id
        page = url_for("decisions.meeting_outcomes", meeting_id=meeting_id)
        return gone_already("Deze uitkomst is geschrapt. Ze staat onderaan.", page)
    return outcome_page(outcome)


def outcome_page(outcome: Outcome, refusal: str = "") -> str:
    """The page of one outcome; ``refusal`` says on top what just could not be done with it."""
    own = viewer().organisations_as(*MUNICIPAL_ROLES, Role.COUNCILLOR)
    found = rows_of_outcomes(viewer(), [outcome.id])
    rows = sorted(found, key=lambda row: row.organisation_id not in own)
    may_write = permissions.can_change_text(viewer(), outcome)
    vote = vote_of(outcome)
    return render_template(
        "decisions/outcome.html",
        outcome=outcome,
        refusal=refusal or (UNFINISHED if outcome.is_unfinished else ""),
        is_refused=bool(refusal),
        meeting=outcome.item.meeting,
        rows=rows,
        sentence=in_a_sentence(rows, clock.today()),
        today=clock.today(),
        can_change=permissions.can_change_outcome(viewer(), outcome),
        can_release=permissions.can_release(viewer(), outcome),
        can_note_vote=permissions.can_note_vote(viewer(), outcome),
        agreed=in_words(vote) if vote else "",
        can_change_text=may_write,
        can_change_due=permissions.can_change_due(viewer(), outcome),
        can_change_steps=permissions.can_change_steps(viewer(), outcome),
        can_answer=permissions.can_answer_all(viewer(), outcome),
        moves=moves_of([row.id for row in rows]),
        can_report=permissions.can_report,
        can_download=permissions.can_download_proposal,
        can_take=permissions.can_take_all(viewer(), outcome)
        or any(permissions.can_download_proposal(viewer(), row) for row in rows),
        costs=cost_table(outcome) if may_write or rows else None,
        replies=replies_to(outcome),
        entries=with_mails(
            history_of([outcome.id, *(row.id for row in rows)]),
            sendings_about([outcome.id], viewer().bodies_as(Role.SUPPORT)),
        ),
    )


@blueprint.route("/uitkomsten/<outcome_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_outcome(outcome_id: str) -> Page:
    """Write an outcome again, until it is released; a save that comes too late shows both texts."""
    outcome = outcome_for_support(outcome_id)
    form = OutcomeForm(
        data={name: getattr(outcome, name) for name in ("kind", "title", "text_html")}
    )
    if request.method == "GET" and not form.revision.data:
        form.revision.data = outcome.revision
    if form.validate_on_submit():
        revision, by = form.revision.data, signed_in_person()
        with form.refusals():
            try:
                change_outcome(outcome, _agreed(form), revision=revision, by=by, now=clock.now())
            except EditConflict:
                form.revision.data = outcome.revision
                return _outcome_page(form, outcome.item, outcome, conflict=True), 409
            flash("De uitkomst is gewijzigd.", "success")
            return redirect(url_for("decisions.show_outcome", outcome_id=outcome.id))
    return _outcome_page(form, outcome.item, outcome), form.answer_status


def _outcome_page(
    form: OutcomeForm, item: AgendaItem, outcome: Outcome | None, *, conflict: bool = False
) -> str:
    return render_template(
        "decisions/outcome_form.html",
        form=form,
        item=item,
        outcome=outcome,
        meeting=item.meeting,
        conflict=conflict,
    )


def _agreed(form: OutcomeForm) -> Agreed:
    return Agreed(
        kind=OutcomeKind(form.kind.data),
        title=form.title.data or "",
        text_html=form.text_html.data or "",
    )


def _item_for_support(item_id: str) -> AgendaItem:
    item = working_item_by_id(viewer(), item_id)
    if not permissions.can_note_outcome(viewer(), item.meeting.body_id):
        raise Forbidden
    return item


def outcome_for_support(outcome_id: str) -> Outcome:
    """The outcome, for support staff of its body; raises ``Forbidden`` for others who read it.

    Raises ``NotPossible`` when somebody took it away.
    """
    try:
        outcome = outcome_by_id(viewer(), outcome_id)
    except NotFound:
        dropped_by_id(viewer(), outcome_id)
        raise NotPossible(DROPPED_MEANWHILE) from None
    if not permissions.can_note_outcome(viewer(), outcome.item.meeting.body_id):
        raise Forbidden
    return outcome
