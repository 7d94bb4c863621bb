"""Answering a poll: on its page, and with the link in a mail.

Mail programs open links by themselves, so opening one changes nothing. Who answers with a link is
who it was made for, as long as that person has a seat.
"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from overleg.accounts.models import Person
from overleg.audit.workflow import Actor
from overleg.db import revision_of
from overleg.lib.errors import EditConflict, Forbidden, NotFound
from overleg.scheduling.models import DatePoll, DatePollLink
from overleg.scheduling.polls import queries
from overleg.scheduling.polls.answer_links import ANSWER_LINKS
from overleg.scheduling.polls.answering import answer_poll as keep_answer
from overleg.scheduling.polls.answering import refuse_when_over
from overleg.scheduling.polls.board import make_board
from overleg.scheduling.polls.conflicts import Conflict, known_conflicts
from overleg.scheduling.polls.forms import AnswerForm, answer_data
from overleg.scheduling.polls.permissions import can_keep_polls
from overleg.scheduling.states import PollState
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor
from overleg.web import clock
from overleg.web.access import public, signed_in, viewer
from overleg.web.secret_pages import INCOMPLETE, LinkSpent, secret_page

GONE = "Ze werd vervangen of ingetrokken. Gebruik de link in uw laatste mail, of meld u aan."
NO_SEAT = "U zetelt niet meer in dit overleg. Meld u aan om te zien wat er op u wacht."


@blueprint.route("/datumprikkers/<string(length=16):poll_id>/antwoord", methods=["GET", "POST"])
@signed_in
def answer_poll(poll_id: str) -> Answer:
    """One's own answer."""
    poll = queries.poll_by_id(viewer(), poll_id)
    if poll.body_id not in viewer().seated_in:
        raise Forbidden("Alleen wie in dit overleg zetelt, antwoordt.")
    return _answer_page(poll, actor(), by=actor())


@blueprint.route(
    "/datumprikkers/<string(length=16):poll_id>/antwoord/<string(length=16):person_id>",
    methods=["GET", "POST"],
)
@signed_in
def answer_poll_for(poll_id: str, person_id: str) -> Answer:
    """The answer of somebody who told it to the support staff, by telephone for instance."""
    poll = queries.poll_by_id(viewer(), poll_id)
    if not can_keep_polls(viewer(), poll.body_id):
        raise Forbidden("Alleen de ondersteuner vult in voor een ander.")
    voters = queries.voters_of(poll.body_id, clock.today())
    person = next((v.person for v in voters if v.person.id == person_id), None)
    if person is None:
        raise NotFound
    return _answer_page(poll, person, by=actor())


def _answer_page(poll: DatePoll, person: Person, *, by: Actor) -> Answer:
    refuse_when_over(poll, clock.now())
    conflicts = _conflicts(poll, person)
    form = _form(poll, person, conflicts)
    conflict = ""
    if form.validate_on_submit():
        try:
            _keep(poll, person, form, by=by)
        except EditConflict as stale:
            conflict = str(stale)
        else:
            flash("Het antwoord is bewaard.", "success")
            return redirect(url_for("scheduling.show_poll", poll_id=poll.id))
    page = render_template(
        "scheduling/polls/answer.html",
        poll=poll,
        person=person,
        is_own=by.id == person.id,
        **_shown(poll, person, form, conflicts, conflict),
    )
    return page, 409 if conflict else form.answer_status


@blueprint.get("/datumprikkers/antwoord/<token>")
@public
@secret_page
def answer_poll_by_mail(token: str) -> ResponseReturnValue:
    """All moments of one poll with one button; how it ended once it is over. Changes nothing."""
    link = _live(token)
    return _link_page(link, token, _form(link.poll, link.person, _conflicts_of(link)))


@blueprint.post("/datumprikkers/antwoord/<token>")
@public
@secret_page
def send_answer_by_mail(token: str) -> ResponseReturnValue:
    """Keep the answers."""
    link = _live(token)
    refuse_when_over(link.poll, clock.now())
    form = _form(link.poll, link.person, {})
    if not form.validate():
        return _link_page(link, token, form), 422
    try:
        _keep(link.poll, link.person, form, by=link.person, with_link=link)
    except EditConflict as stale:
        return _link_page(link, token, form, str(stale)), 409
    flash("Bedankt, uw antwoord is bewaard. Met deze link kunt u het nog wijzigen.", "success")
    return redirect(url_for("scheduling.answer_poll_by_mail", token=token), code=303)


def _form(poll: DatePoll, person: Person, conflicts: dict[str, Conflict]) -> AnswerForm:
    reply = queries.reply_of(poll, person)
    form = AnswerForm(data=answer_data(poll.slots, reply, conflicts))
    form.follow(poll.slots)
    return form


def _keep(
    poll: DatePoll,
    person: Person,
    form: AnswerForm,
    *,
    by: Actor,
    with_link: DatePollLink | None = None,
) -> None:
    """Raises ``EditConflict``, with the form made to start from what stands there now."""
    try:
        keep_answer(
            poll,
            person,
            form.given(),
            remark=form.remark.data or "",
            revision=form.revision.data,
            by=by,
            now=clock.now(),
            with_link=with_link,
        )
    except EditConflict:
        reply = queries.reply_of(poll, person)
        form.revision.data = revision_of(reply)
        raise


def _shown(
    poll: DatePoll,
    person: Person,
    form: AnswerForm,
    conflicts: dict[str, Conflict],
    conflict: str = "",
) -> dict[str, object]:
    """What both pages show: a row per moment, with what is known of it."""
    board = make_board(poll, [], {}, {})
    return {
        "form": form,
        "rows": form.by_slot(),
        "tallies": board.tallies,
        "conflicts": conflicts,
        "conflict": conflict,
        "reply": queries.reply_of(poll, person),
    }


def _link_page(link: DatePollLink, token: str, form: AnswerForm, conflict: str = "") -> str:
    poll, person = link.poll, link.person
    return render_template(
        "scheduling/polls/answer_by_mail.html",
        poll=poll,
        person=person,
        token=token,
        is_open=poll.state is PollState.OPEN,
        is_too_late=poll.is_too_late(clock.today()),
        **_shown(poll, person, form, _conflicts_of(link), conflict),
    )


def _conflicts(poll: DatePoll, person: Person) -> dict[str, Conflict]:
    """What is known of one person, by moment."""
    known = known_conflicts([person.id], poll.slots)
    return {slot_id: conflict for (_person_id, slot_id), conflict in known.items()}


def _conflicts_of(link: DatePollLink) -> dict[str, Conflict]:
    return {} if link.poll.state.is_over else _conflicts(link.poll, link.person)


def _live(token: str) -> DatePollLink:
    """The link, as long as it holds and its person has a seat. Raises ``LinkSpent``."""
    named = ANSWER_LINKS.read(token)
    if named is None:
        raise LinkSpent(INCOMPLETE, onward="start.home")
    link = queries.link_by_id(named[0])
    if link is None or link.ended_at_utc is not None:
        raise LinkSpent(GONE, onward="start.home")
    is_closed = link.person.disabled_at_utc is not None
    if is_closed or not queries.sits_at(link.poll.body_id, link.person, clock.today()):
        raise LinkSpent(NO_SEAT, onward="start.home")
    return link
