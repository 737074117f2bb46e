"""Digipunts as far as lending knows them, devices with their history, borrowers, requests, loans and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "loans_0001"
down_revision = None
branch_labels = ("loans",)
depends_on = None

identifier = sa.Uuid(as_uuid=False)
moment = sa.DateTime(timezone=True)
sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "points",
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_points"),
    )
    op.create_table(
        "devices",
        sa.Column("id", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("serial", sa.Text),
        sa.Column("accessories", sa.Text, nullable=False),
        sa.Column("missing_accessories", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("at", identifier, nullable=False),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("checked", sa.Boolean, nullable=False),
        sa.Column("wiped", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("added_on", sa.Date, nullable=False),
        sa.Column("seen_on", sa.Date),
        sa.Column("retired_on", sa.Date),
        sa.Column("retire_reason", sa.Text),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_devices"),
    )
    op.create_index("ix_devices_municipality_label", "devices", ["municipality", "label"])
    op.create_index("ix_devices_digipunt_kind_state", "devices", ["digipunt", "kind", "state"])
    op.create_table(
        "device_history",
        sa.Column("id", sequence, nullable=False, autoincrement=True),
        sa.Column("device", identifier, nullable=False),
        sa.Column("time", moment, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("at", identifier, nullable=False),
        sa.Column("loan", identifier),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_device_history"),
    )
    op.create_index("ix_device_history_device_id", "device_history", ["device", "id"])
    op.create_table(
        "borrowers",
        sa.Column("id", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_borrowers"),
    )
    op.create_index("ix_borrowers_municipality_id", "borrowers", ["municipality", "id"])
    op.create_table(
        "borrower_tokens",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("borrower", identifier, nullable=False),
        sa.PrimaryKeyConstraint("token", "borrower", name="pk_borrower_tokens"),
    )
    op.create_index("ix_borrower_tokens_borrower", "borrower_tokens", ["borrower"])
    op.create_table(
        "requests",
        sa.Column("id", identifier, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("borrower", identifier, nullable=False),
        sa.Column("device_kind", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("requested_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("loan", identifier),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_requests"),
        sa.UniqueConstraint("digipunt", "number", name="uq_requests_digipunt_number"),
    )
    op.create_index("ix_requests_municipality_state_number", "requests", ["municipality", "state", "number"])
    op.create_index("ix_requests_borrower", "requests", ["borrower"])
    op.create_table(
        "loans",
        sa.Column("id", identifier, nullable=False),
        sa.Column("borrower", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("request", identifier),
        sa.Column("prepared_on", sa.Date, nullable=False),
        sa.Column("handed_over_on", sa.Date),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("extensions", sa.Integer, nullable=False),
        sa.Column("signature", sa.Text),
        sa.Column("sealed", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_loans"),
    )
    op.create_index("ix_loans_municipality_state_due_on", "loans", ["municipality", "state", "due_on"])
    op.create_index("ix_loans_state_due_on", "loans", ["state", "due_on"])
    op.create_index("ix_loans_borrower", "loans", ["borrower"])
    op.create_table(
        "loan_devices",
        sa.Column("loan", identifier, nullable=False),
        sa.Column("device", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("ended_how", sa.Text),
        sa.PrimaryKeyConstraint("loan", "device", name="pk_loan_devices"),
    )
    op.create_index(
        "uq_loan_devices_open",
        "loan_devices",
        ["device"],
        unique=True,
        postgresql_where=sa.text("open"),
        sqlite_where=sa.text("open"),
    )
    op.create_index("ix_loan_devices_device", "loan_devices", ["device"])
    op.create_table(
        "loan_reminders",
        sa.Column("loan", identifier, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("claimed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("loan", "due_on", "step", name="pk_loan_reminders"),
    )
