"""Pairing and laptops."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.http.fields import Flag, Whole, nis, text, uuid, whole
from common.fields import free_text

MOST_WAITING = 1_000_000
MOST_FLAGS = 10
WORD = re.compile("[A-Za-z0-9_.-]{1,40}")


class PairingPost(Schema):
    """Where the laptop is going to stand."""

    digipunt = uuid("Where it stands.", required=True)
    municipality = nis("Where that is; needed when this service does not know the digipunt yet.")


class Pairing(Schema):
    """A code to type on the laptop."""

    id = uuid("The id of the pairing.", required=True)
    code = fields.String(required=True, metadata={"description": "Six digits, told this once."})
    expiresAt = fields.AwareDateTime(required=True, metadata={"description": "Ten minutes from now."})
    digipunt = uuid("Where the laptop will stand.", required=True)


class LaptopPost(Schema):
    """The code, and what the laptop is called."""

    code = fields.String(required=True, validate=Whole("^[0-9]{6}$", error="notPairingCode"))
    name = free_text(60, "What people at the digipunt call it, such as “laptop 2”.", required=True)


class PairedLaptop(Schema):
    """What a laptop keeps. The secret is told this once."""

    id = uuid("The laptop's id.", required=True)
    name = fields.String(required=True)
    digipunt = uuid("Where it stands.", required=True)
    municipality = nis("Where that is.", required=True)
    token = fields.String(
        required=True, metadata={"description": "Of role `desk`, accepted by every service."}
    )
    expiresAt = fields.AwareDateTime(required=True, metadata={"description": "Of the token: in an hour."})
    secret = fields.String(
        required=True, metadata={"description": "Renews the token for as long as it is paired."}
    )
    check = fields.String(
        required=True, metadata={"description": "Two digits that the coordinator sees too."}
    )


class SecretPost(Schema):
    """The secret of a paired laptop."""

    secret = text(200, "As it was told when the laptop was paired.", required=True)


class Token(Schema):
    """A bearer token."""

    token = fields.String(required=True)
    expiresAt = fields.AwareDateTime(required=True)


class LaptopQuery(Schema):
    """Which laptops."""

    digipunt = uuid("Only of this digipunt.")


class Storage(fields.Field[Any]):
    """How the laptop's storage is: a word, or flags and numbers by name."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str) and WORD.fullmatch(value):
            return value
        if isinstance(value, dict) and len(value) <= MOST_FLAGS and all(map(_is_flag, value.items())):
            return value
        raise ValidationError("invalidValue")


def _is_flag(named: tuple[str, object]) -> bool:
    name, value = named
    return WORD.fullmatch(name) is not None and (value is None or isinstance(value, bool | int | float))


def storage() -> Storage:
    description = (
        "How much room its browser has and whether it keeps it: a word, or flags and numbers by name."
    )
    return Storage(allow_none=True, metadata={"description": description})


class Heartbeat(Schema):
    """How a laptop is."""

    waiting = whole(0, MOST_WAITING, "What waits to be sent.", required=True)
    parked = whole(0, MOST_WAITING, "What was refused and waits for somebody to look at it.", required=True)
    version = free_text(40, "Of the app it runs.", required=True)
    storage = storage()
    browser = free_text(60, "Such as “Firefox 140”.", allow_none=True)


class NamedLaptop(Schema):
    """What everybody sees of a laptop."""

    id = uuid("The laptop's id.", required=True)
    name = fields.String(required=True)
    digipunt = uuid("Where it stands.", required=True)
    locked = fields.Boolean(
        required=True, metadata={"description": "Whether too many PINs were wrong on it."}
    )


class OwnLaptop(NamedLaptop):
    """A laptop as it sees itself."""

    digipuntName = fields.String(
        required=True, allow_none=True, metadata={"description": "Where visits has published it."}
    )
    phone = fields.String(required=True, allow_none=True, metadata={"description": "Of the digipunt."})


class Laptop(NamedLaptop):
    """A laptop as its coordinators see it."""

    municipality = nis("Where it stands.", required=True)
    check = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "For the first day: two digits that it shows."},
    )
    pairedAt = fields.AwareDateTime(required=True)
    lastSeenAt = fields.AwareDateTime(required=True, allow_none=True)
    waiting = fields.Integer(required=True, allow_none=True)
    parked = fields.Integer(required=True, allow_none=True)
    version = fields.String(required=True, allow_none=True, metadata={"description": "Of the app it runs."})
    storage = storage()
    browser = fields.String(required=True, allow_none=True)
    etag = fields.String(required=True, metadata={"description": "For `If-Match`."})


class LaptopPatch(Schema):
    """What changes."""

    name = free_text(60, "What people at the digipunt call it.")
    locked = Flag(
        validate=validate.OneOf([False]),
        metadata={"description": "`false` opens it after too many wrong PINs."},
    )
