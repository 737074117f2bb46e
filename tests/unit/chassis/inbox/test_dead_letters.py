"""A dead letter that is given up is kept with the reason, and in nobody's way any more."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from chassis.errors import NotFound
from chassis.inbox import dead_letters
from chassis.inbox.dead_letters import Refused
from chassis.storage.database import Database
from chassis.storage.tables import dropped, metadata

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def connection(tmp_path) -> Iterator[sa.Connection]:
    """One transaction in a database with the tables of the chassis."""
    database = Database(f"sqlite:///{tmp_path / 'service.sqlite'}")
    metadata.create_all(database.engine)
    with database.begin() as connection:
        yield connection
    database.close()


@pytest.mark.case("public E5")
def test_what_is_given_up_is_kept_with_the_reason(connection):
    """Bytes that are no event count as parked no more, and can still be read with who gave them up and why."""
    dead_letters.keep_refused(connection, "visits", [Refused.of(b"\xff\xfe", "not JSON")], NOW)
    [shown] = dead_letters.oldest(connection)
    assert dead_letters.drop(connection, shown["id"], "a test of a colleague", "an", NOW) is None
    assert dead_letters.count(connection, "visits") == 0
    kept = connection.execute(sa.select(dropped)).mappings().one()
    assert (kept["body"], kept["error"]) == ("\\xff\\xfe", "not JSON")
    assert (kept["reason"], kept["dropped_by"]) == ("a test of a colleague", "an")


@pytest.mark.case("public E5")
def test_what_is_not_there_cannot_be_given_up(connection):
    """A number that no dead letter has is refused, and nothing is kept of it."""
    with pytest.raises(NotFound):
        dead_letters.drop(connection, 7, "a test", "an", NOW)
    assert connection.execute(sa.select(sa.func.count()).select_from(dropped)).scalar_one() == 0
