"""A reader: somebody of a municipality who asked to hear by e-mail that the bottleneck sheet is there, each month."""

from __future__ import annotations

from typing import Any, TypedDict

from contracts.message_context import Language
from services.notifications.model.routing import Person
from services.notifications.model.rows import ReaderRow


class Personal(TypedDict):
    """The personal fields of a reader, by their names in the API."""

    name: str
    email: str
    language: Language


def to_person(id: str, personal: Personal) -> Person:
    """Whom a message goes to."""
    return Person(
        id=id,
        name=personal["name"],
        language=personal["language"],
        channels=("email",),
        email=personal["email"],
        phone=None,
        mobile=None,
        address=None,
        via=None,
    )


def to_api(row: ReaderRow, personal: Personal) -> dict[str, Any]:
    """A reader as the API shows it to the coordinator."""
    return {
        "id": row["id"],
        "municipality": row["municipality"],
        **personal,
        "since": row["since"],
        "version": row["version"],
    }
