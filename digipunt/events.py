"""`digipunt events …`: the state of every subscription, its dead letters, and the ways to repair it."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pika
from pika.exceptions import AMQPError
from rich.console import Console
from rich.table import Table

import services
from chassis.errors import DigipuntError, Unavailable
from contracts.envelope import CONTENT_TYPE
from contracts.events import exchange, types_of
from digipunt.client import Client
from digipunt.folder import settings_of

POLL_SECONDS = 0.5
NOTICE_SECONDS = 10.0


def status(url: str, token: str | None, data: Path | None) -> None:
    """Print a table of all subscriptions of the services that answer."""
    client = Client(url, token, data, role="ops")
    table = Table("service", "source", "state", "position", "head", "lag", "parked", "rebuilding at")
    reasons = []
    for service, subscription in _of_each(client, "status"):
        rebuilding = subscription.get("rebuilding") or {}
        table.add_row(
            service,
            subscription["source"],
            subscription["state"],
            *(_number(subscription[name]) for name in ("position", "head", "lag", "parked")),
            str(rebuilding.get("position", "")),
        )
        if subscription.get("reason"):
            reasons.append(f"{service}: {subscription['reason']}")
    console = Console()
    console.print(table)
    for reason in reasons:
        console.print(reason, style="red", markup=False)


def _number(known: int | None) -> str:
    return "unknown" if known is None else str(known)


def parked(url: str, token: str | None, data: Path | None) -> None:
    """Print the dead letters, one a line."""
    client = Client(url, token, data, role="ops")
    dead_letters = _of_each(client, "parked")
    if not dead_letters:
        print("there are no dead letters", file=sys.stderr)
    for service, event in dead_letters:
        subject, type = event["subject"] or "no event", event["type"] or "-"
        print(
            f"{service} {event['id']} {event['source']} {event['position'] or '-'} {subject} {type}: {event['error']}"
        )


def retry(subject: str | None, url: str, token: str | None, data: Path | None) -> None:
    """Apply parked events again, in every service."""
    client = Client(url, token, data, role="ops")
    for service in _running(client):
        answer = client.post(f"/{service}/v1/parked/retry", {"subject": subject} if subject else {})
        print(f"{service}: applied {answer['applied']}, left {answer['left']}")


def drop(service: str, id: int, reason: str, url: str, token: str | None, data: Path | None) -> None:
    """Give up one dead letter of a service."""
    client = Client(url, token, data, role="ops")
    answer = client.post(f"/{service}/v1/parked/{id}/drop", {"reason": reason})
    print(f"{service}: gave up {id}, applied {answer['applied']} that waited, left {answer['left']}")


def rebuild(service: str, source: str | None, url: str, token: str | None, data: Path | None) -> None:
    """Ask a service to rebuild its read models, and wait until it has."""
    client = Client(url, token, data, role="ops")
    client.post(f"/{service}/v1/rebuild", {"source": source} if source else {})
    _wait_for_rebuild(client, service)
    print(f"{service}: rebuilt")


def _wait_for_rebuild(client: Client, service: str) -> None:
    """Return when nothing is being rebuilt any more; print a notice when an owner keeps it waiting."""
    before: dict[str, int] = {}
    told: set[str] = set()
    moved, noticed = time.monotonic(), False
    while True:
        subscriptions = _items(client, service, "status")
        _print_alarms(service, subscriptions, told)
        at = {each["source"]: each["rebuilding"]["position"] for each in subscriptions if each["rebuilding"]}
        if not at:
            return
        if at != before:
            before, moved = at, time.monotonic()
        elif not noticed and time.monotonic() > moved + NOTICE_SECONDS:
            noticed = True
            waiting = " and ".join(sorted(at))
            Console(stderr=True).print(
                f"{service}: waiting for the journal of {waiting}; the old figures go on answering. "
                "You may stop this command: the rebuild goes on when that service answers.",
                markup=False,
                highlight=False,
            )
        time.sleep(POLL_SECONDS)


def _print_alarms(service: str, subscriptions: list[dict[str, Any]], told: set[str]) -> None:
    """Say why a rebuild began again, when that is not in `told` yet."""
    for each in subscriptions:
        reason = (each["rebuilding"] or {}).get("reason")
        if reason and reason not in told:
            told.add(reason)
            Console(stderr=True).print(f"{service}: {reason}", markup=False, highlight=False)


def tail(service: str, count: int, url: str, token: str | None, data: Path | None) -> None:
    """Print events as they come: from the broker, or from the journal where the broker is inside another process."""
    settings = settings_of(data)
    if settings.broker_url.startswith("memory:"):
        _tail_journal(Client(url, token, data, role="ops"), service, count)
    else:
        _tail_broker(settings.broker_url, service, count)


def _tail_broker(broker_url: str, service: str, count: int) -> None:
    try:
        connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    except (AMQPError, OSError):
        raise Unavailable("the broker does not answer at DIGIPUNT_BROKER_URL") from None
    with connection:
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, exchange(service), f"{types_of(service)}#")
        shown = 0
        for _, properties, body in channel.consume(queue, auto_ack=True):
            if properties.content_type == CONTENT_TYPE:
                print(body.decode(), flush=True)
                shown += 1
            if count and shown >= count:
                return


def _tail_journal(client: Client, service: str, count: int) -> None:
    after = client.get(f"/{service}/v1/events", after=0, limit=1)["position"]
    shown = 0
    while True:
        for event in _items(client, service, "events", after=after):
            print(json.dumps(event, ensure_ascii=False), flush=True)
            after = event["position"]
            shown += 1
            if count and shown >= count:
                return
        time.sleep(POLL_SECONDS)


def _of_each(client: Client, what: str) -> list[tuple[str, dict[str, Any]]]:
    return [(service, item) for service in _running(client) for item in _items(client, service, what)]


def _items(client: Client, service: str, what: str, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"/{service}/v1/{what}", **query)["items"]
    return items


def _running(client: Client) -> list[str]:
    """The services that answer at this address."""
    found = []
    for service in services.NAMES:
        try:
            client.get(f"/{service}/health/live")
            found.append(service)
        except DigipuntError:
            continue
    if not found:
        raise Unavailable("no service answers there; is it running, and is --url right?")
    return found
