"""Who sits at a body's table, on a day: seeing it, and for who manages it changing it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from overleg.accounts.models import Person
from overleg.audit.queries import history_of
from overleg.lib.dates import format_date
from overleg.lib.errors import NotFound, Refused
from overleg.mail.addresses import ComesBack, coming_back
from overleg.organisations.forms import (
    EndForm,
    HandOverForm,
    PersonForm,
    SeatCorrectionForm,
    SeatForm,
)
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.periods import FLOOR
from overleg.organisations.permissions import can_manage_body, can_manage_people
from overleg.organisations.queries import (
    body_by_slug,
    body_to_manage,
    organisation_by_id,
    organisations_of_kind,
    seat_of,
    seats_of,
)
from overleg.organisations.states import OrganisationKind, SeatFunction, SeatKind
from overleg.organisations.views.blueprint import blueprint
from overleg.organisations.views.choosing import (
    as_choices,
    asked_day,
    chosen_person,
    grouped_choices,
    me,
    offer_people,
    viewer,
)
from overleg.organisations.workflow import add_seat, change_seat, end_seat, hand_over_seat
from overleg.web import clock
from overleg.web.access import requires, signed_in

NOBODY = "niemand"
"""The choice to leave a seat vacant."""

Page = str | Response | tuple[str, int]


@blueprint.get("/overleg/<slug>/leden")
@signed_in
def list_seats(slug: str) -> Page:
    """The table on a day."""
    body = _body_to_see(slug)
    on = asked_day()
    seats = seats_of(body.id, on)
    return render_template(
        "organisations/list_seats.html",
        body=body,
        tab="seats",
        on=on,
        is_today=on == clock.today(),
        groups=[(kind, [s for s in seats if s.kind is kind]) for kind in SeatKind],
        total=len(seats),
        vacant=sum(seat.person_id is None for seat in seats),
        may_manage=can_manage_body(viewer(), body),
        comes_back=_comes_back(seats) if can_manage_body(viewer(), body) else {},
    )


def _comes_back(seats: Sequence[Seat]) -> dict[str, ComesBack]:
    """Whose mails come back, by the id of the person; one statement."""
    people = [seat.person for seat in seats if seat.person is not None]
    found = coming_back([person.email for person in people], now=clock.now())
    return {each.id: found[each.email] for each in people if each.email and each.email in found}


@blueprint.route("/overleg/<slug>/leden/nieuw", methods=["GET", "POST"])
@requires(can_manage_people)
def new_seat(slug: str) -> Page:
    """Add a seat."""
    body = body_to_manage(viewer(), slug)
    today = clock.today()
    form = SeatForm(
        function=_usual_function(body, today).value, kind=SeatKind.VOTING.value, valid_from=today
    )
    known = offer_people(form, body, today)
    form.organisation.choices = [
        SelectChoice("", "kies een organisatie"),
        *grouped_choices(organisations_of_kind(*OrganisationKind, on=today)),
    ]
    # A municipality that merged away is no choice, but the verb explains that better.
    form.organisation.validate_choice = False
    if form.validate_on_submit():
        with form.refusals():
            seat = add_seat(
                body,
                organisation=_chosen_organisation(form),
                function=SeatFunction(form.function.data),
                title=form.title.data or "",
                kind=SeatKind(form.kind.data),
                person=_chosen(form, known, body),
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                by=me(),
                now=clock.now(),
            )
            flash(f"{seat.holder} heeft nu een zetel.", "success")
            return redirect(url_for("organisations.list_seats", slug=slug))
    page = render_template("organisations/new_seat.html", body=body, form=form, tab="seats")
    return page, form.answer_status


def _usual_function(body: Body, on: date) -> SeatFunction:
    """The function that most seats of a body are for; mayor while it has none."""
    counted = Counter(seat.function for seat in seats_of(body.id, on)).most_common(1)
    return counted[0][0] if counted else SeatFunction.MAYOR


@blueprint.route("/overleg/<slug>/leden/<seat_id>", methods=["GET", "POST"])
@requires(can_manage_people)
def edit_seat(slug: str, seat_id: str) -> Page:
    """One seat: let somebody take it over, correct it, or end it."""
    body, seat = _seat_to_manage(slug, seat_id)
    form = _correction_form(seat)
    known = offer_people(form, body, max(seat.valid_from, clock.today()))
    if form.validate_on_submit():
        with form.refusals():
            change_seat(
                seat,
                function=SeatFunction(form.function.data),
                title=form.title.data or "",
                kind=SeatKind(form.kind.data),
                person=_chosen(form, known, body),
                valid_from=form.valid_from.data or FLOOR,
                valid_to=form.valid_to.data,
                revision=form.revision.data,
                by=me(),
                now=clock.now(),
            )
            flash("De zetel is bijgewerkt.", "success")
            return redirect(url_for("organisations.list_seats", slug=slug))
    return _seat_page(body, seat, form=form)


@blueprint.route("/overleg/<slug>/leden/<seat_id>/overname", methods=["GET", "POST"])
@requires(can_manage_people)
def hand_over(slug: str, seat_id: str) -> Page:
    """Give the seat to somebody else, or leave it vacant, from a day."""
    body, seat = _seat_to_manage(slug, seat_id)
    form = HandOverForm(on=max(clock.today(), seat.valid_from))
    known = offer_people(form, body, clock.today(), none="kies iemand")
    if seat.person_id is not None:
        known.insert(1, SelectChoice(NOBODY, "niemand: de zetel wordt vrij"))
    if form.validate_on_submit():
        with form.refusals():
            to = _chosen(form, known, body)
            if to is None and form.person.data != NOBODY:
                raise Refused("Kies wie de zetel krijgt.")
            following = hand_over_seat(
                seat,
                to=to,
                on=form.on.data,
                by=me(),
                now=clock.now(),
            )
            if following.person is None:
                flash(f"De zetel is vrij vanaf {format_date(form.on.data)}.", "success")
            else:
                flash(f"De zetel is nu van {following.holder}.", "success")
            return redirect(url_for("organisations.list_seats", slug=slug))
    page = render_template(
        "organisations/hand_over.html", body=body, seat=seat, form=form, tab="seats"
    )
    return page, form.answer_status


@blueprint.post("/overleg/<slug>/leden/<seat_id>/einde", endpoint="end_seat")
@requires(can_manage_people)
def end_seat_page(slug: str, seat_id: str) -> Page:
    """End a seat after a day."""
    body, seat = _seat_to_manage(slug, seat_id)
    form = EndForm()
    if form.validate_on_submit():
        with form.refusals():
            end_seat(seat, on=form.last_day.data, by=me(), now=clock.now())
            flash("De zetel is beëindigd.", "success")
            return redirect(url_for("organisations.list_seats", slug=slug))
    return _seat_page(body, seat, end_form=form)


def _body_to_see(slug: str) -> Body:
    try:
        return body_by_slug(viewer(), slug)
    except NotFound:
        return body_to_manage(viewer(), slug)


def _seat_to_manage(slug: str, seat_id: str) -> tuple[Body, Seat]:
    body = body_to_manage(viewer(), slug)
    return body, seat_of(body, seat_id)


def _seat_page(
    body: Body, seat: Seat, *, form: SeatForm | None = None, end_form: EndForm | None = None
) -> Page:
    status = max(sent.answer_status for sent in (form, end_form) if sent is not None)
    if form is None:
        form = _correction_form(seat, typed=False)
        offer_people(form, body, max(seat.valid_from, clock.today()))
    if end_form is None:
        yesterday = clock.today() - timedelta(days=1)
        end_form = EndForm(formdata=None, last_day=max(yesterday, seat.valid_from))
    page = render_template(
        "organisations/edit_seat.html",
        body=body,
        seat=seat,
        form=form,
        end_form=end_form,
        tab="seats",
        entries=history_of([seat.id], limit=20),
    )
    return page, status


def _correction_form(seat: Seat, *, typed: bool = True) -> SeatForm:
    now_known = {
        "revision": seat.revision,
        "organisation": seat.organisation_id,
        "function": seat.function.value,
        "title": seat.title,
        "kind": seat.kind.value,
        "person": seat.person_id or "",
        "valid_from": seat.valid_from if seat.start_is_known else None,
        "valid_to": seat.valid_to,
    }
    use_request = typed and request.method == "POST"
    form = (
        SeatCorrectionForm(data=now_known)
        if use_request
        else SeatCorrectionForm(formdata=None, data=now_known)
    )
    form.organisation.choices = as_choices([seat.organisation])
    return form


def _chosen_organisation(form: SeatForm) -> Organisation:
    if not form.organisation.data:
        raise Refused("Kies voor welke organisatie de zetel is.")
    return organisation_by_id(form.organisation.data)


def _chosen(form: PersonForm, known: Sequence[SelectChoice], body: Body) -> Person | None:
    gets = f"een zetel in {body.the_name}"
    return chosen_person(form, known, gets=gets, by=me(), now=clock.now())
