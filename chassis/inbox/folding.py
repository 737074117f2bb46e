"""Makes of a run of events what a database is then given, event by event, so that none of them has to be kept.

Kept, the events of a page are more than a processor has near it, and all that is done with them takes longer. So a page stays
the text that it came as, and is read once more where its events have to be looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chassis.inbox.checkpoints import Checkpoint
from contracts.envelope import Event
from contracts.events import EVENTS

Fold = Callable[[Iterable[Event]], Any]
"""Makes of events what a database is then given, without touching one."""


class _Unfit(Exception):
    """These events have to be looked at one by one: `chassis.inbox.succession` and `chassis.inbox.poison` say what they are."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What was made of events of known types about `subjects`, from `first` to `last`, each continuing the one before."""

    made: Any
    first: Event
    last: Event
    subjects: set[str]

    def continues(self, checkpoint: Checkpoint) -> bool:
        """Whether these are the next events behind `checkpoint`."""
        known = checkpoint.epoch in (None, self.first.epoch)
        return known and _is_next(self.first, checkpoint.position, checkpoint.last_id)


def fold_run(fold: Fold, events: Iterable[Event]) -> Folded | None:
    """What `fold` makes of `events`; None where that cannot be used for all of them, and there is no more to say of it here."""
    ends: list[Event] = []
    subjects: set[str] = set()

    def passing() -> Iterator[Event]:
        before: Event | None = None
        for event in events:
            if before is None:
                ends.append(event)
            elif event.epoch != before.epoch or not _is_next(event, before.position, before.id):
                raise _Unfit
            if event.type not in EVENTS:
                raise _Unfit
            subjects.add(event.subject)
            before = event
            yield event
        if before is not None:
            ends.append(before)

    try:
        made = fold(passing())
    except Exception:
        # Also what is no event, or cannot be folded: whoever applies them one by one finds the culprit, and says so.
        return None
    return Folded(made, ends[0], ends[1], subjects) if len(ends) == 2 else None


def _is_next(event: Event, position: int, id: str | None) -> bool:
    return event.position == position + 1 and (id is None or event.previousid in (None, id))
