"""A year of five bodies that are bound to each other, against so many views of a page."""

import resource
from datetime import date, datetime, time

from flask import Flask

from bench.world import SUPPORT, add_body, person_of
from overleg.db import db
from overleg.lib.dates import local_date, to_utc
from overleg.organisations.models import Body
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.models import BodyDate
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import RuleKind, YearKind
from overleg.scheduling.years.queries import propose, year_of
from overleg.scheduling.years.wishes import YearRhythm
from overleg.scheduling.years.workflow import AskedYear, ask_year

PAGES = 20
TIMES = 5
PAGE = "/voorstellen"


def measure_years(app: Flask, now: datetime) -> str:
    """Propose the year of the last of five, which waits on the others; a line that tells how long.

    Measured by the processor's time of this process: the page is answered in it too.
    """
    with app.app_context():
        last = _five(now)
        db.session.commit()
        support = person_of(SUPPORT)
        viewer = viewer_for(support, local_date(now))
        year = year_of(last)
        if year is None:
            raise ValueError("no year was asked")
        found = propose(year, viewer, now)
        began = _cpu_seconds()
        for _ in range(TIMES):
            propose(year, viewer, now)
        ours = (_cpu_seconds() - began) / TIMES
        signed_in = {"_user_id": f"{support.id}:{support.session_version}", "_fresh": True}
        db.session.remove()
    pages = _page_seconds(app, signed_in) * PAGES
    with app.app_context():
        db.engine.dispose()
    dates = sum(1 for each in found.proposed if each.chosen)
    told = (
        f"Jaar van vijf verbonden overleggen voorgesteld ({dates} data voor het laatste): "
        f"{ours * 1000:.0f} ms rekentijd, {PAGES} bladzijden {pages * 1000:.0f} ms"
    )
    return told if ours <= pages else f"{told}. NIET GEHAALD."


def _five(now: datetime) -> Body:
    """Five bodies, each but the first with a rule about the one before; returns the last."""
    by = person_of(SUPPORT)
    year = now.year + 1
    first = add_body("jaar-0", now)
    for month in range(1, 13):
        day = date(year, month, 12)
        db.session.add(
            BodyDate(
                body=first,
                starts_at_utc=to_utc(day, time(9)),
                ends_at_utc=to_utc(day, time(11)),
                place="Kazerne",
                added_by_name="Meting",
                added_at_utc=now,
                changed_at_utc=now,
            )
        )
    rhythm = YearRhythm(YearKind.MONTHLY, 3, date(year, 1, 1), date(year, 12, 31), nth=2)
    asked = AskedYear(rhythm, time(9), time(11), "Stadhuis")
    before = first
    for number in range(1, 6):
        body = add_body(f"jaar-{number}", now)
        kind = RuleKind.AFTER if number == 1 else RuleKind.AT_LEAST_BEFORE
        add_rule(body, kind, other=before, minutes=15, days=3, by=by, now=now)
        add_rule(body, RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False, by=by, now=now)
        add_rule(body, RuleKind.NO_HOLIDAY, by=by, now=now)
        add_rule(body, RuleKind.NOT_TOGETHER, is_hard=False, by=by, now=now)
        ask_year(body, asked, by=by, now=now)
        before = body
    return before


def _page_seconds(app: Flask, signed_in: dict[str, object]) -> float:
    """What one view of a page takes of the processor."""
    client = app.test_client()
    with client.session_transaction() as visit:
        visit.update(signed_in)
    client.get(PAGE)
    began = _cpu_seconds()
    for _ in range(PAGES):
        client.get(PAGE)
    return (_cpu_seconds() - began) / PAGES


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
