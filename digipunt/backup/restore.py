"""`digipunt restore FILE`.

Each journal gets a new epoch, so that subscribers elsewhere notice that events they have seen may be gone, and stop instead
of going on. Subscribers inside the backup go on where they were: their checkpoints are moved to the new epoch when the
restored journal reaches as far as they had come, and the epochs of before are remembered as met, so that what the broker
still holds of the discarded past is dropped.

Everything is put back or nothing, once the whole file is read and its counts and hashes are those of the manifest. SQLite
databases are filled beside the old ones and take their place together (`digipunt.backup.swap`). PostgreSQL has a transaction
for each service, with all rows written before the first is committed; should the server stop between two of these commits,
the error says which services are back.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol, runtime_checkable

import orjson
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

import services
from chassis.clock import SystemClock, new_id
from chassis.errors import ConfigurationError, DigipuntError
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.settings import Settings
from chassis.storage import migrations
from chassis.storage.database import Database
from digipunt.backup import epochs, swap, tables
from digipunt.backup.encrypted import Unreadable, decrypted
from digipunt.backup.rows import Rows

_WITH_KEYS = "the keys of persons are not in this backup: give the newest file of them with --keys"
_WITHOUT_KEYS = "the keys of persons are in this backup itself: leave --keys out"
_OLDER_KEYS = "these keys are older than the backup, which has people who are not in them yet: give the newest file of keys"


BOOKKEEPING = ("journal_head", "checkpoints", "epochs", "trail_head")
"""Tables that have rows as soon as a service has run once, with nothing recorded."""


@runtime_checkable
class ForgetsUnreadable(Protocol):
    """A service class that keeps people under keys of their own."""

    @classmethod
    def forget_unreadable(cls, uow: UnitOfWork) -> None:
        """Erase those whose key is gone."""


class NotEmpty(DigipuntError):
    """The database holds something already, or is in use."""


class Unfinished(DigipuntError):
    """The databases could not be filled; the message says what is in them now."""


@dataclass
class _Target:
    """A service's database while it is being filled."""

    service: str
    database: Database
    connection: sa.Connection
    file: Path | None
    """The SQLite file that this one will replace."""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)


def restore(
    settings: Settings, source: IO[bytes], *, replace: bool, keys: IO[bytes] | None = None
) -> dict[str, Any]:
    """Put the backup in `source` into the databases of `settings`; returns its manifest.

    `keys` is the newest file with the keys of persons, where they were kept apart: who was erased since stays unreadable.

    Databases must be empty, unless `replace`; nobody else may be using them. Raises NotEmpty, Unreadable, Unfinished,
    ConfigurationError.
    """
    if not settings.data_keys:
        raise ConfigurationError("DIGIPUNT_DATA_KEY is not set: backups are encrypted with it")
    with ExitStack() as open_until_the_end:
        filling = _Filling(settings, open_until_the_end, replace=replace)
        try:
            manifest = filling.read(decrypted(source, settings.data_keys))
            _verify(manifest, filling.targets)
            if manifest.get("keysApart", False) != (keys is not None):
                raise Unreadable(_WITH_KEYS if keys is None else _WITHOUT_KEYS)
            new = {service: (part["epoch"], new_id()) for service, part in manifest["services"].items()}
            for service, target in filling.targets.items():
                migrations.upgrade_in(target.connection, tables.versions(service))
                target.tables.clear()
            if keys is not None:
                apart = filling.read_keys(decrypted(keys, settings.data_keys))
                if datetime.fromisoformat(apart["made"]) < datetime.fromisoformat(manifest["made"]):
                    raise Unreadable(_OLDER_KEYS)  # else whoever came between the two would be erased
                _verify(apart, filling.targets)
            for service, target in filling.targets.items():
                epochs.renew(target.connection, service, new, manifest, filling.left)
                if keys is not None:
                    _forget_unreadable(target)
            _keep(filling.targets)
        except (EOFError, orjson.JSONDecodeError):
            raise Unreadable("the backup ends before its manifest: it was cut off") from None
        except (DBAPIError, OSError) as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            raise Unfinished(f"nothing was restored, all is as it was: {reason}") from None
    return manifest


def _forget_unreadable(target: _Target) -> None:
    """Whoever was erased after the backup is erased in what is restored, with the events that tell others."""
    service = services.REGISTRY[target.service].load()
    if isinstance(service, ForgetsUnreadable):
        with UnitOfWork(
            target.database,
            clock=SystemClock(),
            new_id=new_id,
            when_recorded=lambda: None,
            within=target.connection,
        ) as uow:
            service.forget_unreadable(uow)


def _keep(targets: dict[str, _Target]) -> None:
    """Make what was read the content of all databases."""
    servers = {service: target for service, target in targets.items() if target.file is None}
    for number, (service, target) in enumerate(servers.items()):
        try:
            target.connection.commit()
        except DBAPIError as error:
            if number == 0:
                raise
            done = ", ".join(list(servers)[:number])
            raise Unfinished(
                f"the database of {service} stopped answering when {done} had been restored: "
                f"restore once more with --replace ({str(error.orig).strip().splitlines()[0]})"
            ) from None
    files = []
    for target in targets.values():
        if target.file is not None:
            target.connection.commit()
            target.connection.close()
            target.database.close()
            files.append(target.file)
    swap.swap(files)


