"""The index: one entry per thing that can be found, and the texts of files.

The words of an entry are kept in the database's own index: a GIN index on a tsvector in PostgreSQL,
an FTS5 table beside it (``search_words``, kept by triggers) in SQLite. Nothing here is the truth of
anything: all of it can be made again.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Dialect, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator, TypeEngine

from overleg.db import LongText, Model, Ref
from overleg.documents.states import Circle
from overleg.organisations.models import Body
from overleg.search.states import Audience, Source, TextState


class as_words(GenericFunction[str]):  # noqa: N801 - SQLAlchemy names functions so
    """Words with a space between them, as the database's index takes them."""

    inherit_cache = True


@compiles(as_words)
def _plain(element: as_words, compiler: SQLCompiler, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(as_words, "postgresql")
def _vector(element: as_words, compiler: SQLCompiler, **kw: Any) -> str:
    # Our words as they are: no parser and no dictionary of PostgreSQL's comes between.
    return f"array_to_tsvector(string_to_array({compiler.process(element.clauses, **kw)}, ' '))"


class IndexedWords(TypeDecorator[str]):
    """Folded words: a tsvector in PostgreSQL, plain text for FTS5 in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TSVECTOR())
        return dialect.type_descriptor(Text())

    def bind_expression(self, bindvalue: BindParameter[str]) -> Any:
        text = bindvalue._clone()  # the words themselves travel as text
        text.type = Text()
        return as_words(text)


class SearchEntry(Model):
    """One thing that can be found. What it says of who may read is a first sieve, never the last:
    what is found is asked again of the thing itself.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        UniqueConstraint("source", "subject_id"),
        Index(None, "meeting_id"),
        Index(None, "proposal_id"),
        Index(None, "dossier_id"),
        Index(None, "subject_id"),
        Index(None, "sha256"),
        Index(None, "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[Source]
    subject_id: Mapped[Ref]
    dossier_id: Mapped[Ref | None]
    proposal_id: Mapped[Ref | None]
    meeting_id: Mapped[Ref | None]
    body_id: Mapped[Ref | None] = mapped_column(ForeignKey("bodies.id"))
    circle: Mapped[Circle]
    audience: Mapped[Audience]
    submitter_id: Mapped[Ref | None]
    created_by_id: Mapped[Ref | None]
    organisation_id: Mapped[Ref | None]
    happened_at_utc: Mapped[datetime]
    year: Mapped[int]
    anchor: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[LongText]
    title_words: Mapped[str] = mapped_column(IndexedWords)
    words: Mapped[str] = mapped_column(IndexedWords)
    text: Mapped[LongText]

    body: Mapped[Body | None] = relationship()


class FileText(Model):
    """The text of a file by its content, or why there is none."""

    __tablename__ = "file_texts"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[TextState]
    text: Mapped[LongText]
    read_at_utc: Mapped[datetime]


class SearchProgress(Model):
    """How far the journal was read into the index; one row.

    A transaction that is under way may still add a row below newer ones. So everything after
    ``settled_id`` is read again, until it is a minute old.
    """

    __tablename__ = "search_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    settled_id: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    """Counted up by whoever writes in the index, who so holds it until the commit."""
