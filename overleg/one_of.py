"""Whether a column holds one of many values, with all of these as one parameter.

SQLAlchemy writes an ``IN`` anew each time it is asked, as the number of values may differ.
Conditions on what somebody may see hold dozens of them: with one parameter each, the statement
stays as it was written once.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
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
from sqlalchemy.types import TypeEngine, UserDefinedType


class _Array(UserDefinedType[str]):
    """An array of PostgreSQL that travels as it is written: ``{1, 2}``."""

    cache_ok = True
    render_bind_cast = True

    def __init__(self, item: str) -> None:
        self.item = item

    def get_col_spec(self, **_kw: Any) -> str:
        return f"{self.item}[]"


class Many(TypeDecorator[Sequence[Any]]):
    """Many numbers, or many plain words such as ids, as one parameter.

    An array in PostgreSQL, JSON in SQLite. Both are written alike, and JSON is written quickest.
    """

    impl = Text
    cache_ok = True

    def __init__(self, item: type[Integer] | type[String]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(_Array(self.item().compile(dialect)))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str:
        written = json.dumps(value or [])
        return f"{{{written[1:-1]}}}" if dialect.name == "postgresql" else written


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
