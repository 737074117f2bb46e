"""A private PostgreSQL, as durable as a real one: fsync and synchronous_commit stay on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from uuid import uuid4

import psycopg2
import sqlalchemy as sa

from tests.support.processes import ServerFolder, end, free_port, program, wait_until
from tests.support.small_disk import SmallDisk, small_disk

URL = "DIGIPUNT_TEST_DATABASE_URL"
"""Names a running server to use instead; its user must be allowed to make databases."""

CONNECTED = "FROM pg_stat_activity WHERE datname IN %s"

PLACES = "/usr/lib/postgresql/*/bin/"


class PostgreSQL:
    """One server for the whole test run; each test makes the databases it needs."""

    def __init__(self) -> None:
        given = os.environ.get(URL)
        self._made: list[str] = []
        self._folder: ServerFolder | None = None
        if given:
            self._admin = sa.make_url(given).set(drivername="postgresql+psycopg2")
            return
        initdb = program("initdb", PLACES + "initdb", package="postgresql")
        self._postgres = program("postgres", PLACES + "postgres", package="postgresql")
        self._folder = ServerFolder("postgresql", "postgres")
        self.port = free_port()
        self._folder.run(
            [initdb, "--auth=trust", "--username=digipunt", "--encoding=UTF8", "--locale=C.UTF-8", "data"]
        )
        self._admin = sa.make_url(f"postgresql+psycopg2://digipunt@127.0.0.1:{self.port}/postgres")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        folder = self._own()
        self._process: subprocess.Popen[bytes] = folder.start(
            [self._postgres, "-D", "data", "-h", "127.0.0.1", "-p", str(self.port), "-k", folder.path]
        )
        wait_until(self._answers, "PostgreSQL to answer")

    def stop(self) -> None:
        """Stop it at once, throwing out whoever is connected."""
        end(self._process, signal.SIGINT)

    def kill(self) -> None:
        """Pull the plug."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(60)

    def version(self) -> str:
        """Its release."""
        connection = self._connect()
        try:
            return f"{connection.server_version // 10000}.{connection.server_version % 10000}"
        finally:
            connection.close()

    def url_for(self, name: str) -> str:
        """The address of a new, empty database."""
        database = f"{name}_{uuid4().hex[:12]}"
        self.execute(f'CREATE DATABASE "{database}"')
        self._made.append(database)
        return self._admin.set(database=database).render_as_string(hide_password=False)

    def terminate_backends(self, url: str) -> None:
        """Cut every connection to the database at `url`."""
        database = sa.make_url(url).database
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    @contextmanager
    def no_connection_left(self, *urls: str) -> Iterator[None]:
        """Take every connection there is, also those of the databases at `urls`; let go at the end."""
        names = tuple(sa.make_url(url).database for url in urls)
        with ExitStack() as taken:
            first = taken.enter_context(closing(self._connect()))
            cursor = taken.enter_context(first.cursor())

            def take_the_rest() -> bool:
                cursor.execute(f"SELECT pg_terminate_backend(pid) {CONNECTED}", (names,))
                with suppress(psycopg2.OperationalError):
                    while True:
                        taken.callback(self._connect().close)
                cursor.execute(f"SELECT 1 {CONNECTED}", (names,))
                return cursor.fetchone() is None

            wait_until(take_the_rest, "all connections")
            yield

    @contextmanager
    def small_disk(self, megabytes: int) -> Iterator[tuple[SmallDisk, str]]:
        """A disk in memory with a tablespace on it, whose databases must be gone at the end."""
        folder = self._own()
        path = folder.path / f"small-{uuid4().hex[:8]}"
        path.mkdir()
        with small_disk(path, megabytes) as disk:
            home = path / "tablespace"
            home.mkdir()
            shutil.chown(home, folder.path.owner(), folder.path.group())
            self.execute(f"CREATE TABLESPACE small LOCATION '{home}'")
            try:
                yield disk, "small"
            finally:
                self.execute("DROP TABLESPACE small")

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        connection = self._connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def remove(self) -> None:
        """Stop it and delete what was made."""
        if self._folder is not None:
            self.stop()
            self._folder.remove()
            return
        for database in self._made:
            self.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _connect(self) -> psycopg2.extensions.connection:
        url = self._admin
        connection = psycopg2.connect(
            host=url.host,
            port=url.port,
            user=url.username,
            password=url.password,
            dbname=url.database,
            connect_timeout=30,
        )
        connection.autocommit = True
        return connection

    def _answers(self) -> bool:
        assert self._process.poll() is None, self._own().log()
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _own(self) -> ServerFolder:
        assert self._folder is not None, f"the server of {URL} is not ours to stop"
        return self._folder
