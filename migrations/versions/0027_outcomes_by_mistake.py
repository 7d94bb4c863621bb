"""Small things of outcomes and the verslag.

Revision: 0027, after 0026
Migrations name tables and types themselves and import nothing from overleg.
"""

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
