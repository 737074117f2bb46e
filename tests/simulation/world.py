"""All processes, databases and the broker of one run, and what is known of what ought to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any

import sqlalchemy as sa

from chassis.broker.connection import BROKER_ERRORS
from chassis.broker.rpc_client import RpcUnavailable
from chassis.inbox.dead_letters import Refused
from chassis.inbox.origin import Origin
from chassis.storage.database import is_outage
from chassis.storage.tables import journal_head
from contracts.envelope import Event as Envelope
from contracts.envelope import Undecodable
from contracts.events import queue
from digipunt.backup import epochs
from tests.simulation import invariants, owner, subscriber
from tests.simulation.broker import Broker, Message
from tests.simulation.owner import DEPLOYMENT, Owner
from tests.simulation.storage import Storage
from tests.simulation.subscriber import Defect, Subscriber
from tests.simulation.tasks import Event, Process, Scheduler, Task
from tests.simulation.wire import Connection

SOURCES = ("visits", "loans")
QUEUES = {queue(subscriber.NAME, source): source for source in SOURCES}
ORIGINS = {source: Origin(DEPLOYMENT, source) for source in SOURCES}
EXPECTED = (*BROKER_ERRORS, RpcUnavailable, Defect)
"""What may go wrong while faults happen."""

STOP_DEADLINE = 10.0
"""Seconds that a process gets to stop by itself."""


@dataclass
class Copy:
    """All databases at one moment, and what was accepted by then."""

    databases: dict[str, bytes]
    accepted: dict[str, dict[tuple[str, int], None]]
    epochs: dict[str, str]


@lru_cache(maxsize=1)
def databases() -> dict[str, Storage]:
    """One of each for all runs of this process."""
    found = {source: owner.database(source) for source in SOURCES}
    return found | {subscriber.NAME: subscriber.database(), "scratch": subscriber.database("scratch")}


@dataclass
class World:
    """Begins with empty databases and every process started."""

    replicas: int = 2
    trace: list[str] | None = None
    accepted: dict[str, dict[tuple[str, int], None]] = field(default_factory=dict)
    """By owner: subject and version of what a client was told is recorded."""
    causes: dict[str, dict[str, None]] = field(default_factory=dict)
    """By source: what was done that may stop a subscription."""
    forged_epochs: dict[str, None] = field(default_factory=dict)
    taken: dict[str, None] = field(default_factory=dict)
    """Ids of events that an owner's exchange took."""
    poison: dict[tuple[str, str], str] = field(default_factory=dict)
    """Source and digest of what was acknowledged and is no event of that source, with what is kept of it."""
    copies: list[Copy] = field(default_factory=list)
    refused: dict[tuple[str, str], None] = field(default_factory=dict)
    """Source and word of what projections cannot count just now."""

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self._task_failed)
        self.violation: str | None = None
        self._ids = count(1)
        self.database_offset = 0.0
        self.broker = Broker(lambda: self.scheduler.now)
        self.broker.on_taken = self._on_taken
        self.broker.on_delivered = self._on_delivered
        self.broker.on_acked = self._on_acked
        Event.scheduler = Connection.scheduler = self.scheduler
        Connection.broker = self.broker
        self.databases = databases()
        for storage in self.databases.values():
            storage.begin_run(self.scheduler, lambda: 1.77e9 + self.scheduler.now + self.database_offset)
        self.reporting = self.databases[subscriber.NAME]
        self.reporting.before_commit = lambda: self.hold(invariants.of_read_models(self.reporting))
        for source in SOURCES:
            self.accepted[source] = {}
            self.causes[source] = {}
            storage = self.databases[source]
            owner.begin_journal(storage, self.new_id())
            storage.before_commit = lambda storage=storage: self.hold(  # type: ignore[misc]
                invariants.of_journal(storage, self.taken)
            )
        self.init = Process(self.scheduler, "init")
        """What stops the others; it never dies."""
        self.processes: dict[str, Process] = {}
        self.parts: dict[str, Owner | Subscriber] = {}
        for name in self.names():
            self.start(name)

    def names(self) -> list[str]:
        """Of all processes, also the dead."""
        services = (*SOURCES, subscriber.NAME)
        return [f"{each}-{number}" for each in services for number in range(1, self.replicas + 1)]

    def new_id(self) -> str:
        return f"00000000-0000-7000-8000-{next(self._ids):012x}"

    def refuses(self, source: str, word: str) -> bool:
        return (source, word) in self.refused

    def start(self, name: str) -> None:
        service = name.partition("-")[0]
        process = Process(self.scheduler, name)
        storage = self.databases[service]
        part: Owner | Subscriber
        if service == subscriber.NAME:
            part = Subscriber(process, storage, list(SOURCES), self.new_id, self.refuses)
        else:
            part = Owner(process, storage, service, self.new_id)
        self.processes[name], self.parts[name] = process, part
        part.start()

    def crash(self, name: str, arriving: int = 0) -> None:
        """The process dies where its threads stand; the first `arriving` frames on its wires still came."""
        process = self.processes[name]
        process.die()
        self.scheduler.bury()
        for wire in process.wires:
            self.broker.cut(wire, arriving)

    def stop(self, name: str) -> None:
        """Ask the process to stop, as SIGTERM does; after some seconds it is ended."""
        process, part = self.processes[name], self.parts[name]

        def stopping() -> None:
            parts = part.stop()
            self.scheduler.wait(lambda: not any(each.is_alive() for each in parts), STOP_DEADLINE, "stop")
            if self.processes[name] is process and process.alive:
                self.crash(name, arriving=1000)

        self.scheduler.spawn(self.init, "stop", stopping)

    def copy(self) -> Copy:
        accepted = {source: dict(found) for source, found in self.accepted.items()}
        found = {name: storage.copy() for name, storage in self.databases.items() if name != "scratch"}
        return Copy(found, accepted, {source: self.epoch(source) for source in SOURCES})

    def epoch(self, source: str) -> str:
        return invariants.hyphened(self.databases[source].query("SELECT epoch FROM journal_head")[0][0])

    def put_back(self, copy: Copy, service: str) -> None:
        """A copy takes the place of one database, while none of its processes run."""
        for name in self.names():
            if name.startswith(service) and self.processes[name].alive:
                self.crash(name)
        self.databases[service].put_back(copy.databases[service])
        if service == subscriber.NAME:
            self.poison.clear()
            for source in SOURCES:
                if copy.epochs[source] != self.epoch(source):
                    self.causes[source]["epoch"] = None
        else:
            self.accepted[service] = dict(copy.accepted[service])

    def restore_all(self, copy: Copy) -> None:
        """`digipunt restore --replace`: all databases of one backup, with a new epoch for each journal."""
        left: dict[str, set[str]] = {}
        services = [*SOURCES, subscriber.NAME]
        for name in self.names():
            if self.processes[name].alive:
                self.crash(name)
        for service in services:
            with self.databases[service].aside() as connection:
                for source, epoch in epochs.known_to(connection, service):
                    left.setdefault(source, set()).add(epoch)
        for service in services:
            self.put_back(copy, service)
        new = {source: (self.epoch(source), self.new_id()) for source in SOURCES}
        new[subscriber.NAME] = (self.new_id(), self.new_id())
        positions = {
            source: self.databases[source].query("SELECT position FROM journal_head")[0][0]
            for source in SOURCES
        }
        manifest = {"services": {each: {"position": positions.get(each, 0)} for each in new}}
        for service in services:
            with self.databases[service].aside() as connection:
                epochs.renew(connection, service, new, manifest, left)

    def restore_owner(self, copy: Copy, source: str) -> None:
        """One journal of a backup, under an epoch that nobody was told of."""
        self.put_back(copy, source)
        with self.databases[source].aside() as connection:
            connection.execute(
                sa.update(journal_head).values(epoch=self.new_id(), relay=None, relay_until=None)
            )

    def hold(self, broken: str | None) -> None:
        """The first promise that was broken is what this run is about."""
        if broken is not None and self.violation is None:
            self.say(f"VIOLATION {broken}")
            self.violation = broken

    def say(self, line: str) -> None:
        """A line of the trace, which ends with the violation."""
        if self.trace is not None and self.violation is None:
            self.trace.append(f"{self.scheduler.now:8.2f}  {line}")

    def heard(self, event: str, fields: dict[str, Any]) -> None:
        """What the code logged; an error that no fault explains is a broken promise."""
        if self.trace is not None:
            task = self.scheduler.current
            text = ", ".join(f"{key}={value}" for key, value in fields.items() if key != "exc_info")
            self.say(f"        {task.name if task else ''} says {event}: {text}"[:300])
        error = fields.get("exc_info")
        if isinstance(error, BaseException):
            self._judge(error, event)

    def _judge(self, error: BaseException, where: str) -> None:
        if not isinstance(error, EXPECTED) and not is_outage(error):
            self.hold(f"{where}: an error that no fault explains: {error!r}")

    def _task_failed(self, task: Task, error: Exception) -> None:
        self.say(f"        {task.name} ended with {error!r}")
        self._judge(error, task.name)

    def _on_taken(self, message: Message) -> None:
        if message.exchange.endswith(".events"):
            self.taken[message.properties["message_id"]] = None

    def _on_delivered(self, name: str, message: Message) -> tuple[int, int] | None:
        """The checkpoint when a message is handed out, if that message is one that an owner's relay can have sent."""
        source = QUEUES.get(name)
        event = None if source is None else read(source, message.body)
        if source is None or not isinstance(event, Envelope):
            return None
        return invariants.checkpoint(self.reporting, source)

    def _on_acked(self, name: str, message: Message) -> None:
        """A message that is acknowledged is committed or set aside; what was beyond a gap may be left to the journal."""
        source = QUEUES.get(name)
        if source is None:
            return
        event = read(source, message.body)
        if isinstance(event, Refused):
            self.poison[(source, event.digest)] = event.body
            return
        # A rebuild that has put another generation in the place of a stopped one since looks at the head.
        now = invariants.checkpoint(self.reporting, source)
        same = now is not None and message.told == (event.position - 1, now[1])
        if same and (event.previousid is not None or event.position == 1):
            self.hold(invariants.of_ack(self.reporting, self.databases[source], source, event))


def read(source: str, body: str | bytes) -> Envelope | Refused:
    """The event of this source that a message is, or what is to be kept of it."""
    try:
        event = Envelope.decode(body)
    except Undecodable as error:
        return Refused.of(body, str(error))
    objection = ORIGINS[source].objection(event)
    return Refused.of(body, objection) if objection else event
