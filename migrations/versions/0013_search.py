"""The search index.

Revision: 0013, after 0012
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SOURCES = (
    "dossier",
    "proposal",
    "sent_item",
    "working_item",
    "notes",
    "outcome",
    "annex",
    "sent_annex",
)
AUDIENCES = ("owners", "steering", "members", "readers")
CIRCLES = ("public", "administrations", "mayors")
TEXT_STATES = ("read", "partly", "empty", "locked", "broken", "too_much", "missing", "other")

# FTS5 keeps the words of the entries beside them; whatever writes an entry, it follows.
FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title_words, words, content='search_entries', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2", prefix='2 3 4'
)
"""
TAKE_OUT = (
    "INSERT INTO search_words (search_words, rowid, title_words, words)"
    " VALUES ('delete', old.id, old.title_words, old.words);"
)
PUT_IN = (
    "INSERT INTO search_words (rowid, title_words, words)"
    " VALUES (new.id, new.title_words, new.words);"
)
TRIGGERS = {
    "search_entries_added": f"AFTER INSERT ON search_entries BEGIN {PUT_IN} END",
    "search_entries_removed": f"AFTER DELETE ON search_entries BEGIN {TAKE_OUT} END",
    "search_entries_changed": (
        f"AFTER UPDATE OF title_words, words ON search_entries BEGIN {TAKE_OUT} {PUT_IN} END"
    ),
}


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    words = postgresql.TSVECTOR() if on_postgresql else sa.Text()
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=16), nullable=False),
        sa.Column("dossier_id", sa.String(length=16), nullable=True),
        sa.Column("proposal_id", sa.String(length=16), nullable=True),
        sa.Column("meeting_id", sa.String(length=16), nullable=True),
        sa.Column("body_id", sa.String(length=16), nullable=True),
        sa.Column("circle", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=40), nullable=False),
        sa.Column("submitter_id", sa.String(length=16), nullable=True),
        sa.Column("created_by_id", sa.String(length=16), nullable=True),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("happened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_words", words, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        one_of("search_entries", "source", "source", SOURCES),
        one_of("search_entries", "circle", "circle", CIRCLES),
        one_of("search_entries", "audience", "audience", AUDIENCES),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_search_entries_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint(
            "source", "subject_id", name=op.f("uq_search_entries_source_subject_id")
        ),
    )
    for column in ("dossier_id", "proposal_id", "meeting_id", "subject_id", "sha256"):
        op.create_index(op.f(f"ix_search_entries_{column}"), "search_entries", [column])
    op.create_table(
        "file_texts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("read_at_utc", sa.DateTime(timezone=True), nullable=False),
        one_of("file_texts", "state", "textstate", TEXT_STATES),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_texts")),
    )
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settled_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_progress")),
    )
    if on_postgresql:
        op.create_index(
            op.f("ix_search_entries_words"), "search_entries", ["words"], postgresql_using="gin"
        )
        # What is asked of every entry that has the words stays close together; long texts do not.
        op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 256)")
        op.execute("ALTER TABLE search_entries ALTER COLUMN title_words SET STORAGE MAIN")
    else:
        op.execute(FTS5)
        for name, what in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {what}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        op.drop_table("search_words")
    op.drop_table("search_progress")
    op.drop_table("file_texts")
    op.drop_table("search_entries")


def one_of(table: str, column: str, name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """The CHECK that a column holds one of these words."""
    allowed = ", ".join(repr(value) for value in values)
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{name}"))
