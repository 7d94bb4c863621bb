"""Find at once the newest row of the journal that may tell of another feed.

Revision: 0040, after 0039
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KINDS = {
    "meetings": "'meetings', 'agenda_versions', 'minutes', 'bodies', 'seats', 'role_assignments'",
    "follow_up": "'follow_ups', 'outcomes', 'action_items', 'agenda_items', 'organisations'",
    "dates": "'body_dates', 'date_sources'",
}


def upgrade() -> None:
    for part, kinds in KINDS.items():
        condition = sa.text(f"subject_type IN ({kinds})")
        op.create_index(
            f"ix_journal_entries_of_{part}",
            "journal_entries",
            ["at_utc"],
            sqlite_where=condition,
            postgresql_where=condition,
        )


def downgrade() -> None:
    for part in KINDS:
        op.drop_index(f"ix_journal_entries_of_{part}", "journal_entries")
