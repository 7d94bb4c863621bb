"""Outcomes, their texts and the follow-up.

Revision: 0007, after 0006
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcomes",
        sa.Column("item_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "noted",
                "agreement",
                "position",
                "advice",
                "referral",
                "postponed",
                "withdrawn",
                name="outcomekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "released",
                name="outcomestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(state = 'released') = (released_at_utc IS NOT NULL)", name=op.f("ck_outcomes_release")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_outcomes_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
    )
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcomes_item_id"), ["item_id"], unique=False)

    op.create_table(
        "canonical_texts",
        sa.Column("outcome_id", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("summary_html", sa.Text(), nullable=False),
        sa.Column("background_html", sa.Text(), nullable=False),
        sa.Column("competence_html", sa.Text(), nullable=False),
        sa.Column("regulation_html", sa.Text(), nullable=False),
        sa.Column("arguments_html", sa.Text(), nullable=False),
        sa.Column("advice_html", sa.Text(), nullable=False),
        sa.Column("finances_html", sa.Text(), nullable=False),
        sa.Column("articles_html", sa.Text(), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_canonical_texts_outcome_id")
        ),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_canonical_texts")),
    )
    op.create_table(
        "follow_ups",
        sa.Column("outcome_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column(
            "organ",
            sa.Enum(
                "college",
                "council",
                name="organ",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "to_schedule",
                "scheduled",
                "approved",
                "approved_amended",
                "rejected",
                "noted",
                "postponed",
                "not_applicable",
                name="followupstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scheduled_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reference_number", sa.String(length=200), nullable=False),
        sa.Column("decision_url", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=True),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by_name", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "state <> 'rejected' OR remark <> ''", name=op.f("ck_follow_ups_rejection_explained")
        ),
        sa.CheckConstraint(
            "state <> 'scheduled' OR scheduled_on IS NOT NULL",
            name=op.f("ck_follow_ups_scheduled_dated"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'approved_amended', 'rejected', 'noted')"
            " OR decided_on IS NOT NULL",
            name=op.f("ck_follow_ups_decision_dated"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_follow_ups_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_follow_ups_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_follow_ups_outcome_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint(
            "outcome_id",
            "organisation_id",
            "organ",
            name=op.f("uq_follow_ups_outcome_id_organisation_id_organ"),
        ),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_ups_organisation_id_state"),
            ["organisation_id", "state"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_follow_ups_state_due_on"), ["state", "due_on"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_follow_ups_organisation_id_state"))

    op.drop_table("follow_ups")
    op.drop_table("canonical_texts")
    with op.batch_alter_table("outcomes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcomes_item_id"))

    op.drop_table("outcomes")
