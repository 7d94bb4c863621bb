"""Who took which version of a proposal's text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref
from overleg.decisions.models.follow_up import FollowUp


class TextDownload(Identified):
    """A person downloaded the proposal of one municipality and organ, in one version of its text.

    It is outdated when the text has a later version by now.
    """

    __tablename__ = "text_downloads"
    __table_args__ = (
        Index(None, "follow_up_id", "version_number"),
        CheckConstraint("version_number >= 1", name="version_number"),
    )

    follow_up_id: Mapped[Ref] = mapped_column(ForeignKey("follow_ups.id"))
    version_number: Mapped[int]
    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"), index=True)
    downloaded_at_utc: Mapped[datetime]

    follow_up: Mapped[FollowUp] = relationship()
    person: Mapped[Person] = relationship()
