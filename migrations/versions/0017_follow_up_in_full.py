"""Sessions of colleges and councils, reminders, links without account, moves, sent positions.

Revision: 0017, after 0016
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_organ_days()
    add_links()
    add_reminders()
    add_moves()
    add_positions()


def add_organ_days() -> None:
    """When colleges and councils meet."""
    op.create_table(
        "organ_rules",
        reference("organisation_id"),
        sa.Column("organ", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("organ_rules", "organ", "organ IN ('college', 'council')"),
        check("organ_rules", "rhythmkind", "kind IN ('monthly', 'weekly')"),
        check("organ_rules", "weekday", "weekday BETWEEN 0 AND 6"),
        check("organ_rules", "nth", "nth IN (-1, 1, 2, 3, 4)"),
        check("organ_rules", "every_weeks", "every_weeks BETWEEN 1 AND 8"),
        points_to("organ_rules", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("organisation_id", "organ", name=op.f("pk_organ_rules")),
    )
    op.create_table(
        "organ_days",
        reference("id"),
        reference("organisation_id"),
        sa.Column("organ", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meets", sa.Boolean(), nullable=False),
        sa.Column("from_file", sa.Boolean(), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("organ_days", "organ", "organ IN ('college', 'council')"),
        points_to("organ_days", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organ_days")),
        sa.UniqueConstraint(
            "organisation_id", "organ", "day", name=op.f("uq_organ_days_organisation_id_organ_day")
        ),
    )
    op.create_index(op.f("ix_organ_days_day"), "organ_days", ["day"])


def add_links() -> None:
    """Answering one row without an account."""
    op.create_table(
        "follow_up_links",
        reference("id"),
        reference("follow_up_id"),
        reference("person_id"),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.String(length=200), nullable=False),
        check("follow_up_links", "ended_by", "(ended_at_utc IS NULL) = (ended_by_name = '')"),
        points_to("follow_up_links", "follow_up_id", "follow_ups"),
        points_to("follow_up_links", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_links")),
    )
    op.create_index(
        "uq_follow_up_links_live",
        "follow_up_links",
        ["follow_up_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at_utc IS NULL"),
        postgresql_where=sa.text("ended_at_utc IS NULL"),
    )
    op.create_index(op.f("ix_follow_up_links_person_id"), "follow_up_links", ["person_id"])


def add_reminders() -> None:
    """A body's habits, what was sent, and what waits a while."""
    op.create_table(
        "reminder_settings",
        reference("body_id"),
        sa.Column("before_days", sa.Integer(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("escalate_after_days", sa.Integer(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("reminder_settings", "before", "before_days BETWEEN 0 AND 60"),
        check("reminder_settings", "every", "every_days BETWEEN 1 AND 60"),
        check("reminder_settings", "escalate", "escalate_after_days BETWEEN 1 AND 180"),
        points_to("reminder_settings", "body_id", "bodies"),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_reminder_settings")),
    )
    op.create_table(
        "reminder_pauses",
        reference("id"),
        reference("outcome_id"),
        reference("follow_up_id", optional=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("paused_by_name", sa.String(length=200), nullable=False),
        sa.Column("paused_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("reminder_pauses", "explained", "reason <> ''"),
        points_to("reminder_pauses", "outcome_id", "outcomes"),
        points_to("reminder_pauses", "follow_up_id", "follow_ups"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_pauses")),
    )
    for column in ("outcome_id", "follow_up_id"):
        op.create_index(op.f(f"ix_reminder_pauses_{column}"), "reminder_pauses", [column])
    op.create_table(
        "reminders_sent",
        reference("follow_up_id"),
        reference("person_id"),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("is_escalation", sa.Boolean(), nullable=False),
        points_to("reminders_sent", "follow_up_id", "follow_ups"),
        points_to("reminders_sent", "person_id", "people"),
        sa.PrimaryKeyConstraint(
            "follow_up_id", "person_id", "sent_on", name=op.f("pk_reminders_sent")
        ),
    )
    op.create_index(
        op.f("ix_reminders_sent_person_id_sent_on"), "reminders_sent", ["person_id", "sent_on"]
    )


def add_moves() -> None:
    """From a municipality that ended to its successor."""
    op.create_table(
        "follow_up_moves",
        reference("id"),
        reference("follow_up_id"),
        reference("from_organisation_id"),
        reference("to_organisation_id"),
        sa.Column("moved_on", sa.Date(), nullable=False),
        points_to("follow_up_moves", "follow_up_id", "follow_ups"),
        points_to("follow_up_moves", "from_organisation_id", "organisations"),
        points_to("follow_up_moves", "to_organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_moves")),
    )
    for column in ("follow_up_id", "from_organisation_id"):
        op.create_index(op.f(f"ix_follow_up_moves_{column}"), "follow_up_moves", [column])


def add_positions() -> None:
    """To whom a position was sent, and what came back."""
    op.create_table(
        "position_sendings",
        reference("id"),
        reference("outcome_id"),
        sa.Column("addressee", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("position_sendings", "answer", "(answered_on IS NULL) = (answer = '')"),
        check(
            "position_sendings", "answered_after", "answered_on IS NULL OR answered_on >= sent_on"
        ),
        points_to("position_sendings", "outcome_id", "outcomes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_sendings")),
    )
    op.create_index(op.f("ix_position_sendings_outcome_id"), "position_sendings", ["outcome_id"])


def downgrade() -> None:
    for name in (
        "position_sendings",
        "follow_up_moves",
        "reminders_sent",
        "reminder_pauses",
        "reminder_settings",
        "follow_up_links",
        "organ_days",
        "organ_rules",
    ):
        op.drop_table(name)


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK under the name that the models give it."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def reference(name: str, *, optional: bool = False) -> sa.Column[str]:
    """The id of a row, here or elsewhere."""
    return sa.Column(name, sa.String(length=16), nullable=optional)


def points_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key under the name that the models give it."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
