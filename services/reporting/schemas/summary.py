"""The summary: all figures of one period."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.reporting.model.dimensions import FIGURES
from services.reporting.schemas.activities import Feedback, FollowUps, Sessions
from services.reporting.schemas.common import AsOf, Count
from services.reporting.schemas.loans import Loans


class NewPeople(Schema):
    """First contacts of a calendar year, with the same share of those that nobody was asked about.

    They add up: months to a year, digipunten to a municipality.
    """

    value = fields.Integer(required=True)
    notAsked = fields.Integer(required=True, metadata={"description": "Contacts of which nobody asked."})
    contacts = fields.Integer(required=True)
    definition = fields.String(required=True)


class People(Schema):
    """How many people, with what that means."""

    recognised = fields.Integer(required=True)
    recognisedDefinition = fields.String(required=True)
    newPeople = fields.Nested(NewPeople, required=True)
    estimated = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "The new people of a part of one year from 1 January on. Null where it cannot be known."
        },
    )
    definition = fields.String(required=True, metadata={"description": "What `estimated` means here."})


class Minutes(Schema):
    """Time spent, and at how many contacts it was noted."""

    total = fields.Integer(required=True)
    contacts = fields.Integer(required=True)


class SelfReliance(Schema):
    """Answers to the question asked after help."""

    answers = fields.List(fields.Nested(Count), required=True)
    asked = fields.Integer(required=True)
    share = fields.Float(
        required=True,
        allow_none=True,
        metadata={
            "description": "Of those asked, the part that feels more self-reliant (yes, aLittle). Null when fewer than 20 were."
        },
    )
    definition = fields.String(required=True)


class Referrals(Schema):
    """People sent here, and on from here."""

    in_ = fields.List(fields.Nested(Count), required=True, data_key="in")
    out = fields.List(fields.Nested(Count), required=True)


class BottleneckCount(Schema):
    """Contacts at which an online service stopped somebody, by cause."""

    service = fields.String(required=True)
    cause = fields.String(required=True)
    count = fields.Integer(required=True)


class Completing(Schema):
    """So many visits, and what was the matter with them."""

    count = fields.Integer(required=True)
    definition = fields.String(required=True)


class Completeness(Schema):
    """What came in after the period, and what was changed or taken out of it since."""

    registeredLate = fields.Nested(Completing, required=True)
    corrected = fields.Nested(Completing, required=True)
    voided = fields.Nested(Completing, required=True)


class DigipuntCount(Schema):
    """The contacts of one digipunt; null, with the sign `z`, where it was not open in these days."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    municipality = fields.String(required=True)
    state = fields.String(required=True)
    contacts = fields.Integer(required=True, allow_none=True)
    status = fields.String(required=True)


_Counts = Schema.from_dict(
    {figure: fields.List(fields.Nested(Count), required=True, allow_none=True) for figure in FIGURES},
    name="Counts",
)


class Figures(_Counts):  # type: ignore[misc, valid-type] # a class that is made of the table of dimensions
    """The figures of one period. By residence, what belongs to a point only is left out.

    What is counted from visits is null where visits were never there: that is not 0.
    """

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    contacts = fields.Integer(required=True, allow_none=True)
    definition = fields.String(required=True, metadata={"description": "What a contact is."})
    people = fields.Nested(People, required=True, allow_none=True)
    minutes = fields.Nested(Minutes, required=True, allow_none=True)
    themesDefinition = fields.String(
        required=True, allow_none=True, metadata={"description": "Why themes do not add up to contacts."}
    )
    selfReliance = fields.Nested(SelfReliance, required=True, allow_none=True)
    referrals = fields.Nested(Referrals, required=True, allow_none=True)
    bottlenecks = fields.List(fields.Nested(BottleneckCount), required=True, allow_none=True)
    completeness = fields.Nested(
        Completeness,
        required=True,
        allow_none=True,
        metadata={"description": "Null while the figures are being made anew after an upgrade."},
    )
    digipunts = fields.List(fields.Nested(DigipuntCount), allow_none=True)
    sessions = fields.Nested(Sessions, allow_none=True)
    loans = fields.Nested(
        Loans,
        allow_none=True,
        metadata={"description": "Null where lending was never there; not by residence."},
    )
    feedback = fields.Nested(Feedback, allow_none=True)
    followUps = fields.Nested(FollowUps, allow_none=True)


class Summary(Figures):
    """The figures of the period, and those of the period it is compared with."""

    status = fields.String(
        required=True, metadata={"description": "`x` where visits were never there, else `A`."}
    )
    municipalities = fields.List(fields.String(), required=True)
    compared = fields.Nested(Figures)
    asOf = fields.Nested(AsOf, required=True)
