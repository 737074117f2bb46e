"""Which devices of a loan were inspected and wiped after it, even if they were lent again since."""

import sqlalchemy as sa
from alembic import op

revision = "loans_0002"
down_revision = "loans_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "loan_devices", sa.Column("done", sa.Boolean, nullable=False, server_default=sa.text("false"))
    )
    op.execute(
        "UPDATE loan_devices SET done = true WHERE loan IN (SELECT id FROM loans WHERE state = 'closed')"
    )
