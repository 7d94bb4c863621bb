"""How a person wants mail, and jobs that failed.

Revision: 0026, after 0025
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
