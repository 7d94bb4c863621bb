"""Reports on the region for college and council.

Revision: 0018, after 0017
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KINDS = ("college_report", "council_report")
STATES = ("open", "written", "placed")
FORMS = ("full", "brief")


def upgrade() -> None:
    op.create_table(
        "region_reports",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ready_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("is_empty", sa.Boolean(), nullable=False),
        sa.Column("covers_from_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("covers_until_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("written_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("placed_on", sa.Date(), nullable=True),
        sa.Column("reference_number", sa.String(length=200), nullable=False),
        sa.Column("placed_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("placed_by_name", sa.String(length=200), nullable=False),
        sa.Column("reminders_sent", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(one_of("kind", *KINDS), name=op.f("ck_region_reports_reportkind")),
        sa.CheckConstraint(one_of("state", *STATES), name=op.f("ck_region_reports_reportstate")),
        sa.CheckConstraint("last_day > first_day", name=op.f("ck_region_reports_period")),
        sa.CheckConstraint(
            "ready_on BETWEEN first_day AND last_day", name=op.f("ck_region_reports_ready")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (written_at_utc IS NULL)", name=op.f("ck_region_reports_written")
        ),
        sa.CheckConstraint(
            "(written_at_utc IS NULL) = (covers_until_utc IS NULL)"
            " AND (covers_from_utc IS NULL) = (covers_until_utc IS NULL)",
            name=op.f("ck_region_reports_covers"),
        ),
        sa.CheckConstraint(
            "(state = 'placed') = (placed_on IS NOT NULL)", name=op.f("ck_region_reports_placed")
        ),
        sa.CheckConstraint(
            "placed_on IS NULL OR placed_on >= first_day",
            name=op.f("ck_region_reports_placed_in_time"),
        ),
        sa.CheckConstraint(
            "reminders_sent BETWEEN 0 AND 9", name=op.f("ck_region_reports_reminders")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_region_reports_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_reports")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "first_day",
            name=op.f("uq_region_reports_organisation_id_kind_first_day"),
        ),
    )
    op.create_index(
        op.f("ix_region_reports_state_last_day"), "region_reports", ["state", "last_day"]
    )
    op.create_table(
        "raised_points",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("report_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("raised_by_name", sa.String(length=200), nullable=False),
        sa.Column("raised_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["region_reports.id"], name=op.f("fk_raised_points_report_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_raised_points_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raised_points")),
        sa.UniqueConstraint(
            "report_id", "proposal_id", name=op.f("uq_raised_points_report_id_proposal_id")
        ),
    )
    op.create_index(op.f("ix_raised_points_proposal_id"), "raised_points", ["proposal_id"])
    op.create_table(
        "report_settings",
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("ready_day", sa.Integer(), nullable=False),
        sa.Column("council_month", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("introduction_html", sa.Text(), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(one_of("form", *FORMS), name=op.f("ck_report_settings_reportform")),
        sa.CheckConstraint("ready_day BETWEEN 0 AND 28", name=op.f("ck_report_settings_ready_day")),
        sa.CheckConstraint(
            "council_month BETWEEN 1 AND 6", name=op.f("ck_report_settings_council_month")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_report_settings_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_report_settings")),
    )


def downgrade() -> None:
    op.drop_table("report_settings")
    op.drop_table("raised_points")
    op.drop_table("region_reports")


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
