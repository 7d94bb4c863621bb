"""Invitations to meetings by mail and what was answered.

Revision: 0025, after 0024
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
