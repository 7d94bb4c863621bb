"""Several steps back, meetings planned quietly, and what a co-submitter confirmed.

Revision: 0020, after 0019
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings") as table:
        table.add_column(
            sa.Column("is_quiet", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("co_submitters") as table:
        table.add_column(sa.Column("confirmed_words", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("agenda_steps") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        table.drop_constraint(op.f("uq_agenda_steps_meeting_id"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_agenda_steps_meeting_id_number"), ["meeting_id", "number"]
        )
    without_defaults()


def without_defaults() -> None:
    """New rows say it themselves."""
    for name, column, kind in (
        ("meetings", "is_quiet", sa.Boolean()),
        ("co_submitters", "confirmed_words", sa.Text()),
        ("agenda_steps", "number", sa.Integer()),
    ):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=kind, server_default=None)


def downgrade() -> None:
    # Only the last step can be undone there.
    op.execute(
        "DELETE FROM agenda_steps WHERE number < ("
        "SELECT max(last.number) FROM agenda_steps AS last"
        " WHERE last.meeting_id = agenda_steps.meeting_id)"
    )
    with op.batch_alter_table("agenda_steps") as table:
        table.drop_constraint(op.f("uq_agenda_steps_meeting_id_number"), type_="unique")
        table.create_unique_constraint(op.f("uq_agenda_steps_meeting_id"), ["meeting_id"])
        table.drop_column("number")
    with op.batch_alter_table("co_submitters") as table:
        table.drop_column("confirmed_words")
    with op.batch_alter_table("meetings") as table:
        table.drop_column("is_quiet")
