"""The dates of another body: what is known, where it comes from, and putting it right."""

from dataclasses import dataclass
from datetime import datetime, time

from flask import flash, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.calendars.foreign import workflow
from overleg.calendars.foreign.forms import AddressForm, CorrectForm, FileForm, PasteForm, WhenForm
from overleg.calendars.foreign.queries import (
    body_to_keep,
    date_of,
    dates_of,
    number_planned_here,
    source_of,
    sources_of,
)
from overleg.calendars.views.blueprint import blueprint
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import BRUSSELS
from overleg.lib.errors import NotFound, Refused
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling.permissions import can_keep_dates
from overleg.scheduling.queries import body_by_slug
from overleg.scheduling.states import DateState
from overleg.scheduling.views.warning import warn_bound_to
from overleg.web import clock
from overleg.web.access import signed_in, viewer
from overleg.web.forms import HouseForm
from overleg.web.gone import gone_already

Answer = str | Response | tuple[str, int]
TYPED, PASTED, SENT, FOLLOWED = "een-", "lijst-", "bestand-", "adres-"
REFRESH = "Ververs deze pagina over enkele tellen."


@dataclass
class Ways:
    """The four ways in which dates come in; empty but for the one that was sent."""

    type: WhenForm
    paste: PasteForm
    file: FileForm
    follow: AddressForm

    @property
    def wrong(self) -> HouseForm | None:
        """The form that was refused."""
        forms = (self.type, self.paste, self.file, self.follow)
        return next((form for form in forms if form.errors), None)


@blueprint.get("/overleg/<slug>/data")
@signed_in
def body_dates(slug: str) -> str:
    """What is known of a body's coming dates."""
    ways = Ways(
        WhenForm(prefix=TYPED),
        PasteForm(prefix=PASTED),
        FileForm(prefix=SENT),
        AddressForm(prefix=FOLLOWED),
    )
    return _page(body_by_slug(viewer(), slug), ways)


@blueprint.post("/overleg/<slug>/data/een")
@signed_in
def type_date(slug: str) -> Answer:
    """Add one date that is typed in."""
    body, form = body_to_keep(viewer(), slug), WhenForm(prefix=TYPED)
    if not form.validate_on_submit():
        return _page(body, _ways(type=form)), 422
    workflow.add_dates(body, [form.given()], by=signed_in_person(), now=clock.now())
    flash("De datum is toegevoegd.", "success")
    warn_bound_to(body)
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.post("/overleg/<slug>/data/lijst")
@signed_in
def paste_dates(slug: str) -> Answer:
    """Add the dates of a pasted list."""
    body, form = body_to_keep(viewer(), slug), PasteForm(prefix=PASTED)
    if not form.validate_on_submit():
        return _page(body, _ways(paste=form)), 422
    added = workflow.add_dates(body, form.given(), by=signed_in_person(), now=clock.now())
    flash(f"{count_of(len(added), 'datum is', 'data zijn')} toegevoegd.", "success")
    warn_bound_to(body)
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.post("/overleg/<slug>/data/bestand")
@signed_in
def add_calendar_file(slug: str) -> Answer:
    """Receive an .ics file, for the worker to read."""
    body, form = body_to_keep(viewer(), slug), FileForm(prefix=SENT)
    if form.validate_on_submit():
        upload = form.file.data
        try:
            received = receive(file_store(), upload.filename or "", upload.stream)
        except Refused as refused:
            form.refuse(form.file, str(refused))
        else:
            file = add_stored_file(received, by=signed_in_person(), now=clock.now())
            workflow.add_file(body, file, by=signed_in_person(), now=clock.now())
            flash(f"Het bestand is ontvangen en wordt gelezen. {REFRESH}", "success")
            return redirect(url_for("calendars.body_dates", slug=body.slug))
    return _page(body, _ways(file=form)), 422


