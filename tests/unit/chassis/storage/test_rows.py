"""Rows are read by id, changed as a next version, and put once."""

import pytest
import sqlalchemy as sa

from chassis.errors import Conflict, Forbidden, InvalidInput, Issue, NotFound, StaleVersion
from chassis.storage import rows
from tests.unit.chassis.storage.books import BOOKS, ID, book, books


class FakeUnitOfWork:
    """Inserts unless the id is taken, and remembers events, as a unit of work does."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.events = []

    def insert_new(self, table, values, type, data, *, version, municipality):
        taken = self.connection.execute(sa.select(table.c.id).where(table.c.id == values["id"])).first()
        if taken is None:
            self.connection.execute(sa.insert(table).values(values))
            self.events.append((type, data, version, municipality))
        return taken is None


class Vanishing(FakeUnitOfWork):
    """The id was taken, and the row is gone again when it is looked for."""

    def insert_new(self, *arguments, **named):
        return False


def anybody(row):
    """Everybody may know of the row."""


def nobody(row):
    raise Forbidden("not for you")


def test_a_row_is_found_by_its_id(connection):
    """`find` answers None and `get` raises NotFound when there is no such row; both may lock it."""
    assert BOOKS.find(connection, ID) is None
    with pytest.raises(NotFound):
        BOOKS.get(connection, ID)
    connection.execute(sa.insert(books).values(book()))
    assert BOOKS.find(connection, ID, lock=True) == BOOKS.get(connection, ID) == book()


def test_a_change_is_the_next_version(connection):
    """Only what differs is written, the version goes up, and the row is returned as it then is."""
    connection.execute(sa.insert(books).values(book()))
    before = BOOKS.get(connection, ID, lock=True)
    after = BOOKS.update(connection, before, {**before, "title": "Tijl"})
    assert after == {**book(), "title": "Tijl", "version": 2} == BOOKS.get(connection, ID)


def test_a_put_is_done_once(connection):
    """The same PUT again finds the row, and records no second event."""
    uow = FakeUnitOfWork(connection)
    assert BOOKS.put_once(uow, book(), "added", {"a": 1}, anybody) == (book(), True)
    assert BOOKS.put_once(uow, book(), "added", {"a": 1}, anybody) == (book(), False)
    assert uow.events == [("added", {"a": 1}, 1, None)]


def test_a_put_of_other_content_is_a_conflict(connection):
    """Who may not know of the row learns nothing of it, not even that it is another one."""
    uow = FakeUnitOfWork(connection)
    BOOKS.put_once(uow, book(), "added", {}, anybody)
    with pytest.raises(Conflict, match="another one under this id"):
        BOOKS.put_once(uow, book("Tijl"), "added", {}, anybody)
    with pytest.raises(Forbidden):
        BOOKS.put_once(uow, book("Tijl"), "added", {}, nobody)


def test_a_put_of_a_row_that_just_went_is_not_found(connection):
    """A row that was removed between the insert and the look is not invented."""
    with pytest.raises(NotFound):
        BOOKS.put_once(Vanishing(connection), book(), "added", {}, anybody)


def test_a_caller_changes_the_version_that_it_saw():
    """Another version is stale; without one nothing is asked."""
    rows.require_version(book(), None)
    rows.require_version(book(), 1)
    with pytest.raises(StaleVersion):
        rows.require_version(book(), 2)


def test_issues_are_raised_together():
    """All issues come in one error; no issue is no error."""
    rows.raise_if([])
    issues = [Issue("one", "a"), Issue("two", "b")]
    with pytest.raises(InvalidInput) as error:
        rows.raise_if(issues)
    assert error.value.issues == issues


def test_a_list_holds_rows_of_the_resource(connection):
    """All rows that a statement finds, or one page of them and the total."""
    connection.execute(sa.insert(books).values(book()))
    statement = sa.select(books)
    assert BOOKS.select(connection, statement) == [book()]
    assert BOOKS.page(connection, statement, (10, 0)) == ([book()], 1)
