"""Labels are compared by a key that is the same on both databases, and a label in use is free for nobody else.

Devices that share a label already keep it, and say so: the index leaves them out, except the one that came first.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "loans_0004"
down_revision = "loans_0003"
branch_labels = None
depends_on = None

devices = sa.table(
    "devices",
    sa.column("id", sa.Uuid(as_uuid=False)),
    sa.column("municipality", sa.Text),
    sa.column("label", sa.Text),
    sa.column("state", sa.Text),
    sa.column("added_on", sa.Date),
    sa.column("label_key", sa.Text),
    sa.column("label_shared", sa.Boolean),
)
IN_USE = sa.text("state <> 'retired' AND NOT label_shared")


def upgrade() -> None:
    # A release before this one goes on working beside it: it knows neither column.
    op.add_column("devices", sa.Column("label_key", sa.Text))
    op.add_column(
        "devices", sa.Column("label_shared", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )
    connection = op.get_bind()
    columns = (devices.c.id, devices.c.municipality, devices.c.label, devices.c.state)
    taken: set[tuple[str, str]] = set()
    for row in connection.execute(sa.select(*columns).order_by(devices.c.added_on, devices.c.id)).all():
        key = label_key(row.label)
        values = {"label_key": key, "label_shared": (row.municipality, key) in taken}
        if row.state != "retired":
            taken.add((row.municipality, key))
        else:
            values["label_shared"] = False
        connection.execute(sa.update(devices).where(devices.c.id == row.id).values(values))
    op.create_index(
        "uq_devices_label_in_use",
        "devices",
        ["municipality", "label_key"],
        unique=True,
        postgresql_where=IN_USE,
        sqlite_where=IN_USE,
    )


def label_key(text: str) -> str:
    """As the release of this revision had it."""
    shown = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    folded = unicodedata.normalize("NFKC", shown).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())
