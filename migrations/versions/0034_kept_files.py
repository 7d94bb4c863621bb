"""Files of a form that could not be taken in, kept for a day.

Revision: 0034, after 0033
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_files",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=200), nullable=False),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_kept_files_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_files")),
    )
    op.create_index(op.f("ix_kept_files_token_hash"), "kept_files", ["token_hash"])
    op.create_index(op.f("ix_kept_files_person_id"), "kept_files", ["person_id"])


def downgrade() -> None:
    op.drop_table("kept_files")
