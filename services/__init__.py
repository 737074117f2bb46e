"""The services, each named once. None imports another; they meet in their events only.

Settings, migrations, backup, doctor, front page and command line follow from this registry, and tests hold the rest of the
tree against it: `deploy/`, the import linter, the access matrix, the pages. Classes are imported only when they are to run,
because nameko has to be imported in a green process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from typing import TYPE_CHECKING

from chassis.errors import ConfigurationError

if TYPE_CHECKING:
    from chassis.service import Service


@dataclass(frozen=True, slots=True)
class Registered:
    """A service: its name, its class as `module:attribute`, and the services whose events it applies."""

    name: str
    path: str
    follows: tuple[str, ...] = ()

    def load(self) -> type[Service]:
        """Import the class; only in a green process (`chassis.green`)."""
        module, _, attribute = self.path.partition(":")
        service: type[Service] = getattr(import_module(module), attribute)
        return service


REGISTRY: Mapping[str, Registered] = {
    each.name: each
    for each in (
        Registered("visits", "services.visits.service:VisitsService"),
        Registered("loans", "services.loans.service:LoansService", ("visits",)),
        Registered(
            "notifications",
            "services.notifications.service:NotificationsService",
            ("visits", "loans", "reporting"),
        ),
        Registered("reporting", "services.reporting.service:ReportingService", ("visits", "loans")),
        Registered("desk", "services.desk.service:DeskService", ("visits",)),
    )
}
NAMES = tuple(REGISTRY)


def select(names: Iterable[str] | None = None) -> list[str]:
    """The given names, or all when there are none; raises ConfigurationError for an unknown one."""
    selected = list(names or NAMES)
    for name in selected:
        if name not in REGISTRY:
            raise ConfigurationError(f"there is no service {name!r}: choose from {', '.join(NAMES)}")
    return selected


def load(names: Iterable[str] | None = None) -> list[type[Service]]:
    """The classes of the named services, or of all."""
    return [REGISTRY[name].load() for name in select(names)]


def subscribers_first(registry: Mapping[str, Registered] = REGISTRY) -> list[str]:
    """All names, each before those of the services that it follows; raises ConfigurationError when there is no such order."""
    owners_first = TopologicalSorter({each.name: each.follows for each in registry.values()})
    try:
        return list(owners_first.static_order())[::-1]
    except CycleError as error:
        circle = " → ".join(error.args[1])
        raise ConfigurationError(
            f"services follow one another in a circle ({circle}): none can be put before those that it follows"
        ) from None
