"""Lets things happen in this process at moments of the past.

A request is held against its schema and handled as if it had come over HTTP at that moment: rows, journal and history bear the
time of then. Many requests share a transaction, so that three years take seconds; between two transactions everybody else has
a turn.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import Any

import eventlet
import orjson
import sqlalchemy as sa

from chassis.errors import Conflict, DigipuntError
from chassis.http import Request, Response
from chassis.http.auth import Actor
from chassis.http.entrypoint import HttpEntrypoint
from chassis.http.route import Route
from chassis.http.routing import Router
from chassis.http.server import anybody
from chassis.http.validation import Check, checks
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.run import Runner

TURN = 0.1
"""Seconds in which requests share a transaction: short enough for whoever else waits."""

JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Act:
    """A request at a moment. `changes` when it names the version that it changes."""

    at: datetime
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    changes: int | None = None


class Moment:
    """A clock that stands still."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()


class Backfill:
    """The services of a process that has started, spoken to as a coordinator of all its municipalities."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._actor = Actor("demo", frozenset({"coordinator"}), frozenset(runner.settings.municipalities))
        self._router = Router()
        for service in runner.services:
            self._add(service.name, runner.instance(service.name))

    def happen(self, acts: Iterable[Act]) -> Iterator[Response | None]:
        """Let these requests to one service happen, in order; for each its response, or None when it met a conflict.

        A conflict means that somebody who tries the demo has changed it since, so that is left as it is.
        """
        waiting = deque(acts)
        while waiting:
            responses = []
            application = self._runner.applications[waiting[0].path.split("/")[1]]
            with application.database.begin() as connection:
                until = perf_counter() + TURN
                while waiting and perf_counter() < until:
                    responses.append(self._handle(waiting.popleft(), connection))
            eventlet.sleep(0)
            yield from responses

    def _handle(self, act: Act, connection: sa.Connection) -> Response | None:
        target, params = self._router.find(act.method, act.path)
        headers = JSON if act.changes is None else JSON | {"if-match": f'"{act.changes}"'}
        body = orjson.dumps(act.body)
        self._now = act.at, connection
        try:
            return target.handler(
                Request(act.method, act.path, headers, body=body, params=params, actor=self._actor)
            )
        except Conflict:
            return None
        except DigipuntError as error:
            raise RuntimeError(f"the demo's own {act.method} {act.path} was refused: {error}") from error

    def _add(self, name: str, service: Any) -> None:
        """Know the routes of a service with which something happens."""
        for _, method in inspect.getmembers(type(service), inspect.isfunction):
            for entrypoint in getattr(method, "nameko_entrypoints", ()):
                if isinstance(entrypoint, HttpEntrypoint) and entrypoint.route.unit == "write":
                    route, function = entrypoint.route, inspect.unwrap(method)
                    handler = partial(self._answer, route, checks(route), function, service)
                    self._router.add(route.method, f"/{name}{route.path}", handler, anybody, 0)

    def _answer(self, route: Route, check: Check, function: Any, service: Any, request: Request) -> Response:
        """What a worker would answer at that moment, inside the transaction that is open."""
        at, connection = self._now
        application = service.app
        unit = UnitOfWork(
            application.database,
            clock=Moment(at),
            new_id=application.new_id,
            when_recorded=application.wake_relay,
            within=connection,
        )
        check(request)
        with _savepoint(connection), unit as uow:
            response: Response = route.as_response(function(service, uow, request))
        return response


@contextmanager
def _savepoint(connection: sa.Connection) -> Iterator[None]:
    """As `begin_nested`, with one name for all: each other name would be compiled again, thousands of times."""
    connection.exec_driver_sql("SAVEPOINT act")
    try:
        yield
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT act")
        raise
    finally:
        connection.exec_driver_sql("RELEASE SAVEPOINT act")
