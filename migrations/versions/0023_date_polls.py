"""Polls for a date.

Revision: 0023, after 0022
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_polls()
    _create_answers()
    op.create_table(
        "date_poll_links",
        sa.Column("poll_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(ended_at_utc IS NULL) = (ended_by_name = '')",
            name=op.f("ck_date_poll_links_ended_by"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_date_poll_links_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_polls.id"], name=op.f("fk_date_poll_links_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_links")),
    )
    with op.batch_alter_table("date_poll_links") as table:
        table.create_index(op.f("ix_date_poll_links_person_id"), ["person_id"])
    op.create_index(
        "uq_date_poll_links_live",
        "date_poll_links",
        ["poll_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at_utc IS NULL"),
        postgresql_where=sa.text("ended_at_utc IS NULL"),
    )


def _create_polls() -> None:
    op.create_table(
        "date_polls",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("shows_answers", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "picked",
                "closed",
                name="pollstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("created_by_name", sa.String(length=200), nullable=False),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(state IN ('picked', 'closed')) = (ended_at_utc IS NOT NULL)",
            name=op.f("ck_date_polls_ended"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (state_reason <> '')",
            name=op.f("ck_date_polls_closed_for_a_reason"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_date_polls_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_polls")),
    )
    with op.batch_alter_table("date_polls") as table:
        table.create_index(op.f("ix_date_polls_body_id"), ["body_id"])
    op.create_table(
        "date_poll_slots",
        sa.Column("poll_id", sa.String(length=16), nullable=False),
        sa.Column("starts_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dropped_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_id", sa.String(length=16), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "ends_at_utc > starts_at_utc", name=op.f("ck_date_poll_slots_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_date_poll_slots_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_polls.id"], name=op.f("fk_date_poll_slots_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_slots")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_date_poll_slots_meeting_id")),
        sa.UniqueConstraint(
            "poll_id",
            "starts_at_utc",
            "ends_at_utc",
            name=op.f("uq_date_poll_slots_poll_id_starts_at_utc_ends_at_utc"),
        ),
    )


def _create_answers() -> None:
    op.create_table(
        "date_poll_replies",
        sa.Column("poll_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("answered_by_name", sa.String(length=200), nullable=False),
        sa.Column("answered_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_date_poll_replies_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["date_polls.id"], name=op.f("fk_date_poll_replies_poll_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll_replies")),
        sa.UniqueConstraint(
            "poll_id", "person_id", name=op.f("uq_date_poll_replies_poll_id_person_id")
        ),
    )
    with op.batch_alter_table("date_poll_replies") as table:
        table.create_index(op.f("ix_date_poll_replies_person_id"), ["person_id"])
    op.create_table(
        "date_poll_answers",
        sa.Column("reply_id", sa.String(length=16), nullable=False),
        sa.Column("slot_id", sa.String(length=16), nullable=False),
        sa.Column(
            "availability",
            sa.Enum(
                "yes",
                "rather_not",
                "no",
                name="availability",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["date_poll_replies.id"], name=op.f("fk_date_poll_answers_reply_id")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["date_poll_slots.id"], name=op.f("fk_date_poll_answers_slot_id")
        ),
        sa.PrimaryKeyConstraint("reply_id", "slot_id", name=op.f("pk_date_poll_answers")),
    )
    with op.batch_alter_table("date_poll_answers") as table:
        table.create_index(op.f("ix_date_poll_answers_slot_id"), ["slot_id"])


def downgrade() -> None:
    op.drop_table("date_poll_links")
    op.drop_table("date_poll_answers")
    op.drop_table("date_poll_replies")
    op.drop_table("date_poll_slots")
    op.drop_table("date_polls")
