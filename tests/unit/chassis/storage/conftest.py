"""A table of books in an empty SQLite database."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from chassis.storage.database import Database
from tests.unit.chassis.storage.books import metadata


@pytest.fixture
def database(tmp_path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'books.sqlite'}")
    metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def connection(database) -> Iterator[sa.Connection]:
    """One transaction."""
    with database.begin() as connection:
        yield connection
