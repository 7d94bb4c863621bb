"""Mails about a region report name its municipality, so that they stand in its history.

Revision: 0033, after 0032
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

MAILS = sa.table(
    "outbox_messages", sa.column("body_id"), sa.column("subject_type"), sa.column("subject_id")
)
REPORTS = sa.table("region_reports", sa.column("id"), sa.column("organisation_id"))
ABOUT_A_REPORT = MAILS.c.subject_type == "region_reports"


def upgrade() -> None:
    town = sa.select(REPORTS.c.organisation_id).where(REPORTS.c.id == MAILS.c.subject_id)
    op.execute(sa.update(MAILS).where(ABOUT_A_REPORT).values(body_id=town.scalar_subquery()))


def downgrade() -> None:
    op.execute(sa.update(MAILS).where(ABOUT_A_REPORT).values(body_id=None))
