"""Cells, people and visitor days, and the names and sessions that figures are shown with."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0001"
down_revision = None
branch_labels = ("reporting",)
depends_on = None

code = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "cells",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("scope", code, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("grain", code, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("digipunt", code, nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint(
            "generation", "scope", "municipality", "grain", "start", "digipunt", name="pk_cells"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "visitor_days",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("visitor", code, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("digipunt", code, nullable=False),
        sa.Column("residence", code, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "generation", "visitor", "day", "municipality", "digipunt", "residence", name="pk_visitor_days"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visitor_days_generation_day", "visitor_days", ["generation", "day"])
    op.create_table(
        "people",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("scope", code, nullable=False),
        sa.Column("grain", code, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("digipunt", code, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "generation", "scope", "grain", "start", "digipunt", "municipality", name="pk_people"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "digipunts",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_digipunts"),
    )
    op.create_table(
        "sessions",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("digipunt", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("present", sa.Integer, nullable=False),
        sa.Column("walk_in", sa.Integer, nullable=False),
        sa.Column("age_bands", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_sessions"),
    )
    op.create_index(
        "ix_sessions_generation_municipality_day", "sessions", ["generation", "municipality", "day"]
    )
    op.create_table(
        "registrations",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("session", identifier, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("generation", "id", name="pk_registrations"),
    )
    op.create_index("ix_registrations_generation_session", "registrations", ["generation", "session"])
