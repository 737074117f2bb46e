"""`digipunt rotate-keys`: seals what is personal anew with the newest of the keys, while the services go on."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from sqlalchemy.exc import DBAPIError

from chassis.clock import SystemClock, new_id
from chassis.database import Database
from chassis.errors import ConfigurationError
from chassis.personal import Vault
from chassis.service import Service
from chassis.settings import Settings
from chassis.unit_of_work import UnitOfWork
from digipunt import services
from digipunt.folder import settings_of

BATCH = 100
"""Rows in one transaction."""


def rotate_keys(data: Path | None) -> None:
    """Go through every service that keeps personal fields. Safe to stop, and to run again."""
    settings = settings_of(data)
    vault = Vault(settings.data_keys)
    for service in services.load(name for name in services.CLASSES if name in settings.database_urls):
        print(f"{service.name}: {_seal_anew(settings, vault, service)} sealed anew")
    if len(settings.data_keys) > 1:
        print(
            "Take the older keys out of DIGIPUNT_DATA_KEY now, and start the services again.", file=sys.stderr
        )


def _seal_anew(settings: Settings, vault: Vault, service: type[Service]) -> int:
    database = Database(settings.database_url(service.name))
    after, changed = None, 0
    try:
        with Console(stderr=True).status(f"{service.name}: sealing anew"):
            while True:
                with UnitOfWork(
                    database, clock=SystemClock(), new_id=new_id, when_recorded=lambda: None
                ) as uow:
                    after, some = service.reseal(uow, vault, after, BATCH)
                changed += some
                if after is None:
                    return changed
    except DBAPIError:
        raise ConfigurationError(
            f"the database of {service.name} cannot be used: `digipunt doctor` says why"
        ) from None
    finally:
        database.close()
