"""A mail that waits for the end of somebody's quiet hours says so.

Revision: 0030, after 0029
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STATES = "state IN ('waiting', 'held', 'digested', 'sent', 'failed')"
MORE_STATES = "state IN ('waiting', 'quiet', 'held', 'digested', 'sent', 'failed')"


def upgrade() -> None:
    allow(MORE_STATES)


def downgrade() -> None:
    # They leave at the moment they have, as before.
    op.execute("UPDATE outbox_messages SET state = 'waiting' WHERE state = 'quiet'")
    allow(STATES)


def allow(states: str) -> None:
    """Let mails have these states."""
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_constraint(op.f("ck_outbox_messages_mailstate"), type_="check")
        table.create_check_constraint(op.f("ck_outbox_messages_mailstate"), states)
