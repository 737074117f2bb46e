"""What is folded fits the tables that it is written to."""

from datetime import date
from types import NoneType
from typing import get_args, get_type_hints

import pytest
import sqlalchemy as sa

from services.reporting import tables
from services.reporting.model import rows

ROWS = {
    rows.FactRow: tables.facts,
    rows.DigipuntRow: tables.digipunts,
    rows.SessionRow: tables.sessions,
    rows.RegistrationRow: tables.registrations,
    rows.DeviceRow: tables.devices,
    rows.RequestRow: tables.loan_requests,
    rows.LoanRow: tables.loans,
    rows.LentDeviceRow: tables.lent_devices,
    rows.LoanEndRow: tables.loan_ends,
}
KINDS = {str: (sa.Text, sa.Uuid), int: sa.Integer, date: sa.Date, dict: sa.types.TypeDecorator}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_row_has_the_columns_of_its_table_in_their_order(row):
    """After the generation come its fields, each of the type of its column, and None only where the column may be NULL."""
    columns = list(ROWS[row].c)[1:]
    assert row._fields == tuple(column.name for column in columns)
    for column, hint in zip(columns, get_type_hints(row).values(), strict=True):
        [kind, *rest] = get_args(hint) if NoneType in get_args(hint) else [hint]
        assert (rest == [NoneType]) == column.nullable, column
        assert isinstance(column.type, KINDS[getattr(kind, "__origin__", kind)]), column


def test_every_table_of_newest_states_has_a_row():
    """Only sums and counts, which are keyed by hand, have none."""
    sums = {tables.cells, tables.people, tables.visitor_days, tables.fact_months}
    assert set(ROWS.values()) == {*tables.READ_MODELS, *tables.LOAN_READ_MODELS} - sums
