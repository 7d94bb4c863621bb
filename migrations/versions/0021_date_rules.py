"""Rules between the dates of bodies.

Revision: 0021, after 0020
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = (
    "after",
    "days_before",
    "at_least_before",
    "no_holiday",
    "no_school_holiday",
    "not_together",
)


def upgrade() -> None:
    op.create_table(
        "date_rules",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="rulekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("other_body_id", sa.String(length=16), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("is_same_place", sa.Boolean(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), nullable=False),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('after', 'days_before', 'at_least_before')) = (other_body_id IS NOT NULL)",
            name=op.f("ck_date_rules_other_body"),
        ),
        sa.CheckConstraint("other_body_id <> body_id", name=op.f("ck_date_rules_another_body")),
        sa.CheckConstraint("minutes >= 0 AND days >= 0", name=op.f("ck_date_rules_not_negative")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_date_rules_body_id")),
        sa.ForeignKeyConstraint(
            ["other_body_id"], ["bodies.id"], name=op.f("fk_date_rules_other_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_rules")),
    )
    with op.batch_alter_table("date_rules") as table:
        table.create_index(op.f("ix_date_rules_body_id"), ["body_id"])
        table.create_index(op.f("ix_date_rules_other_body_id"), ["other_body_id"])


def downgrade() -> None:
    op.drop_table("date_rules")
