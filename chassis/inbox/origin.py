"""Whose word an event is: a subscription takes what the owner of that journal says of itself, and nothing else."""

from __future__ import annotations

from contracts.envelope import Event
from contracts.events import source_of, types_of


class Origin:
    """The service whose journal is followed, and its deployment. `source` is what its events name as theirs."""

    def __init__(self, deployment: str, service: str) -> None:
        self.deployment = deployment
        self.service = service
        self.source = source_of(deployment, service)
        self._types = types_of(service)

    def objection(self, event: Event) -> str | None:
        """Why this event is not its own to tell; None when it is.

        The broker holds a publisher to its routing keys; what the body says of itself is held here.
        """
        if event.source != self.source or event.deployment != self.deployment:
            return f"says it is of {event.source} and {event.deployment}, where {self.source} is followed"
        if not event.type.startswith(self._types):
            return f"the type {event.type} is not for {self.service} to tell"
        return None
