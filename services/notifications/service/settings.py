"""Routes of what a municipality gives to call and to answer to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http import COORDINATOR, Request, http
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_municipality
from services.notifications.handlers import senders
from services.notifications.schemas import settings as schemas
from services.notifications.service.common import Routes


class SettingsRoutes(Routes):
    """The number and the e-mail address of a municipality."""

    @http(
        "GET",
        "/v1/settings",
        roles=COORDINATOR,
        query=schemas.SettingsQuery,
        response=schemas.Settings,
        summary="The number and the e-mail address that messages of a municipality give",
    )
    def get_settings(self, connection: Connection, request: Request) -> dict[str, Any]:
        municipality = request.args["municipality"]
        require_municipality(request.caller, municipality, "municipality", municipality)
        found = senders.get_municipality(connection, municipality)
        given = (
            {"phone": found["phone"], "email": found["email"]} if found else {"phone": None, "email": None}
        )
        return {"municipality": municipality} | given

    @http(
        "PUT",
        "/v1/settings",
        roles=COORDINATOR,
        body=schemas.Settings,
        response=schemas.Settings,
        summary="Give a number to call, and an address for answers, where digipunten have none of their own",
    )
    def change_settings(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """Messages that wait for a number leave within minutes."""
        data = request.data
        row = senders.change_municipality(
            uow, request.caller, data["municipality"], data["phone"], data["email"]
        )
        return {name: row[name] for name in ("municipality", "phone", "email")}
