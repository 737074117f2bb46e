"""`@subscribe("visits")`: a function that applies another service's events.

    @subscribe("visits", READ_MODELS)
    def on_visits(app: Application, batch: Batch) -> None: ...

The function gets the application and a `Batch`, inside the transaction that also advances the checkpoint. It raises when it
cannot apply an event; that event then becomes a dead letter. A service class names its projections in `projections`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis.inbox.folding import Fold
from chassis.inbox.projection import Batch

Function = Callable[[Any, Batch], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a service follows: the journal of `source`, or with `regional` and DIGIPUNT_SOURCES those of several deployments."""

    source: str
    project: Function
    fold: Fold | None
    read_models: tuple[sa.Table, ...]
    regional: bool
    version: int
    mirrors: tuple[sa.Table, ...]


def subscribe(
    source: str,
    read_models: Sequence[sa.Table] = (),
    *,
    fold: Fold | None = None,
    regional: bool = False,
    version: int = 1,
    mirrors: Sequence[sa.Table] = (),
) -> Callable[[Function], Subscription]:
    """Apply the events of `source` with the decorated function; `read_models` are the tables that a rebuild fills again.

    `fold` makes of events what the function then puts into the database, so that a long journal is folded ahead, while the
    database works at the page before; the function finds it in the batch, and does it itself where it is not there.

    With `regional`, DIGIPUNT_SOURCES names the deployments whose events of that kind are applied instead. A release that gives
    the read models another form raises `version`: what an older one has filled is then rebuilt by itself.

    `mirrors` are tables that keep the newest version of what the source publishes, whatever the generation, in rows with their
    `version`. When the journal is another one than before, a rebuild takes what that says for newer.
    """
    return lambda project: Subscription(
        source, project, fold, tuple(read_models), regional, version, tuple(mirrors)
    )
