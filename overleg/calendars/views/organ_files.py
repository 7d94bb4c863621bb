"""The days of a municipality's college or council, taken from its own calendar file."""

from datetime import date, timedelta
from typing import Final

from flask import flash, redirect, url_for

from overleg.accounts.login import signed_in_person
from overleg.calendars.foreign.reading import read_calendar
from overleg.calendars.foreign.sifting import NotACalendar
from overleg.calendars.views.blueprint import blueprint
from overleg.decisions.views.sessions import (
    BY_ADDRESS,
    Page,
    file_form,
    organ_days_page,
    own_municipality,
)
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
def read_organ_file(nis_code: str, organ: str) -> Page:
    """Take over the coming days of an .ics file; with a word, only those that have it as title."""
    municipality = own_municipality(nis_code)
    if organ not in BY_ADDRESS:
        raise NotFound
    which = BY_ADDRESS[organ]
    form = file_form(which)
    if form.validate_on_submit():
        data = form.file.data.stream.read(MOST_BYTES + 1)
        try:
            coming = _coming_days(data, form.word.data or "", clock.today())
            take_over_days(municipality, which, coming, by=signed_in_person(), now=clock.now())
        except Refused as refused:
            form.refuse(form.file, str(refused))
        else:
            flash(f"{count_of(len(coming), 'dag', 'dagen')} overgenomen.", "success")
            return redirect(url_for("decisions.organ_days", nis_code=nis_code))
    return organ_days_page(municipality, files={which: form}), form.answer_status


def _coming_days(data: bytes, word: str, today: date) -> list[date]:
    """The days from today on in a calendar file, in order. Raises ``Refused``."""
    if len(data) > MOST_BYTES:
        raise Refused("Dit bestand is groter dan 1 MB. Bewaar alleen het komende jaar.")
    try:
        reading = read_calendar(data, until=today + AHEAD)
    except NotACalendar as fault:
        raise Refused(str(fault)) from fault
    days = {
        local_date(date.starts_at)
        for date in reading.dates
        if date.state is not DateState.CANCELLED and word.casefold() in date.title.casefold()
    }
    return sorted(day for day in days if day >= today)
