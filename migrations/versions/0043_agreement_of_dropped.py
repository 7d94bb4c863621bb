"""How the table came to an outcome that was dropped, to put it back with it.

Revision: 0043, after 0042
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dropped_outcomes") as table:
        table.add_column(sa.Column("agreement", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("dropped_outcomes") as table:
        table.alter_column("agreement", existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("dropped_outcomes") as table:
        table.drop_column("agreement")
