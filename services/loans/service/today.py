"""The route of the desk's day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import NotFound
from chassis.http import DESK, Request, http
from common.access import require_digipunt, scope, sees_persons
from services.loans.handlers.common import find_digipunt
from services.loans.model.devices import to_api as device_to_api
from services.loans.model.loans import to_api as loan_to_api
from services.loans.model.requests import to_api as request_to_api
from services.loans.queries import lists
from services.loans.queries.today import labels_of, today
from services.loans.schemas import today as schemas
from services.loans.service.common import Routes, wants_borrowers


class TodayRoutes(Routes):
    """One request for what six lists would tell."""

    @http(
        "GET",
        "/v1/today",
        roles=DESK,
        query=schemas.TodayQuery,
        response=schemas.TodayAnswer,
        summary="The desk's day: to come back, late, ready, to check, to wipe, waiting",
    )
    def get_today(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Counts, and the first 200 rows of each. Without a person for a desk."""
        caller, digipunt = request.caller, request.args.get("digipunt")
        if digipunt is not None and digipunt not in caller.digipunts:
            known = find_digipunt(connection, digipunt)
            if known is None:
                raise NotFound("digipunt", digipunt)
            require_digipunt(caller, digipunt, known.municipality, "digipunt", digipunt)
        day = local_day(self.app.clock.now())
        found = today(connection, scope(caller), digipunt, day)
        rows = [row for part in found.loans.values() for row in part]
        lent = lists.lent_by_loan(connection, [row["id"] for row in rows])
        label = labels_of(connection, (each.device for devices in lent.values() for each in devices))
        parts: dict[str, list[dict[str, Any]]] = {
            name: [
                loan_to_api(row, lent[row["id"]], day)
                | {"deviceLabels": [label[each.device] for each in lent[row["id"]]]}
                for row in part
            ]
            for name, part in found.loans.items()
        }
        parts |= {name: [device_to_api(row) for row in part] for name, part in found.devices.items()}
        parts |= {name: [request_to_api(row) for row in part] for name, part in found.requests.items()}
        answer: dict[str, Any] = {"day": day, "counts": found.counts, **parts}
        people = [item.get("borrower") for part in parts.values() for item in part]
        if wants_borrowers(request):
            answer["embedded"] = self.embedded(connection, request, people)
        if not sees_persons(caller):
            for part in parts.values():
                for item in part:
                    item.pop("borrower", None)
        return answer
