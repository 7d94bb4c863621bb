"""Feeds of a region, a municipality and the public.

Revision: 0024, after 0023
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OPTIONS = ("with_deadlines", "with_follow_up", "with_other_dates")


def upgrade() -> None:
    with op.batch_alter_table("feeds") as table:
        table.add_column(sa.Column("organisation_id", sa.String(length=16), nullable=True))
        for name in OPTIONS:
            table.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        table.create_foreign_key(
            op.f("fk_feeds_organisation_id"), "organisations", ["organisation_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_feeds_one_subject"), "body_id IS NULL OR organisation_id IS NULL"
        )
    with op.batch_alter_table("feeds") as table:
        for name in OPTIONS:
            table.alter_column(name, existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("bodies") as table:
        table.add_column(
            sa.Column(
                "has_public_calendar", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    with op.batch_alter_table("bodies") as table:
        table.alter_column("has_public_calendar", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM feeds WHERE organisation_id IS NOT NULL")
    with op.batch_alter_table("bodies") as table:
        table.drop_column("has_public_calendar")
    with op.batch_alter_table("feeds") as table:
        table.drop_constraint(op.f("ck_feeds_one_subject"), type_="check")
        table.drop_constraint(op.f("fk_feeds_organisation_id"), type_="foreignkey")
        for name in OPTIONS:
            table.drop_column(name)
        table.drop_column("organisation_id")
