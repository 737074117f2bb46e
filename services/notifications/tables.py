"""The tables of the notifications service: messages and what became of them, the contacts of sessions and follow-ups, and
the readers of the bottleneck sheet.

Personal data is in `contacts.sealed` and `readers.sealed` only, encrypted. `person` is the random id of a borrower at the
owner, or of a contact or a reader here, and is cleared when that person is erased. `next_at` is when the sender looks at a
message again; without it, the message waits for a member of staff or is done.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.storage.rows import Resource
from chassis.storage.tables import Id, JsonText, Sequence, UTCDateTime, new_metadata
from services.notifications.model.rows import (
    ContactRow,
    DigipuntRow,
    LetterBatchRow,
    MessageRow,
    ReaderRow,
    SeatRow,
    SessionRow,
)

metadata = new_metadata()

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", Id, primary_key=True),
    # Kind, subject and day: what is planned twice is one row.
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    # The service that owns the subject, and is asked about it.
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("about", Id, nullable=False),
    sa.Column("person", Id),
    sa.Column("municipality", sa.Text),
    sa.Column("digipunt", Id),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("reason", sa.Text),
    # Channels that failed for this message.
    sa.Column("tried", JsonText, nullable=False),
    # Attempts on the present channel.
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_at", UTCDateTime),
    sa.Column("until", UTCDateTime, nullable=False),
    sa.Column("delivery", Id),
    sa.Column("batch", Id),
    sa.Column("planned_at", UTCDateTime, nullable=False),
    sa.Column("changed_at", UTCDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # When what it is about happened: an older event cannot withdraw it, even when it is applied again.
    sa.Column("caused_at", UTCDateTime),
    # Of the announcement that a digipunt stops: its last day.
    sa.Column("closes_on", sa.Date),
    sa.Index("ix_messages_next_at", "next_at"),
    sa.Index("ix_messages_about", "about"),
    sa.Index("ix_messages_person", "person"),
    sa.Index("ix_messages_delivery", "delivery"),
    sa.Index("ix_messages_municipality_state", "municipality", "state"),
)

history = sa.Table(
    "message_history",
    metadata,
    sa.Column("seq", Sequence, primary_key=True, autoincrement=True),
    sa.Column("message", Id, sa.ForeignKey("messages.id"), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Index("ix_message_history_message", "message"),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    # One attempt to reach one person with one or more messages; the id is the idempotency key.
    sa.Column("id", Id, primary_key=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    # The gateway's own id.
    sa.Column("reference", sa.Text),
    # How many SMS it was billed as.
    sa.Column("segments", sa.Integer),
    sa.Column("started_at", UTCDateTime, nullable=False),
    # After this, no live process can still be sending it.
    sa.Column("deadline", UTCDateTime, nullable=False),
    sa.Index("ix_deliveries_state", "state"),
    sa.Index("ix_deliveries_channel_reference", "channel", "reference"),
)

contact_days = sa.Table(
    "told_days",
    metadata,
    # The primary key holds the rule: at most one delivery a day to a person.
    sa.Column("person", Id, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("delivery", Id),
)

gateways = sa.Table(
    "gateways",
    metadata,
    # A row for each channel that is down.
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("down_since", UTCDateTime, nullable=False),
    sa.Column("next_try", UTCDateTime, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)

open_loans = sa.Table(
    "open_loans",
    metadata,
    # Who has a device of which digipunt, for announcements.
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("loan", Id, primary_key=True),
    sa.Column("person", Id, nullable=False),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text),
    sa.Index("ix_open_loans_municipality_digipunt", "municipality", "digipunt"),
    sa.Index("ix_open_loans_person", "person"),
)

contacts = sa.Table(
    "contacts",
    metadata,
    # What is left of an erased one is an id under which nobody is put again.
    sa.Column("id", Id, primary_key=True),
    sa.Column("digipunt", Id, nullable=False),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("stored_at", UTCDateTime, nullable=False),
    # When visits said that no registration names them any more, after they were erased.
    sa.Column("forgotten_at", UTCDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_contacts_municipality_digipunt", "municipality", "digipunt"),
    sa.Index("ix_contacts_state_stored_at", "state", "stored_at"),
)

readers = sa.Table(
    "readers",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    # In this municipality: a sheet that was complete before is not told.
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_readers_municipality_since", "municipality", "since"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    # As their events say; an event with a version that is there already changes nothing, so a rebuild does not either.
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("digipunt", Id),
    sa.Column("starts_at", UTCDateTime, nullable=False),
    sa.Column("ends_at", UTCDateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

seats = sa.Table(
    "seats",
    metadata,
    # Registrations that name a contact. They may be applied before their session is.
    sa.Column("id", Id, primary_key=True),
    sa.Column("session", Id, nullable=False),
    sa.Column("contact", Id, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    # Whether the seat came from the waiting list.
    sa.Column("promoted", sa.Boolean, nullable=False),
    sa.Column("confirmed_at", UTCDateTime),
    # When the session was to begin as far as they were told, while they are still to be told another time.
    sa.Column("knew", UTCDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_seats_session", "session"),
    sa.Index("ix_seats_contact", "contact"),
)

call_backs = sa.Table(
    "call_backs",
    metadata,
    # Follow-ups that name a contact, for how long the contact is needed.
    sa.Column("id", Id, primary_key=True),
    sa.Column("contact", Id, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Index("ix_call_backs_contact", "contact"),
)

call_claims = sa.Table(
    "call_claims",
    metadata,
    # Who calls just now; the messages of one person have the same `claim`.
    sa.Column("message", Id, primary_key=True),
    sa.Column("claim", Id, nullable=False),
    sa.Column("claimed_by", sa.Text, nullable=False),
    sa.Column("until", UTCDateTime, nullable=False),
    sa.Index("ix_call_claims_claim", "claim"),
)

digipunts = sa.Table(
    "digipunts",
    metadata,
    # As visits publishes them: what a preview shows, the number to call, and who may know the contacts there.
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", JsonText),
    sa.Column("phone", sa.Text),
    sa.Column("opening", JsonText, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),
    # The entity version of the event.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_digipunts_municipality_name", "municipality", "name"),
)

municipalities = sa.Table(
    "municipalities",
    metadata,
    # What messages give where a digipunt has none of its own.
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("phone", sa.Text),
    sa.Column("email", sa.Text),
    sa.Column("changed_at", UTCDateTime, nullable=False),
)

letter_batches = sa.Table(
    "letter_batches",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("municipality", sa.Text, nullable=False),
    sa.Column("made_at", UTCDateTime, nullable=False),
    sa.Column("posted_at", UTCDateTime),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Index("ix_letter_batches_municipality_made_at", "municipality", "made_at"),
)

templates = sa.Table(
    "templates",
    metadata,
    sa.Column("municipality", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("changed_at", UTCDateTime, nullable=False),
)

DIGIPUNTS = Resource(digipunts, "digipunt", DigipuntRow)
MESSAGES = Resource(messages, "message", MessageRow)
LETTER_BATCHES = Resource(letter_batches, "letterBatch", LetterBatchRow)
CONTACTS = Resource(contacts, "contact", ContactRow)
READERS = Resource(readers, "reader", ReaderRow)
SESSIONS = Resource(sessions, "session", SessionRow)
SEATS = Resource(seats, "registration", SeatRow)
