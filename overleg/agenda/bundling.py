"""Bundles: asked for on a page, made by the worker, forgotten after a week."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from overleg.agenda.bundle_files import BundleAnnex, BundlePoint, write_pdf, write_zip
from overleg.agenda.lines import Line
from overleg.agenda.making import forget_old, is_good, make_each
from overleg.agenda.models import AgendaVersion, Bundle
from overleg.agenda.office import can_convert
from overleg.agenda.papers import agenda_docx, agenda_file_name
from overleg.agenda.queries.bundles import bundle_for, contents_of
from overleg.agenda.queries.versions import lines_of_version
from overleg.agenda.reading import ReadAgenda
from overleg.agenda.states import BundleFormat
from overleg.agenda.verslag import TITLE, VerslagFile, referred_verslag
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.jobs.queue import run_after_commit
from overleg.lib.errors import NotPossible
from overleg.lib.text import safe_filename
from overleg.organisations.queries.bodies import seats_of

JOB = "make_bundles"


def bundle_path(bundle: Bundle) -> Path:
    """Where the file of a bundle lies; beside the files of annexes."""
    return _folder() / f"{bundle.id}.{bundle.format.value}"


def _folder() -> Path:
    return file_store().root.parent / "bundels"


def ask_bundle(
    version: AgendaVersion, circle: Circle, form: BundleFormat, *, now: datetime
) -> Bundle:
    """Ask the worker for a bundle; one that is there or on its way is not made twice.

    The caller checked that the asker may read this circle. Raises ``NotPossible`` for a PDF where
    LibreOffice is not installed.
    """
    if form is BundleFormat.PDF and not can_convert():
        raise NotPossible("Hier kan geen pdf gemaakt worden. Neem de bundel met alle bestanden.")
    lines = lines_of_version(version.id, circle.readable)
    verslag = referred_verslag(version.meeting, lines, circle)
    contents = contents_of(lines, verslag)
    bundle = bundle_for(version.id, circle, form)
    if bundle is not None and bundle.contents == contents and is_good(bundle, bundle_path(bundle)):
        return bundle
    if bundle is None:
        bundle = Bundle(id=new_id(), version_id=version.id, circle=circle, format=form)
        session().add(bundle)
    annexes = sum(len(line.annexes) for line in lines)
    bundle.ask_again(contents, 1 + annexes + (verslag is not None), now=now)
    session().flush()
    run_after_commit(JOB)
    return bundle


def make_bundles(now: datetime) -> None:
    """Make what was asked; a commit per step shows how far it is."""
    make_each(Bundle, _make, now=now)


def _make(bundle: Bundle, now: datetime) -> Path:
    version, circle = bundle.version, bundle.circle
    meeting = version.meeting
    lines = lines_of_version(version.id, circle.readable)
    agenda = ReadAgenda(circle, version, [version], lines)
    word = agenda_docx(meeting, agenda, seats_of(meeting.body_id, meeting.day), None, now=now)
    verslag = referred_verslag(meeting, lines, circle)
    title = f"Agenda {version.letter} van {meeting.the_title}"
    target = bundle_path(bundle)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".nieuw")
    made = verslag.make(now=now) if verslag is not None else None
    session().commit()

    def progress(done: int) -> None:
        bundle.done = done
        session().commit()

    with tempfile.TemporaryDirectory(prefix="overleg-verslag-") as place:
        along = {}
        if verslag is not None and made is not None:
            along[verslag.item_id] = _kept(Path(place), made)
        points = _points(lines, along)
        if bundle.format is BundleFormat.PDF:
            write_pdf(fresh, word, title, points, progress)
        else:
            write_zip(
                fresh, word, agenda_file_name(meeting, circle=bundle.circle), points, progress
            )
    bundle.contents = contents_of(lines, verslag)
    return fresh.replace(target)


def _kept(folder: Path, verslag: VerslagFile) -> BundleAnnex:
    """The verslag that is to be approved, as a file among the annexes."""
    path = folder / "verslag.docx"
    path.write_bytes(verslag.content)
    return BundleAnnex(TITLE, verslag.name, path)


def _points(lines: Sequence[Line], along: Mapping[str, BundleAnnex]) -> list[BundlePoint]:
    store = file_store()
    return [
        BundlePoint(
            line.number,
            line.title,
            [
                *([along[line.item_id]] if line.item_id in along else ()),
                *(
                    BundleAnnex(
                        annex.title, safe_filename(annex.file_name), store.path_of(annex.sha256)
                    )
                    for annex in line.annexes
                ),
            ],
        )
        for line in lines
        if line.annexes or line.item_id in along
    ]


def forget_old_bundles(now: datetime) -> None:
    """Drop bundles made more than a week ago."""
    forget_old(Bundle, bundle_path, now=now)
