"""Secret calendar addresses: only the hash of the token is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref
from overleg.organisations.models import Body


class Feed(Identified):
    """One calendar address of one person: for one body, or for all of the person's bodies."""

    __tablename__ = "feeds"
    __table_args__ = (Index(None, "person_id"),)

    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at_utc: Mapped[datetime]
    last_used_at_utc: Mapped[datetime | None]
    revoked_at_utc: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    body: Mapped[Body | None] = relationship()

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.body.name if self.body is not None else "al mijn overleggen"
