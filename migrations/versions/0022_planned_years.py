"""Years of meetings, proposed from a rhythm and rules.

Revision: 0022, after 0021
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KINDS = ("monthly", "weekly", "times")


def upgrade() -> None:
    op.create_table(
        "planned_years",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="yearkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("skips_summer", sa.Boolean(), nullable=False),
        sa.Column("starts_at_hour", sa.Time(), nullable=False),
        sa.Column("ends_at_hour", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("online_url", sa.Text(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_planned_years_period")),
        sa.CheckConstraint(
            "ends_at_hour > starts_at_hour", name=op.f("ck_planned_years_ends_after_start")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_planned_years_weekday")),
        sa.CheckConstraint("nth BETWEEN -1 AND 4", name=op.f("ck_planned_years_nth")),
        sa.CheckConstraint("every_weeks >= 1 AND times >= 1", name=op.f("ck_planned_years_often")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_planned_years_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_years")),
        sa.UniqueConstraint("body_id", name=op.f("uq_planned_years_body_id")),
    )
    op.create_table(
        "planned_dates",
        sa.Column("year_id", sa.String(length=16), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("starts_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "is_left_out = (starts_at_utc IS NULL)", name=op.f("ck_planned_dates_left_out")
        ),
        sa.CheckConstraint(
            "(starts_at_utc IS NULL) = (ends_at_utc IS NULL)",
            name=op.f("ck_planned_dates_both_hours"),
        ),
        sa.CheckConstraint(
            "ends_at_utc > starts_at_utc", name=op.f("ck_planned_dates_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["year_id"], ["planned_years.id"], name=op.f("fk_planned_dates_year_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_dates")),
        sa.UniqueConstraint(
            "year_id", "wished_on", name=op.f("uq_planned_dates_year_id_wished_on")
        ),
    )
    op.create_table(
        "travel_times",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 240", name=op.f("ck_travel_times_minutes")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_travel_times_body_id")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_travel_times")),
    )


def downgrade() -> None:
    op.drop_table("travel_times")
    op.drop_table("planned_dates")
    op.drop_table("planned_years")
