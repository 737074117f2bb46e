"""What the lists of all resources share: filters, periods and pages."""

import sqlalchemy as sa

from chassis.storage.queries import in_period, matching, page
from tests.unit.chassis.storage.books import book, books

IDS = [f"0190a000-0000-7000-8000-00000000000{n}" for n in range(1, 5)]


def fill(connection):
    connection.execute(sa.insert(books), [book(f"title {id[-1]}", id) for id in IDS])


def titles(connection, conditions):
    statement = sa.select(books.c.title).where(*conditions).order_by(books.c.title)
    return connection.execute(statement).scalars().all()


def test_only_what_was_given_narrows_a_list(connection):
    """A filter that was not given lets every row through."""
    fill(connection)
    assert titles(connection, matching(books, {"title": "title 2"}, "title", "version")) == ["title 2"]
    assert len(titles(connection, matching(books, {}, "title"))) == 4


def test_both_ends_of_a_period_belong_to_it(connection):
    """Each end may be left open."""
    fill(connection)
    both = {"from_": "title 2", "to": "title 3"}
    assert titles(connection, in_period(books.c.title, both)) == ["title 2", "title 3"]
    assert len(titles(connection, in_period(books.c.title, {"to": "title 3"}))) == 3
    assert len(titles(connection, in_period(books.c.title, {}))) == 4


def test_a_page_knows_how_many_there_are(connection):
    """A page past the end is empty, and still tells the total."""
    fill(connection)
    statement = sa.select(books).order_by(books.c.title)
    found, total = page(connection, statement, (2, 1))
    assert ([row["title"] for row in found], total) == (["title 2", "title 3"], 4)
    assert page(connection, statement, (2, 4)) == ([], 4)