class _Filling:
    """Reads the lines of a backup into databases, each in an open transaction."""

    def __init__(self, settings: Settings, until_the_end: ExitStack, *, replace: bool) -> None:
        self.targets: dict[str, _Target] = {}
        self.left: dict[str, set[str]] = {}
        """By source, the epochs that are in the databases which are replaced."""
        self._settings = settings
        self._until_the_end = until_the_end
        self._replace = replace
        self._is_read = False
        """Whether the databases of the backup are known: no other is touched from then on."""

    def read(self, lines: Iterable[bytes]) -> dict[str, Any]:
        """Insert all rows; returns the manifest that ends the backup."""
        rows = Rows()
        for line in lines:
            if line.startswith(b"["):
                rows.add(line)
                continue
            rows.close()
            header = orjson.loads(line)
            if "manifest" in header:
                manifest: dict[str, Any] = header["manifest"]
                return manifest
            rows = self._rows(header)
        raise Unreadable("the backup ends before its manifest: it was cut off")

    def read_keys(self, lines: Iterable[bytes]) -> dict[str, Any]:
        """Insert the keys of persons into what was read; returns their manifest, without services that were not there then."""
        self._is_read = True
        manifest = self.read(lines)
        there = {name: part for name, part in manifest["services"].items() if name in self.targets}
        return manifest | {"services": there}

    def _rows(self, header: dict[str, Any]) -> Rows:
        service = header["service"]
        if self._is_read and service not in self.targets:
            table = next(each for each in tables.tables(service) if each.name == header["table"])
            return Rows(None, table, header["columns"])
        if service not in self.targets:
            self.targets[service] = self._target(service, header["revisions"])
        target = self.targets[service]
        table = next(each for each in tables.tables(service) if each.name == header["table"])
        rows = Rows(target.connection, table, header["columns"])
        target.tables[table.name] = rows.counted
        return rows

    def _target(self, service: str, revisions: list[str]) -> _Target:
        if service not in services.REGISTRY:
            raise Unreadable(
                f"the backup holds the database of {service}, and this release has no such service: use the release that has"
            )
        url = sa.make_url(self._settings.database_url(service))
        database = Database(url.render_as_string(hide_password=False))
        self._until_the_end.callback(database.close)
        file = Path(url.database) if url.database and database.dialect == "sqlite" else None
        if file is None:
            connection = self._until_the_end.enter_context(database.open())
            # While another database is filled this one stands still.
            self._until_the_end.enter_context(database.unlimited(connection))
            self._require_free(connection, service)
            found = sa.MetaData()
            found.reflect(connection)
            found.drop_all(connection)
        else:
            swap.finish(file.parent)
            if file.exists():
                with database.read() as connection:
                    self._require_free(connection, service)
            swap.discard(file)
            self._until_the_end.callback(swap.discard, file)
            database = Database(f"sqlite:///{swap.aside(file)}")
            self._until_the_end.callback(database.close)
            connection = self._until_the_end.enter_context(database.open())
        migrations.upgrade_in(connection, tables.versions(service), revisions)
        for table in reversed(tables.tables(service)):
            if sa.inspect(connection).has_table(table.name):
                connection.execute(sa.delete(table))
        return _Target(service, database, connection, file)

    def _require_free(self, connection: sa.Connection, service: str) -> None:
        _require_unused(connection, service)
        if not self._replace:
            _require_empty(connection, service)
        for source, epoch in epochs.known_to(connection, service):
            self.left.setdefault(source, set()).add(epoch)


def _require_unused(connection: sa.Connection, service: str) -> None:
    """Raise NotEmpty when somebody else is connected; the data folder of SQLite files has a lock of its own."""
    if connection.dialect.name != "postgresql":
        return
    others = connection.execute(
        sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
    ).scalar_one()
    if others:
        raise NotEmpty(f"the database of {service} is in use: stop the services first")


def _require_empty(connection: sa.Connection, service: str) -> None:
    """Raise NotEmpty when anything is recorded: events of its own, or what it knows of others' (a figure, a contact)."""
    there = set(sa.inspect(connection).get_table_names()) - set(BOOKKEEPING)
    for table in (each for each in tables.tables(service) if each.name in there):
        if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise NotEmpty(
                f"the database of {service} is not empty: give --replace to overwrite what is in it"
            )


def _verify(manifest: dict[str, Any], targets: dict[str, _Target]) -> None:
    """Raise Unreadable unless what was read is what the manifest says."""
    read = {service: target.tables for service, target in targets.items()}
    expected = {service: part["tables"] for service, part in manifest["services"].items()}
    if read != expected:
        raise Unreadable("the backup is not what its manifest says: counts or hashes differ")
