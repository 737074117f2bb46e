"""Digipunts, visits, visitor cards, sessions with registrations, feedback and follow-ups."""

import sqlalchemy as sa
from alembic import op

revision = "visits_0001"
down_revision = None
branch_labels = ("visits",)
depends_on = None

identifier = sa.Uuid(as_uuid=False)
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "digipunts",
        sa.Column("id", identifier, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text),
        sa.Column("address", sa.Text),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digipunts"),
    )
    op.create_index("ix_digipunts_municipality_name", "digipunts", ["municipality", "name"])
    op.create_table(
        "visitor_cards",
        sa.Column("id", identifier, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("retired_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visitor_cards"),
        sa.UniqueConstraint("code", name="uq_visitor_cards_code"),
    )
    op.create_table(
        "visits",
        sa.Column("id", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("duration", sa.Integer),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("help", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("self_reliance", sa.Text),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("visitor", identifier),
        sa.Column("bottlenecks", sa.Text, nullable=False),
        sa.Column("referred_from", sa.Text),
        sa.Column("referred_to", sa.Text),
        sa.Column("age_band", sa.Text),
        sa.Column("situation", sa.Text, nullable=False),
        sa.Column("residence", sa.Text),
        sa.Column("device", sa.Text),
        sa.Column("helper", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("void_reason", sa.Text),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_digipunt_day", "visits", ["digipunt", "day"])
    op.create_index("ix_visits_municipality_day", "visits", ["municipality", "day"])
    op.create_index(
        "ix_visits_visitor",
        "visits",
        ["visitor"],
        postgresql_where=sa.text("visitor IS NOT NULL"),
        sqlite_where=sa.text("visitor IS NOT NULL"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("self_reliance", sa.Text),
        sa.Column("satisfaction", sa.Integer),
        sa.Column("would_return", sa.Text),
        sa.ForeignKeyConstraint(["digipunt"], ["digipunts.id"], name="fk_feedback_digipunt"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_municipality_day", "feedback", ["municipality", "day"])
    op.create_table(
        "follow_ups",
        sa.Column("id", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("visit", identifier),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["digipunt"], ["digipunts.id"], name="fk_follow_ups_digipunt"),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name="fk_follow_ups_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
    )
    op.create_index(
        "ix_follow_ups_municipality_state_due_on", "follow_ups", ["municipality", "state", "due_on"]
    )
    op.create_table(
        "sessions",
        sa.Column("id", identifier, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("digipunt", identifier),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("registrations", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attendance", sa.Text),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("taken >= 0 AND taken <= seats", name="ck_sessions_seats"),
        sa.ForeignKeyConstraint(["digipunt"], ["digipunts.id"], name="fk_sessions_digipunt"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_municipality_starts_at", "sessions", ["municipality", "starts_at"])
    op.create_index("ix_sessions_starts_at", "sessions", ["starts_at"])
    op.create_table(
        "registrations",
        sa.Column("id", identifier, nullable=False),
        sa.Column("session", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("visitor", identifier),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name="fk_registrations_session"),
        sa.ForeignKeyConstraint(["visitor"], ["visitor_cards.id"], name="fk_registrations_visitor"),
        sa.PrimaryKeyConstraint("id", name="pk_registrations"),
        sa.UniqueConstraint("session", "number", name="uq_registrations_session_number"),
        sa.UniqueConstraint("session", "reference", name="uq_registrations_session_reference"),
    )
