"""The phone number of a digipunt, which goes with every message to a borrower."""

import sqlalchemy as sa
from alembic import op

revision = "visits_0002"
down_revision = "visits_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("digipunts", sa.Column("phone", sa.Text))
