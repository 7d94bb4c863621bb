"""Asking the database's own index for words: GIN on tsvector in PostgreSQL, FTS5 in SQLite."""

from sqlalchemy import ColumnElement, Integer, Text, cast, column, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from overleg.db import session
from overleg.lib.stem import stem
from overleg.lib.words import Asked
from overleg.search.models import SearchEntry

FTS = table("search_words", column("rowid", Integer), column("search_words"))


def has_words(asked: Asked) -> ColumnElement[bool]:
    """The condition on entries that hold every word asked for, in title or text."""
    if _on_postgresql():
        return SearchEntry.words.op("@@", is_comparison=True)(_tsquery(asked))
    return _in_fts("words", asked)


def has_words_in_title(asked: Asked) -> ColumnElement[bool]:
    """The condition on entries whose title holds every word asked for."""
    if _on_postgresql():
        return SearchEntry.title_words.op("@@", is_comparison=True)(_tsquery(asked))
    return _in_fts("title_words", asked)


def _on_postgresql() -> bool:
    return session().get_bind().dialect.name == "postgresql"


def _tsquery(asked: Asked) -> ColumnElement[str]:
    parts = [f"('{word}' | '{stem(word)}')" for word in asked.words]
    if asked.begun:
        parts.append(f"('{asked.begun}':* | '{stem(asked.begun)}')")
    # Folded words are letters and digits alone: nothing to quote.
    return cast(literal(" & ".join(parts), Text), TSQUERY)


def _in_fts(name: str, asked: Asked) -> ColumnElement[bool]:
    parts = [f'("{word}" OR "{stem(word)}")' for word in asked.words]
    if asked.begun:
        parts.append(f'("{asked.begun}" * OR "{stem(asked.begun)}")')
    question = f"{name} : ({' AND '.join(parts)})"
    found = select(FTS.c.rowid).where(FTS.c.search_words.op("MATCH")(question))
    return SearchEntry.id.in_(found)
