"""Events of before 0.1.0 get the names that tell them apart: a registration that moved up from the waiting list."""

import sqlalchemy as sa
from alembic import op

revision = "visits_0003"
down_revision = "visits_0002"
branch_labels = None
depends_on = None

EVENT = "be.digipunt.visits.v1.registrations.notify.{}"


def upgrade() -> None:
    # A database that is being made has no journal yet, and so nothing to rename.
    if not sa.inspect(op.get_bind()).has_table("journal"):
        return
    op.get_bind().execute(
        # Made once, a registration that waited is confirmed as its second version.
        sa.text("UPDATE journal SET type = :new WHERE type = :old AND entity_version > 1"),
        {"old": EVENT.format("made"), "new": EVENT.format("promoted")},
    )
