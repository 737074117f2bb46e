"""The routes with which ops watches and mends a service: health, metrics, subscriptions, dead letters, its journal.

`health` follows the BelGIF REST guide: UP, DEGRADED (it answers, but a part is away) or DOWN.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields, validate

from chassis.errors import NotFound
from chassis.http import idempotency
from chassis.http.entrypoint import http
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.roles import OPS, PUBLIC
from chassis.runtime import metrics
from chassis.runtime.timer import every

if TYPE_CHECKING:
    from chassis.runtime.application import Application

UP, DEGRADED, DOWN = "UP", "DEGRADED", "DOWN"
HIGHEST = 2**63 - 1
IDEMPOTENCY_KEPT = timedelta(days=90)
"""A laptop may come out of a drawer after a summer, and sends again what it has no answer to."""


class PartHealth(Schema):
    """One part of a service."""

    status = fields.String(required=True, validate=validate.OneOf([UP, DOWN]))
    detail = fields.String(metadata={"description": "What is not ready, in a sentence."})


class Health(Schema):
    """Whether a service can do its work."""

    status = fields.String(required=True, validate=validate.OneOf([UP, DEGRADED, DOWN]))
    details = fields.Dict(keys=fields.String(), values=fields.Nested(PartHealth))


class Rebuilding(Schema):
    """A rebuild that is under way."""

    position = fields.Integer(required=True, metadata={"description": "Up to where it has come."})
    reason = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Why it began again, if an alarm stopped it."},
    )


class Subscription(Schema):
    """How far one subscription has come."""

    source = fields.String(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["starting", "following", "waiting", "stopped"]),
        metadata={"description": "waiting: the owner of the journal is away, or was never there."},
    )
    reason = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it stopped, and the way out."}
    )
    connected = fields.Boolean(required=True)
    epoch = fields.UUID(required=True, allow_none=True)
    position = fields.Integer(required=True)
    head = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "The last position of the journal; null while its owner has been silent for a minute."
        },
    )
    lag = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Events that are not applied yet; null when the head is not known."},
    )
    parked = fields.Integer(required=True, metadata={"description": "Dead letters."})
    eventTime = fields.AwareDateTime(required=True, allow_none=True)
    headSeenAt = fields.AwareDateTime(required=True, allow_none=True)
    rebuilding = fields.Nested(Rebuilding, required=True, allow_none=True)


class Status(Schema):
    """Every subscription of this service."""

    items = fields.List(fields.Nested(Subscription), required=True)


class Items(Schema):
    """A list whose items are for people to read."""

    items = fields.List(fields.Dict(), required=True)


class RetryParked(Schema):
    """Which parked events to apply again: those of one subject, or all."""

    subject = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))


class Retried(Schema):
    """What became of the parked events."""

    applied = fields.Integer(required=True)
    left = fields.Integer(required=True)


class DropParked(Schema):
    """Why a parked event is given up."""

    reason = fields.String(required=True, validate=validate.Length(3, 500))


class Rebuild(Schema):
    """Which read models to rebuild: those fed by one source, or all."""

    source = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))


class JournalQuery(Schema):
    """Where to read in the journal."""

    after = fields.Integer(load_default=0, validate=validate.Range(0, HIGHEST))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 2000))


class JournalPage(Schema):
    """Events as they travel, in order of position, with the head they belong to."""

    epoch = fields.UUID(required=True)
    position = fields.Integer(required=True)
    items = fields.List(fields.Dict(), required=True)


class OperationsRoutes:
    """Mixed into every service class; reads only `self.app`."""

    name: str
    app: Application

    @every(3600)
    def forget_idempotency_keys(self) -> None:
        with self.app.database.begin() as connection:
            idempotency.forget(connection, self.app.clock.now() - IDEMPOTENCY_KEPT)

    @http(
        "GET",
        "/health",
        roles=PUBLIC,
        unit=None,
        response=Health,
        summary="Whether the service can work",
        status={200: "UP or DEGRADED", 503: "DOWN"},
    )
    def serve_health(self, request: Request) -> Response:
        """DOWN without its database; DEGRADED when another part is away: requests are answered meanwhile."""
        parts = self.app.readiness()
        if parts.get("database", True) is not True:
            return _health(DOWN, parts)
        return _health(UP if _all_up(parts) else DEGRADED, parts)

    @http(
        "GET",
        "/health/live",
        roles=PUBLIC,
        unit=None,
        response=Health,
        worker="none",
        summary="Whether the process is alive",
    )
    def serve_liveness(self, request: Request) -> Response:
        """Answered whatever else is going on: who asks replaces a process that does not."""
        return _health(UP, {})

    @http(
        "GET",
        "/health/ready",
        roles=PUBLIC,
        unit=None,
        response=Health,
        summary="Whether every part is ready",
        status={200: "UP", 503: "DOWN"},
    )
    def serve_readiness(self, request: Request) -> Response:
        parts = self.app.readiness()
        return _health(UP if _all_up(parts) else DOWN, parts)

    @http(
        "GET",
        "/metrics",
        roles=PUBLIC,
        unit=None,
        content_type=metrics.CONTENT_TYPE,
        summary="Prometheus metrics",
    )
    def serve_metrics(self, request: Request) -> Response:
        return Response(metrics.exposition(self.app))

    @http(
        "GET",
        "/v1/status",
        roles=OPS,
        unit=None,
        response=Status,
        summary="Position, head, lag and parked events of each subscription",
    )
    def serve_status(self, request: Request) -> dict[str, Any]:
        return {"items": self.app.subscriptions_status()}

    @http(
        "GET", "/v1/parked", roles=OPS, unit=None, response=Items, summary="Events that could not be applied"
    )
    def serve_parked(self, request: Request) -> dict[str, Any]:
        return {"items": self.app.parked()}

    @http(
        "POST",
        "/v1/parked/retry",
        roles=OPS,
        unit=None,
        body=RetryParked,
        response=Retried,
        summary="Apply parked events again",
    )
    def retry_parked(self, request: Request) -> dict[str, Any]:
        return self.app.retry_parked(request.data["subject"])

    @http(
        "POST",
        "/v1/parked/{id:text}/drop",
        roles=OPS,
        unit=None,
        body=DropParked,
        response=Retried,
        summary="Give up a parked event that can never be applied",
        status={200: "Given up: what waited behind it, and what is left", 404: "No such dead letter"},
    )
    def drop_parked(self, request: Request) -> dict[str, Any]:
        """It is kept with the reason and counts as parked no more. Later events of its subject are applied now."""
        id = request.params["id"]
        if not id.isdecimal() or int(id) > HIGHEST:
            raise NotFound("deadLetter", id)
        return self.app.drop_parked(int(id), request.data["reason"], request.caller.subject)

    @http(
        "POST",
        "/v1/rebuild",
        roles=OPS,
        unit=None,
        body=Rebuild,
        summary="Rebuild read models from the journals",
        status={202: "Started: the generation that is being filled, by source", 404: "No such source"},
    )
    def rebuild(self, request: Request) -> dict[str, Any]:
        """Queries read the old tables until the new ones have caught up."""
        return self.app.request_rebuild(request.data["source"])

    @http(
        "GET",
        "/v1/events",
        roles=OPS,
        unit=None,
        query=JournalQuery,
        response=JournalPage,
        summary="A page of this service's journal",
    )
    def serve_events(self, request: Request) -> Response:
        head, entries = self.app.journal.page(request.args["after"], request.args["limit"])
        events = ",".join(entry.body for entry in entries)  # each is JSON already
        text = f'{{"epoch":"{head.epoch}","position":{head.position},"items":[{events}]}}'
        return Response(text, headers={"Content-Type": "application/json"})


def _all_up(parts: dict[str, bool | str]) -> bool:
    return all(state is True for state in parts.values())


def _health(status: str, parts: dict[str, bool | str]) -> Response:
    details = {
        name: {"status": UP} if state is True else {"status": DOWN, **({"detail": state} if state else {})}
        for name, state in parts.items()
    }
    return Response({"status": status, "details": details}, 503 if status == DOWN else 200)
