"""A machine vanishes without a word, or somebody deletes what is the broker's: links let go and come back, in seconds."""

import os
import signal
import time
from contextlib import contextmanager

import eventlet
import httpx
import pytest

from chassis.broker.rpc_client import CALL_TIMEOUT
from contracts.envelope import CONTENT_TYPE
from contracts.events import exchange
from tests.faults.deployment import QUEUE
from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

RECOVERED = 30.0
"""Seconds: two heartbeats, and the pauses before a link is made anew."""

RPC, RPC_QUEUE = "nameko-rpc", "rpc-visits"
EVENTS = exchange("visits")


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["broker", "services"])
@pytest.mark.timeout(300)
def test_half_open(networks, measured, gone):
    """The other end's connections stay open and silent: RPC, relay and subscription let go of them, and catch-up works."""
    deployment, broker, _ = networks
    load = Load(deployment)
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        (broker.lose_server if gone == "broker" else broker.lose_clients)()
        began = time.monotonic()
        # Whatever comes by the queue is not enough: what is missing has to be asked for.
        deployment.delete_queue()
        wait_until(lambda: consumers(deployment) > 0, "a consumer of the RPC of visits", RECOVERED)
        rpc = time.monotonic() - began
        deployment.wait_level(RECOVERED - rpc)
        level = time.monotonic() - began
        wait_until(lambda: all_ready(deployment), "both to be ready", RECOVERED)
    concluded(deployment, load, measured, f"{gone} vanished, half-open", "20 a second", level, rpc_s=rpc)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_dead_consumer_of_calls_is_told(networks, measured):
    """Readiness names it within two heartbeats, and is UP again when calls are taken."""
    deployment, broker, _ = networks
    broker.swallow()
    began = time.monotonic()
    said = "other services get no answers from here: the broker does not answer"
    wait_until(lambda: said in readiness(deployment.visits), "it to be told", 26)
    seen = time.monotonic() - began
    assert 'digipunt_ready{part="rpc"} 0.0' in metrics(deployment.visits)
    broker.heal()
    began = time.monotonic()
    wait_until(lambda: all_ready(deployment), "both to be ready", RECOVERED)
    assert 'digipunt_ready{part="rpc"} 1.0' in metrics(deployment.visits)
    measured("RPC dead", "black hole", seen_s=f"{seen:.1f}", ready_s=f"{time.monotonic() - began:.1f}")


@pytest.mark.timeout(300)
def test_rpc_exchange_deleted(deployment, measured):
    """Bindings of calls and of answers went with it; then the events' exchange too, so that only catch-up helps."""
    load = Load(deployment)
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        with deleted(deployment, RPC):
            deployment.delete_queue()
        deployment.rabbitmq.delete_exchange(deployment.admin_url, EVENTS)
        level = deployment.wait_level(RECOVERED)
    concluded(
        deployment, load, measured, "exchange of RPC deleted, then that of events", "20 a second", level
    )


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_rpc_exchange_made_anew_by_somebody_else(deployment, measured):
    """No publish fails and nobody is told: the bindings are missing, and are made again."""
    load = Load(deployment)
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        with deleted(deployment, RPC, made_again=True) as began:
            deployment.delete_queue()
            wait_until(lambda: RPC_QUEUE in bound(deployment, RPC), "the binding of calls", RECOVERED)
        level = deployment.wait_level(RECOVERED - (time.monotonic() - began))
    concluded(deployment, load, measured, "exchange of RPC made anew by another", "20 a second", level)


@pytest.mark.slow
@pytest.mark.parametrize("made_again", [False, True], ids=["deleted", "made anew"])
@pytest.mark.timeout(300)
def test_exchange_of_events_deleted(deployment, measured, made_again):
    """Its bindings went with it: reporting's is back, and live events come by its queue again."""
    load = Load(deployment)
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        with deleted(deployment, EVENTS, made_again=made_again) as began:
            wait_until(lambda: QUEUE in bound(deployment, EVENTS), "the binding of events", RECOVERED)
            back = time.monotonic() - began
        level = deployment.wait_level(RECOVERED)
    how = "made anew by another" if made_again else "deleted"
    concluded(deployment, load, measured, f"exchange of events {how}", "20 a second", level, bound_s=back)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_exchange_deleted_while_nothing_happens(deployment, measured):
    """The owner makes it again although it has nothing to say."""
    deployment.wait_level(30)
    with deleted(deployment, EVENTS) as began:
        wait_until(lambda: QUEUE in bound(deployment, EVENTS), "exchange and binding", RECOVERED)
        back = time.monotonic() - began
    measured("exchange of events deleted", "none", bound_s=f"{back:.1f}")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_binding_removed(deployment, measured):
    """Only the binding is gone: the tail is read from the journal, and the binding is back."""
    load = Load(deployment)
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        began = time.monotonic()
        deployment.unbind()
        wait_until(lambda: QUEUE in bound(deployment, EVENTS), "the binding of events", RECOVERED)
        back = time.monotonic() - began
        level = deployment.wait_level(RECOVERED)
    concluded(deployment, load, measured, "binding removed", "20 a second", level, bound_s=back)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_live_events_go_on_while_a_catch_up_waits(deployment, measured):
    """One came ahead of its turn, and its owner does not answer: after one call in vain, what the queue brings is applied."""
    load = Load(deployment)
    load.batch(10)
    deployment.wait_level(30)
    at = deployment.applied()
    with stopped(deployment.reporting):
        deployment.unbind()
        load.batch(200)
        wait_until(deployment.published, "the relay")
        live = [entry.body for entry in deployment.journal.page(at)[1]]
        os.kill(deployment.visits.pid, signal.SIGSTOP)
    try:
        with deployment.connection() as connection:
            connection.channel.publish("", QUEUE, live[1], content_type=CONTENT_TYPE)
            wait_until(lambda: waiting(deployment, QUEUE) == 0, "it to be let go of, and asked for", 30)
            began = time.monotonic()
            for body in live:
                connection.channel.publish("", QUEUE, body, content_type=CONTENT_TYPE)
        deployment.wait_level(CALL_TIMEOUT + 5)
        seconds = time.monotonic() - began
    finally:
        os.kill(deployment.visits.pid, signal.SIGCONT)
    concluded(deployment, load, measured, "owner stopped, an event ahead of its turn", "200 live", seconds)


