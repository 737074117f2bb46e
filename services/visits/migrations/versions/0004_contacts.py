"""Whom a registration or a follow-up is for: a random id, behind which notifications keeps a contact."""

import sqlalchemy as sa
from alembic import op

revision = "visits_0004"
down_revision = "visits_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("registrations", "follow_ups"):
        op.add_column(table, sa.Column("contact", sa.Uuid(as_uuid=False)))
