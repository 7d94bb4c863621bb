"""The regiorapporten of all municipalities, written by one job."""

import time
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import event

from overleg.db import close_database, db
from overleg.lib.dates import local_date
from overleg.reports.queries.reports import all_municipalities
from overleg.reports.workflow.writing import write_region_reports

MOST_SECONDS = 10.0
HALF_A_YEAR = timedelta(days=190)
"""So far ahead nothing was begun yet: the job begins and writes for everybody, of both kinds."""


def measure_region_reports(app: Flask, now: datetime) -> str:
    """Run the job once, as on a first working day; a line that tells how long it took."""
    statements: list[object] = []

    def note(*arguments: object) -> None:
        statements.append(arguments)

    day = (now + HALF_A_YEAR).replace(day=20)
    with app.app_context():
        municipalities = len(all_municipalities(local_date(day)))
        event.listen(db.engine, "after_cursor_execute", note)
        began = time.perf_counter()
        write_region_reports(day)
        db.session.commit()
        seconds = time.perf_counter() - began
        event.remove(db.engine, "after_cursor_execute", note)
        close_database()
    told = (
        f"Regiorapport voor {municipalities} gemeenten in één taak: {seconds:.1f} s, "
        f"{len(statements)} opdrachten aan de databank"
    )
    return told if seconds <= MOST_SECONDS else f"{told}. NIET GEHAALD: {MOST_SECONDS:.0f} s."
