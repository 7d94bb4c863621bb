"""Find the few outcomes that wait to be released without reading those that were.

Revision: 0045, after 0044
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_outcomes_kind_state"), "outcomes", ["kind", "state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outcomes_kind_state"), "outcomes")
