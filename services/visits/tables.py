"""What the visits service keeps. Rows are never deleted: what was wrong is corrected, voided, cancelled or retired.

`version` is the entity version of events and the ETag of answers. `content_hash` is that of the PUT that made the
row, so that a resend is recognised whatever happened to the row since.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, UTCDateTime, new_metadata, partial_index
from services.visits.model.rows import (
    DigipuntRow,
    FeedbackRow,
    FollowUpRow,
    RegistrationRow,
    SessionRow,
    VisitorCardRow,
    VisitRow,
)

metadata = new_metadata()

NOTED = """note IS NOT NULL OR bottlenecks LIKE '%"note":%'"""
"""A visit with a remark, or with one beside what stopped somebody. Asked in these words, as only so the index of it is used."""

digipunts = sa.Table(
    "digipunts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text),
    sa.Column("address", JsonText),
    sa.Column("phone", sa.Text),
    sa.Column("opening", JsonText, nullable=False),
    sa.Column("opened_on", sa.Date),
    sa.Column("closed_on", sa.Date),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_digipunts_municipality_name", "municipality", "name"),
)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("id", Id, primary_key=True),
    # No foreign key: digipunts are never deleted, and its row lock would be shared by every desk of the point.
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("started_at", UTCDateTime, nullable=False),
    sa.Column("duration", sa.Integer),
    sa.Column("themes", JsonText, nullable=False),
    sa.Column("help", sa.Text),
    sa.Column("outcome", sa.Text),
    sa.Column("self_reliance", sa.Text),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("contact", sa.Text, nullable=False),
    sa.Column("visitor", Id),
    sa.Column("bottlenecks", JsonText, nullable=False),
    sa.Column("referred_from", sa.Text),
    sa.Column("referred_to", sa.Text),
    sa.Column("age_band", sa.Text),
    sa.Column("situation", JsonText, nullable=False),
    sa.Column("residence", sa.Text),
    sa.Column("device", sa.Text),
    sa.Column("helper", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("void_reason", sa.Text),
    # Empty where it is not known: a visit of a release before 0.1.0 without its event.
    sa.Column("registered_at", UTCDateTime),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_visits_digipunt_day", "digipunt", "day"),
    sa.Index("ix_visits_municipality_day", "municipality", "day"),
    partial_index("ix_visits_visitor", "visitor", where="visitor IS NOT NULL"),
    partial_index("ix_visits_noted", "day", where=NOTED),
)

visitor_cards = sa.Table(
    "visitor_cards",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("retired_on", sa.Date),
    sa.Column("version", sa.Integer, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("description", sa.Text),
    sa.Column("location", sa.Text),
    sa.Column("digipunt", Id, sa.ForeignKey("digipunts.id")),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("starts_at", UTCDateTime, nullable=False),
    sa.Column("ends_at", UTCDateTime, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("taken", sa.Integer, nullable=False),
    # Registrations ever made; numbers the waiting list.
    sa.Column("registrations", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attendance", JsonText),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # Whatever the code does, the database sells no seat twice.
    sa.CheckConstraint("taken >= 0 AND taken <= seats", name="seats"),
    sa.Index("ix_sessions_municipality_starts_at", "municipality", "starts_at"),
    sa.Index("ix_sessions_starts_at", "starts_at"),
)

registrations = sa.Table(
    "registrations",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("session", Id, sa.ForeignKey("sessions.id"), nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("visitor", Id, sa.ForeignKey("visitor_cards.id")),
    # A random id; who is behind it is kept by notifications only.
    sa.Column("contact", Id),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("session", "number"),
    sa.UniqueConstraint("session", "reference"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    # A random id and a day: neither tells when, so neither leads to a visit.
    sa.Column("id", Id, primary_key=True),
    sa.Column("digipunt", Id, sa.ForeignKey("digipunts.id"), nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("self_reliance", sa.Text),
    sa.Column("satisfaction", sa.Integer),
    sa.Column("would_return", sa.Text),
    sa.Index("ix_feedback_municipality_day", "municipality", "day"),
)

follow_ups = sa.Table(
    "follow_ups",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("digipunt", Id, sa.ForeignKey("digipunts.id"), nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("visit", Id, sa.ForeignKey("visits.id")),
    # As of a registration.
    sa.Column("contact", Id),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_follow_ups_municipality_state_due_on", "municipality", "state", "due_on"),
    partial_index("ix_follow_ups_noted", "due_on", where="note IS NOT NULL"),
)

DIGIPUNTS = Resource(digipunts, "digipunt", DigipuntRow)
VISITS = Resource(visits, "visit", VisitRow)
VISITOR_CARDS = Resource(visitor_cards, "card", VisitorCardRow)
SESSIONS = Resource(sessions, "session", SessionRow)
REGISTRATIONS = Resource(registrations, "registration", RegistrationRow)
FEEDBACK = Resource(feedback, "feedback", FeedbackRow)
FOLLOW_UPS = Resource(follow_ups, "followUp", FollowUpRow)
