"""Figures of lending as the API gives them. They count devices; a loan may have several."""

from __future__ import annotations

from marshmallow import Schema, fields


class Lending(Schema):
    """What went out and came back in the period, and what is out at its end, or today if that is earlier."""

    handedOver = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    out = fields.Integer(required=True)
    overdue = fields.Integer(
        required=True, metadata={"description": "Of those out, by the due date as it is known now."}
    )
    daysOnLoan = fields.Integer(required=True, metadata={"description": "Days of all devices together."})
    meanDays = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": "How long the returned ones were out. Null when none came back."},
    )
    devices = fields.Integer(required=True, metadata={"description": "Owned at the end."})
    use = fields.Float(
        required=True,
        allow_none=True,
        metadata={
            "description": "The part of the days on which devices were owned that they were on loan. Null without devices."
        },
    )


class LendingByKind(Lending):
    """Devices of one kind."""

    code = fields.String(required=True)


class LendingByDigipunt(Lending):
    """What one digipunt lent and owns. The name is null while the digipunt is not known here."""

    id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)


class LoanRequests(Schema):
    """Requests made in the period, and what became of them so far."""

    made = fields.Integer(required=True)
    waiting = fields.Integer(required=True, metadata={"description": "Includes those that are ready."})
    refused = fields.Integer(required=True)


class Loans(Lending):
    """Lending as a whole, by kind and by digipunt."""

    loans = fields.Integer(required=True, metadata={"description": "Loans that began in the period."})
    requests = fields.Nested(LoanRequests, required=True)
    kinds = fields.List(fields.Nested(LendingByKind), required=True)
    digipunts = fields.List(fields.Nested(LendingByDigipunt), required=True)
