"""The tables of the loans service. Personal data is encrypted, in the columns `sealed` and in the documents of `loan_papers`
only; `borrower_tokens` holds the blind indexes by which a borrower is found.

`version` is the entity version of events and the ETag of responses. `content_hash` is the fingerprint of the PUT that made
the row.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, Sequence, UTCDateTime, new_metadata, partial_index
from services.loans.model.rows import (
    BorrowerRow,
    DeviceHistoryRow,
    DeviceRow,
    LoanPaperRow,
    LoanRow,
    PointRow,
    RequestRow,
)

metadata = new_metadata()

points = sa.Table(
    "points",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("address", JsonText),
    sa.Column("phone", sa.Text),
    sa.Column("opening", JsonText, nullable=False),
    # The entity version of the event of visits; 0 while only lending has named this digipunt.
    sa.Column("version", sa.Integer, nullable=False),
)

devices = sa.Table(
    "devices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    # By which labels are compared; none where a release before this column added the device.
    sa.Column("label_key", sa.Text),
    # Whether another device had this label already before that was refused.
    sa.Column("label_shared", sa.Boolean, nullable=False, server_default=sa.text("false")),
    sa.Column("serial", sa.Text),
    sa.Column("accessories", JsonText, nullable=False),
    sa.Column("missing_accessories", JsonText, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    # Where it is when nobody has it: its home, or where it was returned.
    sa.Column("at", Id, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    # Since the last loan.
    sa.Column("checked", sa.Boolean, nullable=False),
    sa.Column("wiped", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("added_on", sa.Date, nullable=False),
    sa.Column("seen_on", sa.Date),
    sa.Column("retired_on", sa.Date),
    sa.Column("retire_reason", sa.Text),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_devices_municipality_label", "municipality", "label"),
    partial_index(
        "uq_devices_label_in_use",
        "municipality",
        "label_key",
        where="state <> 'retired' AND NOT label_shared",
        unique=True,
    ),
    sa.Index("ix_devices_digipunt_kind_state", "digipunt", "kind", "state"),
    partial_index("ix_devices_noted", "retired_on", where="note IS NOT NULL"),
)

device_history = sa.Table(
    "device_history",
    metadata,
    sa.Column("id", Sequence, primary_key=True, autoincrement=True),
    sa.Column("device", Id, nullable=False),
    sa.Column("time", UTCDateTime, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("condition", sa.Text, nullable=False),
    sa.Column("at", Id, nullable=False),
    sa.Column("loan", Id),
    sa.Column("note", sa.Text),
    sa.Index("ix_device_history_device_id", "device", "id"),
    partial_index("ix_device_history_noted", "time", where="note IS NOT NULL"),
)

borrowers = sa.Table(
    "borrowers",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    # Of those who were there before this column: the day on which it came.
    sa.Column("stored_on", sa.Date),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_borrowers_municipality_id", "municipality", "id"),
)

borrower_tokens = sa.Table(
    "borrower_tokens",
    metadata,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("borrower", Id, primary_key=True),
    sa.Index("ix_borrower_tokens_borrower", "borrower"),
)

requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("borrower", Id, nullable=False),
    sa.Column("device_kind", sa.Text, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("requested_on", sa.Date, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("loan", Id),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("digipunt", "number"),
    sa.Index("ix_requests_municipality_state_number", "municipality", "state", "number"),
    sa.Index("ix_requests_borrower", "borrower"),
    partial_index("ix_requests_noted", "requested_on", where="note IS NOT NULL"),
)

loans = sa.Table(
    "loans",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("borrower", Id, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("request", Id),
    sa.Column("prepared_on", sa.Date, nullable=False),
    sa.Column("handed_over_on", sa.Date),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("extensions", sa.Integer, nullable=False),
    sa.Column("signature", sa.Text),
    # Who collected it for an organisation. Before 0005 also a signature drawn on the screen, which is on the paper now.
    sa.Column("sealed", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_loans_municipality_state_due_on", "municipality", "state", "due_on"),
    sa.Index("ix_loans_state_due_on", "state", "due_on"),
    sa.Index("ix_loans_borrower", "borrower"),
)

loan_devices = sa.Table(
    "loan_devices",
    metadata,
    sa.Column("loan", Id, primary_key=True),
    sa.Column("device", Id, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    # Reserved or out. The index below allows one loan at a time to have a device.
    sa.Column("open", sa.Boolean, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("ended_how", sa.Text),
    # Inspected and wiped after this loan.
    sa.Column("done", sa.Boolean, nullable=False, server_default=sa.text("false")),
    partial_index("uq_loan_devices_open", "device", where="open", unique=True),
    sa.Index("ix_loan_devices_device", "device"),
)

loan_reminders = sa.Table(
    "loan_reminders",
    metadata,
    sa.Column("loan", Id, primary_key=True),
    sa.Column("due_on", sa.Date, primary_key=True),
    sa.Column("step", sa.Text, primary_key=True),
    sa.Column("claimed_at", UTCDateTime, nullable=False),
)

# What was agreed, frozen: number 0 is the agreement, the others are its extensions (docs/adr/0017).
loan_papers = sa.Table(
    "loan_papers",
    metadata,
    sa.Column("loan", Id, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("previously_due_on", sa.Date),
    # The page as it was agreed, encrypted, until it is drawn; then the PDF, encrypted, with the hash of its bytes.
    sa.Column("page", sa.Text),
    sa.Column("pdf", sa.Text),
    sa.Column("sha256", sa.Text),
    # Made later, from what was known then: the loan is older than this table.
    sa.Column("reconstructed", sa.Boolean, nullable=False, server_default=sa.text("false")),
)

POINTS = Resource(points, "digipunt", PointRow)
DEVICES = Resource(devices, "device", DeviceRow)
DEVICE_HISTORY = Resource(device_history, "deviceHistory", DeviceHistoryRow)
BORROWERS = Resource(borrowers, "borrower", BorrowerRow)
REQUESTS = Resource(requests, "request", RequestRow)
LOANS = Resource(loans, "loan", LoanRow)
PAPERS = Resource(loan_papers, "paper", LoanPaperRow)
