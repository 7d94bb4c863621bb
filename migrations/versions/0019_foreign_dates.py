"""The dates of other bodies.

Revision: 0019, after 0018
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "date_sources",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "file",
                "address",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=True),
        sa.Column("etag", sa.String(length=200), nullable=False),
        sa.Column("last_modified", sa.String(length=200), nullable=False),
        sa.Column("content_sha256", sa.String(length=200), nullable=False),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("stopped_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(failing_since_utc IS NULL) = (failure = '')",
            name=op.f("ck_date_sources_failure_explained"),
        ),
        sa.CheckConstraint(
            "(kind = 'address') = (url <> '')", name=op.f("ck_date_sources_address")
        ),
        sa.CheckConstraint(
            "(kind = 'file') = (file_id IS NOT NULL)", name=op.f("ck_date_sources_file")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_date_sources_body_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_date_sources_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_sources")),
    )
    with op.batch_alter_table("date_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_date_sources_body_id"), ["body_id"], unique=False)

    op.create_table(
        "body_dates",
        sa.Column("body_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=16), nullable=True),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("occurrence", sa.String(length=200), nullable=False),
        sa.Column("starts_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed",
                "tentative",
                "cancelled",
                name="datestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("read_starts_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_ends_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_place", sa.String(length=200), nullable=False),
        sa.Column(
            "read_state",
            sa.Enum(
                "confirmed",
                "tentative",
                "cancelled",
                name="read_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("gone_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_by_name", sa.String(length=200), nullable=False),
        sa.Column("corrected_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_by_name", sa.String(length=200), nullable=False),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(corrected_at_utc IS NULL) = (corrected_by_name = '')",
            name=op.f("ck_body_dates_corrected_by"),
        ),
        sa.CheckConstraint(
            "ends_at_utc >= starts_at_utc", name=op.f("ck_body_dates_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_body_dates_body_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["date_sources.id"], name=op.f("fk_body_dates_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_dates")),
    )
    with op.batch_alter_table("body_dates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_body_dates_body_id_starts_at_utc"),
            ["body_id", "starts_at_utc"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_body_dates_source_id_uid"), ["source_id", "uid"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("body_dates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_dates_source_id_uid"))
        batch_op.drop_index(batch_op.f("ix_body_dates_body_id_starts_at_utc"))

    op.drop_table("body_dates")
    with op.batch_alter_table("date_sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_date_sources_body_id"))

    op.drop_table("date_sources")
