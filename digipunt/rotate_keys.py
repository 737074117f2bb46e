"""`digipunt rotate-keys`: encrypts what is personal with the newest of the keys, while the services go on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol, runtime_checkable

from rich.console import Console
from sqlalchemy.exc import DBAPIError

import services
from chassis.clock import SystemClock, new_id
from chassis.errors import ConfigurationError
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.settings import Settings
from chassis.storage.database import Database
from common.field_cipher import FieldCipher
from digipunt.folder import settings_of
from digipunt.settings import has_database

BATCH = 100
"""Rows in one transaction."""


@runtime_checkable
class KeepsPersonalFields(Protocol):
    """A service class with personal fields in its database."""

    name: str

    @classmethod
    def reencrypt(
        cls, uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int
    ) -> tuple[str | None, int]:
        """Encrypt up to `limit` rows after this id with the newest key: the last id, None at the end, and how many changed."""


def rotate_keys(data: Path | None) -> None:
    """Go through every service that keeps personal fields. Safe to stop, and to run again."""
    settings = settings_of(data)
    cipher = FieldCipher(settings.data_keys)
    for service in services.load(name for name in services.NAMES if has_database(settings, name)):
        if not isinstance(service, KeepsPersonalFields):
            continue
        print(f"{service.name}: {_reencrypt(settings, cipher, service)} encrypted with the newest key")
    if len(settings.data_keys) > 1:
        print(
            "Take the older keys out of DIGIPUNT_DATA_KEY now, and start the services again.", file=sys.stderr
        )


def _reencrypt(settings: Settings, cipher: FieldCipher, service: KeepsPersonalFields) -> int:
    database = Database(settings.database_url(service.name))
    after, changed = None, 0
    try:
        with Console(stderr=True).status(f"{service.name}: encrypting again"):
            while True:
                with UnitOfWork(
                    database, clock=SystemClock(), new_id=new_id, when_recorded=lambda: None
                ) as uow:
                    after, some = service.reencrypt(uow, cipher, after, BATCH)
                changed += some
                if after is None:
                    return changed
    except DBAPIError:
        raise ConfigurationError(
            f"the database of {service.name} cannot be used: `digipunt doctor` says why"
        ) from None
    finally:
        database.close()
