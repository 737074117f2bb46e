"""`rpc`: a method that other services may call, by the messages of nameko's RPC.

nameko's own server waits for ever when it lets go of a broker that vanished, and so does a worker that sends an answer
(docs/adr/0025). Here the caller's timeout ends a call, and the call that was not answered comes again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import orjson
import structlog
from nameko.exceptions import (
    ContainerBeingKilled,
    MalformedRequest,
    MethodNotFound,
    UnserializableValueError,
    serialize,
)
from nameko.extensions import Entrypoint, SharedExtension

from chassis.broker.rpc_server import Request, RpcServer
from chassis.runtime.provider import application_of

log = structlog.get_logger(__name__)

Method = TypeVar("Method", bound=Callable[..., Any])


class Calls(SharedExtension):
    """The calls of one service, and the methods that answer them. Whether they are taken is part of its readiness."""

    def __init__(self) -> None:
        self._methods: dict[str, Rpc] = {}

    def setup(self) -> None:
        application = application_of(self.container)
        self._server = RpcServer(
            application.settings.broker_url,
            application.name,
            most=self.container.max_workers,
            take=self._take,
        )
        application.add_readiness("rpc", self._server.ready)

    def start(self) -> None:
        self._thread = self.container.spawn_behind_the_door(self._server.run, "rpc")

    def stop(self) -> None:
        self._server.stop()
        self._thread.wait()

    def answers_by(self, method: Rpc) -> None:
        """Have calls answered by this method."""
        self._methods[method.method_name] = method

    def leave(self) -> None:
        """Take no more calls."""
        self._server.leave()

    def _take(self, request: Request) -> None:
        # In a thread of its own: it waits there while all workers are busy.
        self.container.spawn_managed_thread(partial(self._begin, request), identifier=f"rpc {request.method}")

    def _begin(self, request: Request) -> None:
        try:
            method = self._methods.get(request.method)
            if method is None:
                raise MethodNotFound(request.method)
            args, kwargs = _arguments(request)
            method.check_signature(args, kwargs)
        except Exception as error:
            _answer(request, None, error)
            return
        try:
            self.container.spawn_worker(method, args, kwargs, handle_result=partial(_finish, request))
        except ContainerBeingKilled:
            log.info("rpc.leftToOthers", method=request.method)


class Rpc(Entrypoint):
    """A method that other services may call."""

    calls = Calls()

    def setup(self) -> None:
        self.calls.answers_by(self)

    def stop(self) -> None:
        self.calls.leave()


def _arguments(request: Request) -> tuple[list[Any], dict[str, Any]]:
    try:
        return request.arguments()
    except ValueError as error:
        raise MalformedRequest(str(error)) from None


def _finish(request: Request, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
    _answer(request, result, exc_info[1] if exc_info else None)
    return result, exc_info


def _answer(request: Request, result: Any, error: BaseException | None) -> None:
    """Send what became of it. One that cannot be sent is given up: the call comes again, or its caller gave up."""
    try:
        body = orjson.dumps({"result": result, "error": None if error is None else serialize(error)})
    except TypeError:
        body = orjson.dumps({"result": None, "error": serialize(UnserializableValueError(result))})
    try:
        request.answer(body)
    except Exception as failure:  # whatever it is: in a worker it would end the service
        log.warning("rpc.answerNotSent", method=request.method, error=repr(failure))


def rpc(method: Method) -> Method:
    """Let other services call the decorated method."""
    decorated: Method = Rpc.decorator(method)
    return decorated
