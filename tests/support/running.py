"""Services running in this process: on a laptop (SQLite and memory://) or on servers (PostgreSQL and RabbitMQ)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chassis.broker import memory
from chassis.clock import Clock
from chassis.run import Runner
from chassis.service import Service
from chassis.settings import Settings

BACKENDS = ("laptop", "servers")
"""The parameters of a fixture that runs its services on each."""


@dataclass(frozen=True)
class Backend:
    """Where services keep their data and through what they speak."""

    broker_url: str
    database_urls: Mapping[str, str]

    def settings(self, **more: Any) -> Settings:
        """Settings of services on this backend that answer on any free port."""
        usual = {
            "deployment": "test",
            "listen": ("127.0.0.1", 0),
            "signing_key": b"a key that only this test knows, 32+",
            "data_keys": (b"a data key that only this test knows",),
        }
        return Settings(broker_url=self.broker_url, database_urls=self.database_urls, **usual | more)

    @contextmanager
    def running(
        self, *services: type[Service], clock: Clock | None = None, **settings: Any
    ) -> Iterator[Runner]:
        """`services`, ready, and stopped at the end."""
        runner = Runner(self.settings(**settings), services, clock=clock)
        runner.start()
        try:
            runner.wait_until_ready()
            yield runner
        finally:
            runner.stop()


@contextmanager
def laptop(folder: Path, *names: str) -> Iterator[Backend]:
    """Databases of the named services in `folder`, and a broker of their own inside the process."""
    broker = uuid4().hex
    try:
        yield Backend(f"memory://{broker}", {name: f"sqlite:///{folder / name}.sqlite" for name in names})
    finally:
        memory.forget(broker)


@contextmanager
def backend(request: pytest.FixtureRequest, *names: str) -> Iterator[Backend]:
    """The backend that a fixture with `params=BACKENDS` asks for, with a database for each of the named services."""
    if request.param == "laptop":
        folder = request.getfixturevalue("tmp_path_factory").mktemp("laptop")
        with laptop(folder, *names) as found:
            yield found
    else:
        postgres = request.getfixturevalue("postgres")
        with request.getfixturevalue("rabbitmq").vhost() as broker:
            yield Backend(broker, {name: postgres.url_for(name) for name in names})
