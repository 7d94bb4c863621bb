"""An index to find what a postponed point became.

Revision: 0028, after 0027
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_agenda_items_continues_id"), "agenda_items", ["continues_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_agenda_items_continues_id"), "agenda_items")
