"""A bundle of many annexes, as the worker makes it, next to one plain zip of the same files."""

import io
import os
import statistics
import time
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from bench.report import Row
from bench.world import add_items
from overleg.accounts.models import Person
from overleg.agenda.bundling import ask_bundle, bundle_path, make_bundles
from overleg.agenda.models import AgendaVersion, SentAnnex, SentItem
from overleg.agenda.states import BundleFormat
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import db, new_id
from overleg.demo.annex import one_page_pdf
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.scheduling.models import Meeting

NAME = "bundel van 40 bijlagen"
ANNEXES = 40
POINTS = 10
ANNEX_BYTES = 200_000
TIMES = 5


def send_with_annexes(meeting: Meeting, by: Person, now: datetime) -> AgendaVersion:
    """Send an agenda of ten points with four annexes each."""
    add_items(meeting, POINTS, now)
    version = send_agenda(meeting, message="", by=by, now=now)
    db.session.flush()
    points = [item for item in version.items if item.title.startswith("Punt")]
    for number in range(ANNEXES):
        _annex(points[number % len(points)], number, by, now)
    return version


def _annex(point: SentItem, number: int, by: Person, now: datetime) -> None:
    content = one_page_pdf([f"Bijlage {number}"]) + os.urandom(ANNEX_BYTES)
    received = receive(file_store(), f"bijlage-{number}.pdf", io.BytesIO(content))
    stored = add_stored_file(received, by=by, now=now)
    db.session.flush()
    db.session.add(
        SentAnnex(
            id=new_id(),
            sent_item_id=point.id,
            file_id=stored.id,
            title=f"Bijlage {number}",
            position=number,
            circle=Circle.ADMINISTRATIONS,
        )
    )


def measure_bundle(app: Flask, version_id: str, *, scale: int, now: datetime) -> Row:
    """How long making takes, in the median and at worst, and how many statements."""
    took: list[float] = []
    plain: list[float] = []
    with app.app_context():
        version = db.session.get_one(AgendaVersion, version_id)
        for _ in range(TIMES):
            bundle = ask_bundle(version, Circle.MAYORS, BundleFormat.ZIP, now=now)
            db.session.commit()
            counted = Counter[str]()

            def count(*_arguments: object, counted: Counter[str] = counted) -> None:
                counted["statements"] += 1

            event.listen(db.engine, "after_cursor_execute", count)
            begun = time.perf_counter()
            make_bundles(now)
            took.append(time.perf_counter() - begun)
            event.remove(db.engine, "after_cursor_execute", count)
            made = bundle_path(bundle)
            plain.append(_plain_zip(made))
            made.unlink()
            db.session.delete(bundle)
            db.session.commit()
    median = statistics.median(took)
    return Row(
        name=NAME,
        scale=scale,
        rps=1 / median,
        p50_ms=median * 1000,
        p95_ms=max(took) * 1000,
        ratio_to_floor=statistics.median(plain) / median,
        statements=counted["statements"],
    )


def _plain_zip(made: Path) -> float:
    """How long writing the same files in a zip takes, in seconds."""
    with zipfile.ZipFile(made) as bundle:
        contents = {name: bundle.read(name) for name in bundle.namelist()}
    begun = time.perf_counter()
    with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as plain:
        for name, content in contents.items():
            plain.writestr(name, content)
    return time.perf_counter() - begun
