"""Indexes to find the proposals that wait for somebody.

Revision: 0035, after 0034
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

COLUMNS = ("state", "asked_back_at_utc")


def upgrade() -> None:
    for column in COLUMNS:
        op.create_index(op.f(f"ix_proposals_{column}"), "proposals", [column])


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(op.f(f"ix_proposals_{column}"), "proposals")
