"""Which item a correction of an approved verslag is about: its reason is for who reads that item.

Revision: 0042, after 0041
Migrations name tables and types themselves and import nothing from overleg.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

VERSIONS = sa.table(
    "minutes_versions",
    *map(sa.column, ("id", "minutes_id", "number", "item_id", "made_at_utc")),
)
ITEMS = sa.table(
    "minutes_version_items",
    *map(sa.column, ("version_id", "item_id", "title", "text_html", "results_html")),
)
JOURNAL = sa.table(
    "journal_entries",
    *map(sa.column, ("verb", "subject_type", "subject_id", "subject_label", "at_utc")),
)


def upgrade() -> None:
    with op.batch_alter_table("minutes_versions") as table:
        table.add_column(sa.Column("item_id", sa.String(16), nullable=True))
        table.create_foreign_key(
            op.f("fk_minutes_versions_item_id"), "agenda_items", ["item_id"], ["id"]
        )
    _name_the_items()
    with op.batch_alter_table("minutes_versions") as table:
        table.create_check_constraint(
            op.f("ck_minutes_versions_corrected_item"), "(number = 1) = (item_id IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("minutes_versions") as table:
        table.drop_constraint(op.f("ck_minutes_versions_corrected_item"), type_="check")
        table.drop_constraint(op.f("fk_minutes_versions_item_id"), type_="foreignkey")
        table.drop_column("item_id")


def _name_the_items() -> None:
    """The item that says something else than in the version before, also in the journal."""
    database = op.get_bind()
    versions = database.execute(
        sa.select(VERSIONS).order_by(VERSIONS.c.minutes_id, VERSIONS.c.number)
    ).all()
    for before, version in pairwise(versions):
        if version.number == 1:
            continue
        said = {item.item_id: item for item in _items(database, before.id)}
        corrected = next(
            item
            for item in _items(database, version.id)
            if item.item_id not in said or item[2:] != said[item.item_id][2:]
        )
        database.execute(
            sa.update(VERSIONS).where(VERSIONS.c.id == version.id).values(item_id=corrected.item_id)
        )
        database.execute(
            sa.update(JOURNAL)
            .where(
                JOURNAL.c.verb == "minutes:corrected",
                JOURNAL.c.subject_id == version.minutes_id,
                JOURNAL.c.at_utc == version.made_at_utc,
            )
            .values(
                subject_type="agenda_items",
                subject_id=corrected.item_id,
                subject_label=f"“{corrected.title}”",
            )
        )


def _items(database: sa.Connection, version_id: str) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    return database.execute(
        sa.select(ITEMS.c.item_id, ITEMS.c.title, ITEMS.c.text_html, ITEMS.c.results_html).where(
            ITEMS.c.version_id == version_id
        )
    ).all()
