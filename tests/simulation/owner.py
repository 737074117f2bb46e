"""An owner of events: a table of things, commands that change them, the relay of its journal, and the journal over RPC."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import orjson
import sqlalchemy as sa

from chassis.broker.connection import BROKER_ERRORS
from chassis.broker.publisher import Publisher
from chassis.broker.rpc_server import Request, RpcServer
from chassis.outbox.journal import Journal
from chassis.outbox.relay import Relay
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.service import Service
from chassis.storage.tables import Id, journal, journal_head, metadata, new_metadata
from contracts.events import event_type, exchange
from tests.simulation.storage import Storage
from tests.simulation.tasks import Points, Process, Scheduler, Task

DEPLOYMENT = "sim"
PLACE = "00000000-0000-4000-8000-000000000001"

own = new_metadata()
things = sa.Table(
    "things",
    own,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("word", sa.Text, nullable=False),
)

MOST_CALLS = 10

UNKNOWN = "foreseen"
"""What a newer release beside this one records."""


def _visit(id: str, word: str) -> dict[str, Any]:
    return {
        "id": id,
        "digipunt": PLACE,
        "municipality": "24107",
        "startedAt": "2026-03-04T09:12:00Z",
        "themes": [word],
        "place": "point",
        "contact": "first",
    }


def _device(id: str, word: str) -> dict[str, Any]:
    return {
        "id": id,
        "kind": word,
        "digipunt": PLACE,
        "municipality": "24107",
        "condition": "good",
        "state": "available",
        "addedOn": "2026-03-04",
    }


class Kind:
    """What an owner owns, and how its events are made."""

    def __init__(
        self,
        service: str,
        resource: str,
        steps: dict[str, str],
        words: tuple[str, ...],
        data: Callable[[str, str, str, str], dict[str, Any]],
    ) -> None:
        self.service = service
        self.resource = resource
        self.words = words
        self.data = data
        self.types = {step: event_type(service, resource, name) for step, name in steps.items()}
        self.types["unknown"] = event_type(service, resource, UNKNOWN)


def _visit_data(step: str, id: str, word: str, before: str) -> dict[str, Any]:
    if step == "correct":
        return {"before": _visit(id, before), "visit": _visit(id, word)}
    return {"visit": _visit(id, word)} | ({"reason": "mistake"} if step == "void" else {})


KINDS = {
    "visits": Kind(
        "visits",
        "visits",
        {"create": "registered", "correct": "corrected", "void": "voided"},
        ("tax", "health", "mobility"),
        _visit_data,
    ),
    "loans": Kind(
        "loans",
        "devices",
        {"create": "added", "correct": "changed", "void": "retired"},
        ("laptop", "tablet", "smartphone"),
        lambda step, id, word, before: {"device": _device(id, word)},
    ),
}


def database(service: str) -> Storage:
    """An owner's database, with a journal that has yet to begin."""
    return Storage(service, metadata, own)


class Owner:
    """One process of an owner."""

    def __init__(self, process: Process, storage: Storage, service: str, new_id: Callable[[], str]) -> None:
        self.process = process
        self.kind = KINDS[service]
        self.storage = storage
        self.new_id = new_id
        self._scheduler: Scheduler = process.scheduler
        self._points = Points(process.scheduler)
        self.journal = Journal(storage, service=service, deployment=DEPLOYMENT)
        self.app = self
        """The methods of `chassis.service.Service` find the journal here."""
        self.relay = Relay(
            self.journal,
            exchange=exchange(service),
            connect=partial(Publisher, "sim://", exchange(service)),
            clock=process,
            new_id=new_id,
            faults=self._points,
        )
        self.server = RpcServer("sim://", service, most=MOST_CALLS, take=self._take)

    def start(self) -> None:
        self._relaying = self._scheduler.spawn(self.process, "relay", self.relay.run)
        self._serving = self._scheduler.spawn(self.process, "rpc", self.server.run)

    def stop(self) -> list[Task]:
        """Ask it to stop; the threads that end then."""
        self.relay.stop()
        self.server.leave()
        self.server.stop()
        return [self._relaying, self._serving]

    def unit_of_work(self) -> UnitOfWork:
        return UnitOfWork(
            self.storage,
            clock=self.process,
            new_id=self.new_id,
            when_recorded=self.relay.wake,
            faults=self._points,
        )

    def command(self, step: str, number: int, word: str) -> list[tuple[str, int]]:
        """Do one command in one transaction; subject and version of each event that it recorded."""
        with self.unit_of_work() as uow:
            if step in ("create", "many"):
                return [self._create(uow, word) for _ in range(3 if step == "many" else 1)]
            rows = uow.connection.execute(sa.select(things).order_by(things.c.id)).all()
            if not rows:
                return []
            row = rows[number % len(rows)]
            done = [self._change(uow, row, step, word)]
            if step == "fail":
                raise LookupError("simulated: the command is refused half-way")
            return done

    def _create(self, uow: UnitOfWork, word: str) -> tuple[str, int]:
        id = uow.new_id()
        inserted = uow.insert_new(
            things,
            {"id": id, "version": 1, "word": word},
            self.kind.types["create"],
            self.kind.data("create", id, word, word),
            version=1,
            municipality="24107",
        )
        assert inserted, "the id is new"
        return f"{self.kind.resource}/{id}", 1

    def _change(self, uow: UnitOfWork, row: Any, step: str, word: str) -> tuple[str, int]:
        version = row.version + 1
        mine = things.c.id == row.id
        if step in ("void", "delete"):
            uow.connection.execute(sa.delete(things).where(mine))
            step, word = "void", row.word
        else:
            uow.connection.execute(sa.update(things).where(mine).values(version=version, word=word))
        subject = f"{self.kind.resource}/{row.id}"
        if step == "unknown":
            event = {
                "id": uow.new_id(), "type": self.kind.types[step], "subject": subject, "time": self.process.now(),
                "municipality": None, "entity_version": version, "traceparent": None, "data": "{}",
            }  # fmt: skip
            uow.connection.execute(sa.insert(journal), event)
            self.relay.wake()
        else:
            step = "correct" if step == "fail" else step
            data = self.kind.data(step, row.id, word, row.word)
            uow.record(self.kind.types[step], row.id, data, version=version, municipality="24107")
        return subject, version

    def _take(self, request: Request) -> None:
        self._scheduler.spawn(self.process, "answer", lambda: self._answer(request))

    def _answer(self, request: Request) -> None:
        handlers = {"journal_head": Service.journal_head, "journal_page": Service.journal_page}
        try:
            arguments, _ = request.arguments()
            reply = {"result": handlers[request.method](self, *arguments), "error": None}  # type: ignore[arg-type]
        except Exception as error:
            reply = {"result": None, "error": {"exc_type": type(error).__name__}}
        # One that cannot be sent comes again, as in `chassis.runtime.rpc`.
        with suppress(*BROKER_ERRORS):
            request.answer(orjson.dumps(reply))


def begin_journal(storage: Storage, epoch: str) -> None:
    """The head row, as the first migration makes it."""
    with storage.aside() as connection:
        connection.execute(sa.insert(journal_head).values(id=1, epoch=epoch, position=0, published=0))
