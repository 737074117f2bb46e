"""Which services there are. Their classes are imported only when they are to run: nameko has to be imported green."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from chassis.service import Service

CLASSES = {
    "visits": "services.visits.service:VisitsService",
    "loans": "services.loans.service:LoansService",
    "notifications": "services.notifications.service:NotificationsService",
    "reporting": "services.reporting.service:ReportingService",
}


def chosen(names: Iterable[str] | None = None) -> list[str]:
    """The names of services, all when none are given; raises ConfigurationError for one that is not there."""
    wanted = list(names or CLASSES)
    for name in wanted:
        if name not in CLASSES:
            raise ConfigurationError(f"there is no service {name!r}: choose from {', '.join(CLASSES)}")
    return wanted


def load(names: Iterable[str] | None = None) -> list[type[Service]]:
    """The classes of the named services."""
    classes = []
    for name in chosen(names):
        module, _, attribute = CLASSES[name].partition(":")
        classes.append(getattr(import_module(module), attribute))
    return classes
