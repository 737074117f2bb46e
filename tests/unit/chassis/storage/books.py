"""The smallest resource: a table with the columns that every resource has, and two of its own."""

from typing import TypedDict

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, UTCDateTime, new_metadata

metadata = new_metadata()
books = sa.Table(
    "books",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("municipality", sa.Text),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
)
moments = sa.Table(
    "moments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UTCDateTime),
    sa.Column("data", JsonText),
)


class BookRow(TypedDict):
    id: str
    version: int
    municipality: str | None
    content_hash: str
    title: str


BOOKS = Resource(books, "book", BookRow)
ID = "0190a000-0000-7000-8000-000000000001"


def book(title: str = "Reynaert", id: str = ID) -> BookRow:
    return {"id": id, "version": 1, "municipality": None, "content_hash": title, "title": title}
