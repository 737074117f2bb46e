"""Follow-ups as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields

from chassis.http.fields import Area, Day, Period, nis, ref_code, uuid
from common.fields import free_text


class FollowUpPut(Schema):
    """Something to do by a day."""

    digipunt = uuid("Which digipunt does it.", required=True)
    visit = uuid("The visit it follows on.", allow_none=True)
    contact = uuid(
        "Whom it is for: the id of a contact in notifications. With one, a call back stands on the call sheet.",
        allow_none=True,
    )
    kind = ref_code("followUpKind", required=True)
    dueOn = Day(attribute="due_on", required=True, metadata={"description": "By which day."})
    note = free_text(
        500, "What to do, without anything that identifies a person.", lines=True, allow_none=True
    )


class FollowUpDone(Schema):
    """How it ended."""

    outcome = ref_code("outcome")


class FollowUpAnswer(FollowUpPut):
    """A follow-up as it is kept."""

    id = uuid("The follow-up's id.")
    municipality = nis("The municipality of the digipunt.")
    state = ref_code("followUpState")
    outcome = ref_code("outcome")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class FollowUpQuery(Area, Period):
    """Which follow-ups to list, by due date."""

    state = ref_code("followUpState")
