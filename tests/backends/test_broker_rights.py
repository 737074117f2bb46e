"""What deploy/broker/definitions.json lets a service do on a real broker, and not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel
from pika.exceptions import AMQPChannelError, AMQPConnectionError

from chassis.http.auth import issue
from chassis.keys import public_key
from chassis.revocations import revocation
from chassis.runtime import revocations
from services import REGISTRY
from tests.support.processes import wait_until
from tests.support.running import Backend

ROOT = Path(__file__).parents[2]
DEFINITIONS = json.loads((ROOT / "deploy/broker/definitions.json").read_text())


@pytest.fixture
def users(rabbitmq) -> Iterator[Callable[[str], str]]:
    """The address of the broker for the user of a service, with the rights of the definitions and no others."""
    with rabbitmq.vhost() as url:
        yield lambda name: rabbitmq.as_defined(url, name, DEFINITIONS)


@pytest.mark.case("security M6")
def test_every_service_hears_from_the_desk_what_was_taken_back(users, tmp_path, monkeypatch):
    """With its own rights: a token of a laptop that was taken back is refused by each."""
    monkeypatch.setattr(revocations, "EVERY", 0.2)

    def machine(name: str) -> Backend:
        return Backend(users(name), {name: f"sqlite:///{tmp_path / name}.sqlite"})

    with machine("desk").running(REGISTRY["desk"].load()) as desk:
        secret = desk.settings.signing_key
        token = issue(desk.settings, "ops", ["24107"], subject="an")
        application = desk.applications["desk"]
        with application.database.begin() as connection:
            application.revocations.add(connection, "sqlite", [revocation("subject", "an")])
        for name in ("visits", "loans", "notifications", "reporting"):
            own = machine(name)
            with own.running(
                REGISTRY[name].load(), signing_key=None, verify_keys=(public_key(secret),)
            ) as runner:
                url, headers = f"{runner.address}/{name}/v1/me", {"Authorization": f"Bearer {token}"}
                wait_until(
                    lambda url=url, headers=headers: httpx.get(url, headers=headers).status_code == 401,
                    f"{name} to follow",
                    60,
                )


def publishing_for(service: str) -> Callable[[BlockingChannel], None]:
    key = f"be.digipunt.{service}.v1.persons.notify.erased"
    return lambda channel: channel.basic_publish(f"{service}.events", key, b"{}")


FORBIDDEN = {f"publish for {name}": publishing_for(name) for name in REGISTRY if name != "reporting"} | {
    "ask for a person": lambda channel: channel.basic_publish("nameko-rpc", "loans.message_context", b"{}"),
    "have a contact forgotten": lambda channel: channel.basic_publish(
        "nameko-rpc", "visits.forget_contact", b"{}"
    ),
    "ask the desk anything else": lambda channel: channel.basic_publish(
        "nameko-rpc", "desk.journal_page", b"{}"
    ),
    "read another's queue": lambda channel: channel.basic_get("notifications.loans.events"),
    "overhear questions": lambda channel: channel.queue_bind(
        "rpc-reporting", "nameko-rpc", "loans.message_context"
    ),
    "put into any queue": lambda channel: channel.basic_publish("", "notifications.loans.events", b"{}"),
    "delete another's queue": lambda channel: channel.queue_delete("notifications.loans.events"),
}


@pytest.mark.case("security M6")
@pytest.mark.parametrize("what", FORBIDDEN)
def test_who_breaks_into_reporting_stays_there(users, what):
    """With its user of the broker nobody publishes for another, reads a person or overhears what others are told."""
    with _channel(users("notifications")) as notifications:
        notifications.queue_declare("notifications.loans.events", durable=True)
    with _channel(users("reporting")) as channel:
        channel.queue_declare("rpc-reporting", durable=True)
        channel.confirm_delivery()
        with pytest.raises((AMQPChannelError, AMQPConnectionError)) as refused:
            FORBIDDEN[what](channel)
    assert "ACCESS_REFUSED" in str(refused.value), refused.value


class _channel:
    """A channel of its own connection."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> BlockingChannel:
        self._connection = pika.BlockingConnection(pika.URLParameters(self._url))
        return self._connection.channel()

    def __exit__(self, *error: object) -> None:
        if self._connection.is_open:
            self._connection.close()
