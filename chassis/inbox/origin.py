"""Whose word an event is: a subscription takes what the owner of that journal says of itself, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class Origin:
    """The service whose journal is followed, and its deployment."""

    deployment: str
    service: str

    @property
    def source(self) -> str:
        """What its events name as their `source`."""
        return f"urn:digipunt:{self.deployment}:{self.service}"

    def objection(self, event: Event) -> str | None:
        """Why this event is not its own to tell; None when it is.

        The broker holds a publisher to its routing keys; what the body says of itself is held here.
        """
        if event.source != self.source or event.deployment != self.deployment:
            return f"says it is of {event.source} and {event.deployment}, where {self.source} is followed"
        if not event.type.startswith(f"be.digipunt.{self.service}."):
            return f"the type {event.type} is not for {self.service} to tell"
        return None
