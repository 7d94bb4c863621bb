"""Region reports of municipalities, the points raised with them, and how each wants its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.agenda.models import Proposal
from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.organisations.models import Organisation
from overleg.reports.periods import FIRST_WORKING_DAY, Period
from overleg.reports.states import ReportForm, ReportKind, ReportState


class RegionReport(Revised, Identified):
    """The report of one municipality for one month or half year.

    ``contents`` is what was written, as JSON (see ``contents.py``), empty before that. It tells of
    what happened after ``covers_from_utc`` up to and including ``covers_until_utc``: the reports of
    a municipality join up, so that nothing is told twice and nothing falls in between.
    """

    __tablename__ = "region_reports"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "first_day"),
        CheckConstraint("last_day > first_day", name="period"),
        CheckConstraint("ready_on BETWEEN first_day AND last_day", name="ready"),
        CheckConstraint("(state = 'open') = (written_at_utc IS NULL)", name="written"),
        CheckConstraint(
            "(written_at_utc IS NULL) = (covers_until_utc IS NULL)"
            " AND (covers_from_utc IS NULL) = (covers_until_utc IS NULL)",
            name="covers",
        ),
        CheckConstraint("(state = 'placed') = (placed_on IS NOT NULL)", name="placed"),
        CheckConstraint("placed_on IS NULL OR placed_on >= first_day", name="placed_in_time"),
        CheckConstraint("reminders_sent BETWEEN 0 AND 9", name="reminders"),
        Index(None, "state", "last_day"),
    )

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[ReportKind]
    first_day: Mapped[date]
    last_day: Mapped[date]
    ready_on: Mapped[date]
    state: Mapped[ReportState] = mapped_column(default=ReportState.OPEN)
    is_empty: Mapped[bool] = mapped_column(default=False)
    covers_from_utc: Mapped[datetime | None]
    covers_until_utc: Mapped[datetime | None]
    contents: Mapped[LongText] = mapped_column(default="")
    written_at_utc: Mapped[datetime | None]
    placed_on: Mapped[date | None]
    reference_number: Mapped[str] = mapped_column(default="")
    placed_at_utc: Mapped[datetime | None]
    placed_by_name: Mapped[str] = mapped_column(default="")
    reminders_sent: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()
    points: Mapped[list["RaisedPoint"]] = relationship(
        order_by="RaisedPoint.raised_at_utc", back_populates="report"
    )

    @property
    def period(self) -> Period:
        """The month or half year it is for."""
        return Period(self.kind, self.first_day)

    @property
    def title(self) -> str:
        """``Collegerapport november 2026``."""
        return f"{self.kind.label.capitalize()} {self.period.label}"

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return (
            f"het {self.kind.label} van {self.period.label_with_article} ({self.organisation.name})"
        )

    def is_late(self, today: date) -> bool:
        """Whether its period has passed (a day in Brussels) and it was not placed."""
        return self.state is not ReportState.PLACED and self.last_day < today


class RaisedPoint(Identified):
    """A point that a college raised for the consultation: it became a proposal."""

    __tablename__ = "raised_points"
    __table_args__ = (UniqueConstraint("report_id", "proposal_id"), Index(None, "proposal_id"))

    report_id: Mapped[Ref] = mapped_column(ForeignKey("region_reports.id"))
    proposal_id: Mapped[Ref] = mapped_column(ForeignKey("proposals.id"))
    raised_by_name: Mapped[str]
    raised_at_utc: Mapped[datetime]

    report: Mapped[RegionReport] = relationship(back_populates="points")
    proposal: Mapped[Proposal] = relationship()


class ReportSettings(Revised, Model):
    """How a municipality wants its reports; one without a row has the defaults."""

    __tablename__ = "report_settings"
    __table_args__ = (
        CheckConstraint("ready_day BETWEEN 0 AND 28", name="ready_day"),
        CheckConstraint("council_month BETWEEN 1 AND 6", name="council_month"),
    )

    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    ready_day: Mapped[int] = mapped_column(default=FIRST_WORKING_DAY)
    council_month: Mapped[int] = mapped_column(default=5)
    form: Mapped[ReportForm] = mapped_column(default=ReportForm.FULL)
    introduction_html: Mapped[LongText] = mapped_column(default="")
    changed_at_utc: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship()
