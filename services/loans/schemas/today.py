"""The desk's day as the API shows it."""

from __future__ import annotations

from marshmallow import Schema, fields

from chassis.http.fields import uuid
from services.loans.schemas.borrowers import BorrowerAnswer, embed
from services.loans.schemas.devices import DeviceAnswer
from services.loans.schemas.loans import LoanAnswer, RequestAnswer


class TodayQuery(Schema):
    """Whose day."""

    digipunt = uuid("Only of this digipunt; all where you work when left out.")
    embed = embed()


class LoanOfToday(LoanAnswer):
    """A loan with what is written on its devices. A desk gets no borrower."""

    deviceLabels = fields.List(
        fields.String(), metadata={"description": "On the sticker of each device, side by side."}
    )


class Counts(Schema):
    """How many there are of each."""

    toComeBack = fields.Integer(metadata={"description": "Loans that are due today."})
    late = fields.Integer(metadata={"description": "Loans that should have been back."})
    ready = fields.Integer(metadata={"description": "Loans that wait to be handed over."})
    toCheck = fields.Integer(metadata={"description": "Devices that came back and were not looked at."})
    toWipe = fields.Integer(metadata={"description": "Devices that were looked at and not wiped."})
    waiting = fields.Integer(metadata={"description": "Requests on the waiting list."})


class TodayAnswer(Schema):
    """The desk's day: counts, and the first 200 rows of each."""

    day = fields.Date()
    counts = fields.Nested(Counts)
    toComeBack = fields.List(fields.Nested(LoanOfToday))
    late = fields.List(fields.Nested(LoanOfToday))
    ready = fields.List(fields.Nested(LoanOfToday))
    toCheck = fields.List(fields.Nested(DeviceAnswer))
    toWipe = fields.List(fields.Nested(DeviceAnswer))
    waiting = fields.List(fields.Nested(RequestAnswer))
    embedded = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(BorrowerAnswer),
        metadata={"description": "With embed=borrower."},
    )
