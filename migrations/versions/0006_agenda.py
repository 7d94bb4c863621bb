"""Dossiers, proposals, validation, agenda items and sent agendas.

Revision: 0006, after 0005
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
    )
    op.create_table(
        "agenda_versions",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("sent_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_name", sa.String(length=200), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_versions_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_versions")),
        sa.UniqueConstraint(
            "meeting_id", "letter", name=op.f("uq_agenda_versions_meeting_id_letter")
        ),
    )
    op.create_table(
        "proposals",
        sa.Column("dossier_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        sa.Column(
            "function",
            sa.Enum(
                "exchange",
                "tuning",
                "policy",
                name="proposalfunction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "information",
                "steering",
                "project",
                "strategy",
                name="proposalkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "asked",
            sa.Enum(
                "note",
                "discuss",
                "decide",
                name="asked",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "public",
                "administrations",
                "mayors",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wished_meeting_id", sa.String(length=16), nullable=True),
        sa.Column("submitter_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("created_by_id", sa.String(length=16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "in_validation",
                "validated",
                "returned",
                "scheduled",
                "treated",
                "withdrawn",
                "refused",
                "referred",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("referred_from_id", sa.String(length=16), nullable=True),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint("state = 'draft' OR title <> ''", name=op.f("ck_proposals_title_given")),
        sa.CheckConstraint(
            "state NOT IN ('returned', 'refused', 'referred') OR state_reason <> ''",
            name=op.f("ck_proposals_reason_given"),
        ),
        sa.CheckConstraint(
            "minutes_needed BETWEEN 1 AND 480", name=op.f("ck_proposals_minutes_needed")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_proposals_body_id")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["people.id"], name=op.f("fk_proposals_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_proposals_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_proposals_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["referred_from_id"], ["proposals.id"], name=op.f("fk_proposals_referred_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitter_id"], ["people.id"], name=op.f("fk_proposals_submitter_id")
        ),
        sa.ForeignKeyConstraint(
            ["wished_meeting_id"], ["meetings.id"], name=op.f("fk_proposals_wished_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposals_body_id_state"), ["body_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposals_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposals_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_proposals_submitter_id"), ["submitter_id"], unique=False
        )

    op.create_table(
        "agenda_items",
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("proposal_id", sa.String(length=16), nullable=True),
        sa.Column("continues_id", sa.String(length=16), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "minutes_approval",
                "proposal",
                "own",
                "any_other_business",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        sa.Column("submitter_label", sa.Text(), nullable=False),
        sa.Column(
            "asked",
            sa.Enum(
                "note",
                "discuss",
                "decide",
                name="asked",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "public",
                "administrations",
                "mayors",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "treated",
                "postponed",
                "withdrawn",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(kind = 'proposal') = (proposal_id IS NOT NULL)", name=op.f("ck_agenda_items_proposal")
        ),
        sa.CheckConstraint(
            "minutes_needed BETWEEN 0 AND 480", name=op.f("ck_agenda_items_minutes_needed")
        ),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["agenda_items.id"], name=op.f("fk_agenda_items_continues_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_items_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_agenda_items_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint(
            "meeting_id", "proposal_id", name=op.f("uq_agenda_items_meeting_id_proposal_id")
        ),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agenda_items_meeting_id_position"),
            ["meeting_id", "position"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_agenda_items_proposal_id"), ["proposal_id"], unique=False
        )

    op.create_table(
        "annexes",
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "public",
                "administrations",
                "mayors",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_annexes_file_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_annexes_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annexes")),
    )
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_annexes_proposal_id"), ["proposal_id"], unique=False)

    op.create_table(
        "validation_rounds",
        sa.Column("proposal_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "validated_by",
            sa.Enum(
                "chair",
                "committee",
                name="validatedby",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("majority_percent", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "passed",
                "returned",
                "refused",
                "referred",
                "stopped",
                name="roundstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "majority_percent BETWEEN 1 AND 100", name=op.f("ck_validation_rounds_majority")
        ),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_validation_rounds_quorum")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_validation_rounds_proposal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_rounds")),
    )
    with op.batch_alter_table("validation_rounds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_validation_rounds_proposal_id"), ["proposal_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_validation_rounds_state"), ["state"], unique=False)

    op.create_table(
        "sent_items",
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        sa.Column("submitter_label", sa.Text(), nullable=False),
        sa.Column(
            "asked",
            sa.Enum(
                "note",
                "discuss",
                "decide",
                name="asked",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        sa.Column("starts_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "public",
                "administrations",
                "mayors",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_sent_items_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agenda_versions.id"], name=op.f("fk_sent_items_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_items")),
        sa.UniqueConstraint("version_id", "number", name=op.f("uq_sent_items_version_id_number")),
    )
    with op.batch_alter_table("sent_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_items_item_id"), ["item_id"], unique=False)

    op.create_table(
        "validation_votes",
        sa.Column("round_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "agree",
                "return",
                "refuse",
                "refer",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("motive", sa.Text(), nullable=False),
        sa.Column("refer_to_id", sa.String(length=16), nullable=True),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "answer <> 'refer' OR refer_to_id IS NOT NULL",
            name=op.f("ck_validation_votes_refer_to"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_validation_votes_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["refer_to_id"], ["bodies.id"], name=op.f("fk_validation_votes_refer_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["validation_rounds.id"], name=op.f("fk_validation_votes_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_votes")),
        sa.UniqueConstraint(
            "round_id", "person_id", name=op.f("uq_validation_votes_round_id_person_id")
        ),
    )
    op.create_table(
        "sent_annexes",
        sa.Column("sent_item_id", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "circle",
            sa.Enum(
                "public",
                "administrations",
                "mayors",
                name="circle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_sent_annexes_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_item_id"], ["sent_items.id"], name=op.f("fk_sent_annexes_sent_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_annexes")),
    )
    with op.batch_alter_table("sent_annexes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_annexes_file_id"), ["file_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sent_annexes_sent_item_id"), ["sent_item_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("sent_annexes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_annexes_sent_item_id"))
        batch_op.drop_index(batch_op.f("ix_sent_annexes_file_id"))

    op.drop_table("sent_annexes")
    op.drop_table("validation_votes")
    with op.batch_alter_table("sent_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_items_item_id"))

    op.drop_table("sent_items")
    with op.batch_alter_table("validation_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_validation_rounds_state"))
        batch_op.drop_index(batch_op.f("ix_validation_rounds_proposal_id"))

    op.drop_table("validation_rounds")
    with op.batch_alter_table("annexes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_annexes_proposal_id"))

    op.drop_table("annexes")
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_items_proposal_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_items_meeting_id_position"))

    op.drop_table("agenda_items")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_submitter_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_dossier_id"))
        batch_op.drop_index(batch_op.f("ix_proposals_body_id_state"))

    op.drop_table("proposals")
    op.drop_table("agenda_versions")
    op.drop_table("dossiers")
