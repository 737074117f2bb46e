"""A private RabbitMQ with an epmd of its own; its management plugin makes virtual hosts in milliseconds."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from amqp.exceptions import NotFound
from kombu import Connection

from tests.support.processes import ServerFolder, end, free_port, program, wait_until

URL = "DIGIPUNT_TEST_BROKER_URL"
"""Names a running broker to use instead: one virtual host of it, which the tests take turns in."""

CONFIG = """\
listeners.tcp.1 = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
management_agent.disable_metrics_collector = true
log.console = true
log.console.level = warning
log.file = false
disk_free_limit.absolute = 50MB
"""


class RabbitMQ:
    """One broker for the whole test run; each test works in a virtual host of its own."""

    def __init__(self) -> None:
        self._given = os.environ.get(URL)
        self._folder: ServerFolder | None = None
        self._vhosts: set[str] = set()
        if self._given:
            return
        self._server = program(
            "rabbitmq-server", "/usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server", package="rabbitmq-server"
        )
        epmd = program("epmd", package="rabbitmq-server")
        folder = self._folder = ServerFolder("rabbitmq", "rabbitmq")
        self.port, self._management, distribution, names = (free_port() for _ in range(4))
        (folder.path / "rabbitmq.conf").write_text(CONFIG.format(port=self.port, management=self._management))
        (folder.path / "enabled_plugins").write_text("[rabbitmq_management].")
        (folder.path / "nothing").touch()
        self._environment = {
            "HOME": str(folder.path),
            "ERL_EPMD_PORT": str(names),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"digipunt{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_CONFIG_FILE": str(folder.path / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": str(folder.path / "nothing"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder.path / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder.path / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder.path / "logs"),
            "RABBITMQ_PID_FILE": str(folder.path / "pid"),
            # Makes the script become the server instead of standing before it, so that signals reach the server.
            "RUNNING_UNDER_SYSTEMD": "1",
        }
        folder.start([epmd, "-port", str(names), "-address", "127.0.0.1"])
        self._api = httpx.Client(
            base_url=f"http://127.0.0.1:{self._management}/api",
            auth=("guest", "guest"),
            timeout=60,
            trust_env=False,
        )
        self.start()

    @contextmanager
    def vhost(self) -> Iterator[str]:
        """The address of an empty virtual host, which is deleted afterwards."""
        if self._given:
            yield self._given
            return
        name = uuid4().hex[:12]
        self._make(name)
        self._vhosts.add(name)
        try:
            yield f"amqp://guest:guest@127.0.0.1:{self.port}/{name}"
        finally:
            self._vhosts.discard(name)
            self._call("DELETE", f"/vhosts/{name}")

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process: subprocess.Popen[bytes] = self._own().start([self._server], self._environment)
        wait_until(self._answers, "RabbitMQ to answer")

    def stop(self) -> None:
        """Stop it in good order."""
        end(self._process)

    def kill(self) -> None:
        """Pull the plug."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(60)

    def freeze(self) -> None:
        """Let it hang with its connections open; `thaw` ends that."""
        os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        os.killpg(self._process.pid, signal.SIGCONT)

    def fill_disk(self) -> None:
        """Have it take its disk for full: it takes no messages any more."""
        self._limit_disk("100000GB")

    def free_disk(self) -> None:
        """Undo `fill_disk`."""
        self._limit_disk("50MB")

    def _limit_disk(self, limit: str) -> None:
        control = self._server.with_name("rabbitmqctl")
        self._own().run([control, "set_disk_free_limit", limit], self._environment)

    def wipe(self) -> None:
        """Lose everything: queues, bindings, users and messages. Then only the definitions are loaded again."""
        self.kill()
        self._own().run(["rm", "-rf", "mnesia"])
        self.start()
        for name in self._vhosts:
            self._make(name)

    def version(self) -> str:
        """Its release."""
        return str(self._call("GET", "/overview").json()["rabbitmq_version"])

    def log(self) -> str:
        """What it said."""
        return self._own().log()

    def queues(self, url: str) -> list[dict[str, Any]]:
        """The queues of the virtual host at `url`, with their arguments."""
        found: list[dict[str, Any]] = self._call("GET", f"/queues/{quote(_vhost(url), safe='')}").json()
        return found

    def consumers(self, url: str, queue: str) -> int:
        """How many take from the queue; 0 where there is none."""
        with Connection(f"amqp://guest:guest@127.0.0.1:{self.port}/{_vhost(url)}") as connection:
            try:
                return int(connection.channel().queue_declare(queue, passive=True).consumer_count)
            except NotFound:
                return 0

    def delete_exchange(self, url: str, name: str) -> None:
        """Delete the exchange, and with it all bindings to it."""
        self._call("DELETE", f"/exchanges/{quote(_vhost(url), safe='')}/{name}")

    def make_exchange(self, url: str, name: str) -> None:
        """Make a durable topic exchange, without bindings."""
        body = {"type": "topic", "durable": True}
        self._call("PUT", f"/exchanges/{quote(_vhost(url), safe='')}/{name}", json=body)

    def bindings(self, url: str, exchange: str) -> list[str]:
        """The queues bound to the exchange."""
        found = self._call("GET", f"/exchanges/{quote(_vhost(url), safe='')}/{exchange}/bindings/source")
        return [] if found.status_code == 404 else [each["destination"] for each in found.json()]

    def as_user(
        self, url: str, name: str, *, configure: str, write: str, read: str, password: str | None = None
    ) -> str:
        """The same virtual host for a user who may do no more than this; on a running broker, for its own user."""
        if self._given:
            return url
        self._call("PUT", f"/users/{name}", json={"password": password or name, "tags": ""})
        rights = {"configure": configure, "write": write, "read": read}
        self._call("PUT", f"/permissions/{_vhost(url)}/{name}", json=rights)
        return f"amqp://{name}:{password or name}@127.0.0.1:{self.port}/{_vhost(url)}"

    def as_defined(self, url: str, name: str, definitions: dict[str, Any]) -> str:
        """The same virtual host, with the exchanges of a definitions file, for a user with the rights that it gives."""
        for each in definitions["exchanges"] if not self._given else ():
            made = {kind: each[kind] for kind in ("type", "durable", "auto_delete", "internal", "arguments")}
            self._call("PUT", f"/exchanges/{_vhost(url)}/{each['name']}", json=made)
        [rights] = [each for each in definitions["permissions"] if each["user"] == name]
        given = {kind: rights[kind] for kind in ("configure", "write", "read")}
        address = self.as_user(url, name, **given)
        for each in definitions["topic_permissions"] if not self._given else ():
            if each["user"] == name:
                topic = {kind: each[kind] for kind in ("exchange", "write", "read")}
                self._call("PUT", f"/topic-permissions/{_vhost(url)}/{name}", json=topic)
        return address

    def cut(self) -> None:
        """Close every client's connection, as an operator can."""
        for connection in self._call("GET", "/connections").json():
            self._call("DELETE", f"/connections/{quote(connection['name'], safe='')}")

    def remove(self) -> None:
        """Stop it and delete what was made."""
        if self._folder is not None:
            self._api.close()
            self.kill()
            self._folder.remove()

    def _make(self, vhost: str) -> None:
        self._call("PUT", f"/vhosts/{vhost}")
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        self._call("PUT", f"/permissions/{vhost}/guest", json=everything)

    def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        answer = self._api.request(method, path, **options)
        if answer.status_code != 404:
            answer.raise_for_status()
        return answer

    def _answers(self) -> bool:
        assert self._process.poll() is None, self._own().log()
        try:
            self._api.get("/overview").raise_for_status()
            with Connection(f"amqp://guest:guest@127.0.0.1:{self.port}//", connect_timeout=30) as connection:
                connection.ensure_connection(max_retries=1)
        except (httpx.HTTPError, OSError):
            return False
        return True

    def _own(self) -> ServerFolder:
        assert self._folder is not None, f"the broker of {URL} is not ours to stop"
        return self._folder


def _vhost(url: str) -> str:
    return url.rpartition("/")[2] or "/"
