"""Preparing an agenda: the pool, the points, their order."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.agenda.arranging import blocks
from overleg.agenda.forms.items import ItemForm, item_data
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import pool_of
from overleg.agenda.queries.proposals import get_proposal
from overleg.agenda.queries.templates import recurring_points, templates_of
from overleg.agenda.reading import read_agenda
from overleg.agenda.states import Asked
from overleg.agenda.views.blueprint import blueprint
from overleg.agenda.views.supporting import (
    Answer,
    checks_of,
    supported_item,
    supported_meeting,
    to_prepare,
)
from overleg.agenda.workflow import items as verbs
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.order import (
    Direction,
    guard_open,
    move_item,
    order_automatically,
    put_before,
    reorder,
)
from overleg.agenda.workflow.undo import steps_back, undo_last, undoable
from overleg.documents.states import Circle
from overleg.lib.errors import EditConflict, NotFound
from overleg.lib.text import join_words
from overleg.organisations.states import SectionsBy
from overleg.scheduling.models import Meeting
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.gone import gone_already

NOTHING: Mapping[str, str] = MappingProxyType({})


@blueprint.get("/vergaderingen/<meeting_id>/voorbereiden")
@signed_in
def prepare(meeting_id: str) -> Answer:
    """Left what waits, right the agenda with its clock times; above it deadlines and checks."""
    return prepare_page(supported_meeting(meeting_id))


def prepare_page(
    meeting: Meeting, *, typed: Mapping[str, str] = NOTHING, wrong: Collection[str] = ()
) -> str:
    """The page; ``typed`` are the minutes of points as somebody typed them, ``wrong`` which of
    these are none.
    """
    items = ensure_fixed_items(meeting, now=clock.now())
    agenda = read_agenda(viewer(), meeting, items)
    minutes_used = sum(item.minutes_needed for item in items)
    recurring = recurring_points(meeting.body_id)
    on_agenda = {item.title.casefold() for item in items}
    return render_template(
        "meetings/prepare.html",
        meeting=meeting,
        agenda=agenda,
        rows=list(zip(items, agenda.lines, strict=True)),
        edges=_edges(meeting, items),
        minutes_used=minutes_used,
        ends_at=meeting.starts_at_utc + timedelta(minutes=minutes_used),
        pool=pool_of(meeting),
        recurring=[point for point in recurring if point.title.casefold() not in on_agenda],
        templates=templates_of(meeting.body_id) if all(i.is_fixed for i in items) else [],
        steps_back=steps_back(meeting, items, signed_in_person()),
        checks=checks_of(meeting, items, agenda.lines),
        today=clock.today(),
        typed=typed,
        wrong=wrong,
    )


def _edges(meeting: Meeting, items: Sequence[AgendaItem]) -> tuple[set[str], set[str]]:
    """The points that cannot go up, and those that cannot go down."""
    made = blocks(items, meeting.body.sections_by)
    first = {block[0].id for block in made}
    last = {block[-1].id for block in made}
    if meeting.body.sections_by is SectionsBy.OWN:
        own = [block for block in made if block[0].section and not block[0].is_closed]
        first -= {block[0].id for block in own[1:]}
        last -= {block[-1].id for block in own[:-1]}
    return first, last


@blueprint.post("/vergaderingen/<meeting_id>/agenda/voorstel")
@signed_in
def schedule_proposal(meeting_id: str) -> Answer:
    """Put a proposal from the pool on the agenda."""
    meeting = supported_meeting(meeting_id)
    proposal = get_proposal(viewer(), request.form.get("proposal_id", ""), lock=True)
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"“{proposal.title}” op de agenda gezet", by=by, now=now):
        item = verbs.schedule_proposal(meeting, proposal, by=by, now=now)
        _where_dropped(item)
    flash(f"“{item.title}” staat op de agenda.", "success")
    return to_prepare(meeting.id, f"punt-{item.id}")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/vervolg")
@signed_in
def continue_item(meeting_id: str) -> Answer:
    """Take up a point that was postponed earlier."""
    meeting = supported_meeting(meeting_id)
    earlier = supported_item(request.form.get("item_id", ""))
    if earlier.meeting.body_id != meeting.body_id:
        raise NotFound
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"“{earlier.title}” opnieuw geagendeerd", by=by, now=now):
        item = verbs.continue_item(meeting, earlier, by=by, now=now)
        _where_dropped(item)
    flash(f"“{item.title}” staat opnieuw op de agenda.", "success")
    return to_prepare(meeting.id, f"punt-{item.id}")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/opvolging")
@signed_in
def follow_item(meeting_id: str) -> Answer:
    """Put the follow-up of a point that was treated earlier on the agenda."""
    meeting = supported_meeting(meeting_id)
    earlier = supported_item(request.form.get("item_id", ""))
    if earlier.meeting.body_id != meeting.body_id:
        raise NotFound
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"opvolging van “{earlier.title}” geagendeerd", by=by, now=now):
        item = verbs.follow_item(meeting, earlier, by=by, now=now)
        _where_dropped(item)
    flash(f"“{item.title}” staat op de agenda.", "success")
    return to_prepare(meeting.id, f"punt-{item.id}")


def _where_dropped(item: AgendaItem) -> None:
    """A card that was dragged from the pool stands where it was dropped: before ``voor``."""
    if before := request.form.get("voor"):
        put_before(item, before, by=signed_in_person(), now=clock.now())


@blueprint.route("/vergaderingen/<meeting_id>/agenda/nieuw", methods=["GET", "POST"])
@signed_in
def add_item(meeting_id: str) -> Answer:
    """A point of support staff's own."""
    meeting = supported_meeting(meeting_id)
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
        by, now = signed_in_person(), clock.now()
        with undoable(meeting, f"“{form.text.title}” op de agenda gezet", by=by, now=now):
            item = verbs.add_own_item(meeting, form.text, by=by, now=now)
        flash(f"“{item.title}” staat op de agenda.", "success")
        return to_prepare(meeting.id, f"punt-{item.id}")
    return _item_page(form, meeting, None), form.answer_status


