"""Polls for a date: the list of a body, making and changing one, and its board of answers."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.audit.queries import history_of
from overleg.lib.dates import local_date
from overleg.lib.errors import EditConflict, Forbidden
from overleg.mail.history import sendings_about, with_mails
from overleg.organisations.models import Body
from overleg.organisations.states import Role
from overleg.scheduling.models import DatePoll
from overleg.scheduling.polls import queries, workflow
from overleg.scheduling.polls.board import Board, make_board
from overleg.scheduling.polls.conflicts import known_conflicts
from overleg.scheduling.polls.forms import PollForm, empty_rows
from overleg.scheduling.polls.permissions import can_answer, can_keep_polls, can_see_answers
from overleg.scheduling.states import PollState
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor, told_in_words
from overleg.web import clock
from overleg.web.access import signed_in, viewer


def poll_to_keep(poll_id: str) -> DatePoll:
    """A poll, for the support staff of its body; raises ``Forbidden`` for those who only see it."""
    poll = queries.poll_by_id(viewer(), poll_id)
    if not can_keep_polls(viewer(), poll.body_id):
        raise Forbidden("Alleen de ondersteuner van dit overleg wijzigt een datumprikker.")
    return poll


def board_of(poll: DatePoll) -> Board:
    """The board with all answers; what is expected only while answers are taken."""
    voters = queries.voters_of(poll.body_id, local_date(queries.moment_of_seats(poll, clock.now())))
    conflicts = (
        {}
        if poll.state.is_over
        else known_conflicts([voter.person.id for voter in voters], poll.slots)
    )
    replies = queries.replies_of(poll)
    return make_board(poll, voters, replies, conflicts, viewer().body_ids)


@blueprint.get("/overleg/<slug>/datumprikkers")
@signed_in
def list_polls(slug: str) -> str:
    """The polls of a body, newest first."""
    body = queries.body_with_polls(viewer(), slug)
    return render_template(
        "scheduling/polls/list.html",
        body=body,
        tab="polls",
        polls=queries.polls_of(viewer(), body),
        waiting={poll.id for poll in queries.polls_to_answer(viewer(), clock.today())},
        can_keep=can_keep_polls(viewer(), body.id),
    )


@blueprint.route("/overleg/<slug>/datumprikkers/nieuw", methods=["GET", "POST"])
@signed_in
def new_poll(slug: str) -> Answer:
    """Make a poll; it is sent from its own page, which says who gets a mail."""
    body = queries.body_with_polls(viewer(), slug)
    if not can_keep_polls(viewer(), body.id):
        raise Forbidden("Alleen de ondersteuner van dit overleg maakt een datumprikker.")
    form = PollForm(body, slots=empty_rows(body))
    if form.validate_on_submit():
        with form.refusals():
            poll = workflow.draft_poll(
                body, form.question(), form.given(), by=actor(), now=clock.now()
            )
            flash("De datumprikker staat klaar. Kijk ze na en verstuur ze dan.", "success")
            return redirect(url_for("scheduling.show_poll", poll_id=poll.id))
    return _form_page(body, None, form), form.answer_status


@blueprint.get("/datumprikkers/<string(length=16):poll_id>")
@signed_in
def show_poll(poll_id: str) -> str:
    """The board of answers, with what the support staff can do next."""
    poll = queries.poll_by_id(viewer(), poll_id)
    keeps = can_keep_polls(viewer(), poll.body_id)
    board = board_of(poll)
    takes_answers = poll.state is PollState.OPEN and not poll.is_too_late(clock.today())
    return render_template(
        "scheduling/polls/show.html",
        poll=poll,
        board=board,
        sees_answers=can_see_answers(viewer(), poll),
        own=next((row for row in board.rows if row.voter.person.id == viewer().person_id), None),
        can_answer=can_answer(viewer(), poll, clock.today()),
        keeps=keeps,
        takes_answers=takes_answers,
        now=clock.now(),
        asked=board.mailed,
        to_remind=board.reminded if takes_answers else [],
        links=queries.links_of(poll) if keeps else [],
        entries=with_mails(
            history_of([poll.id]) if keeps else [],
            sendings_about([poll.id], viewer().bodies_as(Role.SUPPORT)),
        ),
    )


@blueprint.route("/datumprikkers/<string(length=16):poll_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_poll(poll_id: str) -> Answer:
    """Change the question and its moments; answers on moments that stay are kept."""
    poll = poll_to_keep(poll_id)
    workflow.refuse_when_ended(poll)
    form = PollForm(poll.body, poll, slots=empty_rows(poll.body))
    is_stale = False
    if form.validate_on_submit():
        with form.refusals():
            try:
                told = workflow.change_poll(
                    poll,
                    form.question(),
                    added=form.given(),
                    dropped=form.drop.data or (),
                    revision=form.revision.data,
                    by=actor(),
                    now=clock.now(),
                )
            except EditConflict:
                form.revision.data = poll.revision
                form.offer_to_drop(poll.slots)
                is_stale = True
                raise
            flash(_report("De datumprikker is gewijzigd.", len(told)), "success")
            return redirect(url_for("scheduling.show_poll", poll_id=poll.id))
    return _form_page(poll.body, poll, form, is_stale=is_stale), form.answer_status


@blueprint.post("/datumprikkers/<string(length=16):poll_id>/versturen")
@signed_in
def send_poll(poll_id: str) -> Response:
    """Send a poll to everybody who is asked."""
    poll = poll_to_keep(poll_id)
    told = workflow.open_poll(poll, by=actor(), now=clock.now())
    flash(f"De datumprikker is verstuurd. {told_in_words(told)}", "success")
    return redirect(url_for("scheduling.show_poll", poll_id=poll.id))


@blueprint.post("/datumprikkers/<string(length=16):poll_id>/verwijderen")
@signed_in
def discard_poll(poll_id: str) -> Response:
    """Throw away a poll that was not sent."""
    poll = poll_to_keep(poll_id)
    slug = poll.body.slug
    workflow.discard_poll(poll, by=actor(), now=clock.now())
    flash("De datumprikker is verwijderd. Niemand wist ervan.", "success")
    return redirect(url_for("scheduling.list_polls", slug=slug))


@blueprint.post("/datumprikkers/<string(length=16):poll_id>/herinneren")
@signed_in
def remind_poll(poll_id: str) -> Response:
    """Mail again who did not answer; says who."""
    poll = poll_to_keep(poll_id)
    told = workflow.remind_poll(poll, by=actor(), now=clock.now())
    names = ", ".join(person.name for person in told)
    flash(f"Een herinnering gaat naar: {names}.", "success")
    return redirect(url_for("scheduling.show_poll", poll_id=poll.id))


def _form_page(body: Body, poll: DatePoll | None, form: PollForm, *, is_stale: bool = False) -> str:
    return render_template(
        "scheduling/polls/edit.html",
        body=body,
        poll=poll,
        form=form,
        is_stale=is_stale,
        answered=workflow.people_who_answered(poll, clock.now()) if poll is not None else [],
    )


def _report(done: str, number: int) -> str:
    if not number:
        return f"{done} Niemand krijgt een mail."
    who = "1 persoon die al antwoordde, krijgt" if number == 1 else f"{number} personen krijgen"
    return f"{done} {who} een mail over de nieuwe momenten."
