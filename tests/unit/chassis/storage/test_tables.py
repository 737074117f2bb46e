"""What columns do to values on their way in and out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError

from chassis.storage.tables import UTCDateTime
from tests.unit.chassis.storage.books import moments

SUMMER = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))


def kept(connection, **values):
    connection.execute(sa.insert(moments).values(values))
    return connection.execute(sa.select(moments.c.at, moments.c.data)).one()


def test_a_moment_comes_back_aware_and_in_utc(connection):
    """SQLite forgets time zones; the column does not."""
    at = kept(connection, at=SUMMER).at
    assert (at, at.tzinfo) == (SUMMER, UTC)


def test_postgresql_keeps_the_zone_itself():
    """There the moment goes in aware, and whatever zone the session has it comes out in UTC."""
    column, dialect = UTCDateTime(), postgresql.dialect()
    assert column.process_bind_param(SUMMER, dialect).tzinfo is UTC
    assert column.process_result_value(SUMMER, dialect).tzinfo is UTC


def test_a_naive_moment_is_refused(connection):
    """Nobody knows when it was."""
    with pytest.raises(StatementError, match="naive"):
        kept(connection, at=SUMMER.replace(tzinfo=None))


def test_lists_and_dicts_are_kept_as_text(connection):
    """What goes in comes out."""
    assert kept(connection, data={"themes": ["tax"]}).data == {"themes": ["tax"]}


def test_nothing_stays_nothing(connection):
    """NULL is None for both kinds of column."""
    assert tuple(kept(connection, at=None, data=None)) == (None, None)
