"""Whether a column holds one of many values, with all of these as one parameter.

SQLAlchemy writes an ``IN`` anew each time it is asked, as the number of values may differ.
Conditions on what somebody may see hold dozens of them: with one parameter each, the statement
stays as it was written once.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    String,
    Text,
    TypeDecorator,
    bindparam,
    false,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine


class Many(TypeDecorator[Sequence[Any]]):
    """Many values as one parameter: an array in PostgreSQL, JSON in SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: type[Integer] | type[String]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.item))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return value
        return json.dumps(value)


class is_among(GenericFunction[bool]):  # noqa: N801 - SQLAlchemy names functions so
    """Whether a value is one of many; these are a parameter of type ``Many``."""

    type = Boolean()
    inherit_cache = True


@compiles(is_among, "postgresql")
def _in_array(element: is_among, compiler: SQLCompiler, **kw: Any) -> str:
    value, many = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({value} = ANY ({many}))"


@compiles(is_among, "sqlite")
def _in_json(element: is_among, compiler: SQLCompiler, **kw: Any) -> str:
    value, many = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({value} IN (SELECT value FROM json_each({many})))"  # noqa: S608 - names of ours


def is_one_of(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[str]
) -> ColumnElement[bool]:
    """The condition that a column of texts, or of an enum of texts, holds one of these values.

    Of no values it is plainly false.
    """
    if not values:
        return false()
    given = sorted(str(value) for value in values)
    return is_among(column, bindparam(None, given, type_=Many(String), unique=True))
