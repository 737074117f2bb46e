"""Devices that share a label from before that was refused keep it through the migration."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import services.loans
from chassis.storage.database import Database
from chassis.storage.migrations import upgrade_in
from common.text_keys import label_key
from services.loans.tables import devices

VERSIONS = Path(services.loans.__file__).parent / "migrations" / "versions"
OLD = [column for column in devices.c if column.name not in ("label_key", "label_shared")]


def row(number, label, state="available", municipality="24107"):
    id = f"0190a000-0000-7000-8000-{number:012d}"
    known = {column.name: "x" for column in OLD if isinstance(column.type, sa.Text)}
    return known | {
        "id": id,
        "label": label,
        "state": state,
        "municipality": municipality,
        "accessories": [],
        "missing_accessories": [],
        "digipunt": id,
        "at": id,
        "checked": True,
        "wiped": True,
        "added_on": date(2026, 1, number),
        "version": 1,
    }


@pytest.mark.case("public L18")
def test_shared_labels_survive_the_migration(tmp_path):
    """Both devices keep label and key; the one that came first holds it, and a third is refused."""
    database = Database(f"sqlite:///{tmp_path}/loans.sqlite")
    before = sa.table("devices", *(sa.column(column.name, column.type) for column in OLD))
    with database.begin() as connection:
        upgrade_in(connection, VERSIONS, ["loans_0003"])
        labels = ["ÉCRAN 1", "écran  1", "Écran 1", "W40"]
        for number, label in enumerate(labels, 1):
            connection.execute(
                sa.insert(before), row(number, label, "retired" if number == 3 else "available")
            )
        connection.execute(sa.insert(before), row(5, "écran 1", municipality="24059"))
        upgrade_in(connection, VERSIONS, ["loans_0004"])
        found = connection.execute(
            sa.select(devices.c.label, devices.c.label_key, devices.c.label_shared).order_by(
                devices.c.added_on
            )
        ).all()
    assert [each.label for each in found] == [*labels, "écran 1"]
    assert [each.label_key for each in found] == [label_key(each.label) for each in found]
    assert [each.label_shared for each in found] == [False, True, False, False, False]
    third = row(6, "Écran 1") | {"label_key": "écran 1", "label_shared": False}
    with database.begin() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.insert(devices), third)
    # A release before this one knows no keys.
    with database.begin() as connection:
        connection.execute(sa.insert(before), row(7, "Écran 1"))
    database.close()
