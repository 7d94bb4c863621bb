"""Asking the database's own index for words: GIN on tsvector in PostgreSQL, FTS5 in SQLite.

What is said here is the same for both databases, so that a statement can be built once: what
differs is how a condition is written and how what was asked travels.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from overleg.lib.stem import stem
from overleg.lib.words import Sought
from overleg.one_of import Many, is_among
from overleg.search.models import SearchEntry


class Question(TypeDecorator[Sought]):
    """What somebody looks for, in the language of the database's index.

    Folded words are letters and digits alone: nothing to quote.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sought | None, dialect: Dialect) -> str:
        if value is None:
            raise ValueError("nothing is asked")
        if dialect.name == "postgresql":
            parts = [f"('{word}' | '{stem(word)}')" for word in value.words]
            if value.begun:
                parts.append(f"('{value.begun}':* | '{stem(value.begun)}')")
            return " & ".join(parts)
        parts = [f'("{word}" OR "{stem(word)}")' for word in value.words]
        if value.begun:
            parts.append(f'("{value.begun}" * OR "{stem(value.begun)}")')
        return " AND ".join(parts)


class holds_words(GenericFunction[bool]):  # noqa: N801 - SQLAlchemy names functions so
    """Whether an entry's column of words holds every word of a question."""

    type = Boolean()
    inherit_cache = True


@compiles(holds_words, "postgresql")
def _in_vector(element: holds_words, compiler: SQLCompiler, **kw: Any) -> str:
    words, question = (compiler.process(clause, **kw) for clause in element.clauses)
    # As a query of its own it is read once, instead of for each entry.
    return f"({words} @@ (SELECT CAST({question} AS TSQUERY)))"


@compiles(holds_words, "sqlite")
def _in_fts(element: holds_words, compiler: SQLCompiler, **kw: Any) -> str:
    column, question = element.clauses
    entry = compiler.process(SearchEntry.__table__.c.id, **kw)
    asked = compiler.process(question, **kw)
    found = f"SELECT rowid FROM search_words WHERE search_words.{column.name} MATCH {asked}"  # noqa: S608 - names of ours
    return f"({entry} IN ({found}))"


ASKED: BindParameter[Sought] = bindparam("asked", type_=Question())
NUMBERS: BindParameter[Sequence[int]] = bindparam("numbers", type_=Many(Integer))

HAS_WORDS = holds_words(SearchEntry.words, ASKED)
"""The condition on entries that hold every word of ``asked``, in title or text."""
HAS_WORDS_IN_TITLE = holds_words(SearchEntry.title_words, ASKED)
"""The condition on entries whose title holds every word of ``asked``."""
IS_NUMBERED = is_among(SearchEntry.id, NUMBERS)
"""The condition on entries with one of ``numbers``."""
