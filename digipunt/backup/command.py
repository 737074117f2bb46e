"""The commands `digipunt backup` and `digipunt restore`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

from chassis.errors import ConfigurationError, DigipuntError
from digipunt import settings as configuration
from digipunt.backup import restore as reading
from digipunt.backup import write as writing
from digipunt.folder import KEYS, DataFolder, settings_of


def backup(file: str, data: Path | None, keys: Path | None = None) -> None:
    """Write the backup, and print a summary of it."""
    apart = None if keys is None else str(keys)
    _print_summary("backed up", writing.backup(settings_of(data), file, apart))


def restore(file: str, data: Path | None, *, replace: bool, keys: Path | None = None) -> None:
    """Restore the backup, and print a summary of it."""
    with _input(file) as source, nullcontext() if keys is None else _input(str(keys)) as apart:
        if data is None:
            manifest = reading.restore(configuration.load(), source, replace=replace, keys=apart)
        else:
            manifest = _into_folder(DataFolder(data), source, replace=replace, keys=apart)
    _print_summary("restored", manifest)


def _into_folder(
    folder: DataFolder, source: IO[bytes], *, replace: bool, keys: IO[bytes] | None
) -> dict[str, Any]:
    """Restore into a data folder that no process serves from; it becomes the deployment that the backup is of."""
    key = folder.path / KEYS["DIGIPUNT_DATA_KEY"]
    if not key.exists():
        raise ConfigurationError(
            f"there is no {key}: put the data.key of the deployment that made the backup there first"
        )
    folder.make_keys()
    with folder.alone():
        manifest = reading.restore(folder.settings(), source, replace=replace, keys=keys)
        folder.rename(manifest["deployment"])
    return manifest


@contextmanager
def _input(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        source = Path(file).open("rb")  # noqa: SIM115 - closed below; only opening it may fail this way
    except OSError as error:
        raise DigipuntError(f"{file} cannot be read: {error.strerror}") from None
    with source:
        yield source


def _print_summary(done: str, manifest: dict[str, Any]) -> None:
    for service, part in manifest["services"].items():
        rows = sum(table["rows"] for table in part["tables"].values())
        print(f"{service}: {done} {rows} rows, {part['position']} events", file=sys.stderr)
    print(
        f"of {manifest['deployment']}, made {manifest['made']} by release {manifest['digipunt']}",
        file=sys.stderr,
    )
