"""The days of a municipality's college or council, taken from its own calendar file."""

from datetime import timedelta
from typing import Final

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from overleg.accounts.login import signed_in_person
from overleg.calendars.foreign.reading import read_calendar
from overleg.calendars.foreign.sifting import NotACalendar
from overleg.calendars.views.blueprint import blueprint
from overleg.decisions.views.sessions import BY_ADDRESS, own_municipality
from overleg.decisions.workflow.organ_days import take_over_days
from overleg.lib.dates import local_date
from overleg.lib.errors import NotFound, Refused
from overleg.lib.text import count_of
from overleg.scheduling.states import DateState
from overleg.web import clock
from overleg.web.access import signed_in

MOST_BYTES: Final = 1024 * 1024
AHEAD = timedelta(days=400)


@blueprint.post("/gemeenten/<nis_code>/zittingen/<organ>/bestand")
@signed_in
def read_organ_file(nis_code: str, organ: str) -> Response:
    """Take over the coming days of an .ics file; with a word, only those that have it as title."""
    municipality = own_municipality(nis_code)
    if organ not in BY_ADDRESS:
        raise NotFound
    upload, word = request.files.get("file"), request.form.get("word", "").strip().casefold()
    data = upload.stream.read(MOST_BYTES + 1) if upload is not None else b""
    if not data:
        raise Refused("Kies eerst een .ics-bestand.")
    if len(data) > MOST_BYTES:
        raise Refused("Dit bestand is groter dan 1 MB. Bewaar alleen het komende jaar.")
    today = clock.today()
    try:
        reading = read_calendar(data, until=today + AHEAD)
    except NotACalendar as fault:
        raise Refused(str(fault)) from fault
    days = {
        local_date(date.starts_at)
        for date in reading.dates
        if date.state is not DateState.CANCELLED and word in date.title.casefold()
    }
    coming = sorted(day for day in days if day >= today)
    take_over_days(municipality, BY_ADDRESS[organ], coming, by=signed_in_person(), now=clock.now())
    flash(f"{count_of(len(coming), 'dag', 'dagen')} overgenomen.", "success")
    return redirect(url_for("decisions.organ_days", nis_code=nis_code))
