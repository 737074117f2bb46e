"""Requests and loans as the API accepts and returns them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.http.fields import Area, Day, Flag, List, Period, UuidText, nis, ref_code, uuid
from chassis.refusals import Reason
from common.drawings import LARGEST, SMALLEST, Fault, Inspector
from common.fields import FreeText, free_text, sealed_text
from contracts.message_context import LANGUAGES
from services.loans.documents.agreement import is_png
from services.loans.model.loans import DRAWN, picture_in
from services.loans.schemas.borrowers import embed

MOST_DEVICES = 20
LARGEST_DRAWING = 200_000


FAULTS: dict[Fault, Reason] = {
    "unreadable": Reason("signatureUnreadable"),
    "size": Reason(
        "signatureSize",
        smallest=f"{SMALLEST[0]} × {SMALLEST[1]}",
        largest=f"{LARGEST[0]} × {LARGEST[1]}",
    ),
    "empty": Reason("signatureEmpty"),
}


@cache
def _inspector() -> Inspector:
    return Inspector()


def drawing_fault(drawing: str) -> Reason | None:
    """What is wrong with a drawing of the screen. Raises Unavailable when there is no time to look."""
    try:
        picture = picture_in(drawing)
    except ValueError:
        picture = b""
    if not is_png(picture):
        return Reason("notADrawing")
    fault = _inspector().fault(picture)
    return FAULTS[fault] if fault else None


def _devices(description: str, **more: Any) -> List:
    rules: list[Callable[[Any], Any]] = [validate.Length(1, MOST_DEVICES), _each_once]
    return List(UuidText(), validate=rules, metadata={"description": description}, **more)


def _is_drawing(text: str) -> None:
    # Here and not in the handler: a transaction would wait for it. What is too long is refused by its length.
    if len(text) <= LARGEST_DRAWING and (fault := drawing_fault(text)):
        raise ValidationError([fault])


def _each_once(devices: list[str]) -> None:
    if len(set(devices)) < len(devices):
        raise ValidationError("deviceNamedTwice")


def _due_on(description: str, **more: Any) -> Day:
    return Day(attribute="due_on", metadata={"description": description}, **more)


def _past_day(attribute: str, description: str) -> Day:
    return Day(attribute=attribute, metadata={"description": description})


class RequestPut(Schema):
    """Somebody asks for a device."""

    borrower = uuid("Who.", required=True)
    deviceKind = ref_code("deviceKind", attribute="device_kind", required=True)
    digipunt = uuid("Where they would collect it.", required=True)
    note = free_text(500, "What for, without anything that identifies a person.", lines=True, allow_none=True)


class Approve(Schema):
    """What is reserved for the borrower who asked."""

    devices = _devices("Which devices.", required=True)
    dueOn = _due_on("Until when, an opening day; four weeks when left out.")


class Refuse(Schema):
    """Why they get none."""

    reason = ref_code("refusalReason", required=True)


class RequestAnswer(RequestPut):
    """A request as it is stored."""

    id = uuid("The request's id.")
    municipality = nis("The municipality of the digipunt.")
    requestedOn = Day(metadata={"description": "When they asked."})
    number = fields.Integer(
        metadata={"description": "Its place in the order in which requests came to the digipunt."}
    )
    state = ref_code("loanState")
    reason = ref_code("refusalReason")
    loan = uuid("The loan that is ready for them.")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class RequestQuery(Area):
    """Which requests to list."""

    state = ref_code("loanState")
    deviceKind = ref_code("deviceKind", attribute="device_kind")
    borrower = uuid("Only of this borrower.")
    embed = embed()


class LoanPut(Schema):
    """A loan to prepare: the devices are reserved until it is handed over."""

    borrower = uuid("Who borrows.", required=True)
    devices = _devices("Which devices.", required=True)
    digipunt = uuid("Which digipunt lends.", required=True)
    dueOn = _due_on("Until when, an opening day; four weeks when left out.", allow_none=True)


class LoanPatch(Schema):
    """Another due date, earlier or later."""

    dueOn = _due_on("Until when, an opening day.", required=True)


class HandOver(Schema):
    """How the devices were given."""

    handedOverOn = _past_day(
        "handed_over_on", "When, if it is recorded later than it was done; today when left out."
    )
    dueOn = _due_on("Until when, an opening day; as prepared when left out.")
    collectedBy = sealed_text(
        200, "Who collected it, when the borrower is an organisation.", attribute="collected_by"
    )
    language = fields.String(
        validate=validate.OneOf(LANGUAGES),
        metadata={
            "description": "Of the agreement that was read and signed; the borrower's own when left out."
        },
    )
    signature = fields.String(
        attribute="drawn",
        validate=[validate.Length(1, LARGEST_DRAWING), _is_drawing],
        metadata={
            "description": f"The signature drawn on the screen, a PNG as {DRAWN}…; left out: signed on paper."
        },
    )


class Extend(Schema):
    """How much longer."""

    dueOn = _due_on("Until when, an opening day; four weeks longer when left out.")


class Some(Schema):
    """Which of the devices."""

    devices = _devices("Only these; all that are out when left out.")


class Return(Some):
    """What came back, and where."""

    digipunt = uuid("Where it came back; the digipunt that lent it when left out.")
    returnedOn = _past_day(
        "returned_on", "When, if it is recorded later than it was done; today when left out."
    )


class Lost(Some):
    """What will not come back."""

    lostOn = _past_day("lost_on", "Since when; today when left out.")


class CheckLoan(Schema):
    """How devices came back; the same for all of them, or one check after the other."""

    devices = _devices("Only these; all that came back when left out.")
    condition = ref_code("condition", required=True)
    wiped = Flag(
        metadata={"description": "Whether what the borrower left on it is gone."},
    )
    missingAccessories = List(
        FreeText(validate=validate.Length(1, 60)),
        attribute="missing_accessories",
        validate=validate.Length(max=20),
        metadata={"description": "What of the checklist is not there."},
    )
    note = free_text(500, "What is wrong, without anything that identifies a person.", lines=True)


class LoanAnswer(LoanPut):
    """A loan as it is stored."""

    id = uuid("The loan's id.")
    municipality = nis("The municipality of the digipunt.")
    deviceKinds = fields.List(
        ref_code("deviceKind"), metadata={"description": "Of each device, side by side."}
    )
    out = fields.List(UuidText(), metadata={"description": "The devices that the borrower has now."})
    request = uuid("The request that it answers.")
    preparedOn = Day(metadata={"description": "Since when it is ready."})
    handedOverOn = Day(metadata={"description": "When it was handed over."})
    endedOn = Day(metadata={"description": "When all of it was back, or lost, or given up."})
    extensions = fields.Integer(metadata={"description": "How often it was extended."})
    signature = fields.String(
        validate=validate.OneOf(["paper", "screen"]),
        metadata={"description": "How the agreement was signed."},
    )
    state = ref_code("loanState")
    overdue = fields.Boolean(metadata={"description": "Computed from the due date."})
    overdueDays = fields.Integer(metadata={"description": "Computed from the due date."})
    version = fields.Integer(metadata={"description": "Also the ETag."})


class LoanQuery(Area, Period):
    """Which loans to list, by due date."""

    state = ref_code("loanState")
    borrower = uuid("Only of this borrower.")
    device = uuid("Only with this device.")
    overdue = Flag(metadata={"description": "Only those that should have been back."})
    embed = embed()


class AgreementQuery(Schema):
    """In which language, before it is signed. What was signed stays as it was."""

    language = fields.String(
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Until it is handed over; the borrower's own when left out."},
    )


class ExtensionAnswer(Schema):
    """One time that a loan was extended."""

    number = fields.Integer(metadata={"description": "The first is 1; its page is `extensions/1.pdf`."})
    extendedOn = fields.Date(metadata={"description": "When it was extended."})
    previouslyDueOn = fields.Date(metadata={"description": "Until when it was."})
    dueOn = fields.Date(metadata={"description": "Until when it was from then on."})


class Extensions(Schema):
    """The extensions of a loan, the first one first."""

    items = fields.List(fields.Nested(ExtensionAnswer), required=True)
