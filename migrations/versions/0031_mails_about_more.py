"""A mail may be about more than one thing: a year of meetings, all that is still to be reported.

Revision: 0031, after 0030
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_subjects",
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_messages.id"],
            name=op.f("fk_mail_subjects_message_id"),
        ),
        sa.PrimaryKeyConstraint("message_id", "subject_id", name=op.f("pk_mail_subjects")),
    )
    op.create_index(op.f("ix_mail_subjects_subject_id"), "mail_subjects", ["subject_id"])


def downgrade() -> None:
    op.drop_table("mail_subjects")
