"""Events of the loans service, version 1: what happened to devices and loans. A borrower is a random id only."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers ignore unknown fields, so that optional ones can be added."""

    class Meta:
        unknown = EXCLUDE


class Device(_Data):
    id = fields.UUID(required=True)
    kind = RefCode("deviceKind", required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    condition = RefCode("condition", required=True)
    state = RefCode("deviceState", required=True)
    addedOn = fields.Date(required=True)
    retiredOn = fields.Date()
    retireReason = RefCode("retireReason")


class Request(_Data):
    id = fields.UUID(required=True)
    borrower = fields.UUID(required=True)
    deviceKind = RefCode("deviceKind", required=True)
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    requestedOn = fields.Date(required=True)
    state = RefCode("loanState")
    reason = RefCode("refusalReason")
    loan = fields.UUID()


class Loan(_Data):
    """`devices` and `deviceKinds` have the same order. Devices that came back stay in both."""

    id = fields.UUID(required=True)
    borrower = fields.UUID(required=True)
    devices = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1))
    deviceKinds = fields.List(RefCode("deviceKind"), required=True, validate=validate.Length(min=1))
    digipunt = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    handedOverOn = fields.Date(required=True)
    dueOn = fields.Date(required=True)
    state = RefCode("loanState", required=True)


class DeviceBack(_Data):
    """One device that came back or was lost; `days` counts from hand-over until then."""

    device = fields.UUID(required=True)
    deviceKind = RefCode("deviceKind", required=True)
    day = fields.Date(required=True)
    days = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


class DeviceEvent(_Data):
    device = fields.Nested(Device, required=True)


class RequestEvent(_Data):
    request = fields.Nested(Request, required=True)


class LoanEvent(_Data):
    loan = fields.Nested(Loan, required=True)


class DueDateChanged(_Data):
    loan = fields.Nested(Loan, required=True)
    previouslyDueOn = fields.Date(required=True)


class LoanEnded(_Data):
    """`digipunt` is where the devices are now, when that is not the one that lent them."""

    loan = fields.Nested(Loan, required=True)
    back = fields.List(fields.Nested(DeviceBack), required=True, validate=validate.Length(min=1))
    digipunt = fields.UUID()


class LoanOverdue(_Data):
    loan = fields.Nested(Loan, required=True)
    step = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=3))
    overdueDays = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))


class BorrowerErased(_Data):
    borrower = fields.UUID(required=True)


EVENTS: dict[tuple[str, str], tuple[type[Schema], str]] = {
    ("devices", "added"): (DeviceEvent, "A device was added to what can be lent."),
    ("devices", "moved"): (DeviceEvent, "A device has another home."),
    ("devices", "changed"): (DeviceEvent, "The state, condition or kind of a device changed."),
    ("devices", "wiped"): (DeviceEvent, "What the last borrower left on a device was erased."),
    ("devices", "retired"): (DeviceEvent, "A device will not be lent any more."),
    ("requests", "made"): (RequestEvent, "Somebody asked for a device."),
    ("requests", "approved"): (
        RequestEvent,
        "A device is reserved for the borrower and ready to be collected.",
    ),
    ("requests", "fulfilled"): (RequestEvent, "The device was handed over to the borrower."),
    ("requests", "refused"): (RequestEvent, "A request for a device was refused."),
    ("requests", "cancelled"): (RequestEvent, "A request was cancelled, or the device was not collected."),
    ("loans", "handedOver"): (LoanEvent, "Devices were handed to a borrower."),
    ("loans", "dueDateChanged"): (DueDateChanged, "A loan is due on another day, later or earlier."),
    ("loans", "returned"): (LoanEnded, "Devices came back; the loan is over when its state is `returned`."),
    ("loans", "lost"): (LoanEnded, "Devices will not come back; the loan is over when its state is `lost`."),
    ("loans", "dueSoon"): (LoanEvent, "A loan is due in three days."),
    ("loans", "dueToday"): (LoanEvent, "A loan is due today."),
    ("loans", "overdue"): (LoanOverdue, "A loan should have ended 1, 7 or 21 days ago: step 1, 2 or 3."),
    ("borrowers", "erased"): (BorrowerErased, "The data about a borrower was erased: erase yours too."),
}
