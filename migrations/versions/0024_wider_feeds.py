"""Feeds of a region, a municipality and the public.

Revision: 0024, after 0023
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
