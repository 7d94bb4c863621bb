"""Secret calendar addresses: only the hash of the token is kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, Ref
from overleg.organisations.models import Body, Organisation
from overleg.organisations.states import OrganisationKind


class Feed(Identified):
    """One calendar address of one person.

    It shows one body, the bodies of a region, those at whose table a municipality sits, or, where
    it names neither, all bodies of the person: always as far as the person may see them.
    """

    __tablename__ = "feeds"
    __table_args__ = (
        Index(None, "person_id"),
        CheckConstraint("body_id IS NULL OR organisation_id IS NULL", name="one_subject"),
    )

    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    with_deadlines: Mapped[bool] = mapped_column(default=False)
    """Also by when proposals are submitted and agendas sent."""
    with_follow_up: Mapped[bool] = mapped_column(default=False)
    """Also what must be on a college or council by when, and one's own action items."""
    with_other_dates: Mapped[bool] = mapped_column(default=False)
    """Also the dates of bodies whose agenda is made elsewhere."""
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at_utc: Mapped[datetime]
    last_used_at_utc: Mapped[datetime | None]
    revoked_at_utc: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    body: Mapped[Body | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def is_of_municipality(self) -> bool:
        """Whether it follows one municipality."""
        named = self.organisation
        return named is not None and named.kind is OrganisationKind.MUNICIPALITY

    @property
    def name(self) -> str:
        """What it shows, in the words of a list: ``regio Midwest``."""
        if self.body is not None:
            return self.body.name
        if self.organisation is None:
            return "al mijn overleggen"
        return f"{'gemeente' if self.is_of_municipality else 'regio'} {self.organisation.name}"

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        if self.body is not None:
            return self.body.the_name
        return "de eigen overleggen" if self.organisation is None else f"de {self.name}"
