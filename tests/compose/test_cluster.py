"""Three RabbitMQ nodes, one of them killed with visits coming in."""

import time

import pytest

from tests.compose.compose import deployment
from tests.support.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

LONGEST_STOP = 10.0


def test_any_node_may_be_lost():
    """Whichever node is killed: what was accepted is counted, and no figure stands still for more than ten seconds."""
    files = ["deploy/compose.cluster.yml"]
    with deployment("visits,reporting", files=files) as compose, compose.client() as client:
        running = compose.inside("broker", "rabbitmqctl", "-q", "cluster_status", "--formatter=json")
        assert all(f'"rabbit@broker-{number}"' in running for number in (1, 2, 3))
        compose.register(client, 500)
        wait_until(lambda: compose.contacts(client) == 500, "the first figure")
        for node in ("broker", "broker-2", "broker-3"):
            compose.run("docker", "kill", f"{compose.name}-{node}-1")
            began, longest = time.monotonic(), 0.0
            while time.monotonic() - began < 20:
                sent = time.monotonic()
                compose.register(client, 20)
                wait_until(lambda: compose.contacts(client) == compose.accepted, f"the figure without {node}")
                longest = max(longest, time.monotonic() - sent)
            print(f"without {node}: {compose.accepted} accepted and counted, longest {longest:.1f} s")
            assert longest < LONGEST_STOP
            compose.up()
            wait_until(lambda: compose.contacts(client) == compose.accepted, "the figure with all nodes")
