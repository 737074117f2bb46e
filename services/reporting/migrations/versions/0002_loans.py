"""Devices, requests and loans, with what was lent and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0002"
down_revision = "reporting_0001"
branch_labels = None
depends_on = None

identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("added_on", sa.Date, nullable=False),
        sa.Column("retired_on", sa.Date),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_devices"),
    )
    op.create_index("ix_devices_generation_municipality", "devices", ["generation", "municipality"])
    op.create_table(
        "loan_requests",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("requested_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_loan_requests"),
    )
    op.create_index(
        "ix_loan_requests_generation_municipality",
        "loan_requests",
        ["generation", "municipality", "requested_on"],
    )
    op.create_table(
        "loans",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("handed_over_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_loans"),
    )
    op.create_index(
        "ix_loans_generation_municipality", "loans", ["generation", "municipality", "handed_over_on"]
    )
    op.create_table(
        "lent_devices",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("loan", identifier, nullable=False),
        sa.Column("device", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("generation", "loan", "device", name="pk_lent_devices"),
    )
    op.create_table(
        "loan_ends",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("loan", identifier, nullable=False),
        sa.Column("device", identifier, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("generation", "loan", "device", name="pk_loan_ends"),
    )
