"""Which revision of these somebody started from, so that nobody overwrites another.

Revision: 0039, after 0038
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLES = (
    "organisations",
    "memberships",
    "seats",
    "themes",
    "annexes",
    "proposal_templates",
    "agenda_templates",
    "municipality_tags",
    "cost_sharings",
    "position_sendings",
)


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(
                sa.Column("revision", sa.Integer(), nullable=False, server_default="1")
            )
        with op.batch_alter_table(name) as table:
            table.alter_column("revision", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    for name in reversed(TABLES):
        with op.batch_alter_table(name) as table:
            table.drop_column("revision")
