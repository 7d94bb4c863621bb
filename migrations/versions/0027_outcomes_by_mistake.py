"""Outcomes that were noted by mistake.

Revision: 0027, after 0026
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("noted", "agreement", "position", "advice", "referral", "postponed", "withdrawn")


def upgrade() -> None:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "dropped_outcomes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dropped_by_name", sa.String(length=200), nullable=False),
        sa.Column("dropped_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_dropped_outcomes_outcomekind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_dropped_outcomes_explained")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_dropped_outcomes_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_outcomes")),
    )
    op.create_index(op.f("ix_dropped_outcomes_item_id"), "dropped_outcomes", ["item_id"])


def downgrade() -> None:
    # What a dropped outcome said is lost there; that it was dropped stays in the journal.
    op.drop_table("dropped_outcomes")
