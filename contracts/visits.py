"""Events of the visits service, version 1. Data carries what a read model needs, and nothing about a person.

A correction carries the visit before and after, a void the visit as it was: a projection is then a plain signed sum.
"""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

LONGEST_NAME = 200
"""Characters of a text in an event: names of places and titles of sessions, which are public."""

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers ignore unknown fields, so that optional ones can be added."""

    class Meta:
        unknown = EXCLUDE


class Bottleneck(_Data):
    service = RefCode("onlineService", required=True)
    cause = RefCode("bottleneckCause", required=True)


class Visit(_Data):
    """Each field of a visit that travels is declared here, and its reference list with it; see `VISIT_CODES`."""

    id = fields.UUID(required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    startedAt = fields.AwareDateTime(required=True)
    durationMinutes = fields.Integer(strict=True)
    themes = fields.List(RefCode("theme"), required=True, validate=validate.Length(min=1))
    help = RefCode("help")
    outcome = RefCode("outcome")
    selfReliance = RefCode("selfReliance")
    place = RefCode("place", required=True)
    contact = RefCode("contact", required=True)
    visitor = fields.UUID()
    bottlenecks = fields.List(fields.Nested(Bottleneck))
    referredFrom = RefCode("party")
    referredTo = RefCode("party")
    ageBand = RefCode("ageBand")
    situation = fields.List(RefCode("situation"))
    residence = fields.String(validate=Nis)
    device = RefCode("deviceKind")


@dataclass(frozen=True, slots=True)
class Codes:
    """The reference list of a field, and whether the field holds several of its codes."""

    list_name: str
    several: bool


def _codes(schema: type[Schema]) -> dict[str, Codes]:
    found = {}
    for name, field in schema().fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, RefCode):
            found[name] = Codes(inner.list_name, inner is not field)
    return found


VISIT_CODES = _codes(Visit)
"""The fields of a visit that hold codes: what the service takes, what an import reads and what is counted follow from it."""


Clock = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", error="A time is written as 13:30.")


class Address(_Data):
    street = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    postalCode = fields.String(
        validate=validate.Regexp(r"^[1-9]\d{3}$", error="A postal code has four digits.")
    )
    town = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))


class Opening(_Data):
    """One part of an opening pattern; one that is not of every week counts them from `first`."""

    weekday = RefCode("weekday", required=True)
    opens = fields.String(required=True, validate=Clock)
    closes = fields.String(required=True, validate=Clock)
    every = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))
    first = fields.Date()


class Digipunt(_Data):
    id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    municipality = fields.String(required=True, validate=Nis)
    organisation = fields.String(validate=validate.Length(1, LONGEST_NAME))
    address = fields.Nested(Address)
    phone = fields.String(
        validate=validate.Regexp(r"^\+[1-9]\d{3,14}$", error="A phone number is written in E.164.")
    )
    opening = fields.List(fields.Nested(Opening))
    state = RefCode("digipuntState", required=True)
    openedOn = fields.Date()
    closedOn = fields.Date()


class AgeBandCount(_Data):
    code = RefCode("ageBand", required=True)
    count = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


class Attendance(_Data):
    present = fields.Integer(strict=True, required=True)
    registered = fields.Integer(strict=True, required=True)
    walkIn = fields.Integer(strict=True, required=True)
    ageBands = fields.List(fields.Nested(AgeBandCount))


class Session(_Data):
    id = fields.UUID(required=True)
    kind = RefCode("sessionKind", required=True)
    title = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    digipunt = fields.UUID()
    municipality = fields.String(required=True, validate=Nis)
    startsAt = fields.AwareDateTime(required=True)
    endsAt = fields.AwareDateTime(required=True)
    seats = fields.Integer(strict=True, required=True)
    state = RefCode("sessionState", required=True)
    attendance = fields.Nested(Attendance)


SESSION_FIELDS = ("title", "description", "location", "startsAt", "endsAt", "seats")
"""What can change about a session."""


class Registration(_Data):
    id = fields.UUID(required=True)
    session = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    state = RefCode("registrationState", required=True)
    seats = fields.Integer(strict=True, required=True)
    contact = fields.UUID()


class Feedback(_Data):
    id = fields.UUID(required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    day = fields.Date(required=True)
    selfReliance = RefCode("selfReliance")
    satisfaction = fields.Integer(strict=True, validate=validate.Range(min=1, max=5))
    wouldReturn = fields.String(validate=validate.OneOf(["yes", "no", "notAsked"]))


class FollowUp(_Data):
    id = fields.UUID(required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    visit = fields.UUID()
    kind = RefCode("followUpKind", required=True)
    dueOn = fields.Date(required=True)
    state = RefCode("followUpState", required=True)
    outcome = RefCode("outcome")
    contact = fields.UUID()


class VisitRegistered(_Data):
    visit = fields.Nested(Visit, required=True)


class VisitCorrected(_Data):
    before = fields.Nested(Visit, required=True)
    visit = fields.Nested(Visit, required=True)


class VisitVoided(_Data):
    visit = fields.Nested(Visit, required=True)
    reason = RefCode("voidReason", required=True)


class DigipuntEvent(_Data):
    digipunt = fields.Nested(Digipunt, required=True)


class SessionEvent(_Data):
    session = fields.Nested(Session, required=True)
    changed = fields.List(fields.String(validate=validate.OneOf(SESSION_FIELDS)))


class RegistrationEvent(_Data):
    registration = fields.Nested(Registration, required=True)


class FeedbackGiven(_Data):
    feedback = fields.Nested(Feedback, required=True)


class FollowUpEvent(_Data):
    followUp = fields.Nested(FollowUp, required=True)


class ContactErased(_Data):
    contact = fields.UUID(required=True)


EVENTS: dict[tuple[str, str], tuple[type[Schema], str]] = {
    ("digipunts", "opened"): (DigipuntEvent, "A digipunt was opened."),
    ("digipunts", "changed"): (DigipuntEvent, "The description of a digipunt changed, or it opened again."),
    ("digipunts", "closed"): (DigipuntEvent, "A digipunt closed."),
    ("visits", "registered"): (VisitRegistered, "A visit was registered."),
    ("visits", "corrected"): (VisitCorrected, "A visit was corrected; `before` is what it was."),
    ("visits", "voided"): (VisitVoided, "A visit no longer counts; `visit` is what it was."),
    ("sessions", "planned"): (SessionEvent, "A session was planned."),
    ("sessions", "changed"): (
        SessionEvent,
        "A session that is still to come changed; `changed` names the fields.",
    ),
    ("sessions", "cancelled"): (SessionEvent, "A session will not take place."),
    ("sessions", "held"): (SessionEvent, "A session took place, with its attendance as counts."),
    ("registrations", "made"): (RegistrationEvent, "Seats were taken, or a place on the waiting list."),
    ("registrations", "promoted"): (RegistrationEvent, "A registration on the waiting list was confirmed."),
    ("registrations", "cancelled"): (RegistrationEvent, "A registration was cancelled."),
    ("feedback", "given"): (FeedbackGiven, "Feedback about the help was given."),
    ("followUps", "planned"): (FollowUpEvent, "A follow-up of a visit was planned."),
    ("followUps", "done"): (FollowUpEvent, "A follow-up was done."),
    ("contacts", "erased"): (ContactErased, "Nothing in this service names this contact any more."),
}