@pytest.mark.timeout(300)
def test_ready_under_load_after_a_reset(networks, measured):
    """The journal is never empty; a relay whose events get through is ready, and stays so."""
    deployment, broker, _ = networks
    load = Load(deployment)
    with load.desks(4, 100.0):
        deployment.wait_level(30)
        broker.reset()
        broker.heal()
        began = time.monotonic()
        # Each link notices the reset when it next uses its connection.
        looks = wait_until(lambda: looks_in_a_row(deployment, 20), "readiness that stays", 15)
        ready = time.monotonic() - began - looks
    concluded(deployment, load, measured, "one reset, looked at under load", "100 a second", ready_s=ready)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_full_disk_of_a_subscriber(deployments, measured):
    """Reporting says that it applies nothing, and goes on by itself."""
    deployment = deployments()
    with deployment.small_disk("reporting", megabytes=48) as disk:
        deployment.start()
        load = Load(deployment)
        with load.desks(2, 50.0):
            deployment.wait_level(30)
            disk.fill()
            began = time.monotonic()
            said = "events of visits are not applied: the database does not take them"
            wait_until(lambda: said in readiness(deployment.reporting), "it to be told", 60)
            seen = time.monotonic() - began
            assert 'digipunt_ready{part="subscription visits"} 0.0' in metrics(deployment.reporting)
            disk.free()
            level = deployment.wait_level(RECOVERED)
            wait_until(lambda: all_ready(deployment), "both to be ready", RECOVERED)
        concluded(deployment, load, measured, "disk of a subscriber full", "50 a second", level, seen_s=seen)


@contextmanager
def deleted(deployment, name, *, made_again=False):
    """The exchange is gone, or there again without a binding; the moment (monotonic)."""
    deployment.rabbitmq.delete_exchange(deployment.admin_url, name)
    if made_again:
        deployment.rabbitmq.make_exchange(deployment.admin_url, name)
    yield time.monotonic()


@contextmanager
def stopped(process):
    """The process does nothing meanwhile."""
    os.kill(process.pid, signal.SIGSTOP)
    yield
    os.kill(process.pid, signal.SIGCONT)


def waiting(deployment, name):
    """The messages in a queue, and those that its consumer has not acknowledged."""
    queues = deployment.rabbitmq.queues(deployment.admin_url)
    return next(each.get("messages", 0) for each in queues if each["name"] == name)


def consumers(deployment):
    return deployment.rabbitmq.consumers(deployment.admin_url, RPC_QUEUE)


def bound(deployment, name):
    return deployment.rabbitmq.bindings(deployment.admin_url, name)


def all_ready(deployment):
    return all(process.answers("health/ready") for process in (deployment.visits, deployment.reporting))


def looks_in_a_row(deployment, count):
    """The seconds of so many looks with an answer that all is ready; 0 when one said otherwise."""
    began = time.monotonic()
    for _ in range(count):
        if not all_ready(deployment):
            return 0
        eventlet.sleep(0.2)
    return time.monotonic() - began


def readiness(process):
    return httpx.get(f"{process.address}/{process.service}/health/ready", timeout=10).text


def metrics(process):
    return httpx.get(f"{process.address}/{process.service}/metrics", timeout=10).text


def concluded(deployment, load, measured, fault, how, level=None, **seconds):
    deployment.wait_level(60)
    assert not load.unanswered
    assert set(load.answers) <= {200, 201}, load.answers
    verdict = examine(deployment, load.accepted)
    if level is not None:
        seconds["level_s"] = level
    measured(fault, how, verdict, **{name: f"{value:.1f}" for name, value in seconds.items()})
