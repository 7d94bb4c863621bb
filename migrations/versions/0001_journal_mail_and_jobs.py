"""The journal, the outbox and the worker's heartbeat.

Revision: 0001, after
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("process", sa.String(length=40), nullable=False),
        sa.Column("seen_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_heartbeats")),
    )
    op.create_table(
        "journal_entries",
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verb",
            sa.Enum(
                "person:invited",
                "person:signed_in",
                "person:changed_password",
                "person:signed_out_everywhere",
                "person:disabled",
                "person:enabled",
                "role:granted",
                "role:ended",
                "seat:added",
                "seat:changed",
                "seat:ended",
                "body:started",
                "body:changed",
                "organisation:added",
                "organisation:changed",
                "meeting:planned",
                "meeting:changed",
                "meeting:cancelled",
                "meeting:opened",
                "meeting:closed",
                "proposal:drafted",
                "proposal:changed",
                "proposal:submitted",
                "proposal:sent_to_validation",
                "proposal:voted",
                "proposal:validated",
                "proposal:returned",
                "proposal:refused",
                "proposal:referred",
                "proposal:withdrawn",
                "proposal:scheduled",
                "proposal:unscheduled",
                "proposal:treated",
                "annex:added",
                "annex:removed",
                "agenda:sent",
                "agenda:reordered",
                "attendance:noted",
                "notes:saved",
                "minutes:approved",
                "outcome:noted",
                "outcome:changed",
                "outcome:released",
                "canonical_text:changed",
                "follow_up:reported",
                "feed:created",
                "feed:revoked",
                name="verb",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject_type", sa.String(length=200), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("subject_label", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.String(length=16), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("from_state", sa.String(length=200), nullable=True),
        sa.Column("to_state", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
    )
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_entries_subject_type_at_utc"),
            ["subject_type", "at_utc"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_journal_entries_subject_type_subject_id_at_utc"),
            ["subject_type", "subject_id", "at_utc"],
            unique=False,
        )

    op.create_table(
        "outbox_messages",
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "failed",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("to_email", sa.String(length=200), nullable=False),
        sa.Column("to_name", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("subject_type", sa.String(length=200), nullable=True),
        sa.Column("subject_id", sa.String(length=16), nullable=True),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_after_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
    )
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_messages_state_send_after_utc"),
            ["state", "send_after_utc"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_outbox_messages_subject_id"), ["subject_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_messages_subject_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_messages_state_send_after_utc"))

    op.drop_table("outbox_messages")
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_entries_subject_type_subject_id_at_utc"))
        batch_op.drop_index(batch_op.f("ix_journal_entries_subject_type_at_utc"))

    op.drop_table("journal_entries")
    op.drop_table("heartbeats")
