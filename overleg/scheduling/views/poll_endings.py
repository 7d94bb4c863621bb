"""How a poll ends: a moment is picked, or it is closed; and the links of those who were asked."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from overleg.lib.errors import NotFound, NotPossible
from overleg.scheduling.models import DatePoll, DatePollLink, DatePollSlot
from overleg.scheduling.polls import ending, queries
from overleg.scheduling.polls.answering import replace_link, revoke_link
from overleg.scheduling.polls.forms import CloseForm
from overleg.scheduling.polls.workflow import asked_people, refuse_when_ended
from overleg.scheduling.states import Availability, PollState
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor, told_in_words
from overleg.scheduling.views.polls import board_of, poll_to_keep
from overleg.scheduling.views.warning import warn_about
from overleg.web import clock
from overleg.web.access import signed_in
from overleg.web.forms import HouseForm


@blueprint.route(
    "/datumprikkers/<string(length=16):poll_id>/kiezen/<string(length=16):slot_id>",
    methods=["GET", "POST"],
)
@signed_in
def pick_slot(poll_id: str, slot_id: str) -> Answer:
    """Pick a moment, after saying who can, and who will be told."""
    poll = poll_to_keep(poll_id)
    slot = _slot(poll, slot_id)
    refuse_when_ended(poll)
    form = HouseForm()
    if form.validate_on_submit():
        with form.refusals():
            meeting, told = ending.pick_slot(poll, slot, by=actor(), now=clock.now())
            flash(
                f"Gekozen: {slot.in_words}. Vergadering {meeting.label} is gepland. "
                f"{told_in_words(told)}",
                "success",
            )
            warn_about(meeting)
            return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    board = board_of(poll)
    absent = [
        row.voter
        for row in board.rows
        if slot.id in row.cells and row.cells[slot.id].answer is Availability.NO
    ]
    page = render_template(
        "scheduling/polls/pick.html",
        poll=poll,
        slot=slot,
        form=form,
        tally=board.tally_of(slot),
        absent=absent,
        recipients=ending.people_told_of(poll, slot, clock.now()),
    )
    return page, form.answer_status


@blueprint.route("/datumprikkers/<string(length=16):poll_id>/sluiten", methods=["GET", "POST"])
@signed_in
def close_poll(poll_id: str) -> Answer:
    """Close without a date, with a reason, after saying who will be told."""
    poll = poll_to_keep(poll_id)
    refuse_when_ended(poll)
    if poll.state is PollState.DRAFT:
        raise NotPossible("Niemand weet al van deze datumprikker: u kunt ze verwijderen.")
    form = CloseForm()
    if form.validate_on_submit():
        told = ending.close_poll(poll, reason=form.reason.data, by=actor(), now=clock.now())
        flash(f"De datumprikker is gesloten. {told_in_words(told)}", "success")
        return redirect(url_for("scheduling.show_poll", poll_id=poll.id))
    page = render_template(
        "scheduling/polls/close.html",
        poll=poll,
        form=form,
        recipients=asked_people(poll, clock.now()),
    )
    return page, form.answer_status


@blueprint.post(
    "/datumprikkers/<string(length=16):poll_id>/links/<string(length=16):person_id>/intrekken"
)
@signed_in
def revoke_poll_link(poll_id: str, person_id: str) -> Response:
    """End the link of one person."""
    link = _link(poll_to_keep(poll_id), person_id)
    revoke_link(link, by=actor(), now=clock.now())
    flash(f"De link van {link.person.name} werkt niet meer.", "success")
    return redirect(url_for("scheduling.show_poll", poll_id=poll_id))


@blueprint.post(
    "/datumprikkers/<string(length=16):poll_id>/links/<string(length=16):person_id>/vervangen"
)
@signed_in
def replace_poll_link(poll_id: str, person_id: str) -> Response:
    """End the link of one person and mail a new one."""
    link = _link(poll_to_keep(poll_id), person_id)
    replace_link(link, by=actor(), now=clock.now())
    flash(f"{link.person.name} krijgt een mail met een nieuwe link.", "success")
    return redirect(url_for("scheduling.show_poll", poll_id=poll_id))


def _slot(poll: DatePoll, slot_id: str) -> DatePollSlot:
    found = next((slot for slot in poll.slots if slot.id == slot_id), None)
    if found is None:
        raise NotFound
    return found


def _link(poll: DatePoll, person_id: str) -> DatePollLink:
    """The newest link of one person, which holds unless it was revoked."""
    found = next((link for link in queries.links_of(poll) if link.person_id == person_id), None)
    if found is None:
        raise NotFound
    return found
