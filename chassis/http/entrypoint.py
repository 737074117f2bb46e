"""`@http`: one method of a service class serves one route.

The order is the same for each request: path (404, 405), token (401), role (403), which need no more than its headers; then
query and body (400, 415), and only then the service's code, in a nameko worker, inside the transaction the route asks
for. What the function raises becomes a problem; nothing reaches nameko's own error handling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial, update_wrapper
from inspect import cleandoc
from typing import Any, Literal, TypeVar

from eventlet.greenthread import GreenThread
from eventlet.timeout import Timeout
from greenlet import GreenletExit
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint

from chassis.errors import Forbidden, Unavailable
from chassis.http import auth, idempotency, problems, validation
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.route import Route, SchemaLike, Unit, Worker
from chassis.rates import Rated, neighbourhood

Function = TypeVar("Function", bound=Callable[..., Any])

WORKER_WAIT_SECONDS = 5.0
"""How long a request waits for a free worker before it is asked to come back."""

FEW_RETRY_SECONDS = 10


def http(
    method: str,
    path: str,
    *,
    roles: AbstractSet[str],
    summary: str,
    body: SchemaLike | None = None,
    query: SchemaLike | None = None,
    response: SchemaLike | None = None,
    status: Mapping[int, str] | None = None,
    unit: Unit | Literal["by method"] = "by method",
    paged: bool = False,
    content_type: str | None = None,
    worker: Worker = "any",
    rated: Rated | Literal["by method"] = "by method",
) -> Callable[[Function], Function]:
    """Let a service method answer `method` on `/<service><path>`.

    `path` has parameters in braces: `{id}` must be a UUID, else 404; `{list:text}` takes any one segment.
    `roles` may call it, or PUBLIC. `body` and `query` are marshmallow schemas (classes or instances) that fill
    `request.data` and `request.args`; unknown names are refused. `response` describes the JSON that comes back, or
    one item of it when `paged`; the function gives plain JSON types (aware datetimes, dates and UUIDs are written
    as ISO text), in a `Response` or bare, which means the first status. `content_type` is that of a response that is
    not JSON: with `response` too, the route gives either. `paged` adds `page` and `pageSize`; see `paging.window` and
    `paging.page_of`.

    worker="none": answered without a worker, however busy the service is; the function may use nothing of `self` and waits
    for nothing. worker="few": takes long, such as a document; only FEW at a time, so that they never take all workers.

    rated="signIns": how often one address may try is bounded (`chassis.rates`). By method: all but a read is one of the writes
    of who asks.

    unit="write": called as f(self, uow, request), committed before the response leaves; POST honours Idempotency-Key.
    unit="read": f(self, connection, request). unit=None: f(self, request). By method: GET reads, others write.
    """
    if unit == "by method":
        unit = "read" if method == "GET" else "write"

    def decorate(function: Function) -> Function:
        if hasattr(function, "nameko_entrypoints"):
            raise TypeError(f"{function.__name__} is already an entrypoint; give each route its own method")
        route = Route(
            method=method,
            path=path,
            roles=frozenset(roles),
            summary=summary,
            body=body,
            query=query,
            response=response,
            status=dict(status or {200: "OK"}),
            unit=unit,
            paged=paged,
            content_type=content_type,
            worker=worker,
            name=function.__name__,
            description=cleandoc(function.__doc__ or ""),
            rated=_rated(method, unit) if rated == "by method" else rated,
        )

        def run(service: Any, request: Request) -> Response:
            return _run(route, function, service, request)

        return HttpEntrypoint.decorator(route)(update_wrapper(run, function))  # type: ignore[no-any-return]

    return decorate


def _rated(method: str, unit: Unit) -> Rated | None:
    return "writes" if unit == "write" or (unit is None and method != "GET") else None


def _run(route: Route, function: Callable[..., Any], service: Any, request: Request) -> Response:
    """The service's code in its transaction. Never raises: nameko would log the arguments, personal data included."""
    try:
        if route.unit == "write":
            with service.app.unit_of_work(trace=request.trace) as uow:
                call = partial(function, service, uow, request)
                if "idempotency-key" in request.headers and route.method == "POST":
                    return idempotency.once(uow, request, lambda: route.as_response(call()))
                return route.as_response(call())
        if route.unit == "read":
            with service.app.database.read() as connection:
                return route.as_response(function(service, connection, request))
        return route.as_response(function(service, request))
    except Exception as error:
        return problems.from_error(error, request)


