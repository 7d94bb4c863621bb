"""Polls for a date.

Revision: 0023, after 0022
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
