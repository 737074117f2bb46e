"""A column that no table has is found before anything runs."""

import importlib.util
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[3] / "scripts" / "checks" / "columns.py"


@pytest.fixture(scope="module")
def columns():
    """The check, as a module."""
    spec = importlib.util.spec_from_file_location("columns_check", CHECK)
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


IMPORT = "from services.visits.tables import visits\n"


@pytest.mark.parametrize(
    "source",
    [
        IMPORT + "visits.c.{}",
        IMPORT + "visits.c['{}']",
        IMPORT + "sa.update(visits).where(visits.c.id == id).values({}=1)",
        IMPORT + "sa.insert(visits).values({{'{}': 1}})",
        IMPORT + "upsert(dialect, visits).values({}=1).on_conflict_do_nothing()",
        IMPORT + "columns = visits.c\ncolumns.{}",
        IMPORT + "earlier = visits.alias()\nearlier.c.{}",
        "from services.visits.tables import visits as kept\nkept.c.{}",
        "from services.visits import tables\ntables.visits.c.{}",
        "from services.visits import tables as t\nt.visits.c.{}",
    ],
)
def test_a_misspelt_column_is_found_and_a_right_one_is_not(columns, source):
    """Every way to name a column of an imported table is read."""
    assert columns.faults(source.format("themes")) == []
    (fault,) = columns.faults(source.format("themse"))
    assert (fault.table, fault.column) == ("visits", "themse")


def test_tables_of_the_chassis_are_read_too(columns):
    """The journal is a table like any other."""
    (fault,) = columns.faults("from chassis.storage.tables import journal\njournal.c.positoin")
    assert (fault.table, fault.column) == ("journal", "positoin")


def test_what_a_collection_of_columns_can_do_is_not_a_column(columns):
    """`keys()` of the columns, and attributes of anything that is not a table, are left alone."""
    assert columns.faults(f"{IMPORT}visits.c.keys()\nother.c.themse\nvisits.name") == []


def test_every_column_that_our_modules_name_exists(columns):
    """The check passes on the tree as it is."""
    assert columns.main() == 0
