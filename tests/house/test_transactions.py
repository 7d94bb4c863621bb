"""What only reads needs no transaction; what writes is one, kept or undone as a whole."""

import psycopg
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.db import only_reads
from tests.at_once import ON_BOTH
from tests.plugins.cast import Cast


def is_in_transaction(session: Session) -> bool:
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver.info.transaction_status is psycopg.pq.TransactionStatus.INTRANS


@pytest.mark.postgresql
def test_a_transaction_begins_with_the_first_write(session: Session, cast: Cast) -> None:
    session.commit()
    mayor = cast.mayor.id
    name = session.scalar(select(Person.name).where(Person.id == mayor))
    assert not is_in_transaction(session)
    session.execute(update(Person).where(Person.id == mayor).values(name="Iemand anders"))
    assert is_in_transaction(session)
    session.rollback()
    assert session.scalar(select(Person.name).where(Person.id == mayor)) == name


@ON_BOTH
def test_what_a_savepoint_kept_goes_when_the_rest_is_undone(
    session: Session, cast: Cast, database_kind: str
) -> None:
    session.commit()
    mayor, name = cast.mayor.id, cast.mayor.name
    with session.begin_nested():
        session.execute(update(Person).where(Person.id == mayor).values(name="Iemand anders"))
    session.rollback()
    found = session.scalar(select(Person.name).where(Person.id == mayor))
    assert found == name, database_kind


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        ("SELECT name FROM people", True),
        ("SELECT name FROM people FOR UPDATE", False),
        ("WITH gone AS (DELETE FROM people RETURNING id) SELECT id FROM gone", False),
        ("UPDATE people SET name = 'x'", False),
        ("SAVEPOINT sa_savepoint_1", False),
    ],
)
def test_what_may_write_or_lock_is_known(statement: str, reads: bool) -> None:
    assert only_reads(statement) is reads
