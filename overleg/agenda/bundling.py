"""Bundles: asked for on a page, made by the worker, forgotten after a week."""

import logging
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import or_, select, update

from overleg.agenda.bundle_files import BundleAnnex, BundlePoint, write_pdf, write_zip
from overleg.agenda.lines import Line
from overleg.agenda.models import AgendaVersion, Bundle
from overleg.agenda.office import can_convert
from overleg.agenda.papers import agenda_docx, agenda_file_name
from overleg.agenda.queries.bundles import bundle_for, contents_of
from overleg.agenda.queries.versions import lines_of_version
from overleg.agenda.reading import ReadAgenda
from overleg.agenda.states import BundleFormat, BundleState
from overleg.agenda.verslag import TITLE, VerslagFile, referred_verslag
from overleg.db import new_id, session
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.jobs.queue import run_after_commit
from overleg.lib.errors import NotPossible
from overleg.lib.text import safe_filename
from overleg.organisations.queries.bodies import seats_of

log = logging.getLogger(__name__)

JOB = "make_bundles"
CLAIM = timedelta(minutes=30)
KEPT = timedelta(days=7)
NOT_MADE = "De bundel kon niet gemaakt worden; dat ligt aan ons. Probeer het later opnieuw."


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
    if bundle is not None and bundle.contents == contents and _is_good(bundle):
        return bundle
    if bundle is None:
        bundle = Bundle(id=new_id(), version_id=version.id, circle=circle, format=form)
        session().add(bundle)
    bundle.state = BundleState.WAITING
    bundle.contents = contents
    annexes = sum(len(line.annexes) for line in lines)
    bundle.done, bundle.total = 0, 1 + annexes + (verslag is not None)
    bundle.problem, bundle.size_bytes = "", 0
    bundle.asked_at_utc, bundle.started_at_utc, bundle.made_at_utc = now, None, None
    session().flush()
    run_after_commit(JOB)
    return bundle


def _is_good(bundle: Bundle) -> bool:
    """Whether asking again would say nothing new."""
    if bundle.state is BundleState.READY:
        return bundle_path(bundle).is_file()
    return bundle.state is BundleState.WAITING


def make_bundles(now: datetime) -> None:
    """Make what was asked, one at a time; a commit per step shows how far it is.

    A worker that died while making one leaves it to the next after half an hour.
    """
    while (bundle := _claim(now)) is not None:
        try:
            _make(bundle, now)
        except Exception:
            session().rollback()
            log.exception("could not make bundle %s", bundle.id)
            bundle.state, bundle.problem, bundle.made_at_utc = BundleState.FAILED, NOT_MADE, now
        session().commit()


def _claim(now: datetime) -> Bundle | None:
    waiting = (
        Bundle.state == BundleState.WAITING,
        or_(Bundle.started_at_utc.is_(None), Bundle.started_at_utc < now - CLAIM),
    )
    for bundle_id in session().scalars(
        select(Bundle.id).where(*waiting).order_by(Bundle.asked_at_utc, Bundle.id)
    ):
        taken = session().scalar(
            update(Bundle)
            .where(Bundle.id == bundle_id, *waiting)
            .values(started_at_utc=now)
            .returning(Bundle.id)
        )
        session().commit()
        if taken is not None:
            return session().get_one(Bundle, bundle_id, populate_existing=True)
    return None


def _make(bundle: Bundle, now: datetime) -> None:
    version, circle = bundle.version, bundle.circle
    meeting = version.meeting
    lines = lines_of_version(version.id, circle.readable)
    agenda = ReadAgenda(circle, version, [version], lines)
    word = agenda_docx(meeting, agenda, seats_of(meeting.body_id, meeting.day), None, now=now)
    verslag = referred_verslag(meeting, lines, circle)
    title = f"Agenda {version.letter} van {meeting.title}"
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
            write_zip(fresh, word, agenda_file_name(meeting), points, progress)
    fresh.replace(target)
    bundle.contents = contents_of(lines, verslag)
    bundle.state, bundle.made_at_utc = BundleState.READY, now
    bundle.done, bundle.size_bytes = bundle.total, target.stat().st_size


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
    """Drop bundles made more than a week ago, with their files; they can be asked again."""
    old = session().scalars(select(Bundle).where(Bundle.made_at_utc < now - KEPT)).all()
    for bundle in old:
        bundle_path(bundle).unlink(missing_ok=True)
        session().delete(bundle)
