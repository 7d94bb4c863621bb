"""Bundles: a sent agenda with its annexes in one file; the last changes of one in the making."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.agenda.models.asked_files import AskedFile
from overleg.agenda.models.versions import AgendaVersion
from overleg.agenda.states import BundleFormat
from overleg.db import Identified, LongText, Ref
from overleg.documents.states import Circle


class Bundle(AskedFile):
    """One file with a version of an agenda and its annexes, for one circle."""

    __tablename__ = "bundles"
    __table_args__ = (
        UniqueConstraint("version_id", "circle", "format"),
        CheckConstraint("(state = 'waiting') = (made_at_utc IS NULL)", name="made"),
    )

    version_id: Mapped[Ref] = mapped_column(ForeignKey("agenda_versions.id"))
    circle: Mapped[Circle]
    format: Mapped[BundleFormat]

    version: Mapped[AgendaVersion] = relationship()


class AgendaStep(Identified):
    """A change of an agenda in the making: what it was before, for who made it to undo.

    The steps of a meeting are the last changes in a row by one person, counted in ``number``.
    """

    __tablename__ = "agenda_steps"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[Ref] = mapped_column(ForeignKey("meetings.id"))
    number: Mapped[int]
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    label: Mapped[LongText]
    before: Mapped[LongText]
    after: Mapped[str]
    done_at_utc: Mapped[datetime]

    person: Mapped[Person] = relationship()
