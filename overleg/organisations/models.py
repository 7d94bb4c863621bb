"""Organisations through time, bodies with their seats, and roles.

A day counts from ``valid_from`` up to and including ``valid_to``; an empty end is "still so".
Every table of this package holds such periods with :class:`Period`.
"""

from datetime import date

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    or_,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import Mapped, mapped_column, relationship

from overleg.accounts.models import Person
from overleg.db import Identified, LongText, Model, Ref, Revised
from overleg.organisations.periods import FLOOR
from overleg.organisations.reference import cities
from overleg.organisations.states import (
    AdviceShown,
    Article,
    BodyKind,
    Decides,
    ItemNumbering,
    NotesVotes,
    OrganisationKind,
    Quorum,
    Role,
    SeatFunction,
    SeatKind,
    SectionsBy,
    ValidatedBy,
    WhenTimeIsOver,
)


class Period:
    """A row that holds between two days, both included."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def start_is_known(self) -> bool:
        """Whether the first day is a date, and not the floor below what we know."""
        return self.valid_from > FLOOR

    @hybrid_method
    def valid_on(self, day: date) -> bool:
        """Whether the row holds on this day; in a query, the condition for it."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @valid_on.expression
    @classmethod
    def _valid_on_condition(cls, day: date) -> ColumnElement[bool]:
        return cls.holds_on(day)

    @classmethod
    def holds_on(cls, day: date | BindParameter[date]) -> ColumnElement[bool]:
        """The condition of ``valid_on``, also for a day that is given with each query."""
        return (cls.valid_from <= day) & or_(cls.valid_to.is_(None), cls.valid_to >= day)


class Organisation(Period, Revised, Identified):
    """A municipality, region, zone, association or partner. Groups have members."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        CheckConstraint(
            "(inhabitants IS NULL) = (inhabitants_year IS NULL)"
            " AND (inhabitants IS NULL OR inhabitants > 0)",
            name="inhabitants",
        ),
        UniqueConstraint("kind", "slug"),
    )

    kind: Mapped[OrganisationKind]
    slug: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    nis_code: Mapped[str | None] = mapped_column(unique=True)
    kbo_number: Mapped[str | None]
    ovo_number: Mapped[str | None]
    colour: Mapped[str] = mapped_column(default="")
    source: Mapped[LongText] = mapped_column(default="")
    requires_sign_off: Mapped[bool] = mapped_column(default=False)
    inhabitants: Mapped[int | None]
    inhabitants_year: Mapped[int | None]
    """The number of inhabitants on 1 January of this year."""
    province_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))
    successor_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))

    province: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[province_id]
    )
    successor: Mapped["Organisation | None"] = relationship(
        remote_side="Organisation.id", foreign_keys=[successor_id]
    )

    @property
    def government_name(self) -> str:
        """A municipality as its papers name it: ``Stad Mechelen``, ``Gemeente Ardooie``."""
        return f"{'Stad' if self.nis_code in cities() else 'Gemeente'} {self.name}"

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.name


class Membership(Period, Revised, Identified):
    """An organisation belongs to a group (region, zone, association) for a period."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("group_id", "member_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index(None, "member_id"),
    )

    group_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    member_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    source: Mapped[LongText] = mapped_column(default="")

    group: Mapped[Organisation] = relationship(foreign_keys=[group_id])
    member: Mapped[Organisation] = relationship(foreign_keys=[member_id])


