"""How far events have come, and what they look like on their way."""

from __future__ import annotations

from chassis.outbox.journal import Journal
from chassis.storage.database import Database
from tests.support.journals import connect


class Applied:
    """How far a subscriber has come, asked with the query given."""

    OURS = "SELECT position FROM checkpoints WHERE active AND source = 'visits'"

    def __init__(self, database: str, query: str = OURS) -> None:
        self._connection = connect(database)
        self._connection.autocommit = True
        self._query = query

    def count(self) -> int:
        """Events applied and committed."""
        with self._connection.cursor() as cursor:
            cursor.execute(self._query)
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()


def bodies(database: str) -> list[str]:
    """A page of the journal as it travels."""
    journal = Journal(Database(database), service="visits", deployment="bench")
    entries = journal.page(0, 500)[1]
    journal.database.close()
    return [entry.body for entry in entries]
