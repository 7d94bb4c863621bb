"""Invitations to meetings by mail and what was answered.

Revision: 0025, after 0024
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _ref(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length=16), nullable=nullable)


def upgrade() -> None:
    with op.batch_alter_table("outbox_messages") as table:
        table.add_column(sa.Column("calendar", sa.Text(), nullable=True))
        table.add_column(sa.Column("calendar_method", sa.String(length=200), nullable=True))
    op.create_table(
        "invitation_choices",
        _ref("person_id"),
        _moment("since_utc"),
        _ref("id"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitation_choices_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_choices")),
        sa.UniqueConstraint("person_id", name=op.f("uq_invitation_choices_person_id")),
    )
    op.create_table(
        "meeting_answers",
        _ref("meeting_id"),
        _ref("person_id"),
        sa.Column("coming", _choice("coming", "coming", "maybe", "not_coming"), nullable=False),
        sa.Column("way", _choice("answerway", "link", "page", "calendar"), nullable=False),
        _moment("answered_at_utc"),
        _moment("for_start_utc"),
        _ref("id"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_answers_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_meeting_answers_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_answers")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_meeting_answers_meeting_id_person_id")
        ),
    )
    with op.batch_alter_table("meeting_answers") as table:
        table.create_index(op.f("ix_meeting_answers_person_id"), ["person_id"])
    op.create_table(
        "invitations",
        _ref("meeting_id"),
        _ref("person_id"),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("asked_from", sa.Integer(), nullable=False),
        _moment("starts_at_utc"),
        _moment("ends_at_utc"),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("online_url", sa.Text(), nullable=False),
        _moment("sent_at_utc"),
        _moment("withdrawn_at_utc", nullable=True),
        _ref("id"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_invitations_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_invitations_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_invitations_meeting_id_person_id")
        ),
    )
    with op.batch_alter_table("invitations") as table:
        table.create_index(op.f("ix_invitations_person_id"), ["person_id"])
    op.create_table(
        "read_replies",
        sa.Column("message_key", sa.String(length=200), nullable=False),
        sa.Column(
            "result",
            _choice("replyresult", "counted", "outdated", "unknown", "not_trusted"),
            nullable=False,
        ),
        _ref("meeting_id", nullable=True),
        _moment("read_at_utc"),
        _ref("id"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_read_replies_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_replies")),
        sa.UniqueConstraint("message_key", name=op.f("uq_read_replies_message_key")),
    )
    with op.batch_alter_table("read_replies") as table:
        table.create_index(op.f("ix_read_replies_meeting_id"), ["meeting_id"])
    op.create_table(
        "mailbox_progress",
        sa.Column("mailbox_key", sa.String(length=200), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        _ref("id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_progress")),
        sa.UniqueConstraint("mailbox_key", name=op.f("uq_mailbox_progress_mailbox_key")),
    )


def downgrade() -> None:
    op.drop_table("mailbox_progress")
    op.drop_table("read_replies")
    op.drop_table("invitations")
    op.drop_table("meeting_answers")
    op.drop_table("invitation_choices")
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_column("calendar_method")
        table.drop_column("calendar")
