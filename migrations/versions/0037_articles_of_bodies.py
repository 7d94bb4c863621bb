"""The article of a body's name, for sentences.

Revision: 0037, after 0036
Migrations name tables and types themselves and import nothing from overleg.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

HET_WORDS = (
    *("overleg", "bestuur", "comité", "forum", "college", "platform", "netwerk", "bureau"),
    *("team", "beraad", "verband", "parlement"),
)
DE_WORDS = (
    *("groep", "raad", "commissie", "vergadering", "conferentie", "tafel", "kring", "werking"),
    *("vereniging", "bijeenkomst"),
)


def upgrade() -> None:
    with op.batch_alter_table("bodies") as table:
        table.add_column(
            sa.Column("article", sa.String(length=40), nullable=False, server_default="none")
        )
        table.create_check_constraint(op.f("ck_bodies_article"), "article IN ('het', 'de', 'none')")
    with op.batch_alter_table("bodies") as table:
        table.alter_column("article", existing_type=sa.String(length=40), server_default=None)
    bodies = sa.table("bodies", sa.column("id"), sa.column("name"), sa.column("article"))
    connection = op.get_bind()
    for body_id, name in connection.execute(sa.select(bodies.c.id, bodies.c.name)).all():
        connection.execute(
            bodies.update().where(bodies.c.id == body_id).values(article=_article_of(name))
        )


def _article_of(name: str) -> str:
    words = re.findall(r"\w+", name.casefold())
    if words and words[0] in {"het", "de"}:
        return "none"
    for word in words:
        if word.endswith(HET_WORDS):
            return "het"
        if word.endswith(DE_WORDS):
            return "de"
    return "none"


def downgrade() -> None:
    with op.batch_alter_table("bodies") as table:
        table.drop_constraint(op.f("ck_bodies_article"), type_="check")
        table.drop_column("article")
