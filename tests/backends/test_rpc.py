"""Other teams call with nameko, as docs/events.md shows: our server speaks its messages, and no call holds up the next."""

import kombu
import pytest
from nameko.exceptions import IncorrectSignature, MethodNotFound
from nameko.standalone.rpc import ClusterRpcProxy

from tests.backends.counting import Owner, register
from tests.backends.deployment import Backend, wait_until


@pytest.fixture
def backend(rabbitmq, postgres):
    with rabbitmq.vhost() as broker_url:
        yield Backend(broker_url, {"visits": postgres.url_for("visits")})


def test_nameko_calls_as_ever(backend):
    """Results arrive by position and by name; what is wrong with a call is an error of nameko's name."""
    with (
        backend.running(Owner) as runner,
        ClusterRpcProxy({"AMQP_URI": backend.broker_url}, timeout=30) as rpc,
    ):
        owner = runner.applications["visits"]
        register(owner, "tax", times=3)
        wait_until(lambda: owner.journal.head().position == 3, "the relay")
        assert rpc.visits.journal_head()["position"] == 3
        assert len(rpc.visits.journal_page(after=1, limit=2000)["events"]) == 2
        assert len(rpc.visits.journal_page(0, 1)["events"]) == 1
        with pytest.raises(MethodNotFound):
            rpc.visits.nothing()
        with pytest.raises(IncorrectSignature):
            rpc.visits.journal_page(1)


@pytest.mark.parametrize("body", ["{", "[]", '{"args": []}'])
def test_what_is_no_call_holds_nothing_up(backend, body):
    """It is answered with an error, if it says to whom, and the next call is answered."""
    with (
        backend.running(Owner),
        ClusterRpcProxy({"AMQP_URI": backend.broker_url}, timeout=30) as rpc,
        kombu.Connection(backend.broker_url) as connection,
    ):
        for headers in ({}, {"reply_to": "nobody", "correlation_id": "1"}):
            connection.Producer().publish(
                body,
                exchange="nameko-rpc",
                routing_key="visits.journal_head",
                content_type="application/json",
                content_encoding="utf-8",
                **headers,
            )
        assert rpc.visits.journal_head()["position"] == 0
