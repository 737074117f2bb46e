"""Sessions and registrations as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, List, Period, moment, nis, ref_code, uuid, whole
from common.fields import free_text, public_text

MOST_SEATS = 10_000
MOST_PER_REGISTRATION = 20


class SessionFields(Schema):
    """What is told about a session and may change."""

    description = public_text(
        2000, "For the public calendar; may say whom to call.", lines=True, allow_none=True
    )
    location = free_text(300, "Where, when not at the digipunt.", allow_none=True)


class SessionPut(SessionFields):
    """A session to plan."""

    kind = ref_code("sessionKind", required=True)
    title = free_text(200, "What it is about.", required=True)
    digipunt = uuid("Where; then the municipality may be left out.")
    municipality = nis("Where; needed without a digipunt.")
    startsAt = moment("When it begins.", attribute="starts_at", required=True)
    endsAt = moment("When it ends.", attribute="ends_at", required=True)
    seats = whole(1, MOST_SEATS, "How many people there is room for.", required=True)


class SessionPatch(SessionFields):
    """What changes. Null takes a value away."""

    title = free_text(200, "What it is about.")
    startsAt = moment("When it begins.", attribute="starts_at")
    endsAt = moment("When it ends.", attribute="ends_at")
    seats = whole(1, MOST_SEATS, "How many people there is room for.")


class AgeCount(Schema):
    """How many people of one age band."""

    code = ref_code("ageBand", required=True)
    count = whole(0, MOST_SEATS, "How many.", required=True)


class Attendance(Schema):
    """Who came, as counts. Registered and walkIn add up to present, and so do the age bands when given."""

    present = whole(0, MOST_SEATS, "How many people came.", required=True)
    registered = whole(0, MOST_SEATS, "How many of them had a registration.", required=True)
    walkIn = whole(0, MOST_SEATS, "How many of them had none.", attribute="walk_in", required=True)
    ageBands = List(
        fields.Nested(AgeCount), attribute="age_bands", load_default=list, validate=validate.Length(max=20)
    )


class SessionAnswer(SessionPut):
    """A session as it is kept."""

    id = uuid("The session's id.")
    state = ref_code("sessionState")
    taken = fields.Integer(metadata={"description": "Seats with a confirmed registration."})
    free = fields.Integer(metadata={"description": "Seats without one."})
    waiting = fields.Integer(
        metadata={"description": "Seats on the waiting list; told where sessions are read and listed."}
    )
    attendance = fields.Nested(Attendance)
    version = fields.Integer(metadata={"description": "Also the ETag."})


class SessionQuery(Area, Period):
    """Which sessions to list."""

    kind = ref_code("sessionKind")
    state = ref_code("sessionState")


class RegistrationPut(Schema):
    """Seats for somebody, or for a few together. No name: the person gets a reference to hold."""

    seats = whole(1, MOST_PER_REGISTRATION, "How many seats.", load_default=1)
    card = fields.String(
        allow_none=True,
        validate=validate.Length(1, 20),
        metadata={"description": "The code of a visitor card, when the person has one."},
    )
    contact = uuid(
        "Who is told of this session: the id of a contact in notifications. Without one, staff tell the person.",
        allow_none=True,
    )


class RegistrationAnswer(Schema):
    """A registration as it is kept."""

    id = uuid("The registration's id.")
    session = uuid("For which session.")
    municipality = nis("The municipality of the session.")
    seats = fields.Integer()
    state = ref_code("registrationState")
    number = fields.Integer(metadata={"description": "Its place in the order in which registrations came."})
    reference = fields.String(metadata={"description": "A code for the person to hold, such as K7Q4-2M."})
    visitor = uuid("The visitor card, never its code.")
    contact = uuid("Who is told; kept by notifications.")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class RegistrationQuery(Schema):
    """Which registrations to list."""

    state = ref_code("registrationState")
