"""Which events may follow a checkpoint: those of its epoch, without a hole, each continuing the one before (docs/adr/0024).

Pure rules. What they find wrong is an alarm, never a guess: a journal that was restored, copied or forged is seen, wherever the
events come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from chassis.inbox.checkpoints import Checkpoint
from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class Succession:
    """What of a batch follows the checkpoint.

    `gap`: there are events beyond a hole, or none that can be told from those of another epoch; the owner's journal has what
    is missing. `alarm`: why nothing of it may be applied, with `met`, the epochs that nobody knew. `ghosts`: how many events
    were of an epoch that was left.
    """

    run: list[Event] = field(default_factory=list)
    gap: bool = False
    alarm: str | None = None
    met: frozenset[str] = frozenset()
    ghosts: int = 0


def succession(
    checkpoint: Checkpoint,
    events: Iterable[Event],
    epochs_met: Callable[[], set[str]],
    *,
    carried: bool = False,
) -> Succession:
    """Sort out `events`, in any order and more than once; `epochs_met` is asked when one is of another epoch.

    What was `carried` here says nothing of which epoch is that of now: where the checkpoint has none yet, one that was met may
    have been left.
    """
    events = list(events)
    epochs = {event.epoch for event in events}
    epoch = checkpoint.epoch
    if epoch is None and (len(epochs) > 1 or (carried and epochs & epochs_met())):
        return Succession(gap=True)
    others = epochs - {epoch} if epoch is not None else set()
    ghosts = 0
    if others:
        unknown = others - epochs_met()
        if unknown:
            named = ", ".join(sorted(unknown))
            return Succession(alarm=f"has a new epoch {named}", met=frozenset(unknown))
        own = [event for event in events if event.epoch == epoch]
        ghosts = len(events) - len(own)
        events = own
    at: dict[int, Event] = {}
    for event in events:
        if at.setdefault(event.position, event).id != event.id:
            return Succession(alarm=f"has two events at position {event.position}", ghosts=ghosts)
    last = at.get(checkpoint.position)
    if last is not None and checkpoint.last_id not in (None, last.id):
        return Succession(alarm=_forked(checkpoint.position), ghosts=ghosts)
    new = sorted(position for position in at if position > checkpoint.position)
    run: list[Event] = []
    before = checkpoint.last_id
    for number, position in enumerate(new, checkpoint.position + 1):
        if position != number:
            break
        event = at[position]
        if before is not None and event.previousid is not None and event.previousid != before:
            return Succession(alarm=_forked(position - 1), ghosts=ghosts)
        run.append(event)
        before = event.id
    return Succession(run, gap=len(run) < len(new), ghosts=ghosts)


def _forked(position: int) -> str:
    return f"has another event at position {position} than was applied"
