"""A verslag on its way to approval: to the chair, round for remarks, each remark settled."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.models import AgendaItem
from overleg.agenda.progress import who_steer
from overleg.lib.dates import format_date
from overleg.lib.errors import Forbidden, NotFound, NotPossible
from overleg.lib.text import count_of
from overleg.minutes.forms.circulating import CirculateForm, RemarkForm, SettleForm
from overleg.minutes.models import Minutes
from overleg.minutes.notices import members_to_tell
from overleg.minutes.permissions import can_read_minutes, may_approve_minutes, may_remark
from overleg.minutes.queries.minutes import latest_note, minutes_of
from overleg.minutes.queries.versions import remark_by_id, remarks_of
from overleg.minutes.reading import read_minutes
from overleg.minutes.states import RemarkState
from overleg.minutes.views.blueprint import blueprint
from overleg.minutes.views.who import item_to_write, meeting_to_write
from overleg.minutes.workflow import circulating as verbs
from overleg.minutes.workflow.drafting import draft_item, draft_missing
from overleg.organisations.queries.bodies import steering_roles
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id, next_meeting_after
from overleg.web.access import signed_in, viewer
from overleg.web.clock import now, today
from overleg.web.forms import typed_for

Page = str | tuple[str, int] | Response
DAYS_TO_REMARK = timedelta(days=10)


@blueprint.post("/vergaderingen/<meeting_id>/verslag/voorzitter")
@signed_in
def give_to_chair(meeting_id: str) -> Response:
    """Lay the draft before the chair."""
    meeting = meeting_to_write(meeting_id)
    verbs.give_to_chair(meeting, by=signed_in_person(), now=now())
    flash("De voorzitter kreeg een mail om het verslag na te lezen.", "success")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))


@blueprint.route("/vergaderingen/<meeting_id>/verslag/rondsturen", methods=["GET", "POST"])
@signed_in
def circulate(meeting_id: str) -> Page:
    """Send the verslag round for remarks until a date; says who is told."""
    meeting = _to_move(meeting_id)
    minutes = minutes_of(meeting)
    if minutes is None:
        raise NotPossible(
            "Er is nog geen verslag om rond te sturen: "
            f"de vergadering staat op “{meeting.state.label}”."
        )
    following = next_meeting_after(meeting)
    last_day = following.day - timedelta(days=1) if following else date.max
    form = CirculateForm(data={"until": max(today(), min(today() + DAYS_TO_REMARK, last_day))})
    told = members_to_tell(minutes)
    if form.validate_on_submit():
        with form.refusals():
            verbs.circulate(meeting, form.until.data, by=signed_in_person(), now=now())
            flash(
                f"Rondgestuurd. Opmerkingen kunnen tot en met {format_date(form.until.data)}.",
                "success",
            )
            return redirect(url_for("minutes.write", meeting_id=meeting.id))
    page = render_template(
        "minutes/circulate.html",
        meeting=meeting,
        read=read_minutes(viewer(), meeting),
        form=form,
        told=told,
        following=following,
    )
    return page, form.answer_status


@blueprint.post("/vergaderingen/<meeting_id>/verslag/terugnemen")
@signed_in
def take_back(meeting_id: str) -> Response:
    """Take the verslag back as a draft."""
    meeting = _to_move(meeting_id)
    verbs.take_back(meeting, by=signed_in_person(), now=now())
    flash("Het verslag is opnieuw een ontwerp.", "success")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))


@blueprint.post("/vergaderingen/<meeting_id>/verslag/opstellen")
@signed_in
def draft(meeting_id: str) -> Response:
    """Write a first text for what is still empty."""
    meeting = meeting_to_write(meeting_id)
    number = draft_missing(meeting, by=signed_in_person(), now=now())
    flash(f"{count_of(number, 'tekst', 'teksten')} opgesteld. Lees ze na.", "success")
    return redirect(url_for("minutes.write", meeting_id=meeting.id))


@blueprint.post("/vergaderingen/<meeting_id>/verslag/opnieuw-opstellen")
@signed_in
def draft_again(meeting_id: str) -> Response:
    """Write one point anew (``?punt=``) from outcomes and attendance; the others stay."""
    meeting = meeting_to_write(meeting_id)
    item = item_to_write(meeting)
    before = latest_note(item)
    draft_item(item, by=signed_in_person(), now=now())
    told = f"De tekst van punt {item.shown_number} is opgesteld."
    if before is not None and before.text_html:
        told = (
            f"De tekst van punt {item.shown_number} is opnieuw opgesteld. "
            "De vorige staat bij de versies."
        )
    flash(told, "success")
    return redirect(
        url_for("minutes.write", meeting_id=meeting.id, punt=item.id, _anchor=f"punt-{item.id}")
    )


@blueprint.route("/vergaderingen/<meeting_id>/verslag/opmerking", methods=["GET", "POST"])
@signed_in
def remark(meeting_id: str) -> Page:
    """Remark on one point (``?punt=``) of a verslag that was sent round."""
    meeting = meeting_by_id(viewer(), meeting_id)
    minutes = minutes_of(meeting)
    item = _item_that_is_read(meeting, minutes)
    form = RemarkForm()
    if form.validate_on_submit():
        with form.refusals():
            verbs.make_remark(item, form.text.data or "", by=signed_in_person(), now=now())
            flash("Uw opmerking is bezorgd aan de ondersteuners.", "success")
            return redirect(
                url_for("minutes.write", meeting_id=meeting.id, _anchor=f"punt-{item.id}")
            )
    page = render_template(
        "minutes/remark.html",
        meeting=meeting,
        item=item,
        form=form,
        who_steer=who_steer(steering_roles(meeting.body_id, today())),
    )
    return page, form.answer_status


@blueprint.get("/vergaderingen/<meeting_id>/verslag/opmerkingen")
@signed_in
def remarks(meeting_id: str) -> Page:
    """The remarks: all of them for those who steer the body, one's own for others."""
    meeting = meeting_by_id(viewer(), meeting_id)
    return _remarks_page(meeting)


