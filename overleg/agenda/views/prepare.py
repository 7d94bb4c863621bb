"""Preparing an agenda: the pool, the order, own points, and sending it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.checks import Check, checks_before_sending
from overleg.agenda.forms.items import ItemForm, SendForm, item_data
from overleg.agenda.lines import working_lines
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting, next_number, pool_of, working_item_by_id
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.queries.readers import has_chair, readers_of
from overleg.agenda.queries.versions import lines_of_version, versions_of
from overleg.agenda.reading import read_agenda
from overleg.agenda.sending_notices import readers_to_tell
from overleg.agenda.states import Asked
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.workflow import items as verbs
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.order import Direction, guard_open, move_item, reorder
from overleg.agenda.workflow.sending import send_agenda as send
from overleg.agenda.workflow.sending import version_letter
from overleg.documents.states import Circle
from overleg.lib.errors import Forbidden, NotFound
from overleg.lib.text import join_words
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.queries import meeting_by_id
from overleg.web import clock
from overleg.web.access import signed_in, viewer

Answer = str | tuple[str, int] | Response


def _meeting(meeting_id: str) -> Meeting:
    """The meeting, for its support staff; others who see it may not prepare it."""
    who: Viewer = viewer()
    meeting = meeting_by_id(who, meeting_id)
    if not who.supports(meeting.body_id):
        raise Forbidden("Alleen de ondersteuners van dit overleg bereiden de agenda voor.")
    return meeting


def _item(item_id: str) -> AgendaItem:
    item = working_item_by_id(viewer(), item_id)
    _meeting(item.meeting_id)
    return item


def _to_prepare(meeting_id: str, anchor: str = "") -> Response:
    return redirect(url_for("agenda.prepare", meeting_id=meeting_id, _anchor=anchor or None))


def _checks(meeting: Meeting) -> list[Check]:
    return checks_before_sending(
        meeting,
        items_of_meeting(meeting),
        has_chair=has_chair(meeting.body_id, meeting.day),
        has_seats=bool(seats_of(meeting.body_id, clock.today())),
    )


@blueprint.get("/vergaderingen/<meeting_id>/voorbereiden")
@signed_in
def prepare(meeting_id: str) -> Answer:
    """Left what waits, right the agenda with its clock times; above it deadlines and checks."""
    meeting = _meeting(meeting_id)
    ensure_fixed_items(meeting, now=clock.now())
    items = items_of_meeting(meeting)
    agenda = read_agenda(viewer(), meeting)
    minutes_used = sum(item.minutes_needed for item in items)
    return render_template(
        "meetings/prepare.html",
        meeting=meeting,
        rows=list(zip(items, agenda.lines, strict=True)),
        movable=[item.id for item in items if not item.is_fixed],
        minutes_used=minutes_used,
        ends_at=meeting.starts_at_utc + timedelta(minutes=minutes_used),
        pool=pool_of(meeting),
        checks=_checks(meeting),
        today=clock.today(),
    )


@blueprint.post("/vergaderingen/<meeting_id>/agenda/voorstel")
@signed_in
def schedule_proposal(meeting_id: str) -> Answer:
    """Put a proposal from the pool on the agenda."""
    meeting = _meeting(meeting_id)
    proposal = get_proposal(viewer(), request.form.get("proposal_id", ""), lock=True)
    item = verbs.schedule_proposal(meeting, proposal, by=signed_in_person(), now=clock.now())
    flash(f"“{item.title}” staat op de agenda.", "success")
    return _to_prepare(meeting.id, f"punt-{item.id}")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/vervolg")
@signed_in
def continue_item(meeting_id: str) -> Answer:
    """Take up a point that was postponed earlier."""
    meeting = _meeting(meeting_id)
    earlier = _item(request.form.get("item_id", ""))
    if earlier.meeting.body_id != meeting.body_id:
        raise NotFound
    item = verbs.continue_item(meeting, earlier, by=signed_in_person(), now=clock.now())
    flash(f"“{item.title}” staat opnieuw op de agenda.", "success")
    return _to_prepare(meeting.id, f"punt-{item.id}")


@blueprint.route("/vergaderingen/<meeting_id>/agenda/nieuw", methods=["GET", "POST"])
@signed_in
def add_item(meeting_id: str) -> Answer:
    """A point of support staff's own."""
    meeting = _meeting(meeting_id)
    guard_open(meeting)
    form = ItemForm(
        data={
            "asked": Asked.DISCUSS.value,
            "minutes_needed": 15,
            "circle": Circle.ADMINISTRATIONS.value,
            "submitter_label": join_words(each.name for each in meeting.body.supporters),
        }
    )
    if form.validate_on_submit():
        item = verbs.add_own_item(meeting, form.text, by=signed_in_person(), now=clock.now())
        flash(f"“{item.title}” staat op de agenda.", "success")
        return _to_prepare(meeting.id, f"punt-{item.id}")
    return _item_page(form, meeting, None)