class HttpEntrypoint(Entrypoint):
    """Mounts a route on the process's HTTP server and runs its requests in the container's worker pool."""

    def __init__(self, route: Route, **kwargs: Any) -> None:
        self.route = route
        super().__init__(**kwargs)

    def setup(self) -> None:
        config = self.container.config
        self._server = config["http_server"]
        self._verifier = auth.verifier(config["settings"])
        current = getattr(self.container.service_cls, "require_current", None)
        self._require_current = partial(current, config["application"]) if current else None
        self._revocations = config["application"].revocations
        self._turnstile = config["application"].turnstile
        self._behind_proxy = config["settings"].behind_proxy
        self._check = validation.checks(self.route)
        self._mounted = f"/{self.container.service_name}{self.route.path}"

    def start(self) -> None:
        limits = self._server.limits
        self._server.add_route(
            self.route.method,
            self._mounted,
            self.handle,
            admit=self.admit,
            body_bytes=limits.public_body_bytes if self.route.public else limits.body_bytes,
        )

    def stop(self) -> None:
        self._server.remove_route(self.route.method, self._mounted)

    kill = stop

    def admit(self, request: Request) -> None:
        """Raise unless the caller's token is valid and has a role of this route, and the caller is not here too often."""
        roles, rated = self.route.roles, self.route.rated
        if roles:
            request.actor = actor = self._verifier.verify(auth.bearer(request.headers))
            if self._require_current is not None:
                self._require_current(actor)
            self._revocations.require_current(actor)
            if actor.roles.isdisjoint(roles):
                raise Forbidden("roleRequired", roles=sorted(roles))
        if rated is not None:
            self._turnstile.pass_through(rated, self._who(request, rated))

    def _who(self, request: Request, rated: Rated) -> str:
        """The caller as far as the token tells, or the address."""
        actor = request.actor
        if actor is not None and rated != "signIns":
            # Tokens of the same role may have no other subject than the role.
            return f"{actor.subject} {hash((actor.municipalities, actor.digipunts))}"
        forwarded = request.headers.get("x-forwarded-for", "") if self._behind_proxy else ""
        return neighbourhood(forwarded.rpartition(",")[2].strip() or request.address)

    def handle(self, request: Request) -> Response:
        """Answer one request; called by the server in the connection's own green thread."""
        self._check(request)
        if self.route.worker == "none":
            answer: Response = getattr(self.container.service_cls(), self.method_name)(request)
            return answer
        if self.route.worker == "any":
            return self._answer(request)
        with self.container.few() as free:
            if not free:
                raise Unavailable("tooManyDocuments", FEW_RETRY_SECONDS)
            return self._answer(request)

    def _answer(self, request: Request) -> Response:
        responses: list[Response] = []
        try:
            self._spawn(request, responses).wait()
        except (ContainerBeingKilled, GreenletExit):
            raise Unavailable("serviceStopping") from None
        return responses[0]

    def _spawn(self, request: Request, responses: list[Response]) -> GreenThread:
        """The worker that will append its response to `responses`. nameko blocks here while all workers are busy."""
        container = self.container

        def keep(context: Any, result: Response, exc_info: Any) -> tuple[Response, Any]:
            responses.append(result)
            return result, exc_info

        if container._worker_pool.free() > 0:
            context = container.spawn_worker(self, (request,), {}, handle_result=keep)
        else:
            try:
                with Timeout(WORKER_WAIT_SECONDS):
                    context = container.spawn_worker(self, (request,), {}, handle_result=keep)
            except Timeout:
                raise Unavailable("serviceBusy", retry_after=2) from None
        return container._worker_threads[context]
