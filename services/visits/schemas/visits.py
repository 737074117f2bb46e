"""Visits as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, Flag, List, Period, Whole, moment, nis, ref_code, uuid, whole
from chassis.refusals import Reason
from common.fields import free_text, sealed_text

LONGEST_MINUTES = 600
BATCH = 500
RESIDENCE = "^(?:other|(?:1[1-3]|2[1345]|3[1-8]|4[1-6]|5[1-8]|6[1-4]|7[1-3]|8[1-5]|9[1-3])(?:00[1-9]|0[1-9][0-9]|1[0-4][0-9]))$"
"""The arrondissements of Belgium, each with its municipalities from 001 on; none ever had as many as 150."""

THEMES = validate.Length(1, 40, error=Reason("themesMissing"))


class Bottleneck(Schema):
    """An online service that stopped somebody, and why."""

    service = ref_code("onlineService", required=True)
    cause = ref_code("bottleneckCause", required=True)
    note = free_text(
        300, "What happened, without anything that identifies a person.", lines=True, allow_none=True
    )


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
    bottlenecks = List(fields.Nested(Bottleneck), allow_none=True, validate=validate.Length(max=20))
    referredFrom = ref_code("party", attribute="referred_from", allow_none=True)
    referredTo = ref_code("party", attribute="referred_to", allow_none=True)
    ageBand = ref_code("ageBand", attribute="age_band", allow_none=True)
    situation = List(ref_code("situation"), allow_none=True, validate=validate.Length(max=20))
    residence = fields.String(
        allow_none=True,
        validate=Whole(RESIDENCE, error="residenceUnknown"),
        metadata={
            "description": "Where the visitor lives: a NIS code, or `other` for whoever lives abroad or nowhere."
        },
    )
    device = ref_code("deviceKind", allow_none=True)
    helper = sealed_text(100, "Who helped. Stored as a pseudonymous id, never as a name.", allow_none=True)
    note = free_text(
        1000, "A short note, without anything that identifies a person.", lines=True, allow_none=True
    )


class VisitPut(VisitFields):
    """A visit to register: the digipunt and one theme suffice."""

    digipunt = uuid("Where.", required=True)
    themes = List(ref_code("theme"), required=True, validate=THEMES)


class VisitPatch(VisitFields):
    """What was wrong in a visit. Null takes a value away."""

    digipunt = uuid("Where.")
    themes = List(ref_code("theme"), validate=THEMES)


class BatchItem(VisitPut):
    """One visit of a batch."""

    id = uuid("The visit's own id, made by the client.", required=True)
    formerId = uuid(
        "An id that the client made for this visit before; where it is registered under that one, it is there already.",
        attribute="former_id",
    )


class Batch(Schema):
    """Up to 500 visits, each accepted or refused on its own."""

    items = List(
        fields.Dict(),
        required=True,
        validate=validate.Length(1, BATCH),
        metadata={"description": "Each as the body of PUT, with its `id`."},
    )
    dryRun = Flag(
        attribute="dry_run",
        load_default=False,
        metadata={"description": "Only tell what would become of each; register nothing."},
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
    contactFollowsCard = fields.Boolean(
        metadata={
            "description": "True where a card says whether it is the first contact of the calendar year:"
            " `contact` is then what follows from the card, whatever was sent."
        }
    )
    registeredAt = moment("When it was registered; a helper may correct it for 24 hours from then.")
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
    helper = sealed_text(100, "Only of this helper: the id that visits show, such as `h-…`.")
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