@blueprint.post("/overleg/<slug>/data/adres")
@signed_in
def follow_calendar(slug: str) -> Answer:
    """Follow a calendar at its address."""
    body, form = body_to_keep(viewer(), slug), AddressForm(prefix=FOLLOWED)
    if not form.validate_on_submit():
        return _page(body, _ways(follow=form)), 422
    workflow.follow_address(body, form.url.data or "", by=signed_in_person(), now=clock.now())
    flash(f"Deze kalender wordt nu gelezen, en voortaan elk uur. {REFRESH}", "success")
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.route("/overleg/<slug>/data/<string(length=16):date_id>", methods=["GET", "POST"])
@signed_in
def correct_date(slug: str, date_id: str) -> Answer:
    """Say what is right about one date."""
    body = body_to_keep(viewer(), slug)
    date = date_of(body, date_id)
    form = CorrectForm(
        data={
            "revision": date.revision,
            "day": date.day,
            "starts": None if date.is_all_day else _on_the_clock(date.starts_at_utc),
            "ends": None if date.is_all_day else _on_the_clock(date.ends_at_utc),
            "place": date.place,
            "state": date.state.value,
        }
    )
    if form.validate_on_submit():
        given = form.given()
        with form.refusals():
            workflow.correct_date(
                date,
                given,
                state=DateState(form.state.data),
                revision=form.revision.data,
                by=signed_in_person(),
                now=clock.now(),
            )
            flash(f"De datum van {body.the_call_name} is verbeterd.", "success")
            warn_bound_to(body)
            return redirect(url_for("calendars.body_dates", slug=body.slug))
    page = render_template("calendars/correct_date.html", body=body, date=date, form=form)
    return page, form.answer_status


@blueprint.post("/overleg/<slug>/data/<string(length=16):date_id>/bron")
@signed_in
def give_back(slug: str, date_id: str) -> Response:
    """Let a corrected date follow its source again."""
    body = body_to_keep(viewer(), slug)
    workflow.give_back(date_of(body, date_id), by=signed_in_person(), now=clock.now())
    flash("De datum volgt weer haar bron.", "success")
    warn_bound_to(body)
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.post("/overleg/<slug>/data/<string(length=16):date_id>/verwijderen")
@signed_in
def remove_date(slug: str, date_id: str) -> Response:
    """Take out a date that somebody typed in."""
    body = body_to_keep(viewer(), slug)
    here = url_for("calendars.body_dates", slug=body.slug)
    try:
        date = date_of(body, date_id)
    except NotFound:
        return gone_already("De datum was al verwijderd.", here)
    workflow.remove_date(date, by=signed_in_person(), now=clock.now())
    flash("De datum is verwijderd.", "success")
    warn_bound_to(body)
    return redirect(here)


@blueprint.post("/overleg/<slug>/databronnen/<string(length=16):source_id>/lezen")
@signed_in
def read_source(slug: str, source_id: str) -> Response:
    """Ask to read a source now."""
    body = body_to_keep(viewer(), slug)
    workflow.read_again(source_of(body, source_id))
    flash(f"De kalender wordt nu opnieuw gelezen. {REFRESH}", "info")
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.post("/overleg/<slug>/databronnen/<string(length=16):source_id>/stoppen")
@signed_in
def stop_source(slug: str, source_id: str) -> Response:
    """Follow an address no longer."""
    body = body_to_keep(viewer(), slug)
    workflow.stop_source(source_of(body, source_id), by=signed_in_person(), now=clock.now())
    flash("Deze kalender wordt niet meer gevolgd. De data die er stonden, blijven.", "success")
    return redirect(url_for("calendars.body_dates", slug=body.slug))


@blueprint.post("/overleg/<slug>/databronnen/<string(length=16):source_id>/verwijderen")
@signed_in
def remove_source(slug: str, source_id: str) -> Response:
    """Take out a source that gave no dates."""
    body = body_to_keep(viewer(), slug)
    here = url_for("calendars.body_dates", slug=body.slug)
    try:
        source = source_of(body, source_id)
    except NotFound:
        return gone_already("De bron was al verwijderd.", here)
    workflow.remove_source(source, by=signed_in_person(), now=clock.now())
    flash("De bron is verwijderd.", "success")
    return redirect(here)


def _ways(
    *,
    type: WhenForm | None = None,  # noqa: A002 - the word of the page
    paste: PasteForm | None = None,
    file: FileForm | None = None,
    follow: AddressForm | None = None,
) -> Ways:
    """The four forms; those that were not sent are empty."""
    nothing: MultiDict[str, str] = MultiDict()
    return Ways(
        type or WhenForm(nothing, prefix=TYPED),
        paste or PasteForm(nothing, prefix=PASTED),
        file or FileForm(nothing, prefix=SENT),
        follow or AddressForm(nothing, prefix=FOLLOWED),
    )


def _page(body: Body, ways: Ways) -> str:
    now = clock.now()
    may_keep = can_keep_dates(viewer(), body)
    return render_template(
        "calendars/body_dates.html",
        body=body,
        tab="dates",
        dates=dates_of(body, now),
        planned_here=number_planned_here(body, now),
        sources=sources_of(body) if may_keep else [],
        may_keep=may_keep,
        ways=ways,
    )


def _on_the_clock(moment: datetime) -> time:
    return moment.astimezone(BRUSSELS).time()
