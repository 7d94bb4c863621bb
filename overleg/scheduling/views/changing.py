"""Changing when and where, and cancelling."""

from flask import flash, redirect, render_template, url_for

from overleg.accounts.models import Person
from overleg.lib.dates import BRUSSELS
from overleg.lib.errors import Forbidden, NotPossible, Refused
from overleg.lib.text import upper_first
from overleg.scheduling import notices, queries, workflow
from overleg.scheduling.forms import CancelForm, ChangeForm
from overleg.scheduling.models import Meeting
from overleg.scheduling.permissions import can_plan
from overleg.scheduling.states import MOVES, MeetingState
from overleg.scheduling.views.blueprint import blueprint
from overleg.scheduling.views.planning import Answer, actor, told_in_words
from overleg.scheduling.views.warning import warn_about
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import HouseForm


def _meeting_to_change(meeting_id: str) -> Meeting:
    meeting = queries.meeting_by_id(viewer(), meeting_id)
    if not can_plan(viewer(), meeting.body_id):
        raise Forbidden("Alleen de ondersteuner van dit overleg wijzigt vergaderingen.")
    return meeting


@blueprint.route("/vergaderingen/<string(length=16):meeting_id>/gegevens", methods=["GET", "POST"])
@signed_in
def edit_meeting(meeting_id: str) -> Answer:
    """Change day, hours, place and link; the seat holders are told by mail."""
    meeting = _meeting_to_change(meeting_id)
    workflow.refuse_when_fixed(meeting)
    form = _change_form(meeting)
    if form.validate_on_submit():
        with form.refusals():
            if (told := _change(meeting, form)) is not None:
                flash(_report("De wijziging is bewaard.", told), "success")
                warn_about(meeting)
                return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    page = render_template(
        "scheduling/edit_meeting.html",
        meeting=meeting,
        form=form,
        recipients=notices.recipients(meeting),
    )
    return page, form.answer_status


def _change_form(meeting: Meeting) -> ChangeForm:
    return ChangeForm(
        was=meeting.day,
        data={
            "revision": meeting.revision,
            "day": meeting.day,
            "starts": meeting.starts_at_utc.astimezone(BRUSSELS).time(),
            "ends": meeting.ends_at_utc.astimezone(BRUSSELS).time(),
            "place": meeting.place,
            "online_url": meeting.online_url,
        },
    )


def _change(meeting: Meeting, form: ChangeForm) -> list[Person] | None:
    """Who was told; None, with the reason in the form, when it cannot be."""
    starts_at, ends_at = form.moments()
    try:
        return workflow.change_meeting(
            meeting,
            starts_at=starts_at,
            ends_at=ends_at,
            place=form.place.data or "",
            online_url=form.online_url.data or "",
            revision=form.revision.data,
            by=actor(),
            now=clock.now(),
            quiet=bool(form.quiet.data),
        )
    except Refused as refusal:
        form.refuse(form.starts, str(refusal))
        return None


@blueprint.route("/vergaderingen/<string(length=16):meeting_id>/annuleren", methods=["GET", "POST"])
@signed_in
def cancel_meeting(meeting_id: str) -> Answer:
    """Cancel, with a reason, after saying who will be told."""
    meeting = _meeting_to_change(meeting_id)
    if MeetingState.CANCELLED not in MOVES[meeting.state]:
        raise NotPossible(workflow.what_is_possible(meeting))
    form = CancelForm()
    if form.validate_on_submit():
        told = workflow.cancel_meeting(
            meeting, reason=form.reason.data, by=actor(), now=clock.now()
        )
        flash(_report("De vergadering is geannuleerd.", told), "success")
        return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    page = render_template(
        "scheduling/cancel_meeting.html",
        meeting=meeting,
        form=form,
        recipients=notices.recipients(meeting),
    )
    return (page, 422) if form.errors else page


@blueprint.route(
    "/vergaderingen/<string(length=16):meeting_id>/bekendmaken", methods=["GET", "POST"]
)
@signed_in
def announce_meeting(meeting_id: str) -> Answer:
    """Open a meeting that was planned quietly, after saying who will be told."""
    meeting = _meeting_to_change(meeting_id)
    form = HouseForm()
    if form.validate_on_submit():
        told = workflow.announce_meetings([meeting], by=actor(), now=clock.now())
        flash(_report("De vergadering is bekendgemaakt.", told), "success")
        return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    if not meeting.is_quiet:
        raise NotPossible(f"{upper_first(meeting.the_title)} is al bekendgemaakt.")
    return render_template(
        "scheduling/announce_meeting.html",
        meeting=meeting,
        form=form,
        recipients=notices.recipients(meeting),
        others=len(queries.quiet_meetings(meeting.body, clock.now())) - 1,
    )


def _report(done: str, told: list[Person]) -> str:
    return f"{done} {told_in_words(told)}" if told else done
