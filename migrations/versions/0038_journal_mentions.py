"""Let a row of the journal mention whom and what else it is about.

Revision: 0038, after 0037
Migrations name tables and types themselves and import nothing from overleg.

A role or a seat has a history of its own; this finds it from the person and from the body too, also
when the role was taken back and is no more. What was noted before is mentioned as far as the role
or the seat is still there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

MENTIONS = {
    "role_assignments": ("person_id", "body_id", "organisation_id"),
    "seats": ("person_id", "body_id"),
}


def upgrade() -> None:
    op.create_table(
        "journal_mentions",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("thing_id", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entries.id"], name=op.f("fk_journal_mentions_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "thing_id", name=op.f("pk_journal_mentions")),
    )
    op.create_index(op.f("ix_journal_mentions_thing_id"), "journal_mentions", ["thing_id"])
    for table, columns in MENTIONS.items():
        for column in columns:
            op.execute(
                f"INSERT INTO journal_mentions (entry_id, thing_id)"  # noqa: S608 - names of this file
                f" SELECT journal_entries.id, {table}.{column} FROM journal_entries"
                f" JOIN {table} ON {table}.id = journal_entries.subject_id"
                f" WHERE journal_entries.subject_type = '{table}' AND {table}.{column} IS NOT NULL"
            )


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_mentions_thing_id"), "journal_mentions")
    op.drop_table("journal_mentions")
