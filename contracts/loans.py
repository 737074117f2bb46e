"""Events of the loans service, version 1: devices, requests and loans. A borrower is a random id, and nothing more.

A return and a loss tell what of the loan ended and how long it was out: a projection is then a plain sum.
"""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers pass over fields they do not know, so that optional ones can come."""

    class Meta:
        unknown = EXCLUDE


class Device(_Data):
    id = fields.UUID(required=True)
    kind = RefCode("deviceKind", required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    state = RefCode("deviceState", required=True)
    condition = RefCode("condition", required=True)


class LoanRequest(_Data):
    id = fields.UUID(required=True)
    borrower = fields.UUID(required=True)
    kind = RefCode("deviceKind", required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    state = RefCode("loanState")
    readyUntil = fields.Date()


class Loan(_Data):
    id = fields.UUID(required=True)
    borrower = fields.UUID(required=True)
    borrowerKind = RefCode("borrowerKind")
    devices = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1))
    deviceKinds = fields.List(RefCode("deviceKind"), required=True, validate=validate.Length(min=1))
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    handedOverOn = fields.Date(required=True)
    dueOn = fields.Date(required=True)
    state = RefCode("loanState", required=True)
    request = fields.UUID()


class Ended(_Data):
    """One device of a loan that is out no longer, and where it came in."""

    device = fields.UUID(required=True)
    kind = RefCode("deviceKind", required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    daysOut = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


class DeviceEvent(_Data):
    device = fields.Nested(Device, required=True)


class DeviceRetired(_Data):
    device = fields.Nested(Device, required=True)
    reason = RefCode("retireReason", required=True)


class RequestEvent(_Data):
    request = fields.Nested(LoanRequest, required=True)


class RequestRefused(_Data):
    request = fields.Nested(LoanRequest, required=True)
    reason = RefCode("refusalReason", required=True)


class LoanEvent(_Data):
    loan = fields.Nested(Loan, required=True)


class LoanExtended(_Data):
    loan = fields.Nested(Loan, required=True)
    previousDueOn = fields.Date(required=True)


class LoanReturned(_Data):
    loan = fields.Nested(Loan, required=True)
    returned = fields.List(fields.Nested(Ended), required=True, validate=validate.Length(min=1))


class LoanLost(_Data):
    loan = fields.Nested(Loan, required=True)
    lost = fields.List(fields.Nested(Ended), required=True, validate=validate.Length(min=1))


class LoanOverdue(_Data):
    loan = fields.Nested(Loan, required=True)
    step = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=3))


class BorrowerErased(_Data):
    borrower = fields.UUID(required=True)


EVENTS: dict[tuple[str, str], tuple[type[Schema], str]] = {
    ("devices", "added"): (DeviceEvent, "A device came in to be lent."),
    ("devices", "moved"): (DeviceEvent, "A device has another home digipunt."),
    ("devices", "changed"): (DeviceEvent, "The state, condition or description of a device changed."),
    ("devices", "wiped"): (DeviceEvent, "What a borrower left on a device is gone."),
    ("devices", "retired"): (DeviceRetired, "A device is lent no more."),
    ("requests", "made"): (
        RequestEvent,
        "Somebody asks for a device, or one stands ready for them (`state`).",
    ),
    ("requests", "refused"): (RequestRefused, "A request was refused."),
    ("requests", "cancelled"): (RequestEvent, "A request was given up, or the device was not collected."),
    ("loans", "handedOver"): (LoanEvent, "Devices were handed over to a borrower."),
    ("loans", "extended"): (LoanExtended, "A loan has another due date."),
    ("loans", "returned"): (LoanReturned, "Devices of a loan came back; `loan` says whether it ended."),
    ("loans", "dueSoon"): (LoanEvent, "A loan is due in three days."),
    ("loans", "dueToday"): (LoanEvent, "A loan is due today."),
    ("loans", "overdue"): (LoanOverdue, "A loan is 1, 7 or 21 days late: step 1, 2 or 3."),
    ("loans", "lost"): (LoanLost, "Devices of a loan will not come back."),
    ("borrowers", "erased"): (BorrowerErased, "What was known of a borrower is gone."),
}
