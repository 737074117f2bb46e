"""Figures for Prometheus, one registry per service, so that each `/<service>/metrics` tells of that service only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import structlog
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily

from chassis.inbox.checkpoints import STOPPED

if TYPE_CHECKING:
    from chassis.runtime.application import Application

log = structlog.get_logger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@cache
def registry(service: str) -> CollectorRegistry:
    """The registry of a service in this process; the process's own CPU, memory and files are in it."""
    made = CollectorRegistry()
    ProcessCollector(registry=made)
    return made


@cache
def http_seconds(service: str) -> Histogram:
    """How long answers took, by method, route and status; routes, never paths, which hold ids."""
    return Histogram(
        "digipunt_http_request_seconds",
        "Time from a complete request to its answer.",
        ["method", "route", "status"],
        buckets=SECONDS,
        registry=registry(service),
    )


def http_observer(service: str, method: str, route: str) -> Callable[[int, float], None]:
    """A function that counts one answer: (status, seconds)."""
    seconds = http_seconds(service)
    by_status: dict[int, Callable[[float], None]] = {}

    def observe(status: int, elapsed: float) -> None:
        record = by_status.get(status)
        if record is None:
            record = by_status[status] = seconds.labels(method, route, str(status)).observe
        record(elapsed)

    return observe


class _Standing:
    """Where the service's events stand, read when Prometheus asks and not before."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Nothing of the journal and the subscriptions while the database is away; `digipunt_ready` tells that then."""
        ready = GaugeMetricFamily("digipunt_ready", "1 when the part is ready, else 0.", labels=["part"])
        for part, state in self._application.readiness().items():
            ready.add_metric([part], float(state is True))
        yield ready
        pool = GaugeMetricFamily("digipunt_database_connections", "Database connections in use.")
        pool.add_metric([], self._application.database.connections_in_use())
        yield pool
        try:
            yield from self._events()
        except Exception as error:
            log.warning("metrics.eventsUnavailable", error=repr(error))

    def _events(self) -> Iterator[GaugeMetricFamily]:
        relay = GaugeMetricFamily(
            "digipunt_relay_lag_events", "Events that are recorded and not yet confirmed by the broker."
        )
        relay.add_metric([], self._application.journal.waiting())
        yield relay
        subscriptions = self._application.subscriptions_status()
        for name, help_text, key in (
            ("position", "Position in the source's journal up to which events are applied.", "position"),
            ("lag_events", "Events of the source that are not applied yet.", "lag"),
            ("parked_events", "Events set aside because they could not be applied.", "parked"),
        ):
            family = GaugeMetricFamily(f"digipunt_subscription_{name}", help_text, labels=["source"])
            for subscription in subscriptions:
                # What nobody knows has no value, which is not 0.
                if subscription[key] is not None:
                    family.add_metric([subscription["source"]], subscription[key])
            yield family
        yield from _heads(subscriptions)
        stopped = GaugeMetricFamily(
            "digipunt_subscription_stopped",
            "1 when an alarm stopped the subscription, else 0.",
            labels=["source"],
        )
        for subscription in subscriptions:
            stopped.add_metric([subscription["source"]], float(subscription["state"] == STOPPED))
        yield stopped


def _heads(subscriptions: list[dict[str, Any]]) -> Iterator[GaugeMetricFamily]:
    known = GaugeMetricFamily(
        "digipunt_subscription_head_known",
        "1 when the source has told within a minute where its journal stands, else 0: then there is no lag.",
        labels=["source"],
    )
    seen = GaugeMetricFamily(
        "digipunt_subscription_head_seen_timestamp_seconds",
        "When the source last told where its journal stands; none where it never did.",
        labels=["source"],
    )
    for subscription in subscriptions:
        source, at = subscription["source"], subscription["headSeenAt"]
        known.add_metric([source], float(subscription["lag"] is not None))
        if at is not None:
            seen.add_metric([source], datetime.fromisoformat(at).timestamp())
    yield known
    yield seen


def exposition(application: Application) -> bytes:
    """The text that Prometheus reads: what was counted since the start, and where things stand now."""
    return generate_latest(registry(application.name)) + generate_latest(_Standing(application))
