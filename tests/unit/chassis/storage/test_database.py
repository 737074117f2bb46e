"""Transactions on SQLite, and what counts as an outage on any database."""

import sqlite3
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.storage import database as module
from chassis.storage.database import Database, for_update, is_outage, upsert
from tests.unit.chassis.storage.books import book, books


def count(database):
    with database.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(books)).scalar_one()


def test_what_is_away_or_busy_is_an_outage():
    """A wrong statement and a defect of ours are not."""
    cause = sqlite3.Error()
    assert is_outage(PoolTimeout())
    assert is_outage(OperationalError("", {}, cause))
    assert is_outage(IntegrityError("", {}, cause, connection_invalidated=True))
    assert not is_outage(IntegrityError("", {}, cause))
    assert not is_outage(ValueError())
    too_long = SimpleNamespace(pgcode="54000")
    assert not is_outage(OperationalError("", {}, too_long)), "it would fail whenever it is tried again"


def test_a_block_that_raises_leaves_nothing(database):
    """What was written before the error is rolled back, and the connection goes back to the pool."""

    def fail():
        with database.begin(unlimited=True) as connection:
            connection.execute(sa.insert(books).values(book()))
            assert database.connections_in_use() == 1
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (count(database), database.connections_in_use()) == (0, 0)
    database.ping()


def test_a_commit_that_fails_gives_its_lock_back(database):
    """SQLite keeps such a transaction open; the next one to get that connection begins its own all the same."""
    with database.begin() as connection:
        connection.execute(
            sa.text("CREATE TABLE loans (book TEXT REFERENCES books (id) DEFERRABLE INITIALLY DEFERRED)")
        )
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(sa.text("INSERT INTO loans VALUES ('none')"))
    with database.begin() as connection:
        connection.execute(sa.insert(books).values(book()))
    assert count(database) == 1


def test_a_second_writer_waits_and_then_fails_as_an_outage(database, monkeypatch):
    """Another writer is waited for until the deadline; its connection does not leak."""
    monkeypatch.setattr(module._retrying, "stop", lambda state: state.attempt_number > 2)
    with database.begin(), pytest.raises(OperationalError) as error:
        database.open()
    assert is_outage(error.value)
    assert database.connections_in_use() == 0


def test_each_dialect_has_its_own_upsert_and_lock():
    """PostgreSQL locks rows; on SQLite the transaction has the only lock already."""
    statement = sa.select(books)
    for dialect in ("postgresql", "sqlite"):
        assert upsert(dialect, books).on_conflict_do_nothing() is not None
    assert for_update("sqlite", statement) is statement
    assert "FOR UPDATE" in str(for_update("postgresql", statement))


def test_postgresql_connections_are_made_only_when_needed():
    """A database that is away does not stop its service from being made; nothing is connected until it is asked."""
    database = Database("postgresql+psycopg2://nobody@127.0.0.1:9/nothing")
    assert database.connections_in_use() == 0
    with pytest.raises(OperationalError) as error, database.begin():
        pass
    assert is_outage(error.value)
    database.close()


@pytest.mark.case("security L7")
def test_what_is_deleted_is_gone_from_the_files(tmp_path):
    """Overwritten in the database and gone from its log; while somebody reads an older state, the next transaction does it."""
    database = Database(f"sqlite:///{tmp_path}/wiped.sqlite")
    secret = b"what nobody may find again"

    def files_with_it():
        return sorted(file.name for file in tmp_path.iterdir() if secret in file.read_bytes())

    with database.begin() as connection:
        books.metadata.create_all(connection)
        connection.execute(sa.text("CREATE TABLE kept (text TEXT)"))
        connection.execute(sa.text("INSERT INTO kept VALUES (:text)"), {"text": secret.decode()})
    assert files_with_it()
    with database.read() as reader:
        assert reader.execute(sa.text("SELECT count(*) FROM kept")).scalar_one() == 1
        with database.begin() as connection:
            connection.execute(sa.text("DELETE FROM kept"))
        database.wipe_deleted()
        database.wipe_if_asked()
        assert files_with_it()
    with database.begin() as connection:
        connection.execute(sa.text("INSERT INTO kept VALUES ('something else')"))
    assert files_with_it() == []
    database.close()
