"""Which revision of a vote, a list of absences, session days or a name somebody started from.

Revision: 0041, after 0040
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

TABLES = ("outcome_votes", "people")


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(
                sa.Column("revision", sa.Integer(), nullable=False, server_default="1")
            )
        with op.batch_alter_table(name) as table:
            table.alter_column("revision", existing_type=sa.Integer(), server_default=None)
    op.create_table(
        "absence_lists",
        sa.Column("item_id", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_absence_lists_item_id")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_absence_lists")),
    )
    op.create_table(
        "organ_calendars",
        sa.Column("organisation_id", sa.String(16), nullable=False),
        sa.Column("organ", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organ_calendars_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "organ", name=op.f("pk_organ_calendars")),
        sa.CheckConstraint(
            "organ IN ('college', 'council')", name=op.f("ck_organ_calendars_organ")
        ),
    )


def downgrade() -> None:
    op.drop_table("organ_calendars")
    op.drop_table("absence_lists")
    for name in reversed(TABLES):
        with op.batch_alter_table(name) as table:
            table.drop_column("revision")
