"""The links with which somebody answers one row without signing in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref
from overleg.decisions.models.follow_up import FollowUp


class FollowUpLink(Identified):
    """One person's link to one row. It works until it is replaced or revoked."""

    __tablename__ = "follow_up_links"
    __table_args__ = (
        Index(
            "uq_follow_up_links_live",
            "follow_up_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at_utc IS NULL"),
            postgresql_where=text("ended_at_utc IS NULL"),
        ),
        Index(None, "person_id"),
        CheckConstraint("(ended_at_utc IS NULL) = (ended_by_name = '')", name="ended_by"),
    )

    follow_up_id: Mapped[Ref] = mapped_column(ForeignKey("follow_ups.id"))
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    made_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime | None]
    """When it was last opened or answered with."""
    ended_at_utc: Mapped[datetime | None]
    ended_by_name: Mapped[str] = mapped_column(default="")

    follow_up: Mapped[FollowUp] = relationship()
    person: Mapped[Person] = relationship()
