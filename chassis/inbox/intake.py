"""Takes messages of whatever bytes, as the broker hands them out, and feeds a projection with the events of its journal.

Promise: no message holds the others up. What is no event of this journal is set aside in the transaction that applies the
rest, and the journal brings what it stood in for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.inbox.dead_letters import Refused
from chassis.inbox.origin import Origin
from chassis.inbox.patience import Patience
from chassis.inbox.projection import Projection
from contracts.envelope import Event, Undecodable

Body = bytes | str


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left to do: `gap`, read what is missing before the rest; `doubt`, ask the owner whether something is missing."""

    gap: bool = False
    doubt: bool = False

    def __or__(self, other: Taken) -> Taken:
        return Taken(self.gap or other.gap, self.doubt or other.doubt)


class Intake:
    """The messages of one subscription."""

    def __init__(self, projection: Projection, origin: Origin) -> None:
        self._projection = projection
        self._origin = origin
        self._patience = Patience()

    def take(self, bodies: Sequence[Body], generation: int) -> Taken:
        """Apply these messages.

        A failure that does not pass by itself is tried again a few times by whoever calls; then the message that makes it is
        found by halving, and set aside.
        """
        try:
            taken = self._take(bodies, generation)
        except Exception as error:
            if not self._patience.is_spent(error):
                raise
            taken = self._halve(bodies, generation, error)
        self._patience.renew()
        return taken

    def _take(self, bodies: Sequence[Body], generation: int) -> Taken:
        events: list[Event] = []
        refused: list[Refused] = []
        beyond = 0
        for body in bodies:
            try:
                event = Event.decode(body)
                objection = self._origin.objection(event)
            except Undecodable as error:
                objection = str(error)
            if objection:
                refused.append(Refused.of(body, objection))
            elif event.previousid is None and event.position > 1:
                # Of a release whose journal was no chain, or forged: the journal itself has to say it.
                beyond = max(beyond, event.position)
            else:
                events.append(event)
        outcome = self._projection.apply(events, generation, refused, carried=True)
        return Taken(outcome.gap, doubt=bool(refused) or beyond > outcome.position)

    def _halve(self, bodies: Sequence[Body], generation: int, error: Exception) -> Taken:
        """Take each half by itself, down to the message that cannot be taken: it is set aside with the reason."""
        if len(bodies) == 1:
            refused = [Refused.of(bodies[0], f"{type(error).__name__}: {error}")]
            self._projection.apply([], generation, refused)
            return Taken(doubt=True)
        taken, middle = Taken(), len(bodies) // 2
        for half in (bodies[:middle], bodies[middle:]):
            try:
                taken |= self._take(half, generation)
            except Exception as found:
                if not self._patience.is_spent(found):
                    raise
                taken |= self._halve(half, generation, found)
        return taken
