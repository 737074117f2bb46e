"""`digipunt retention`: shows or takes away what is kept too long, in the databases themselves, while the services go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy.exc import DBAPIError

import services
from chassis.clock import SystemClock, local_day, new_id
from chassis.errors import ConfigurationError
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due
from chassis.settings import Settings
from chassis.storage.database import Database
from common.retention import Ages, all_due, take_all_away
from digipunt.folder import settings_of
from digipunt.settings import has_database


def retention(data: Path | None, *, dry_run: bool) -> None:
    """A line for each kind, of each service. Raises ConfigurationError when a database cannot be used."""
    settings = settings_of(data)
    today = local_day(SystemClock().now())
    found = 0
    for service in services.load(name for name in services.NAMES if has_database(settings, name)):
        if not isinstance(service, Ages):
            continue
        for each in _look(settings, service, today) if dry_run else _take(settings, service, today):
            found += each.count
            print(f"{service.name}: {each.count} {each.what}, from before {each.before}")
    if not found:
        print("nothing is kept too long")


def _look(settings: Settings, service: Ages, today: date) -> Iterable[Due]:
    database = Database(settings.database_url(service.name))
    try:
        with database.read() as connection:
            return all_due(service, connection, settings.retention, today, None)
    except DBAPIError:
        raise _unusable(service.name) from None
    finally:
        database.close()


def _take(settings: Settings, service: Ages, today: date) -> Iterable[Due]:
    database = Database(settings.database_url(service.name))
    counts: Counter[tuple[str, date]] = Counter()
    try:
        while True:
            with UnitOfWork(database, clock=SystemClock(), new_id=new_id, when_recorded=lambda: None) as uow:
                step = take_all_away(service, uow, settings.retention, today)
            if not step:
                return [Due(what, count, before) for (what, before), count in counts.items()]
            counts.update({(each.what, each.before): each.count for each in step})
    except DBAPIError:
        raise _unusable(service.name) from None
    finally:
        database.close()


def _unusable(service: str) -> ConfigurationError:
    return ConfigurationError(f"the database of {service} cannot be used: `digipunt doctor` says why")
