"""The examples in docs/examples do what docs/events.md says, with the real service on RabbitMQ and PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pika
import pytest
from pika.exceptions import ChannelClosedByBroker

from chassis.http.auth import issue
from chassis.run import Runner
from services.visits.service import VisitsService
from tests.contract.golden import CONTRACTS
from tests.support.processes import end, wait_until
from tests.support.running import Backend

TIENEN = "24107"
EXAMPLES = CONTRACTS.parent / "docs" / "examples"
DOCUMENT = CONTRACTS.parent / "docs" / "events.md"


@pytest.fixture(scope="module")
def broker(rabbitmq) -> Iterator[str]:
    """An empty virtual host."""
    with rabbitmq.vhost() as url:
        yield url


@pytest.fixture(scope="module")
def visits(broker: str, postgres) -> Iterator[Runner]:
    """The visits service, running."""
    with Backend(broker, {"visits": postgres.url_for("visits")}).running(VisitsService) as runner:
        yield runner


@pytest.fixture(scope="module")
def data_team(rabbitmq, broker: str) -> str:
    """The broker's address for a user with the rights that the document names, and no other."""
    rights = re.findall(
        r'^rabbitmqctl set_permissions .*datateam "(.*)" "(.*)" "(.*)"$', DOCUMENT.read_text(), re.MULTILINE
    )
    [(configure, write, read)] = rights
    return rabbitmq.as_user(broker, "datateam", configure=configure, write=write, read=read)


@contextmanager
def example(
    name: str, *arguments: str, output: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """That very file, run as a reader would; what it prints goes to `output`."""
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(EXAMPLES / name), *arguments],
            env={"PATH": os.environ["PATH"]} | environment,
            cwd=output.parent,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            end(process)


def register(visits: Runner, count: int) -> list[str]:
    """Register a digipunt and `count` visits there; the subjects of their events, in order."""
    token = issue(visits.settings, "coordinator", [TIENEN])
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{visits.address}/visits/v1", headers=headers, timeout=120) as client:
        point = str(uuid4())
        resources: list[tuple[str, dict[str, Any]]] = [
            (f"digipunts/{point}", {"name": "BOM", "municipality": TIENEN})
        ]
        resources += [(f"visits/{uuid4()}", {"digipunt": point, "themes": ["tax"]}) for _ in range(count)]
        for path, body in resources:
            assert client.put(f"/{path}", json=body).status_code == 201
    return [path for path, _ in resources]


def lines_about(output: Path, subjects: list[str]) -> list[list[str]]:
    """The printed lines about these subjects, in order, as words."""
    lines = [line.split() for line in output.read_text().splitlines()]
    return [words for words in lines if len(words) > 3 and words[3] in subjects]


def test_a_plain_pika_subscriber_receives_the_events(visits, data_team, tmp_path):
    """Twenty lines, a user of the broker with the least rights, and no code of ours: each visit is printed once."""
    output = tmp_path / "printed"
    with example("subscriber.py", data_team, output=output) as process:

        def waiting() -> bool:
            assert process.poll() is None, output.read_text()
            return "Waiting for events" in output.read_text()

        wait_until(waiting, "the subscriber to bind its queue")
        subjects = register(visits, 3)
        wait_until(
            lambda: len(lines_about(output, subjects)) == 4, "the events of a digipunt and three visits"
        )
    printed = lines_about(output, subjects)
    head = visits.applications["visits"].journal.head()
    assert [words[3] for words in printed] == subjects
    assert {words[0] for words in printed} == {head.epoch}
    positions = [int(words[1]) for words in printed]
    assert positions == list(range(head.position - 3, head.position + 1))
    assert printed[1][2] == "be.digipunt.visits.v1.visits.notify.registered"
    assert "'themes': ['tax']" in " ".join(printed[1])


def test_what_comes_while_the_subscriber_is_away_waits_for_it(visits, data_team, tmp_path):
    """Its queue outlives it: the events of a visit that nobody listened to are printed at the next start."""
    first, second = tmp_path / "first", tmp_path / "second"
    with example("subscriber.py", data_team, output=first):
        wait_until(lambda: "Waiting" in first.read_text(), "the subscriber to bind its queue")
    subjects = register(visits, 2)
    with example("subscriber.py", data_team, output=second):
        wait_until(lambda: len(lines_about(second, subjects)) == 3, "what waited")


def test_what_the_broker_no_longer_has_is_read_from_the_journal(visits, tmp_path):
    """From position 0 all events, from a checkpoint those after it, over HTTP with a token for `ops`."""
    subjects = register(visits, 2)
    token = issue(visits.settings, "ops")
    journal = visits.applications["visits"].journal
    wait_until(lambda: not journal.waiting(), "the relay")
    last = journal.head().position
    for after, expected in ((0, last), (last - 2, 2), (last, 0)):
        output = tmp_path / f"from{after}"
        with example(
            "catch_up.py", visits.address, str(after), output=output, DIGIPUNT_TOKEN=token
        ) as process:
            assert process.wait(60) == 0, output.read_text()
        positions = [int(line.split()[1]) for line in output.read_text().splitlines()]
        assert positions == list(range(after + 1, after + 1 + expected))
    assert [words[3] for words in lines_about(tmp_path / "from0", subjects)] == subjects


def test_the_journal_is_read_by_rpc_as_the_document_says(visits, broker):
    """The snippet in the document, run as it stands there."""
    register(visits, 1)
    journal = visits.applications["visits"].journal
    wait_until(lambda: not journal.waiting(), "the relay")
    [snippet] = [
        code
        for code in re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
        if "Proxy" in code
    ]
    seen: dict[str, Any] = {"url": broker, "checkpoint": 0}
    exec(snippet, seen)
    assert seen["page"]["epoch"] == journal.head().epoch
    assert seen["page"]["position"] == len(seen["page"]["events"]) == journal.head().position


def test_a_data_team_can_do_no_harm(visits, data_team):
    """Its user cannot publish on the owner's exchange, nor take another subscriber's events."""
    for refused in (
        lambda channel: channel.basic_publish("visits.events", "be.digipunt.visits.v1.x", b"{}"),
        lambda channel: channel.queue_declare("reporting.visits.events", durable=True),
        lambda channel: channel.exchange_delete("visits.events"),
    ):
        with pika.BlockingConnection(pika.URLParameters(data_team)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"):
                refused(channel)
