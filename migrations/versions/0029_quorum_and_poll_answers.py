"""The quorum of a body as a setting, and answers that come from a poll for a date.

Revision: 0029, after 0028
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WAYS = "way IN ('link', 'page', 'calendar')"
MORE_WAYS = "way IN ('link', 'page', 'calendar', 'poll')"


def upgrade() -> None:
    with op.batch_alter_table("bodies") as table:
        table.add_column(
            sa.Column("quorum", sa.String(length=40), nullable=False, server_default="majority")
        )
        table.add_column(
            sa.Column("quorum_number", sa.Integer(), nullable=False, server_default="1")
        )
        table.create_check_constraint(
            op.f("ck_bodies_quorum"), "quorum IN ('majority', 'two_thirds', 'number', 'none')"
        )
        table.create_check_constraint(
            op.f("ck_bodies_quorum_number"), "quorum_number BETWEEN 1 AND 100"
        )
    for column, kind in (("quorum", sa.String(length=40)), ("quorum_number", sa.Integer())):
        with op.batch_alter_table("bodies") as table:
            table.alter_column(column, existing_type=kind, server_default=None)
    with op.batch_alter_table("meeting_answers") as table:
        table.drop_constraint(op.f("ck_meeting_answers_answerway"), type_="check")
        table.create_check_constraint(op.f("ck_meeting_answers_answerway"), MORE_WAYS)


def downgrade() -> None:
    # What came from a poll was said on a page of ours.
    op.execute("UPDATE meeting_answers SET way = 'page' WHERE way = 'poll'")
    with op.batch_alter_table("meeting_answers") as table:
        table.drop_constraint(op.f("ck_meeting_answers_answerway"), type_="check")
        table.create_check_constraint(op.f("ck_meeting_answers_answerway"), WAYS)
    with op.batch_alter_table("bodies") as table:
        for check in ("quorum_number", "quorum"):
            table.drop_constraint(op.f(f"ck_bodies_{check}"), type_="check")
        for column in ("quorum_number", "quorum"):
            table.drop_column(column)
