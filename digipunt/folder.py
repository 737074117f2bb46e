"""The folder in which one laptop keeps everything: a database per service, and the keys, made once.

Nobody else on the machine can read what is in it. One process at a time serves from it.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chassis.errors import ConfigurationError
from chassis.settings import Settings
from digipunt import settings as configuration
from digipunt.backup import swap

KEYS = {"DIGIPUNT_SIGNING_KEY": "signing.key", "DIGIPUNT_DATA_KEY": "data.key"}
ADDRESS = "address"
IDENTITY = ("DIGIPUNT_SIGNING_KEY", "DIGIPUNT_VERIFY_KEYS", "DIGIPUNT_OIDC_ISSUER")
DEPLOYMENT = {"DIGIPUNT_DEPLOYMENT": "deployment"}
OURS = re.compile(
    r".+\.sqlite(-wal|-shm|\.restoring.*)?|(signing|data)\.key|deployment|lock|address|demo\.json|restored\.json"
)
PRIVATE = 0o077
"""The permissions that nobody else may have."""
DATABASE_URL = re.compile(r"DIGIPUNT_.+_DATABASE_URL(_FILE)?")


def default() -> Path:
    """`DIGIPUNT_DATA`, or the place where this user's programs keep their data."""
    named = os.environ.get("DIGIPUNT_DATA")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(named) if named else Path(base) / "digipunt"


class DataFolder:
    """The data folder at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self, deployment: str = "local") -> None:
        """Make the folder, the keys and the deployment's name where they are not there yet."""
        self.make_keys()
        with self._usable():
            for name in DEPLOYMENT.values():
                _write_once(self.path / name, deployment)

    def make_keys(self) -> None:
        """Make the folder and the keys where they are not there yet, and take back what others may read."""
        with self._usable():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in KEYS.values():
                _write_once(self.path / name, secrets.token_urlsafe(48))
            for path in self.open_to_others():
                path.chmod(path.stat().st_mode & ~PRIVATE)
            swap.finish(self.path)

    def rename(self, deployment: str) -> None:
        """Let what is in this folder be that deployment."""
        for name in DEPLOYMENT.values():
            (self.path / name).write_text(deployment)

    def open_to_others(self) -> list[Path]:
        """What somebody else on this machine may read here: an older release left it so, or a copy did.

        The folder itself counts when all that is in it is ours; one with other things in it keeps its mode.
        """
        there = list(self.path.iterdir())
        ours = [path for path in there if OURS.fullmatch(path.name)]
        found = ours if ours != there else [self.path, *ours]
        return [path for path in found if stat.S_IMODE(path.stat().st_mode) & PRIVATE]

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Turn what the system refuses into a sentence that names the folder."""
        try:
            yield
        except OSError as error:
            raise ConfigurationError(f"the folder {self.path} cannot be used: {error.strerror}") from None

    def settings(self, *, port: int | None = None, databases: bool = True) -> Settings:
        """The settings of a process that uses this folder; the environment takes precedence over its files.

        Without `databases`, only those that the environment names.
        """
        stored = {
            name: (self.path / file).read_text()
            for name, file in (KEYS | DEPLOYMENT).items()
            if (self.path / file).exists()
        }
        return configuration.load(data_dir=self.path if databases else None, port=port, defaults=stored)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder; raises ConfigurationError when another process does."""
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ConfigurationError(
                    f"another digipunt serves from {self.path} already: stop that one, or choose another --data"
                ) from None
            yield

    @contextmanager
    def answering(self, address: str) -> Iterator[None]:
        """Say in the folder where its process answers, for as long as it does."""
        file = self.path / ADDRESS
        file.write_text(address)
        try:
            yield
        finally:
            file.unlink(missing_ok=True)

    def address(self) -> str | None:
        """Where the process that serves from this folder answers; None when there is none."""
        try:
            address = (self.path / ADDRESS).read_text()
            with self.alone():  # Nobody holds it: what wrote the file was killed.
                return None
        except FileNotFoundError:
            return None
        except ConfigurationError:
            return address


def settings_of(data: Path | None) -> Settings:
    """The settings of a command: the environment's, with the keys of the data folder where that has none.

    Where the environment names databases, as for a container, those are all there are.
    """
    folder = DataFolder(data or default())
    if not folder.path.is_dir() and not any(name.startswith(IDENTITY) for name in os.environ):
        raise ConfigurationError(
            f"there is no data folder {folder.path}: start `digipunt serve` once to make it, or name the right one with --data"
        )
    named = any(DATABASE_URL.fullmatch(name) for name in os.environ)
    return folder.settings(databases=data is not None or (folder.path.is_dir() and not named))


def _write_once(path: Path, text: str) -> None:
    """Write a text that only this user can read, unless it is there."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