@blueprint.post("/opmerkingen/<remark_id>")
@signed_in
def settle_remark(remark_id: str) -> Page:
    """Say what was done with a remark."""
    found = remark_by_id(viewer(), remark_id)
    meeting = found.minutes.meeting
    form = SettleForm()
    if form.validate():
        with form.refusals():
            verbs.settle_remark(
                found,
                RemarkState(form.state.data),
                form.answer.data or "",
                by=signed_in_person(),
                now=now(),
            )
            flash("Behandeld. Wie de opmerking maakte, krijgt een mail.", "success")
            return redirect(url_for("minutes.remarks", meeting_id=meeting.id))
    return _remarks_page(meeting, {found.id: form}), form.answer_status


def _remarks_page(meeting: Meeting, sent: Mapping[str, SettleForm] | None = None) -> str:
    """``sent`` is the form of a remark as somebody sent it, by the id of the remark."""
    read = read_minutes(viewer(), meeting)
    found = remarks_of(viewer(), read.minutes) if read.minutes else []
    return render_template(
        "minutes/remarks.html",
        meeting=meeting,
        minutes=read.minutes,
        remarks=found,
        forms={each.id: _settling(each.id, (sent or {}).get(each.id)) for each in found},
        settles=viewer().supports(meeting.body_id),
    )


def _settling(remark_id: str, sent: SettleForm | None) -> SettleForm:
    """The form of one remark, with fields that have ids of their own."""
    form = sent
    if form is None:
        typed = typed_for(url_for("minutes.settle_remark", remark_id=remark_id))
        form = SettleForm(typed or MultiDict())
    for field in form:
        field.id = f"{field.id}-{remark_id}"
        field.label.field_id = field.id
    return form


def _item_that_is_read(meeting: Meeting, minutes: Minutes | None) -> AgendaItem:
    if minutes is None or not may_remark(viewer(), minutes):
        if minutes is not None and can_read_minutes(viewer(), meeting):
            verbs.refuse_remarks_not_asked(minutes, today())
        raise Forbidden("Opmerkingen kunnen zodra het verslag rondgestuurd is.")
    item = item_to_write(meeting)
    if not viewer().may_read(meeting.body_id, item.circle):
        raise NotFound
    return item


def _to_move(meeting_id: str) -> Meeting:
    """The meeting, for who may send its verslag on; raises ``Forbidden`` for others who see it."""
    meeting = meeting_by_id(viewer(), meeting_id)
    if not may_approve_minutes(viewer(), meeting):
        raise Forbidden("De voorzitter of een ondersteuner stuurt het verslag rond.")
    return meeting
