"""What a municipality gives to call and to answer to, as the API takes and gives it."""

from __future__ import annotations

from marshmallow import Schema

from chassis.http.fields import nis
from common.fields import email, phone


class SettingsQuery(Schema):
    """Whose."""

    municipality = nis("Of which municipality.", required=True)


class Settings(Schema):
    """The number and the e-mail address of a municipality, for messages of digipunten without their own."""

    municipality = nis("Of which municipality.", required=True)
    phone = phone("The number that messages give where a digipunt has none.", allow_none=True, required=True)
    email = email(
        "Where people of the municipality read answers to e-mail (Reply-To).", allow_none=True, required=True
    )
