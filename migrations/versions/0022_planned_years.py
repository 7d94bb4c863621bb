"""Years of meetings, proposed from a rhythm and rules.

Revision: 0022, after 0021
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
