"""Requests and loans as the API accepts and returns them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.http.fields import Area, Period, UuidText, nis, ref_code, text, uuid
from contracts.message_context import LANGUAGES
from services.loans.documents.agreement import is_png

MOST_DEVICES = 20
DRAWN = "data:image/png;base64,"
LARGEST_DRAWING = 200_000


def picture_in(drawing: str) -> bytes:
    """The PNG in a drawing as the desk makes it from a canvas. Raises ValidationError."""
    try:
        picture = base64.b64decode(drawing.removeprefix(DRAWN), validate=True)
    except (binascii.Error, ValueError):
        picture = b""
    if not drawing.startswith(DRAWN) or not is_png(picture):
        raise ValidationError("notADrawing")
    return picture


def _devices(description: str, **more: Any) -> fields.List[Any]:
    rules: list[Callable[[Any], Any]] = [validate.Length(1, MOST_DEVICES), _each_once]
    return fields.List(UuidText(), validate=rules, metadata={"description": description}, **more)


def _is_drawing(text: str) -> None:
    picture_in(text)


def _each_once(devices: list[str]) -> None:
    if len(set(devices)) < len(devices):
        raise ValidationError("deviceNamedTwice")


def _due_on(description: str, **more: Any) -> fields.Date:
    return fields.Date(attribute="due_on", metadata={"description": description}, **more)


def _past_day(attribute: str, description: str) -> fields.Date:
    return fields.Date(attribute=attribute, metadata={"description": description})


class RequestPut(Schema):
    """Somebody asks for a device."""

    borrower = uuid("Who.", required=True)
    deviceKind = ref_code("deviceKind", attribute="device_kind", required=True)
    digipunt = uuid("Where they would collect it.", required=True)
    note = text(500, "What for, without anything that identifies a person.", allow_none=True)


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
    requestedOn = fields.Date(metadata={"description": "When they asked."})
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
    collectedBy = text(
        200, "Who collected it, when the borrower is an organisation.", attribute="collected_by"
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
    wiped = fields.Boolean(
        truthy={True},
        falsy={False},
        metadata={"description": "Whether what the borrower left on it is gone."},
    )
    missingAccessories = fields.List(
        fields.String(validate=validate.Length(1, 60)),
        attribute="missing_accessories",
        validate=validate.Length(max=20),
        metadata={"description": "What of the checklist is not there."},
    )
    note = text(500, "What is wrong, without anything that identifies a person.")


class LoanAnswer(LoanPut):
    """A loan as it is stored."""

    id = uuid("The loan's id.")
    municipality = nis("The municipality of the digipunt.")
    deviceKinds = fields.List(
        ref_code("deviceKind"), metadata={"description": "Of each device, side by side."}
    )
    out = fields.List(UuidText(), metadata={"description": "The devices that the borrower has now."})
    request = uuid("The request that it answers.")
    preparedOn = fields.Date(metadata={"description": "Since when it is ready."})
    handedOverOn = fields.Date(metadata={"description": "When it was handed over."})
    endedOn = fields.Date(metadata={"description": "When all of it was back, or lost, or given up."})
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
    overdue = fields.Boolean(metadata={"description": "Only those that should have been back."})


class AgreementQuery(Schema):
    """In which language."""

    language = fields.String(
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Of the agreement; the borrower's own when left out."},
    )
