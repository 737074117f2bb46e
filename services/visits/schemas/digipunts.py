"""Digipunts as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Day, DayText, Flag, List, Whole, nis, ref_code, uuid, whole
from common.fields import free_text, name_text, phone

TIME = Whole("^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", error="notTime")


class Address(Schema):
    """Where the door is."""

    street = free_text(200, "Street and number.", allow_none=True)
    postalCode = fields.String(validate=Whole("^[1-9][0-9]{3}$", error="notPostalCode"), allow_none=True)
    town = free_text(100, "Town or village.", allow_none=True)


class Opening(Schema):
    """One part of the opening pattern, such as every second Tuesday afternoon."""

    weekday = ref_code("weekday", required=True)
    opens = fields.String(required=True, validate=TIME)
    closes = fields.String(required=True, validate=TIME)
    every = whole(1, 8, "Every so many weeks.", load_default=1)
    first = DayText(
        metadata={"description": "A day it was open, to count the weeks from; needed when every is over 1."}
    )


class DigipuntFields(Schema):
    """What is told about a digipunt besides its name and municipality."""

    organisation = free_text(200, "The organisation that hosts it.", allow_none=True)
    address = fields.Nested(Address, allow_none=True)
    phone = phone("The number that people call.", allow_none=True)
    opening = List(fields.Nested(Opening), validate=validate.Length(max=20), allow_none=True)
    openedOn = Day(
        attribute="opened_on",
        allow_none=True,
        metadata={
            "description": "Its first day; visits before it are refused. Left out: always open so far."
        },
    )


class DigipuntPut(DigipuntFields):
    """A new digipunt: name and municipality suffice."""

    name = name_text(200, "What people call it.", required=True)
    municipality = nis("Where it is; this never changes.", required=True)


class DigipuntPatch(DigipuntFields):
    """What changes. Null takes a value away."""

    name = name_text(200, "What people call it.")


class DigipuntClose(Schema):
    """When a digipunt stopped."""

    closedOn = Day(
        attribute="closed_on", metadata={"description": "The first day it was closed; today when left out."}
    )


class DigipuntAnswer(DigipuntPut):
    """A digipunt as it is kept."""

    id = uuid("The digipunt's id.")
    state = ref_code("digipuntState")
    closedOn = Day(metadata={"description": "The first day it was closed."})
    version = fields.Integer(metadata={"description": "Also the ETag."})


class DigipuntQuery(Schema):
    """Which digipunts to list."""

    municipality = nis("Only of this municipality.")
    name = fields.String(
        validate=validate.Length(1, 200), metadata={"description": "Only of exactly this name."}
    )
    state = ref_code("digipuntState")
    mine = Flag(
        metadata={
            "description": "Only those where you work: of a desk and a helper the digipunten of the token."
        }
    )
