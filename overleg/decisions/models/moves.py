"""Rows that went from a municipality that ended to its successor."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.db import Identified, Ref
from overleg.decisions.models.follow_up import FollowUp
from overleg.organisations.models import Organisation


class FollowUpMove(Identified):
    """On which day (in Brussels) an open row of one municipality became another's."""

    __tablename__ = "follow_up_moves"
    __table_args__ = (Index(None, "follow_up_id"), Index(None, "from_organisation_id"))

    follow_up_id: Mapped[Ref] = mapped_column(ForeignKey("follow_ups.id"))
    from_organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    to_organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    moved_on: Mapped[date]

    follow_up: Mapped[FollowUp] = relationship()
    from_organisation: Mapped[Organisation] = relationship(foreign_keys=[from_organisation_id])
    to_organisation: Mapped[Organisation] = relationship(foreign_keys=[to_organisation_id])