@blueprint.route("/agendapunten/<item_id>/wijzigen", methods=["GET", "POST"])
@signed_in
def edit_item(item_id: str) -> Answer:
    """Change what the agenda says about a point; a save that comes too late shows both texts."""
    item = supported_item(item_id)
    guard_open(item.meeting)
    form = ItemForm(data=item_data(item))
    if request.method == "GET" and not form.revision.data:
        form.revision.data = item.revision
    if form.validate_on_submit():
        by, now = signed_in_person(), clock.now()
        revision = form.revision.data
        try:
            with undoable(item.meeting, f"“{item.title}” gewijzigd", by=by, now=now):
                verbs.change_item(item, form.text, revision=revision, by=by, now=now)
        except EditConflict:
            form.revision.data = item.revision
            return _item_page(form, item.meeting, item, conflict=True), 409
        flash(f"“{item.title}” is bewaard.", "success")
        return to_prepare(item.meeting_id, f"punt-{item.id}")
    return _item_page(form, item.meeting, item), form.answer_status


def _item_page(
    form: ItemForm, meeting: Meeting, item: AgendaItem | None, *, conflict: bool = False
) -> str:
    return render_template(
        "meetings/edit_item.html", form=form, meeting=meeting, item=item, conflict=conflict
    )


@blueprint.post("/agendapunten/<item_id>/verplaatsen")
@signed_in
def move(item_id: str) -> Answer:
    """Omhoog or Omlaag."""
    item = supported_item(item_id)
    try:
        direction = Direction(request.form.get("richting", ""))
    except ValueError:
        raise NotFound from None
    by, now = signed_in_person(), clock.now()
    with undoable(item.meeting, f"“{item.title}” {direction.value} gezet", by=by, now=now):
        move_item(item, direction, by=by, now=now)
    return to_prepare(item.meeting_id, f"punt-{item.id}")


@blueprint.post("/vergaderingen/<meeting_id>/volgorde")
@signed_in
def reorder_items(meeting_id: str) -> Answer:
    """The order after a drag: the ids of all points, as the page had them."""
    meeting = supported_meeting(meeting_id)
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, "volgorde gewijzigd", by=by, now=now):
        reorder(meeting, request.form.getlist("ids"), by=by, now=now)
    return Response(status=204, mimetype="text/plain")


@blueprint.post("/vergaderingen/<meeting_id>/volgorde/automatisch")
@signed_in
def order_items(meeting_id: str) -> Answer:
    """Zet in volgorde: a start to go on from by hand."""
    meeting = supported_meeting(meeting_id)
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, "agenda in volgorde gezet", by=by, now=now):
        order_automatically(meeting, by=by, now=now)
    flash("De punten staan in volgorde: eerst wat een beslissing vraagt.", "success")
    return to_prepare(meeting.id, "agenda")


@blueprint.post("/vergaderingen/<meeting_id>/agenda/ongedaan")
@signed_in
def undo_change(meeting_id: str) -> Answer:
    """Take back one's own last change."""
    meeting = supported_meeting(meeting_id)
    label = undo_last(meeting, by=signed_in_person(), now=clock.now())
    flash(f"Ongedaan gemaakt: {label}.", "success")
    return to_prepare(meeting.id, "agenda")


@blueprint.post("/agendapunten/<item_id>/verwijderen")
@signed_in
def remove_item(item_id: str) -> Answer:
    """Take a point off the agenda, which its page names; a proposal goes back to the pool."""
    try:
        item = supported_item(item_id)
    except NotFound:
        left = supported_meeting(request.args.get("vergadering", ""))
        page = url_for("agenda.prepare", meeting_id=left.id)
        return gone_already("Dit punt was al van de agenda.", page)
    meeting, title, waits = item.meeting, item.title, item.proposal_id is not None
    by, now = signed_in_person(), clock.now()
    with undoable(meeting, f"“{title}” van de agenda gehaald", by=by, now=now):
        verbs.remove_item(item, by=by, now=now)
    where = " Het voorstel wacht weer in de lijst links." if waits else ""
    flash(f"“{title}” is van de agenda gehaald.{where}", "success")
    return to_prepare(meeting.id)
