"""Bundles of sent agendas: what is offered to a reader, and who may download one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.agenda.lines import Line
from overleg.agenda.models import AgendaVersion, Bundle
from overleg.agenda.office import can_convert
from overleg.agenda.queries.versions import lines_of_version
from overleg.agenda.states import BundleFormat, BundleState
from overleg.agenda.verslag import Referred, referred_verslag
from overleg.db import session
from overleg.documents.states import Circle
from overleg.lib.errors import NotFound
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


@dataclass(frozen=True)
class Offer:
    """One form of an agenda with its annexes, for one circle; ``bundle`` is None until asked."""

    version: AgendaVersion
    circle: Circle
    format: BundleFormat
    bundle: Bundle | None

    @property
    def is_waiting(self) -> bool:
        """Whether the worker still has to make it, or is busy with it."""
        return self.bundle is not None and self.bundle.state is BundleState.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.bundle is not None and self.bundle.state is BundleState.READY


def bundles_of(viewer: Viewer, meeting: Meeting, version: AgendaVersion) -> list[Offer]:
    """What this reader can ask of a version, in the own circle; who steers also for wider ones.

    A bundle made before a point was closed counts as not there. One PDF is offered where
    LibreOffice is installed.
    """
    own = viewer.reach[meeting.body_id]
    circles = [own]
    if viewer.steers(meeting.body_id):
        circles = [circle for circle in reversed(Circle) if circle in own.readable]
    forms = [form for form in BundleFormat if form is not BundleFormat.PDF or can_convert()]
    made = _made(version)
    return [
        Offer(version, circle, form, made.get((circle, form)))
        for circle in circles
        for form in forms
    ]


def _made(version: AgendaVersion) -> dict[tuple[Circle, BundleFormat], Bundle]:
    """The bundles of a version that still tell what may be told."""
    found = session().scalars(select(Bundle).where(Bundle.version_id == version.id))
    return {(bundle.circle, bundle.format): bundle for bundle in found if not is_stale(bundle)}


def is_stale(bundle: Bundle) -> bool:
    """Whether something in it was closed since it was asked for."""
    lines = lines_of_version(bundle.version_id, bundle.circle.readable)
    verslag = referred_verslag(bundle.version.meeting, lines, bundle.circle)
    return bundle.contents != contents_of(lines, verslag)


def contents_of(lines: Sequence[Line], verslag: Referred | None) -> str:
    """What these lines and the verslag tell, as a mark that differs when they differ."""
    told = repr([(line.item_id, line.number, line.content) for line in lines])
    if verslag is not None:
        told += verslag.mark
    return hashlib.sha256(told.encode()).hexdigest()


def bundle_for(version_id: str, circle: Circle, form: BundleFormat) -> Bundle | None:
    """The bundle of a version in a circle, in this form, if it was ever asked."""
    return session().scalar(
        select(Bundle).where(
            Bundle.version_id == version_id, Bundle.circle == circle, Bundle.format == form
        )
    )


def bundle_by_id(viewer: Viewer, bundle_id: str) -> Bundle:
    """A bundle that this viewer may download now.

    Raises ``NotFound`` for another circle or body, while it is being made, and when a point in it
    was closed since.
    """
    bundle = session().scalar(
        select(Bundle)
        .join(Bundle.version)
        .join(AgendaVersion.meeting)
        .where(Bundle.id == bundle_id, viewer.readable(Meeting.body_id, Bundle.circle))
        .options(
            joinedload(Bundle.version).joinedload(AgendaVersion.meeting).joinedload(Meeting.body)
        )
    )
    if bundle is None or bundle.state is not BundleState.READY or is_stale(bundle):
        raise NotFound("Deze bundel is er niet meer. Vraag ze opnieuw bij de documenten.")
    return bundle
