"""Visits as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, Period, moment, nis, ref_code, text, uuid, whole
from chassis.refusals import Reason

LONGEST_MINUTES = 600
BATCH = 500
THEMES = validate.Length(1, 40, error=Reason("themesMissing"))


class Bottleneck(Schema):
    """An online service that stopped somebody, and why."""

    service = ref_code("onlineService", required=True)
    cause = ref_code("bottleneckCause", required=True)
    note = text(300, "What happened, without anything that identifies a person.", allow_none=True)


class VisitFields(Schema):
    """What is told about a visit. Null means the same as leaving it out."""

    startedAt = moment("When it began; now when left out.", attribute="started_at")
    durationMinutes = whole(1, LONGEST_MINUTES, "How long it took.", attribute="duration", allow_none=True)
    help = ref_code("help", allow_none=True)
    outcome = ref_code("outcome", allow_none=True)
    selfReliance = ref_code("selfReliance", attribute="self_reliance", allow_none=True)
    place = ref_code("place")
    contact = ref_code("contact")
    card = fields.String(
        allow_none=True,
        validate=validate.Length(1, 20),
        metadata={"description": "The code on a visitor card, such as K7Q4-2M."},
    )
    bottlenecks = fields.List(fields.Nested(Bottleneck), allow_none=True, validate=validate.Length(max=20))
    referredFrom = ref_code("party", attribute="referred_from", allow_none=True)
    referredTo = ref_code("party", attribute="referred_to", allow_none=True)
    ageBand = ref_code("ageBand", attribute="age_band", allow_none=True)
    situation = fields.List(ref_code("situation"), allow_none=True, validate=validate.Length(max=20))
    residence = nis("Where the visitor lives.", allow_none=True)
    device = ref_code("deviceKind", allow_none=True)
    helper = text(100, "Who helped. Stored as a pseudonymous id, never as a name.", allow_none=True)
    note = text(1000, "A short note, without anything that identifies a person.", allow_none=True)


class VisitPut(VisitFields):
    """A visit to register: the digipunt and one theme suffice."""

    digipunt = uuid("Where.", required=True)
    themes = fields.List(ref_code("theme"), required=True, validate=THEMES)


class VisitPatch(VisitFields):
    """What was wrong in a visit. Null takes a value away."""

    digipunt = uuid("Where.")
    themes = fields.List(ref_code("theme"), validate=THEMES)


class BatchItem(VisitPut):
    """One visit of a batch."""

    id = uuid("The visit's own id, made by the client.", required=True)


class Batch(Schema):
    """Up to 500 visits, each accepted or refused on its own."""

    items = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        validate=validate.Length(1, BATCH),
        metadata={"description": "Each as the body of PUT, with its `id`."},
    )


class BatchResult(Schema):
    """What became of one visit of a batch."""

    id = fields.String(allow_none=True, metadata={"description": "As it was sent."})
    status = fields.Integer(metadata={"description": "What a PUT of this visit would have answered."})
    problem = fields.Dict(metadata={"description": "As the body of that answer, where it is a problem."})


class BatchAnswer(Schema):
    """One result for each visit, in the order they were sent."""

    items = fields.List(fields.Nested(BatchResult))


class Void(Schema):
    """Why a visit no longer counts."""

    reason = ref_code("voidReason", required=True)


class VisitAnswer(VisitFields):
    """A visit as it is kept."""

    class Meta:
        exclude = ("card",)

    id = uuid("The visit's id.")
    digipunt = uuid("Where.")
    municipality = nis("The municipality of the digipunt.")
    themes = fields.List(ref_code("theme"))
    visitor = uuid("The visitor card, never its code.")
    state = fields.String(validate=validate.OneOf(["registered", "voided"]))
    voidReason = ref_code("voidReason")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class VisitQuery(Area, Period):
    """Which visits to list."""

    theme = ref_code("theme")
    help = ref_code("help")
    outcome = ref_code("outcome")
    place = ref_code("place")
    contact = ref_code("contact")
    referredFrom = ref_code("party", attribute="referred_from")
    referredTo = ref_code("party", attribute="referred_to")
    ageBand = ref_code("ageBand", attribute="age_band")
    service = ref_code("onlineService")
    state = fields.String(load_default="registered", validate=validate.OneOf(["registered", "voided", "any"]))


class ReferralQuery(Area, Period):
    """Which referrals to list."""

    direction = fields.String(validate=validate.OneOf(["in", "out"]))
    party = ref_code("party")


class ReferralAnswer(Schema):
    """Somebody was sent to a digipunt, or on from it."""

    visit = uuid("The visit it is part of.")
    digipunt = uuid("Where.")
    municipality = nis("The municipality of the digipunt.")
    day = fields.Date()
    direction = fields.String(validate=validate.OneOf(["in", "out"]))
    party = ref_code("party")
    outcome = ref_code("outcome")
