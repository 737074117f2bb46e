"""Events of before 0.1.0 get the names that tell them apart: a request approved or fulfilled, a due date that changed."""

import sqlalchemy as sa
from alembic import op

revision = "loans_0003"
down_revision = "loans_0002"
branch_labels = None
depends_on = None

RENAME = sa.text("UPDATE journal SET type = :new WHERE type = :old AND data LIKE :holds")
EVENT = "be.digipunt.loans.v1.{}.notify.{}"


def upgrade() -> None:
    # A database that is being made has no journal yet, and so nothing to rename.
    if not sa.inspect(op.get_bind()).has_table("journal"):
        return
    for resource, old, new, holds in (
        ("loans", "extended", "dueDateChanged", "%"),
        ("requests", "made", "approved", '%"state":"ready"%'),
        ("requests", "made", "fulfilled", '%"state":"handedOver"%'),
    ):
        values = {"old": EVENT.format(resource, old), "new": EVENT.format(resource, new), "holds": holds}
        op.get_bind().execute(RENAME, values)
