"""Bundles of agendas, the last change of an agenda in the making, and numbers sent before.

Revision: 0012, after 0011
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CIRCLES = ("public", "administrations", "mayors")
FORMATS = ("zip", "pdf")
STATES = ("waiting", "ready", "failed")


def upgrade() -> None:
    op.create_table(
        "bundles",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.String(length=16), nullable=False),
        sa.Column("circle", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("contents", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(one_of("circle", *CIRCLES), name=op.f("ck_bundles_circle")),
        sa.CheckConstraint(one_of("format", *FORMATS), name=op.f("ck_bundles_bundleformat")),
        sa.CheckConstraint(one_of("state", *STATES), name=op.f("ck_bundles_bundlestate")),
        sa.CheckConstraint(
            "(state = 'waiting') = (made_at_utc IS NULL)", name=op.f("ck_bundles_made")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["agenda_versions.id"], name=op.f("fk_bundles_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundles")),
        sa.UniqueConstraint(
            "version_id", "circle", "format", name=op.f("uq_bundles_version_id_circle_format")
        ),
    )
    op.create_table(
        "agenda_steps",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("meeting_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.String(length=200), nullable=False),
        sa.Column("done_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_steps_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_agenda_steps_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_steps")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_agenda_steps_meeting_id")),
    )
    keep_numbers()


def keep_numbers() -> None:
    """Points keep the number they had in the version that was sent last."""
    op.execute(
        "UPDATE agenda_items SET number = ("
        "SELECT sent_items.number FROM sent_items"
        " JOIN agenda_versions ON agenda_versions.id = sent_items.version_id"
        " WHERE sent_items.item_id = agenda_items.id AND agenda_versions.sent_at_utc = ("
        "SELECT max(last.sent_at_utc) FROM agenda_versions AS last"
        " WHERE last.meeting_id = agenda_items.meeting_id)"
        ") WHERE number IS NULL"
    )


def downgrade() -> None:
    op.drop_table("agenda_steps")
    op.drop_table("bundles")


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
