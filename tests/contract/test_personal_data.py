"""docs/personal-data.md names every place where something of a person may stand."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
import yaml
from marshmallow import Schema, fields

import services
from chassis.http import idempotency
from chassis.retention import Retention
from chassis.storage.tables import UTCDateTime
from common.fields import EMAIL, Address, Phone, SealedText

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "personal-data.md").read_text(encoding="utf-8")
BEFORE, AFTER = PAGE.split("## In what is sent")
NAMED = set(re.findall(r"`((?:[a-z]+|\*)\.[a-z_]+\.[a-z_0-9]+)`", BEFORE))
SENT = AFTER.split("## How long")[0]
WITHOUT = {
    f"{table}.{column}"
    for table, columns in yaml.safe_load((HERE / "columns_without_people.yaml").read_text()).items()
    for column in columns
}
SAYS_NOTHING = (sa.Uuid, sa.Date, sa.Integer, sa.BigInteger, sa.Boolean, sa.Float, UTCDateTime)
"""Types of columns in which nobody can write who somebody is."""


def columns() -> set[str]:
    """Every column that can hold text, as `service.table.column`; `*` is a table that every service has."""
    found = {("*", table) for table in idempotency.keys.metadata.sorted_tables}
    for name in services.NAMES:
        own: sa.MetaData = import_module(f"services.{name}.tables").metadata
        found |= {(name, table) for table in own.sorted_tables}
    return {
        f"{service}.{table.name}.{column.name}"
        for service, table in found
        for column in table.columns
        if not isinstance(column.type, SAYS_NOTHING)
    }


def personal_fields(schema: Schema) -> set[str]:
    """The fields of a request that may name somebody or say how to reach them."""
    return {
        name
        for name, field in schema.fields.items()
        if isinstance(field, SealedText | Phone)
        or EMAIL in field.validators
        or (isinstance(field, fields.Nested) and isinstance(field.schema, Address))
    }


def test_every_column_is_on_the_page_or_known_to_hold_nobody():
    """Whoever adds a column decides; one that is gone is on neither list."""
    assert set() == NAMED & WITHOUT
    assert columns() == NAMED | WITHOUT


def test_every_field_that_may_name_somebody_is_on_the_page():
    """Names, numbers and addresses in what clients send, in every service."""
    for name in services.NAMES:
        for file in sorted((HERE.parents[1] / "services" / name / "schemas").glob("*.py")):
            module = import_module(f"services.{name}.schemas.{file.stem}")
            for _, schema in inspect.getmembers(module, inspect.isclass):
                if issubclass(schema, Schema) and schema.__module__ == module.__name__:
                    missing = {each for each in personal_fields(schema()) if f"`{each}`" not in SENT}
                    assert not missing, (name, schema.__name__, missing)


def test_free_text_is_on_the_page():
    """A remark that people type is kept in a column of the page."""
    for service in services.NAMES:
        for table in import_module(f"services.{service}.tables").metadata.sorted_tables:
            if "note" in table.c:
                assert f"{service}.{table.name}.note" in NAMED


def test_the_page_tells_the_months_that_count():
    """The setting as it stands there is what counts where nothing is set."""
    usual = Retention()
    [stated] = re.findall(r"DIGIPUNT_RETENTION=([a-z=0-9,]+)", PAGE)
    odd = Retention(1, 1, 1, 1)
    assert Retention.read("DIGIPUNT_RETENTION", stated, odd) == usual
    assert f"{usual.borrowers} months after the last device" in PAGE
    assert f"{usual.contacts} months after the last session" in PAGE
