"""Helpers of the demo, so that a newcomer can sign in at a desk."""

from __future__ import annotations

from secrets import token_bytes

import sqlalchemy as sa

from chassis.http.auth import Actor
from chassis.run import Runner
from digipunt.demo.points import POINTS, id_of
from services.desk import pin_hash
from services.desk.handlers import helpers
from services.desk.tables import helpers as table

PIN = "4711"
"""Of every helper of the demo."""

NAMES = (
    ("Rita", "Jos", "Mia", "Karim"),
    ("Els", "Bart", "Leyla"),
    ("Annie", "Wim", "Fatma", "Stijn", "Greet"),
    ("Lut", "Tom", "Samira"),
    ("Ingrid", "Piet", "Nele"),
    ("Chris", "Hanne", "Omar"),
    ("Jef", "Sofie", "Ria"),
    ("Koen", "Marleen", "Aïcha"),
)
"""Of each digipunt."""


def fill_if_empty(runner: Runner) -> None:
    """Give every digipunt its helpers, unless there are some: who tries the demo may have changed them."""
    service = runner.instance("desk")
    with service.app.database.read() as connection:
        if connection.execute(sa.select(table.c.id).limit(1)).first():
            return
    pin = pin_hash.hashed(PIN)
    caller = Actor("demo", frozenset({"coordinator"}), frozenset(runner.settings.municipalities))
    with service.app.unit_of_work() as uow:
        for point, names in zip(POINTS, NAMES, strict=True):
            for name in names:
                id = id_of("helper", point.id, name)
                body = {"name": name, "digipunts": [point.id], "municipality": point.municipality}
                helpers.put_helper(
                    uow, service.revocations, service.cipher, caller, id, body, None, token_bytes
                )
                helpers.set_pin(uow, service.revocations, service.cipher, caller, id, pin)
