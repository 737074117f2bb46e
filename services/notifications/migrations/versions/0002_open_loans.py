"""Who has a device of which digipunt."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0002"
down_revision = "notifications_0001"
branch_labels = None
depends_on = None

identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "open_loans",
        sa.Column("loan", identifier, nullable=False),
        sa.Column("person", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text),
        sa.PrimaryKeyConstraint("loan", name="pk_open_loans"),
    )
    op.create_index("ix_open_loans_municipality_digipunt", "open_loans", ["municipality", "digipunt"])
    op.create_index("ix_open_loans_person", "open_loans", ["person"])
