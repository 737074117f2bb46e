"""`digipunt backup FILE`.

Each service's part is one snapshot of its database. All snapshots are taken before the first row is read, those of
subscribers before those of the owners they follow: so no checkpoint in a backup is ahead of its journal. A database of which
this release knows no service would be left out without a word, so then there is no backup at all.
"""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import orjson
import sqlalchemy as sa

import services
from chassis.clock import SystemClock
from chassis.errors import ConfigurationError, DigipuntError
from chassis.settings import Settings
from chassis.storage.database import Database
from chassis.storage.tables import journal_head
from digipunt.backup import tables
from digipunt.backup.encrypted import Encryptor, Unreadable, decrypted
from digipunt.settings import has_database, unknown_databases

PAGE = 2000


class Irreplaceable(DigipuntError):
    """What stands where the keys of persons are to go would be lost."""


def backup(settings: Settings, file: str, keys: str | None = None) -> dict[str, Any]:
    """Write all databases of the deployment to `file`, or to standard output for `-`; returns the manifest.

    With `keys`, what must not outlive a person goes to that file alone, and takes the place of what was there: whoever is
    erased is then gone from each older `file` too, as soon as the next backup is made. Raises Irreplaceable when it would take
    the place of anything but keys of this deployment.
    """
    if not settings.data_keys:
        raise ConfigurationError("DIGIPUNT_DATA_KEY is not set: backups are encrypted with it")
    if unknown := unknown_databases(settings):
        raise tables.Incomplete(
            f"a backup would leave out {', '.join(unknown)}: this release has no such service; use the release that has it,"
            " or take that database away"
        )
    with ExitStack() as open_until_the_end:
        found = {
            service: open_until_the_end.enter_context(_snapshot(settings, service))
            for service in services.subscribers_first()
            if has_database(settings, service)
        }
        snapshots = {service: snapshot for service, snapshot in found.items() if snapshot is not None}
        if not snapshots:
            raise DigipuntError("there is no database to back up")
        about = {
            "digipunt": version("digipunt"),
            "deployment": settings.deployment,
            "made": SystemClock().now().isoformat(),
            "keysApart": keys is not None,
        }
        if keys is not None:
            _require_replaceable(settings, file, keys, snapshots)
        out = open_until_the_end.enter_context(_output(file))
        manifest = _part(
            settings, out, about, snapshots, lambda name: keys is None or name not in tables.APART
        )
        if keys is not None:
            # After the other, which is of no use without it; and whole before it takes the place of the one before.
            apart = open_until_the_end.enter_context(_output(keys, replace=True))
            _part(settings, apart, about, snapshots, lambda name: name in tables.APART)
    return manifest


def _require_replaceable(settings: Settings, file: str, keys: str, here: Iterable[str]) -> None:
    """Raise Irreplaceable unless what `keys` names is nothing yet, or all of it is in the databases of now.

    What is replaced here is gone: older backups of whatever it belongs to would be of nobody.
    """
    if Path(file) == Path(keys):
        raise Irreplaceable("FILE and --keys name the same file: keys are kept apart from the backup")
    path = Path(keys)
    if keys == "-" or not path.exists():
        return
    try:
        with path.open("rb") as there:
            [last] = deque(decrypted(there, settings.data_keys), maxlen=1)
        told = orjson.loads(last)["manifest"]
        only_keys = all(name in tables.APART for part in told["services"].values() for name in part["tables"])
    except OSError as error:
        raise DigipuntError(f"{path} cannot be read: {error.strerror}") from None
    except (Unreadable, EOFError, LookupError, TypeError, ValueError):
        only_keys = False
    if not only_keys:
        raise Irreplaceable(
            f"{path} is there already and does not hold keys that DIGIPUNT_DATA_KEY opens: choose another name, or move it away"
        )
    if lacking := sorted({*told["services"]} - {*here}):
        raise Irreplaceable(f"{path} has keys of {', '.join(lacking)}, of which there is no database here")
    if told["deployment"] != settings.deployment:
        raise Irreplaceable(
            f"{path} has the keys of the deployment {told['deployment']}: choose another name"
        )


def _part(
    settings: Settings,
    out: IO[bytes],
    about: dict[str, Any],
    snapshots: Mapping[str, sa.Connection],
    wanted: Callable[[str], bool],
) -> dict[str, Any]:
    """Write one file of a backup, with the tables that are wanted in it; its manifest."""
    with Encryptor(out, settings.data_keys[0]) as encrypted:
        manifest = about | {
            "services": {
                service: _write(encrypted, service, connection, wanted)
                for service, connection in snapshots.items()
            }
        }
        encrypted.write(orjson.dumps({"manifest": manifest}))
    return manifest


@contextmanager
def _snapshot(settings: Settings, service: str) -> Iterator[sa.Connection | None]:
    """The database as it is now, for as long as the block lasts; None when it was never migrated."""
    database = Database(settings.database_url(service))
    try:
        # While this one is written the others stand still, and a pipe may be slow.
        with database.read() as connection, database.unlimited(connection):
            # The first query fixes what the snapshot sees.
            begun = sa.inspect(connection).has_table(tables.VERSION_TABLE)
            if begun:
                tables.require_known(connection, service)
            yield connection if begun else None
    finally:
        database.close()


@contextmanager
def _output(file: str, *, replace: bool = False) -> Iterator[IO[bytes]]:
    """The file under its name only when it is whole; readable by nobody else."""
    if file == "-":
        yield sys.stdout.buffer
        return
    path = Path(file)
    if path.exists() and not replace:
        raise DigipuntError(f"{path} exists already: choose another name")
    partial = path.with_name(path.name + ".partial")
    try:
        partial.touch(mode=0o600)
        with partial.open("wb") as out:
            yield out
        partial.rename(path)
    except OSError as error:
        raise DigipuntError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def _write(
    out: IO[bytes], service: str, connection: sa.Connection, wanted: Callable[[str], bool]
) -> dict[str, Any]:
    """The wanted tables of one service; their part of the manifest."""
    there = set(sa.inspect(connection).get_table_names())
    applied, counted = tables.revisions(connection), {}
    for table in tables.tables(service):
        if table.name in there and wanted(table.name):
            columns = [column.name for column in table.columns]
            header = {"service": service, "revisions": applied, "table": table.name, "columns": columns}
            out.write(orjson.dumps(header) + b"\n")
            counted[str(table.name)] = _rows(out, table, connection)
    head = connection.execute(sa.select(journal_head.c.epoch, journal_head.c.position)).one()
    return {
        "revisions": applied,
        "epoch": head.epoch,
        "position": head.position,
        "tables": counted,
    }


def _rows(out: IO[bytes], table: sa.Table, connection: sa.Connection) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    for page in _pages(table, connection):
        lines = b"".join(map(tables.encode, page))
        digest.update(lines)
        out.write(lines)
        count += len(page)
    return {"rows": count, "sha256": digest.hexdigest()}


def _pages(table: sa.Table, connection: sa.Connection) -> Iterable[Any]:
    ordered = sa.select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=PAGE).execute(ordered) as rows:
        yield from rows.partitions(PAGE)