@blueprint.route("/agendapunten/<item_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_item(item_id: str) -> Answer:
    """Change what the agenda says about a point."""
    item = _item(item_id)
    guard_open(item.meeting)
    form = ItemForm(data=item_data(item))
    if form.validate_on_submit():
        verbs.change_item(item, form.text, by=signed_in_person(), now=clock.now())
        flash(f"“{item.title}” is bewaard.", "success")
        return _to_prepare(item.meeting_id, f"punt-{item.id}")
    return _item_page(form, item.meeting, item)


def _item_page(form: ItemForm, meeting: Meeting, item: AgendaItem | None) -> Answer:
    page = render_template("meetings/edit_item.html", form=form, meeting=meeting, item=item)
    return (page, 422) if form.errors else page


@blueprint.post("/agendapunten/<item_id>/verplaatsen")
@signed_in
def move(item_id: str) -> Answer:
    """Omhoog or Omlaag."""
    item = _item(item_id)
    try:
        direction = Direction(request.form.get("richting", ""))
    except ValueError:
        raise NotFound from None
    move_item(item, direction, by=signed_in_person(), now=clock.now())
    return _to_prepare(item.meeting_id, f"punt-{item.id}")


@blueprint.post("/vergaderingen/<meeting_id>/volgorde")
@signed_in
def reorder_items(meeting_id: str) -> Answer:
    """The order after a drag: the ids of all points, as the page had them."""
    meeting = _meeting(meeting_id)
    reorder(meeting, request.form.getlist("ids"), by=signed_in_person(), now=clock.now())
    return Response(status=204, mimetype="text/plain")


@blueprint.post("/agendapunten/<item_id>/verwijderen")
@signed_in
def remove_item(item_id: str) -> Answer:
    """Take a point off the agenda; a proposal goes back to the pool."""
    item = _item(item_id)
    title, waits, meeting_id = item.title, item.proposal_id is not None, item.meeting_id
    verbs.remove_item(item, by=signed_in_person(), now=clock.now())
    where = " Het voorstel wacht weer in de lijst links." if waits else ""
    flash(f"“{title}” is van de agenda gehaald.{where}", "success")
    return _to_prepare(meeting_id)


@blueprint.route("/vergaderingen/<meeting_id>/versturen", methods=["GET", "POST"])
@signed_in
def send_agenda(meeting_id: str) -> Answer:
    """Say exactly who will be told, then freeze the agenda and mail it."""
    meeting = _meeting(meeting_id)
    guard_open(meeting)
    form = SendForm()
    if form.validate_on_submit():
        version = send(
            meeting, message=form.message.data or "", by=signed_in_person(), now=clock.now()
        )
        flash(f"Agenda {version.letter} is verstuurd.", "success")
        return redirect(url_for("agenda.show_meeting", meeting_id=meeting.id))
    page = _send_page(form, meeting)
    return (page, 422) if form.errors else page


def _send_page(form: SendForm, meeting: Meeting) -> str:
    agenda = read_agenda(viewer(), meeting)
    versions = versions_of(meeting.id)
    everything = Circle.MAYORS.readable
    before = lines_of_version(versions[0].id, everything) if versions else []
    lines = working_lines(meeting, items_of_meeting(meeting), next_number=next_number(meeting))
    told = readers_to_tell(readers_of(meeting.body_id, clock.today()), lines, before)
    return render_template(
        "meetings/send_agenda.html",
        form=form,
        meeting=meeting,
        agenda=agenda,
        checks=_checks(meeting),
        told=told,
        told_by_circle=[
            (circle, [reader for reader in told if reader.circle is circle])
            for circle in reversed(Circle)
        ],
        letter=version_letter(len(versions)),
    )
