"""What the figures are read from. Every row can be rebuilt from the journals of the other services, but for those in `KEPT`.

`cells` and `people` hold sums, so that a figure costs the same however many visits stand behind it. Nothing here names a
person: `visitor` is the id of a paper card without a name.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, UTCDateTime, new_metadata
from services.reporting.model.targets import TargetRow

metadata = new_metadata()

Code = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""Text of a key. Compared byte by byte, which PostgreSQL does much faster than in the order of a language."""


def _generation() -> sa.Column[int]:
    return sa.Column("generation", sa.Integer, primary_key=True)


cells = sa.Table(
    "cells",
    metadata,
    _generation(),
    # P: by municipality of the point. R: by municipality where the visitor lives, whatever the point.
    sa.Column("scope", Code, primary_key=True),
    sa.Column("municipality", Code, primary_key=True),
    # D: one day. M: one month.
    sa.Column("grain", Code, primary_key=True),
    sa.Column("start", sa.Date, primary_key=True),
    sa.Column("digipunt", Code, primary_key=True),
    # Every sum of the cell, by `dimension|code`. One row instead of a hundred is what makes applying fast.
    sa.Column("counts", JsonText, nullable=False),
)

visitor_days = sa.Table(
    "visitor_days",
    metadata,
    _generation(),
    sa.Column("visitor", Code, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("municipality", Code, primary_key=True),
    sa.Column("digipunt", Code, primary_key=True),
    sa.Column("residence", Code, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Index("ix_visitor_days_generation_day", "generation", "day"),
)

people = sa.Table(
    "people",
    metadata,
    _generation(),
    sa.Column("scope", Code, primary_key=True),
    # M, Q, H and Y: a month, quarter, half-year and year, because distinct visitors of parts do not add up.
    sa.Column("grain", Code, primary_key=True),
    sa.Column("start", sa.Date, primary_key=True),
    # '' stands for all digipunts of the municipality.
    sa.Column("digipunt", Code, primary_key=True),
    sa.Column("municipality", Code, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)

digipunts = sa.Table(
    "digipunts",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("opened_on", sa.Date),
    # The first day on which it was closed.
    sa.Column("closed_on", sa.Date),
)

sessions = sa.Table(
    "sessions",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("digipunt", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Column("present", sa.Integer, nullable=False),
    sa.Column("walk_in", sa.Integer, nullable=False),
    sa.Column("age_bands", JsonText, nullable=False),
    sa.Index("ix_sessions_generation_municipality_day", "generation", "municipality", "day"),
)

registrations = sa.Table(
    "registrations",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("session", Id, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seats", sa.Integer, nullable=False),
    sa.Index("ix_registrations_generation_session", "generation", "session"),
)

facts = sa.Table(
    "facts",
    metadata,
    _generation(),
    # Visits come in about the order of their days, and are asked for by place and period: in this order one index does for
    # both, and what is written lies together.
    sa.Column("municipality", Code, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    # A visit as it counts now; a correction replaces it, a void takes it away.
    sa.Column("id", Id, primary_key=True),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("residence", Code, nullable=False),
    # Its codes, packed (`model.layout`).
    sa.Column("themes", sa.BigInteger, nullable=False),
    sa.Column("codes", sa.BigInteger, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    # Online services with their causes, as `eBox|fee,itsme|language`, each pair once and in order.
    sa.Column("bottlenecks", Code, nullable=False),
)

fact_months = sa.Table(
    "fact_months",
    metadata,
    _generation(),
    sa.Column("municipality", Code, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    # How often a fact of this month came or went: what was prepared at another number is out of date.
    sa.Column("count", sa.BigInteger, nullable=False),
)

READ_MODELS = [cells, visitor_days, people, facts, fact_months, digipunts, sessions, registrations]

pair_cells = sa.Table(
    "pair_cells",
    metadata,
    _generation(),
    sa.Column("municipality", Code, primary_key=True),
    sa.Column("month", sa.Date, primary_key=True),
    # contacts, with what new people and minutes are made of, or bottlenecks.
    sa.Column("measure", Code, primary_key=True),
    # In the order of their names; '' where there is none.
    sa.Column("dimension_a", Code, primary_key=True),
    sa.Column("dimension_b", Code, primary_key=True),
    # Of all digipunten together, and of each.
    sa.Column("tallies", JsonText, nullable=False),
    sa.Column("by_digipunt", JsonText, nullable=False),
    # The count of `fact_months` of which it was made.
    sa.Column("made_of", sa.BigInteger, nullable=False),
)

PREPARED = [pair_cells]
"""Made from facts when somebody asks, and thrown away with their generation."""

devices = sa.Table(
    "devices",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("added_on", sa.Date, nullable=False),
    sa.Column("retired_on", sa.Date),
    sa.Index("ix_devices_generation_municipality", "generation", "municipality"),
)

loan_requests = sa.Table(
    "loan_requests",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("requested_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("ix_loan_requests_generation_municipality", "generation", "municipality", "requested_on"),
)

loans = sa.Table(
    "loans",
    metadata,
    _generation(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("handed_over_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Index("ix_loans_generation_municipality", "generation", "municipality", "handed_over_on"),
)

lent_devices = sa.Table(
    "lent_devices",
    metadata,
    _generation(),
    sa.Column("loan", Id, primary_key=True),
    sa.Column("device", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
)

loan_ends = sa.Table(
    "loan_ends",
    metadata,
    _generation(),
    sa.Column("loan", Id, primary_key=True),
    sa.Column("device", Id, primary_key=True),
    # returned or lost; what was lost and found again is returned.
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("days", sa.Integer, nullable=False),
)

LOAN_READ_MODELS = [devices, loan_requests, loans, lent_devices, loan_ends]
"""Those of the source loans, which have generations of their own."""

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", Id, primary_key=True),
    # Of what is asked and of the events that it is made from: the same is made once.
    sa.Column("digest", sa.Text, nullable=False),
    # Of what is asked alone: of all that are about the same, the newest is kept.
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("parameters", JsonText, nullable=False),
    # making, made or failed.
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("progress", sa.Float, nullable=False),
    # Why it failed: a code and the values in its text.
    sa.Column("reason", JsonText),
    sa.Column("as_of", JsonText, nullable=False),
    sa.Column("rebuilding", sa.Boolean, nullable=False),
    sa.Column("asked_at", UTCDateTime, nullable=False),
    sa.Column("made_at", UTCDateTime),
    # Who makes it is expected to be done by then; after that another one may take it up.
    sa.Column("claimed_until", UTCDateTime),
    sa.Index("uq_reports_digest", "digest", unique=True),
    sa.Index("ix_reports_subject_asked_at", "subject", "asked_at"),
)

report_files = sa.Table(
    "report_files",
    metadata,
    sa.Column("report", Id, primary_key=True),
    # pdf, xlsx or csv.
    sa.Column("form", sa.Text, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
)


targets = sa.Table(
    "targets",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("municipalities", JsonText, nullable=False),
    sa.Column("steps", JsonText, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

told_steps = sa.Table(
    "told_steps",
    metadata,
    # Outlives its target, so that a step is told once whatever happens to it.
    sa.Column("target", Id, primary_key=True),
    sa.Column("step", sa.Integer, primary_key=True),
    sa.Column("told_at", UTCDateTime, nullable=False),
)

sheets = sa.Table(
    "sheets",
    metadata,
    # The bottleneck sheets of which others heard that they are complete.
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    # The first day of the month.
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("completed_at", UTCDateTime, nullable=False),
    sa.Index("ix_sheets_month", "month"),
)

KEPT = [reports, report_files, targets, told_steps, sheets]
"""Not read models: what was made of them or set for them, and no rebuild takes it away."""

TARGETS = Resource(targets, "target", TargetRow)
