"""What visits keeps beside the random id of a contact."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from common.access import Caller
from common.persons import Kept
from services.visits.model.follow_ups import to_api as follow_up_to_api
from services.visits.model.sessions import registration_to_api
from services.visits.tables import FOLLOW_UPS, REGISTRATIONS, follow_ups, registrations


def kept_of(connection: sa.Connection, caller: Caller, id: str) -> Iterator[Kept]:
    """The registrations and the follow-ups of a contact in the caller's municipalities."""
    own = caller.municipalities
    seats = (registrations.c.contact == id) & registrations.c.municipality.in_(own)
    for seat in REGISTRATIONS.select(
        connection, sa.select(registrations).where(seats).order_by(registrations.c.id)
    ):
        yield {
            "kind": "registration",
            "municipality": seat["municipality"],
            "data": registration_to_api(seat),
        }
    calls = (follow_ups.c.contact == id) & follow_ups.c.municipality.in_(own)
    for call in FOLLOW_UPS.select(connection, sa.select(follow_ups).where(calls).order_by(follow_ups.c.id)):
        yield {"kind": "followUp", "municipality": call["municipality"], "data": follow_up_to_api(call)}
