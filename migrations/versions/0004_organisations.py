"""Organisations, bodies, seats and roles.

Revision: 0004, after 0003
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "province",
                "region",
                "development_association",
                "emergency_zone",
                "transport_region",
                "partner",
                name="organisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("nis_code", sa.String(length=200), nullable=True),
        sa.Column("kbo_number", sa.String(length=200), nullable=True),
        sa.Column("ovo_number", sa.String(length=200), nullable=True),
        sa.Column("colour", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("province_id", sa.String(length=16), nullable=True),
        sa.Column("successor_id", sa.String(length=16), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_organisations_period")
        ),
        sa.ForeignKeyConstraint(
            ["province_id"], ["organisations.id"], name=op.f("fk_organisations_province_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisations.id"], name=op.f("fk_organisations_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_organisations_kind_slug")),
        sa.UniqueConstraint("nis_code", name=op.f("uq_organisations_nis_code")),
    )
    op.create_table(
        "bodies",
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mayors_consultation",
                "subregional_consultation",
                "directors_consultation",
                "steering_group",
                "emergency_zone_council",
                "transport_region_council",
                "other",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_id", sa.String(length=16), nullable=True),
        sa.Column("is_external", sa.Boolean(), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("rhythm", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("default_place", sa.String(length=200), nullable=False),
        sa.Column("default_duration_minutes", sa.Integer(), nullable=False),
        sa.Column("proposal_deadline_days", sa.Integer(), nullable=False),
        sa.Column("agenda_deadline_days", sa.Integer(), nullable=False),
        sa.Column("outcomes_deadline_days", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "agenda_deadline_days BETWEEN 0 AND 120", name=op.f("ck_bodies_agenda_deadline")
        ),
        sa.CheckConstraint(
            "default_duration_minutes BETWEEN 15 AND 720", name=op.f("ck_bodies_duration")
        ),
        sa.CheckConstraint(
            "outcomes_deadline_days BETWEEN 0 AND 120", name=op.f("ck_bodies_outcomes_deadline")
        ),
        sa.CheckConstraint(
            "proposal_deadline_days BETWEEN 0 AND 120", name=op.f("ck_bodies_proposal_deadline")
        ),
        sa.ForeignKeyConstraint(
            ["region_id"], ["organisations.id"], name=op.f("fk_bodies_region_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("slug", name=op.f("uq_bodies_slug")),
    )
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodies_region_id"), ["region_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("group_id", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.String(length=16), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_memberships_period")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["organisations.id"], name=op.f("fk_memberships_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["organisations.id"], name=op.f("fk_memberships_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "group_id",
            "member_id",
            "valid_from",
            name=op.f("uq_memberships_group_id_member_id_valid_from"),
        ),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_member_id"), ["member_id"], unique=False)

    op.create_table(
        "body_supporters",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_body_supporters_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_body_supporters_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("body_id", "organisation_id", name=op.f("pk_body_supporters")),
    )
    op.create_table(
        "role_assignments",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "support",
                "chair",
                "committee",
                "mayor",
                "director",
                "partner",
                "secretariat",
                "councillor",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.String(length=16), nullable=True),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(role IN ('support', 'chair', 'committee')"
            " AND body_id IS NOT NULL AND organisation_id IS NULL)"
            " OR (role IN ('mayor', 'director', 'partner', 'secretariat', 'councillor')"
            " AND body_id IS NULL AND organisation_id IS NOT NULL)"
            " OR (role = 'administrator' AND body_id IS NULL AND organisation_id IS NULL)",
            name=op.f("ck_role_assignments_scope"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_role_assignments_period")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_role_assignments_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_role_assignments_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_role_assignments_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignments")),
    )
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_assignments_body_id"), ["body_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_role_assignments_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_role_assignments_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "seats",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column(
            "function",
            sa.Enum(
                "mayor",
                "alderman",
                "general_director",
                "provincial_deputy",
                "member_of_parliament",
                "chair_of_organisation",
                "coordinator",
                "expert",
                "other",
                name="seatfunction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "voting",
                "advisory",
                "guest",
                name="seatkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_seats_period")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seats_body_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_seats_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_seats_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seats_body_id_valid_from"), ["body_id", "valid_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_seats_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_seats_person_id"), ["person_id"], unique=False)

    op.create_table(
        "validation_steps",
        sa.Column("body_id", sa.String(length=16), nullable=False),
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
        sa.Column("days_to_answer", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "days_to_answer BETWEEN 1 AND 60", name=op.f("ck_validation_steps_days")
        ),
        sa.CheckConstraint(
            "majority_percent BETWEEN 1 AND 100", name=op.f("ck_validation_steps_majority")
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("ck_validation_steps_position")),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_validation_steps_quorum")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_validation_steps_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_validation_steps")),
        sa.UniqueConstraint(
            "body_id", "position", name=op.f("uq_validation_steps_body_id_position")
        ),
    )


def downgrade() -> None:
    op.drop_table("validation_steps")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seats_person_id"))
        batch_op.drop_index(batch_op.f("ix_seats_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_seats_body_id_valid_from"))

    op.drop_table("seats")
    with op.batch_alter_table("role_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_assignments_person_id"))
        batch_op.drop_index(batch_op.f("ix_role_assignments_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_role_assignments_body_id"))

    op.drop_table("role_assignments")
    op.drop_table("body_supporters")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_member_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bodies_region_id"))

    op.drop_table("bodies")
    op.drop_table("organisations")
