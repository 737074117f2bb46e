"""Messages as the API gives them: what is sent and what became of it, never to whom."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, Day, List, moment, nis, ref_code, uuid
from contracts.message_context import LANGUAGES
from services.notifications.model.kinds import ANNOUNCEMENTS
from services.notifications.model.states import RESULTS


class Step(Schema):
    """One step of a message's way."""

    at = moment("When.", required=True)
    state = ref_code("messageState", required=True)
    channel = ref_code("channel")
    reason = ref_code("messageReason")


class Message(Schema):
    """A message."""

    id = uuid("The message's id.", required=True)
    kind = ref_code("messageKind", required=True)
    about = uuid("The loan, session, follow-up or sheet it is about.", required=True)
    state = ref_code("messageState", required=True)
    channel = ref_code("channel", "The present way; none while it is not chosen yet.")
    reason = ref_code("messageReason")
    municipality = nis("Of the digipunt.")
    digipunt = uuid("Which digipunt tells it.")
    plannedAt = moment("When it was planned.", required=True)
    changedAt = moment("When its state changed last.", required=True)
    nextAt = moment("When it is looked at again; not for what staff do.")
    until = moment("After this it is of no use any more.", required=True)
    version = fields.Integer(required=True, metadata={"description": "Also the ETag."})


class MessageWithHistory(Message):
    """A message with every step that it took."""

    history = fields.List(fields.Nested(Step), required=True)
    segments = fields.Integer(metadata={"description": "SMS that it is billed as."})


class MessageQuery(Area):
    """Which messages to list."""

    state = ref_code("messageState")
    channel = ref_code("channel")
    kind = ref_code("messageKind")
    reason = ref_code("messageReason")
    about = uuid("Only about this.")


class Addressee(Schema):
    """Whom to tell; only here, and kept nowhere."""

    id = uuid(
        "The borrower in loans; for a session or a call back the contact here, for a sheet the reader.",
        required=True,
    )
    name = fields.String(required=True)
    via = fields.String(metadata={"description": "Who is told instead: a carer or partner."})
    phone = fields.String(allow_none=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class CallClaim(Schema):
    """Who makes a call just now."""

    id = uuid("To give it back with.", required=True)
    claimedBy = fields.String(required=True, metadata={"description": "Whose token it is."})
    until = moment("When it comes free by itself.", required=True)


class CallClaimAnswer(CallClaim):
    """A call that is the caller's."""

    messages = fields.List(fields.UUID(), required=True, metadata={"description": "What to tell."})


class CallClaimPost(Schema):
    """Take a line of the call sheet."""

    messages = List(
        uuid("A message."),
        required=True,
        validate=validate.Length(1, 50),
        metadata={"description": "Those of one line."},
    )


class Line(Schema):
    """What to tell one person, and the messages that are told by it."""

    messages = fields.List(fields.Nested(Message), required=True)
    person = fields.Nested(Addressee, metadata={"description": "None: staff know whom it is for."})
    script = fields.String(required=True, metadata={"description": "What to say."})
    attempts = fields.Integer(required=True, metadata={"description": "Calls without an answer so far."})
    claim = fields.Nested(CallClaim, metadata={"description": "On the call sheet: who is calling just now."})


class Results(Schema):
    """What came of telling somebody."""

    messages = List(
        uuid("A message."),
        required=True,
        validate=validate.Length(1, 50),
        metadata={"description": "Those of one line."},
    )
    result = fields.String(
        required=True,
        validate=validate.OneOf(RESULTS),
        metadata={
            "description": "told: the person knows. noAnswer: again later, after three times the next way. wrongNumber, "
            "notTold, returnedMail: the next way. settled: dealt with, for what reached nobody."
        },
    )


class ResultsAnswer(Schema):
    """The messages as they are now."""

    items = fields.List(fields.Nested(Message), required=True)


class AnnouncementPost(Schema):
    """Something to tell everybody who has a device of a digipunt."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(ANNOUNCEMENTS),
        metadata={"description": "pointChanged: call before you come. serviceEnding: bring the device back."},
    )
    municipality = nis("Everybody who has a device of this municipality.", required=True)
    digipunt = uuid("Only of this digipunt.")
    closesOn = Day(
        metadata={"description": "Of serviceEnding: the last day. Who has a device brings it back by then."}
    )


class Announced(Schema):
    """What comes of an announcement."""

    planned = fields.Integer(required=True, metadata={"description": "Messages, one for each loan."})


class ChannelState(Schema):
    """A channel that a machine speaks."""

    channel = ref_code("channel", required=True)
    setUp = fields.Boolean(required=True)
    works = fields.Boolean(required=True)
    downSince = moment("Since when nothing leaves.")
    detail = fields.String(metadata={"description": "What it said."})


class Channels(Schema):
    """The channels that a machine speaks."""

    items = fields.List(fields.Nested(ChannelState), required=True)
    waitingForNumber = fields.Integer(
        required=True,
        metadata={
            "description": "Messages that wait because neither digipunt nor municipality has a number to call."
        },
    )
