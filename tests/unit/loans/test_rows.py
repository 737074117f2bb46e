"""The types of rows and codes are those of the tables and of the reference lists."""

from typing import get_args

import pytest

from contracts.refdata import codes
from services.loans.model import rows
from services.loans.tables import metadata

ROWS = {
    "points": rows.PointRow,
    "devices": rows.DeviceRow,
    "device_history": rows.DeviceHistoryRow,
    "borrowers": rows.BorrowerRow,
    "borrower_tokens": rows.BorrowerTokenRow,
    "requests": rows.RequestRow,
    "loans": rows.LoanRow,
    "loan_devices": rows.LoanDeviceRow,
    "loan_reminders": rows.LoanReminderRow,
    "loan_papers": rows.LoanPaperRow,
}


def of(*types):
    """The codes of literal types, unions of them included."""
    return {code for each in types for code in (of(*get_args(each)) if get_args(each) else {each})}


def test_each_table_of_the_service_has_a_row_type():
    """A table that is added needs one."""
    assert set(ROWS) == set(metadata.tables)


@pytest.mark.parametrize("name", list(ROWS))
def test_a_row_type_has_the_columns_of_its_table(name):
    """A column that is added to one of them and not to the other is noticed here."""
    assert set(ROWS[name].__annotations__) == set(metadata.tables[name].c.keys())


def test_what_changes_of_a_device_are_columns_of_devices():
    """With the type that the row has."""
    changes, row = rows.DeviceChanges.__annotations__, rows.DeviceRow.__annotations__
    assert changes.items() <= row.items()


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("deviceKind", [rows.DeviceKind]),
        ("condition", [rows.Condition]),
        ("deviceState", [rows.DeviceState]),
        ("retireReason", [rows.RetireReason]),
        ("borrowerKind", [rows.BorrowerKind]),
        ("loanState", [rows.LoanState, rows.RequestState]),
    ],
)
def test_the_codes_that_rules_compare_are_those_of_the_reference_lists(name, types):
    """A code that is added to a list has to be handled in the rules."""
    assert of(*types) == codes(name)