def _article_of_name(context: DefaultExecutionContext) -> Article:
    written: dict[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return Article.of(written["name"])


class Body(Revised, Identified):
    """A consultation body, our own or another's (a zoneraad), with its habits as settings."""

    __tablename__ = "bodies"
    __table_args__ = (
        CheckConstraint("proposal_deadline_days BETWEEN 0 AND 120", name="proposal_deadline"),
        CheckConstraint("agenda_deadline_days BETWEEN 0 AND 120", name="agenda_deadline"),
        CheckConstraint("outcomes_deadline_days BETWEEN 0 AND 120", name="outcomes_deadline"),
        CheckConstraint("default_duration_minutes BETWEEN 15 AND 720", name="duration"),
        CheckConstraint("quorum_number BETWEEN 1 AND 100", name="quorum_number"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    article: Mapped[Article] = mapped_column(default=_article_of_name)
    """Of its name and its short name; unless given, the one that the name most likely has."""
    kind: Mapped[BodyKind]
    region_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    is_external: Mapped[bool] = mapped_column(default=False)
    founded_year: Mapped[int | None]
    rhythm: Mapped[str] = mapped_column(default="")
    description: Mapped[LongText] = mapped_column(default="")
    default_place: Mapped[str] = mapped_column(default="")
    default_duration_minutes: Mapped[int] = mapped_column(default=120)
    proposal_deadline_days: Mapped[int] = mapped_column(default=14)
    agenda_deadline_days: Mapped[int] = mapped_column(default=8)
    outcomes_deadline_days: Mapped[int] = mapped_column(default=10)
    advice_shown: Mapped[AdviceShown] = mapped_column(default=AdviceShown.AFTER_OWN)
    item_numbering: Mapped[ItemNumbering] = mapped_column(default=ItemNumbering.MEETING)
    sections_by: Mapped[SectionsBy] = mapped_column(default=SectionsBy.NONE)
    notes_votes: Mapped[NotesVotes] = mapped_column(default=NotesVotes.NONE)
    quorum: Mapped[Quorum] = mapped_column(default=Quorum.MAJORITY)
    """When enough of its voting members are there."""
    quorum_number: Mapped[int] = mapped_column(default=1)
    """How many that are, where the quorum is a fixed number."""
    has_public_calendar: Mapped[bool] = mapped_column(default=False)
    """Whether anybody may know when it meets, at an address without a secret."""

    region: Mapped[Organisation | None] = relationship()
    supporters: Mapped[list[Organisation]] = relationship(
        secondary="body_supporters", order_by=Organisation.name
    )
    validation_steps: Mapped[list["ValidationStep"]] = relationship(
        order_by="ValidationStep.position",
        cascade="all, delete-orphan",
        foreign_keys="ValidationStep.body_id",
    )
    refers_to: Mapped[list["Body"]] = relationship(
        secondary="referral_routes",
        primaryjoin="Body.id == ReferralRoute.from_body_id",
        secondaryjoin="Body.id == ReferralRoute.to_body_id",
        order_by="Body.name",
    )

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return self.the_name

    @property
    def call_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def the_name(self) -> str:
        """The name within a sentence: ``het Midwestoverleg``."""
        return self.article.before(self.name)

    @property
    def the_call_name(self) -> str:
        """The short name within a sentence: ``het DBO``."""
        return self.article.before(self.call_name)

    @property
    def colour(self) -> str:
        """That of its region; empty where it has none."""
        return self.region.colour if self.region else ""


class BodySupporter(Model):
    """An organisation that supports a body; several can share it."""

    __tablename__ = "body_supporters"

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"), primary_key=True)


class ReferralRoute(Model):
    """A body may refer proposals to another one."""

    __tablename__ = "referral_routes"
    __table_args__ = (CheckConstraint("from_body_id <> to_body_id", name="elsewhere"),)

    from_body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), primary_key=True)
    to_body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"), primary_key=True, index=True)


class ValidationStep(Identified):
    """One step that proposals for a body go through; rounds under way keep their own copy."""

    __tablename__ = "validation_steps"
    __table_args__ = (
        UniqueConstraint("body_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 3", name="position"),
        CheckConstraint("quorum >= 1", name="quorum"),
        CheckConstraint("majority_percent BETWEEN 1 AND 100", name="majority"),
        CheckConstraint("days_to_answer BETWEEN 1 AND 60", name="days"),
        CheckConstraint("(validated_by = 'body') = (asked_body_id IS NOT NULL)", name="asked_body"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    position: Mapped[int]
    validated_by: Mapped[ValidatedBy]
    quorum: Mapped[int] = mapped_column(default=1)
    majority_percent: Mapped[int] = mapped_column(default=50)
    days_to_answer: Mapped[int] = mapped_column(default=5)
    asked_body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    decides: Mapped[Decides] = mapped_column(default=Decides.MAJORITY)
    may_return: Mapped[bool] = mapped_column(default=True)
    may_refuse: Mapped[bool] = mapped_column(default=True)
    may_refer: Mapped[bool] = mapped_column(default=True)
    when_time_is_over: Mapped[WhenTimeIsOver] = mapped_column(default=WhenTimeIsOver.REMIND)

    asked_body: Mapped[Body | None] = relationship(foreign_keys=[asked_body_id])


class Seat(Period, Revised, Identified):
    """A place at a body's table, for an organisation and mostly a person, for a period.

    A seat without a person is vacant: the municipality belongs to the table all the same.
    """

    __tablename__ = "seats"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        Index(None, "body_id", "valid_from"),
        Index(None, "person_id"),
        Index(None, "organisation_id"),
    )

    body_id: Mapped[Ref] = mapped_column(ForeignKey("bodies.id"))
    organisation_id: Mapped[Ref] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[Ref | None] = mapped_column(ForeignKey("people.id"))
    function: Mapped[SeatFunction]
    title: Mapped[str] = mapped_column(default="")
    kind: Mapped[SeatKind] = mapped_column(default=SeatKind.VOTING)

    body: Mapped[Body] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def function_label(self) -> str:
        """The title given to this seat, or that of its function."""
        return self.title or self.function.label

    @property
    def holder(self) -> str:
        """Who sits there, or what the seat is while nobody does."""
        if self.person is not None:
            return self.person.name
        label, where = self.function_label, self.organisation.name
        return label if where in label else f"{label} {where}"

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        what = f"{self.holder} ({self.function_label}, {self.organisation.name})"
        return f"{what} in {self.body.the_name}"

    @property
    def concerns(self) -> tuple[str | None, ...]:
        """In whose history it stands too: of who sits there, and of the body."""
        return self.person_id, self.body_id


class RoleAssignment(Period, Identified):
    """A person has a role in a body, for an organisation, or in the whole service."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period"),
        CheckConstraint(
            "(role IN ('support', 'chair', 'committee')"
            " AND body_id IS NOT NULL AND organisation_id IS NULL)"
            " OR (role IN ('mayor', 'director', 'partner', 'secretariat', 'councillor')"
            " AND body_id IS NULL AND organisation_id IS NOT NULL)"
            " OR (role = 'administrator' AND body_id IS NULL AND organisation_id IS NULL)",
            name="scope",
        ),
        Index(None, "person_id"),
        Index(None, "body_id"),
        Index(None, "organisation_id"),
    )

    person_id: Mapped[Ref] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role]
    body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    organisation_id: Mapped[Ref | None] = mapped_column(ForeignKey("organisations.id"))

    person: Mapped[Person] = relationship()
    body: Mapped[Body | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    @property
    def scope_label(self) -> str:
        """Where the role holds."""
        if self.body is not None:
            return self.body.name
        return self.organisation.name if self.organisation is not None else "de hele dienst"

    @property
    def journal_label(self) -> str:
        """How the journal calls it."""
        return f"{self.role.label} ({self.scope_label}) aan {self.person.name}"

    @property
    def ended_label(self) -> str:
        """How the journal calls it where it ends."""
        return f"{self.role.label} ({self.scope_label}) van {self.person.name}"

    @property
    def concerns(self) -> tuple[str | None, ...]:
        """In whose history it stands too: of who has it, and of where it holds."""
        return self.person_id, self.body_id, self.organisation_id
