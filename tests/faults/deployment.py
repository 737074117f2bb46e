"""visits and reporting as an operator runs them: a process each, on RabbitMQ and PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import sqlalchemy as sa

from chassis.broker.connection import Connection
from chassis.http.auth import issue
from chassis.outbox.journal import Journal
from chassis.storage.database import Database, is_outage
from contracts.events import exchange, queue
from digipunt import settings as configuration
from tests.support.postgresql import PostgreSQL
from tests.support.processes import environment, free_port, wait_until
from tests.support.rabbitmq import RabbitMQ
from tests.support.small_disk import SmallDisk

ROOT = Path(__file__).parents[2]
USER = "digipunt-services"
QUEUE = queue("reporting", "visits")
EVERYTHING = {"configure": ".*", "write": ".*", "read": ".*"}


class Process:
    """One service's process; started again it answers at the same address."""

    def __init__(self, service: str, environment: dict[str, str], folder: Path) -> None:
        self.service = service
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{service}-{self.port}.log"
        self._strikes = folder / f"{service}-{self.port}.strikes"
        self._clock = folder / f"{service}-{self.port}.clock"
        self.environment = environment | {"DIGIPUNT_LISTEN": f"127.0.0.1:{self.port}"}
        self._popen: subprocess.Popen[bytes] | None = None
        self._arguments: tuple[str, ...] = ()

    def start(self, *arguments: str, deadline: float = 60.0) -> float:
        """Start it and wait until it answers; the moment (monotonic) at which it did."""
        self._arguments = arguments or self._arguments
        command = [sys.executable, "-m", "tests.faults.launcher", self.service]
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                [*command, "--strikes", str(self._strikes), "--clock", str(self._clock), *self._arguments],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: self.answers("health/live"), f"{self.service} to answer", deadline)
        return time.monotonic()

    def answers(self, path: str) -> bool:
        """Whether `/<service>/<path>` is answered with 200."""
        assert not self.dead, self.log.read_text()[-5000:]
        try:
            return httpx.get(f"{self.address}/{self.service}/{path}", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def pid(self) -> int:
        assert self._popen is not None
        return self._popen.pid

    @property
    def dead(self) -> bool:
        return self._popen is None or self._popen.poll() is not None

    def memory(self, what: str) -> int:
        """KiB of memory: `VmRSS`, in use now, or `VmHWM`, the most that ever was."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))

    def strike(self, point: str, passes: int) -> None:
        """Have it die when it stands at the fault point `point` for the `passes`th time from now."""
        self._strikes.write_text(f"{point} {passes}")
        os.kill(self.pid, signal.SIGUSR1)

    def shift_clock(self, seconds: int) -> None:
        """Set its wall clock that many seconds off the machine's."""
        self._clock.write_text(str(seconds))
        os.kill(self.pid, signal.SIGUSR2)

    def kill(self) -> None:
        """Pull the plug."""
        if not self.dead:
            os.kill(self.pid, signal.SIGKILL)
            wait_until(lambda: self.dead, f"{self.service} to be gone", 10)

    def terminate(self, deadline: float = 30.0) -> float:
        """SIGTERM; the seconds until it was gone."""
        begun = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        wait_until(lambda: self.dead, f"{self.service} to stop", deadline)
        return time.monotonic() - begun


class Deployment:
    """Both services, their databases and their virtual host."""

    def __init__(self, rabbitmq: RabbitMQ, postgres: PostgreSQL, broker_url: str, folder: Path) -> None:
        self.rabbitmq = rabbitmq
        self.postgres = postgres
        self.admin_url = broker_url
        self.urls = {name: postgres.url_for(name) for name in ("visits", "reporting")}
        self.broker_url = self.load_definitions()
        self.environment = environment(
            {
                "PYTHONPATH": str(ROOT),
                "DIGIPUNT_DEPLOYMENT": "faults",
                "DIGIPUNT_BROKER_URL": self.broker_url,
                "DIGIPUNT_VISITS_DATABASE_URL": self.urls["visits"],
                "DIGIPUNT_REPORTING_DATABASE_URL": self.urls["reporting"],
                "DIGIPUNT_SIGNING_KEY": "a key that only the fault tests know, 32+",
                # One token writes as fast as it can.
                "DIGIPUNT_RATES": "writes=0",
            }
        )
        self.settings = configuration.load(self.environment)
        self.databases = {name: Database(url) for name, url in self.urls.items()}
        self.journal = Journal(self.databases["visits"], service="visits", deployment="faults")
        self.folder = folder
        self.processes: list[Process] = []
        self.visits, self.reporting = self.process("visits"), self.process("reporting")

    def load_definitions(self) -> str:
        """Make the services' user, as the broker's definitions file does; the address with that user."""
        return self.rabbitmq.as_user(self.admin_url, USER, **EVERYTHING)

    def process(self, service: str) -> Process:
        """One more process of `service`, not yet started."""
        process = Process(service, self.environment, self.folder)
        self.processes.append(process)
        return process

    def through(self, broker: int, database: int) -> None:
        """Have the services, not yet started, reach the broker and the databases at these ports."""
        for name, value in self.environment.items():
            if name.startswith("DIGIPUNT_") and name.endswith("_URL"):
                value = value.replace(f":{self.rabbitmq.port}/", f":{broker}/")
                self.environment[name] = value.replace(f":{self.postgres.port}/", f":{database}/")
        for process in self.processes:
            process.environment |= self.environment

    def start(self) -> None:
        """Start both and wait until they are ready."""
        for process in (self.visits, self.reporting):
            process.start()
        for process in (self.visits, self.reporting):
            wait_until(lambda process=process: process.answers("health/ready"), f"{process.service} ready")

    def token(self, role: str) -> str:
        return issue(self.settings, role, self.settings.municipalities)

    @contextmanager
    def client(self, process: Process, role: str = "coordinator") -> Iterator[httpx.Client]:
        """Speaks to one process with a token of `role`."""
        headers = {"Authorization": f"Bearer {self.token(role)}"}
        with httpx.Client(base_url=process.address, headers=headers, timeout=30, trust_env=False) as client:
            yield client

    def contacts(self) -> int | None:
        """The contacts of 2026 in the summary, asked for as a coordinator does; none before visits were heard of."""
        with self.client(self.reporting) as client:
            answer = client.get("/reporting/v1/summary", params={"from": "2026-01-01", "to": "2026-12-31"})
            assert answer.status_code == 200, answer.text
            found: int | None = answer.json()["contacts"]
            return found

    def recorded(self) -> int:
        """Events in the journal of visits, stamped or not."""
        return self._number("visits", "SELECT count(*) FROM journal")

    def applied(self) -> int:
        """Up to where reporting has come."""
        return self._number(
            "reporting",
            "SELECT coalesce(max(position), 0) FROM checkpoints WHERE active AND source = 'visits'",
        )

    def caught_up(self, target: int) -> bool:
        """Whether reporting has applied `target` events; no while its database is away."""
        try:
            return self.applied() >= target
        except Exception as error:
            if is_outage(error):
                return False
            raise

    def wait_level(self, deadline: float) -> float:
        """Wait until all that is recorded by now is applied; how many seconds that took."""
        begun = time.monotonic()
        target = self.recorded()
        try:
            wait_until(lambda: self.caught_up(target), f"reporting at {target}", deadline)
        except AssertionError as error:
            said = "\n".join(f"{each.log.name}:\n{each.log.read_text()[-4000:]}" for each in self.processes)
            raise AssertionError(f"{error}, it is at {self.applied()}\n{said}") from None
        return time.monotonic() - begun

    def head_seen(self) -> Any:
        """When reporting last looked at the head of visits, by its own clock."""
        return self._number("reporting", "SELECT head_seen_at FROM checkpoints WHERE source = 'visits'")

    def stopped(self) -> str | None:
        """Why reporting's subscription is stopped by an alarm, if it is."""
        reason = self._number(
            "reporting", "SELECT max(reason) FROM checkpoints WHERE state = 'stopped' AND source = 'visits'"
        )
        return None if reason is None else str(reason)

    def back_up(self) -> str:
        """A copy of the database of visits, taken while it stands still; the copy's name."""
        self._still()
        name = f"backup_{uuid4().hex[:12]}"
        self.postgres.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._database("visits")}"')
        self.visits.start()
        return name

    def restore(self, backup: str, *, new_epoch: bool) -> None:
        """Put the copy in the place of the database of visits."""
        self._still()
        self.postgres.execute(f'DROP DATABASE "{self._database("visits")}" WITH (FORCE)')
        self.postgres.execute(f'ALTER DATABASE "{backup}" RENAME TO "{self._database("visits")}"')
        if new_epoch:
            with self.databases["visits"].begin() as connection:
                connection.execute(sa.text("UPDATE journal_head SET epoch = gen_random_uuid()"))
        self.visits.start()

    @contextmanager
    def small_disk(self, service: str, megabytes: int) -> Iterator[SmallDisk]:
        """Keep a service's database on a small disk; before the start. The database is gone afterwards."""
        with self.postgres.small_disk(megabytes) as (disk, tablespace):
            database = self._database(service)
            self.databases[service].close()
            self.postgres.execute(f'ALTER DATABASE "{database}" SET TABLESPACE {tablespace}')
            try:
                yield disk
            finally:
                self.close()
                self.postgres.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _still(self) -> None:
        self.visits.terminate()
        self.databases["visits"].close()

    def _database(self, service: str) -> str:
        return str(sa.make_url(self.urls[service]).database)

    def unbind(self) -> None:
        """Let what visits publishes pass reporting's queue by."""
        with self.connection() as connection:
            connection.channel.unbind(QUEUE, exchange("visits"), "be.digipunt.visits.#")

    def bind(self) -> None:
        """Undo `unbind`."""
        with self.connection() as connection:
            connection.channel.bind(QUEUE, exchange("visits"), "be.digipunt.visits.#")

    def delete_queue(self) -> None:
        """Delete reporting's queue with all that waits in it."""
        with self.connection() as connection:
            connection.channel.delete_queue(QUEUE)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection to the broker for the test itself."""
        connection = Connection(self.admin_url)
        try:
            yield connection
        finally:
            connection.close()

    def published(self) -> bool:
        """Whether the broker has confirmed everything recorded."""
        return self.journal.waiting() == 0

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        for database in self.databases.values():
            database.close()

    def _number(self, service: str, statement: str) -> Any:
        with self.databases[service].read() as connection:
            return connection.execute(sa.text(statement)).scalar_one()
