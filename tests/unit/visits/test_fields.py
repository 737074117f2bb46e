"""A field of a visit is declared once, in the contract of its event; what follows from it agrees."""

import pytest
from marshmallow import fields

from contracts.refdata import RefCode
from contracts.visits import VISIT_CODES, Visit
from services.visits.model.fields import CODE_LISTS, CODES, FIELDS
from services.visits.model.rows import DigipuntRow, SessionRow, VisitRow
from services.visits.schemas.digipunts import DigipuntPatch, DigipuntPut
from services.visits.schemas.sessions import SessionPatch, SessionPut
from services.visits.schemas.visits import VisitAnswer, VisitPatch, VisitPut

NOT_A_COLUMN = {"card"}
"""Fields of a body that become something else: the code of a card becomes the id of a visitor."""

NOT_IN_EVENTS = {
    "helper": "an id of who helped, for the coordinator only",
    "note": "free text",
    "state": "an event of its own type",
    "void_reason": "in the event of the void",
    "day": "follows from startedAt",
    "registered_at": "the time of the event that says so",
    "content_hash": "of the service only",
    "version": "in the envelope",
}
"""Columns that do not travel, and why."""


def columns_of(schema) -> set[str]:
    """Under which names a schema loads its fields."""
    return {field.attribute or name for name, field in schema().fields.items()}


def test_each_field_of_the_event_has_its_column_and_each_column_its_field():
    """A column travels, or stands in the list of those that do not."""
    assert set(FIELDS.values()) | set(NOT_IN_EVENTS) == set(VisitRow.__annotations__)
    assert not set(FIELDS.values()) & set(NOT_IN_EVENTS)


@pytest.mark.parametrize(
    ("schema", "row"),
    [
        (VisitPut, VisitRow),
        (VisitPatch, VisitRow),
        (DigipuntPut, DigipuntRow),
        (DigipuntPatch, DigipuntRow),
        (SessionPut, SessionRow),
        (SessionPatch, SessionRow),
    ],
)
def test_a_body_loads_columns_only(schema, row):
    """What `with_content` puts into a row is a column of it."""
    assert columns_of(schema) - NOT_A_COLUMN <= set(row.__annotations__)


@pytest.mark.parametrize("schema", [VisitPut, VisitPatch, VisitAnswer])
def test_the_api_takes_and_gives_each_field_with_codes_from_the_same_list(schema):
    """Name, list, column and whether there may be several are those of the event."""
    found = {}
    for name, field in schema().fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, RefCode) and name in Visit().fields:
            found[name] = (inner.list_name, inner is not field, field.attribute or name)
    assert found == {
        name: (codes.list_name, codes.several, FIELDS[name]) for name, codes in VISIT_CODES.items()
    }


def test_the_api_takes_each_field_that_travels():
    """Only what the service fills in itself is in the event and not in the body."""
    assert set(Visit().fields) - set(VisitPut().fields) == {"id", "municipality", "visitor"}
    assert set(Visit().fields) <= set(VisitAnswer().fields)


def test_fields_with_codes_are_told_apart_by_how_many_they_hold():
    """Themes and situation hold several codes, the others one."""
    assert {field.name for field in CODE_LISTS} == {"themes", "situation"}
    assert {field.name for field in CODES} | {"themes", "situation"} == set(VISIT_CODES)
