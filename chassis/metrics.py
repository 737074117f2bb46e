"""Figures for Prometheus, one registry per service, so that each `/<service>/metrics` tells of that service only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest

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


def exposition(service: str) -> bytes:
    """The text that Prometheus reads."""
    return generate_latest(registry(service))
