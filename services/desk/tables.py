"""The tables of the desk service. The name of a helper and the hash of a PIN are encrypted, in `sealed` and `pin` only.

Codes and secrets are kept as hashes: whoever reads a backup signs in nowhere. `version` is the ETag of responses; what a
laptop tells of itself does not change it.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, UTCDateTime, new_metadata
from services.desk.model.rows import HelperRow, LaptopRow, PointRow, SessionRow

metadata = new_metadata()

points = sa.Table(
    "points",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("phone", sa.Text),
    # The entity version of the event of visits; 0 while only the desk has named this digipunt.
    sa.Column("version", sa.Integer, nullable=False),
)

pairings = sa.Table(
    "pairings",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code_hash", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
)

guesses = sa.Table(
    "guesses",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("wrong", sa.Integer, nullable=False),
    sa.Column("since", UTCDateTime, nullable=False),
)

laptops = sa.Table(
    "laptops",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("check_digits", sa.Text, nullable=False),
    sa.Column("paired_at", UTCDateTime, nullable=False),
    sa.Column("last_seen_at", UTCDateTime),
    sa.Column("waiting", sa.Integer),
    sa.Column("parked", sa.Integer),
    sa.Column("app_version", sa.Text),
    sa.Column("storage", JsonText),
    sa.Column("browser", sa.Text),
    # Since when, and how many; a coordinator sets them back.
    sa.Column("wrong_pins", sa.Integer, nullable=False),
    sa.Column("wrong_since", UTCDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_laptops_municipality_digipunt", "municipality", "digipunt"),
)

helpers = sa.Table(
    "helpers",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("pin", sa.Text),
    sa.Column("pin_set_at", UTCDateTime),
    sa.Column("wrong_pins", sa.Integer, nullable=False),
    sa.Column("locked_until", UTCDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("code"),
)

helper_digipunts = sa.Table(
    "helper_digipunts",
    metadata,
    sa.Column("helper", Id, primary_key=True),
    sa.Column("digipunt", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Index("ix_helper_digipunts_digipunt", "digipunt"),
    sa.Index("ix_helper_digipunts_municipality", "municipality"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("laptop", Id, nullable=False),
    sa.Column("helper", Id, nullable=False),
    sa.Column("started_at", UTCDateTime, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
    sa.Index("ix_sessions_laptop", "laptop"),
    sa.Index("ix_sessions_helper", "helper"),
    sa.Index("ix_sessions_expires_at", "expires_at"),
)

used_links = sa.Table(
    "used_links",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("expires_at", UTCDateTime, nullable=False),
)

POINTS = Resource(points, "digipunt", PointRow)
LAPTOPS = Resource(laptops, "laptop", LaptopRow)
HELPERS = Resource(helpers, "helper", HelperRow)
SESSIONS = Resource(sessions, "session", SessionRow)
