"""How few outcomes that ask something still wait to be released, for PostgreSQL to know.

Without it, it takes their kind and state for unrelated and reads all points to find a few.

Revision: 0044, after 0043
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE STATISTICS st_outcomes_kind_state (dependencies, mcv)"
            " ON kind, state FROM outcomes"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP STATISTICS st_outcomes_kind_state")
