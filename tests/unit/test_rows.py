"""The type of a row is what its table keeps, in every service."""

import importlib
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

import services
from chassis.storage.rows import Resource

RESOURCES = {
    f"{file.parent.name} {found.table.name}": found
    for file in sorted(Path(services.__file__).parent.glob("*/tables.py"))
    for found in vars(importlib.import_module(f"services.{file.parent.name}.tables")).values()
    if isinstance(found, Resource)
}


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES.keys())
def test_a_row_has_exactly_the_columns_of_its_table(resource):
    """Each column is a key of the row's type and the other way round; it may be None where the column may be NULL."""
    hints = get_type_hints(resource.row)
    assert set(hints) == set(resource.table.c.keys())
    for name, hint in hints.items():
        if hint is not Any:
            assert (NoneType in get_args(hint)) == resource.table.c[name].nullable, name


def test_every_service_with_resources_is_held():
    """The test above found the tables of more than one service."""
    assert {name.split()[0] for name in RESOURCES} >= {"visits", "loans", "notifications"}
