"""The routes that every service has besides its own: health, metrics, documentation, reference data, events.

`health` follows the BelGIF REST guide: UP, DEGRADED (it answers, but a part is away) or DOWN.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields, validate

from chassis.errors import NotFound
from chassis.http import docs_page, idempotency, openapi
from chassis.http.entrypoint import PUBLIC, http
from chassis.http.messages import Request, Response, to_json
from chassis.runtime import metrics
from chassis.runtime.timer import every
from contracts import refdata

if TYPE_CHECKING:
    from chassis.runtime.application import Application

UP, DEGRADED, DOWN = "UP", "DEGRADED", "DOWN"
OPS = frozenset({"ops"})
HIGHEST = 2**63 - 1
IDEMPOTENCY_KEPT = timedelta(days=7)


class PartHealth(Schema):
    """One part of a service."""

    status = fields.String(required=True, validate=validate.OneOf([UP, DOWN]))
    detail = fields.String(metadata={"description": "What is not ready, in a sentence."})


class Health(Schema):
    """Whether a service can do its work."""

    status = fields.String(required=True, validate=validate.OneOf([UP, DEGRADED, DOWN]))
    details = fields.Dict(keys=fields.String(), values=fields.Nested(PartHealth))


class Labels(Schema):
    """A text in the three languages."""

    nl = fields.String(required=True)
    fr = fields.String(required=True)
    en = fields.String(required=True)


class Code(Schema):
    """One code of a reference list. A retired code stays readable and is not offered any more."""

    code = fields.String(required=True)
    labels = fields.Nested(Labels, required=True)
    retired = fields.Boolean(required=True)


class ReferenceList(Schema):
    """A list of codes."""

    name = fields.String(required=True)
    items = fields.List(fields.Nested(Code), required=True)


class ReferenceLists(Schema):
    """The names of all lists."""

    items = fields.List(fields.String(), required=True)


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


class Rebuild(Schema):
    """Which read models to build anew: those fed by one source, or all."""

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


class BaseRoutes:
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
        summary="Whether the process is alive",
    )
    def serve_liveness(self, request: Request) -> Response:
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
        "/doc/openapi.yaml",
        roles=PUBLIC,
        unit=None,
        content_type="application/yaml",
        summary="This API as OpenAPI 3.0.3",
    )
    def serve_openapi(self, request: Request) -> Response:
        service: Any = type(self)
        return _cacheable(openapi.yaml_text(service), "no-cache")

    @http(
        "GET",
        "/doc",
        roles=PUBLIC,
        unit=None,
        content_type=docs_page.CONTENT_TYPE,
        summary="This API as a page to read",
    )
    def serve_doc(self, request: Request) -> Response:
        service: Any = type(self)
        answer = _cacheable(docs_page.page(service), "no-cache")
        answer.headers["Content-Security-Policy"] = docs_page.CONTENT_SECURITY_POLICY
        return answer

    @http(
        "GET", "/v1/refData", roles=PUBLIC, unit=None, response=ReferenceLists, summary="The reference lists"
    )
    def serve_reference_lists(self, request: Request) -> Response:
        return _cacheable(to_json({"items": sorted(refdata.LISTS)}), "public, max-age=3600")

    @http(
        "GET",
        "/v1/refData/{list:text}",
        roles=PUBLIC,
        unit=None,
        response=ReferenceList,
        summary="The codes of one list, with labels in nl, fr and en",
    )
    def serve_reference_list(self, request: Request) -> Response:
        found = refdata.LISTS.get(request.params["list"])
        if found is None:
            raise NotFound("reference list of this name")
        items = [
            {
                "code": each.code,
                "labels": {"nl": each.nl, "fr": each.fr, "en": each.en},
                "retired": each.retired,
            }
            for each in found.codes
        ]
        return _cacheable(to_json({"name": found.name, "items": items}), "public, max-age=3600")

    @http(
        "GET",
        "/v1/subscriptions",
        roles=OPS,
        unit=None,
        response=Items,
        summary="Position, head, lag and parked events of each subscription",
    )
    def serve_subscriptions(self, request: Request) -> dict[str, Any]:
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
        "/v1/rebuild",
        roles=OPS,
        unit=None,
        body=Rebuild,
        summary="Build read models anew from the journals",
        status={202: "Begun: the generation that is being filled, by source", 404: "No such source"},
    )
    def rebuild(self, request: Request) -> dict[str, Any]:
        """Reading goes on from the old tables until the new ones have caught up."""
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


def _cacheable(text: str, cache_control: str) -> Response:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    headers = {"ETag": f'"{digest}"', "Cache-Control": cache_control}
    if text.startswith("{"):
        headers["Content-Type"] = "application/json"
    return Response(text, headers=headers)
