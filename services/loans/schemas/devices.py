"""Devices as the API accepts and returns them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, Day, Flag, List, UuidText, nis, ref_code, uuid
from common.fields import FreeText, free_text
from services.loans.schemas.borrowers import embed

MOST_SCANNED = 2000
MOST_NAMED = 500
"""Devices in one address: more would make it longer than servers take."""


def _accessories(description: str, **more: Any) -> List:
    one = FreeText(validate=validate.Length(1, 60))
    return List(one, validate=validate.Length(max=20), metadata={"description": description}, **more)


class DeviceFields(Schema):
    """The description of a device, which may change."""

    serial = free_text(100, "The maker's number.", allow_none=True, of_a_thing=True)
    accessories = _accessories("What goes with it, such as charger and bag: the checklist.", allow_none=True)
    note = free_text(
        500, "Anything else, without anything that identifies a person.", lines=True, allow_none=True
    )


class DevicePut(DeviceFields):
    """A new device."""

    kind = ref_code("deviceKind", required=True)
    label = free_text(40, "The number on its sticker, such as 12; free in the municipality.", required=True)
    digipunt = uuid("Its home.", required=True)
    municipality = nis("Where that is; needed when this service does not know the digipunt yet.")
    condition = ref_code("condition", load_default="good")
    addedOn = Day(
        attribute="added_on", metadata={"description": "Since when it is here; today when left out."}
    )
    preparing = Flag(metadata={"description": "It cannot be lent yet; say `ready` later."})


class DevicePatch(DeviceFields):
    """What changes. Null removes a value."""

    label = free_text(40, "The number on its sticker.")
    condition = ref_code("condition")


class Move(Schema):
    """Where its home is from now on."""

    digipunt = uuid("Its new home.", required=True)


class Remark(Schema):
    """A remark for the history."""

    note = free_text(500, "Why, without anything that identifies a person.", lines=True)


class BackInUse(Schema):
    """How it is after preparing, repair or being found."""

    condition = ref_code("condition")


class Check(Schema):
    """How a device came back."""

    condition = ref_code("condition", required=True)
    digipunt = uuid("Where it is now, when it was brought from another digipunt.")
    wiped = Flag(
        metadata={"description": "Whether what the borrower left on it is gone."},
    )
    missingAccessories = _accessories("What of its checklist is not there.", attribute="missing_accessories")
    note = free_text(500, "What is wrong, without anything that identifies a person.", lines=True)


class Retire(Schema):
    """Why it is taken out of use."""

    reason = ref_code("retireReason", required=True)


class DeviceAnswer(DeviceFields):
    """A device as it is stored."""

    id = uuid("The device's id.")
    kind = ref_code("deviceKind")
    label = free_text(40, "The number on its sticker.")
    digipunt = uuid("Its home.")
    at = uuid("Where it is when nobody has it.")
    municipality = nis("The municipality of its home.")
    condition = ref_code("condition")
    state = ref_code("deviceState")
    missingAccessories = _accessories("What of its checklist is not there.")
    checked = fields.Boolean(metadata={"description": "Whether it was looked over since the last loan."})
    wiped = fields.Boolean(metadata={"description": "Whether it was wiped since the last loan."})
    addedOn = Day(metadata={"description": "Since when it can be lent."})
    seenOn = Day(metadata={"description": "When it was last scanned in a stock-take."})
    retiredOn = Day(metadata={"description": "When it was taken out of use."})
    retireReason = ref_code("retireReason")
    loan = uuid("The loan that has it, or for which it is reserved.")
    borrower = uuid("Who that is; with embed=borrower, and of your own digipunten.")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class HistoryAnswer(Schema):
    """Something that happened to a device."""

    time = fields.String(metadata={"description": "When, in UTC."})
    what = fields.String(metadata={"description": "Such as handedOver, returned, checked, wiped, moved."})
    state = ref_code("deviceState", "Its state after that.")
    condition = ref_code("condition")
    at = uuid("Where it was.")
    loan = uuid("The loan that it was about.")
    note = free_text(500, "A remark.", lines=True)


class DeviceQuery(Area):
    """Which devices to list."""

    at = uuid("Only those that are at this digipunt.")
    kind = ref_code("deviceKind")
    state = ref_code("deviceState")
    condition = ref_code("condition")
    label = fields.String(validate=validate.Length(1, 40), metadata={"description": "Only with this label."})
    embed = embed()


class LabelQuery(Area):
    """Which devices to print labels for; all that are not retired or missing by default."""

    kind = ref_code("deviceKind")
    state = ref_code("deviceState")
    device = List(
        UuidText(),
        validate=validate.Length(1, MOST_NAMED),
        metadata={"description": "Only of these devices; may be repeated."},
    )
    skip = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 23),
        metadata={"description": "Labels of the first sheet that are used already."},
    )


class StockTake(Schema):
    """What was scanned at a digipunt."""

    digipunt = uuid("Where.", required=True)
    scanned = List(
        fields.String(validate=validate.Length(1, 100)),
        required=True,
        validate=validate.Length(max=MOST_SCANNED),
        metadata={"description": "QR codes or labels."},
    )
    markMissing = Flag(
        attribute="mark_missing",
        load_default=False,
        metadata={"description": "Mark what should be here and was not scanned as missing."},
    )


class StockTakeAnswer(Schema):
    """What was found, by device."""

    found = fields.List(UuidText(), metadata={"description": "Scanned, and kept here."})
    foundElsewhere = fields.List(
        UuidText(), metadata={"description": "Scanned here, and expected elsewhere."}
    )
    absent = fields.List(UuidText(), metadata={"description": "Kept here, and not scanned."})
    notOurs = fields.List(fields.String(), metadata={"description": "Scanned, and no device of ours."})
