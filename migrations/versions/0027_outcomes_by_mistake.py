"""Outcomes that were noted by mistake, and previews of templates made as other files are.

Revision: 0027, after 0026
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = ("noted", "agreement", "position", "advice", "referral", "postponed", "withdrawn")
STATES = ("waiting", "ready", "failed")
TEMPLATES, PREVIEWS = "own_templates", "template_previews"


def upgrade() -> None:
    add_dropped_outcomes()
    add_previews()


def downgrade() -> None:
    # What a dropped outcome said is lost there; that it was dropped stays in the journal.
    op.drop_table("dropped_outcomes")
    with op.batch_alter_table(TEMPLATES) as table:
        table.add_column(
            sa.Column("preview", sa.String(length=40), nullable=False, server_default="waiting")
        )
        table.create_check_constraint(
            op.f("ck_own_templates_bundlestate"), one_of("preview", *STATES)
        )
    op.execute(
        f"UPDATE {TEMPLATES} SET preview ="  # noqa: S608 - our own names
        f" (SELECT state FROM {PREVIEWS} WHERE template_id = {TEMPLATES}.id)"
    )
    with op.batch_alter_table(TEMPLATES) as table:
        table.alter_column("preview", existing_type=sa.String(length=40), server_default=None)
    op.drop_table(PREVIEWS)


def add_dropped_outcomes() -> None:
    """What they said, to read and to put back."""
    op.create_table(
        "dropped_outcomes",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("dropped_by_name", sa.String(length=200), nullable=False),
        sa.Column("dropped_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(one_of("kind", *KINDS), name=op.f("ck_dropped_outcomes_outcomekind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_dropped_outcomes_explained")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_items.id"], name=op.f("fk_dropped_outcomes_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropped_outcomes")),
    )
    op.create_index(op.f("ix_dropped_outcomes_item_id"), "dropped_outcomes", ["item_id"])


def add_previews() -> None:
    """A row per template instead of a column, with what the worker needs to make it."""
    op.create_table(
        PREVIEWS,
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("template_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("contents", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(one_of("state", *STATES), name=op.f("ck_template_previews_bundlestate")),
        sa.CheckConstraint(
            "(state = 'waiting') = (made_at_utc IS NULL)", name=op.f("ck_template_previews_made")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["own_templates.id"], name=op.f("fk_template_previews_template_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_previews")),
        sa.UniqueConstraint("template_id", name=op.f("uq_template_previews_template_id")),
    )
    # A preview has the id of its template: unique in its own table too.
    op.execute(
        f"INSERT INTO {PREVIEWS} (id, template_id, state, contents, done, total,"  # noqa: S608
        " size_bytes, problem, asked_at_utc, made_at_utc)"
        " SELECT id, id, preview, '', 0, 0, 0, '', uploaded_at_utc,"
        " CASE WHEN preview = 'waiting' THEN NULL ELSE uploaded_at_utc END"
        f" FROM {TEMPLATES}"
    )
    with op.batch_alter_table(TEMPLATES) as table:
        table.drop_constraint(op.f("ck_own_templates_bundlestate"), type_="check")
        table.drop_column("preview")


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
