"""Who saw, changed, exported or erased whose data: a trail that is only added to, and a chain of hashes.

An entry is written in the transaction that does what it tells. A moment later it gets its number and its link, the SHA-256 of
the link before and of all it says: whoever changes, adds or takes away an entry after that breaks the chain, and `check` names
the place. Numbers have no hole, because one at a time gives them. What is too old goes from the beginning, and the head keeps
the link that the rest hangs on. Entries hold ids and codes, never a name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa

from chassis.storage.database import Database, for_update, upsert
from chassis.storage.tables import trail, trail_head

What = Literal["saw", "added", "changed", "exported", "erased", "aged"]

LINKED = (
    "at",
    "who",
    "role",
    "helper",
    "laptop",
    "what",
    "kind",
    "person",
    "municipality",
    "reason",
    "count",
)
"""What of an entry its link vouches for."""

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as the trail names them: by the subject of their token and the code of a helper, never by a name."""

    who: str
    role: str | None = None
    helper: str | None = None
    laptop: str | None = None


TIMER = Who("digipunt")
"""What the service does by itself: what has become too old, and what another service told it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done, with data of which kind, of whom; `person` is a random id, `count` how many of that kind."""

    what: What
    kind: str
    person: str | None
    municipality: str | None
    reason: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at the chain found. `broken` is the number of the first entry that is not as it was, if there is one."""

    first: int
    last: int
    link: str
    broken: int | None
    unlinked: int


def record(connection: sa.Connection, at: datetime, who: Who, entries: Iterable[Entry]) -> None:
    """Add what was just done, in this transaction."""
    rows = [{"at": at, "once": None, **asdict(who), **asdict(entry)} for entry in entries]
    if rows:
        connection.execute(sa.insert(trail), rows)


def record_once(database: Database, at: datetime, who: Who, entries: Mapping[str, Entry]) -> None:
    """Add what was just seen, in a transaction of its own, unless there is an entry under the same key already."""
    rows = [{"at": at, "once": key, **asdict(who), **asdict(entry)} for key, entry in entries.items()]
    if rows:
        with database.begin() as connection:
            new = upsert(database.dialect, trail).on_conflict_do_nothing(index_elements=[trail.c.once])
            connection.execute(new, rows)


def link_new(database: Database, limit: int = PAGE) -> int:
    """Give up to `limit` new entries their numbers and links; returns how many."""
    with database.read() as connection:
        if connection.execute(_UNLINKED.limit(1)).first() is None:
            return 0
    with database.begin() as connection:
        head = connection.execute(for_update(database.dialect, sa.select(trail_head))).one()
        number, link = head.number, head.link
        rows = connection.execute(_UNLINKED.limit(limit)).mappings().all()
        for row in rows:
            number, link = number + 1, _link(link, number + 1, row)
            this = trail.c.seq == row["seq"]
            connection.execute(sa.update(trail).where(this).values(number=number, link=link))
        connection.execute(sa.update(trail_head).values(number=number, link=link))
    return len(rows)


def check(connection: sa.Connection) -> Checked:
    """Follow the chain from its first entry to its head."""
    head = connection.execute(sa.select(trail_head)).one()
    number, link, broken = head.gone_number, head.gone_link, None
    numbered = sa.select(trail).where(trail.c.number.is_not(None)).order_by(trail.c.number)
    for row in connection.execute(numbered.execution_options(yield_per=PAGE)).mappings():
        number, link = number + 1, _link(link, number + 1, row)
        if (row["number"], row["link"]) != (number, link):
            broken = number
            break
    if broken is None and (number, link) != (head.number, head.link):
        broken = number + 1
    unlinked = connection.execute(sa.select(sa.func.count()).select_from(_UNLINKED.subquery())).scalar_one()
    return Checked(head.gone_number + 1, head.number, head.link, broken, unlinked)


def age_out(connection: sa.Connection, before: datetime) -> int:
    """Take away the oldest entries, up to the first that is not from before this moment; returns how many.

    A chain that is broken stays as it is: what happened is still to be found out.
    """
    kept = sa.select(sa.func.min(trail.c.number)).where(trail.c.number.is_not(None), trail.c.at >= before)
    head = connection.execute(for_update(connection.dialect.name, sa.select(trail_head))).one()
    last = connection.execute(kept).scalar()
    upto = head.number if last is None else last - 1
    if upto <= head.gone_number or check(connection).broken is not None:
        return 0
    link = connection.execute(sa.select(trail.c.link).where(trail.c.number == upto)).scalar_one()
    gone = connection.execute(sa.delete(trail).where(trail.c.number <= upto)).rowcount
    connection.execute(sa.update(trail_head).values(gone_number=upto, gone_link=link))
    return gone


_UNLINKED = sa.select(trail).where(trail.c.number.is_(None)).order_by(trail.c.seq)


def _link(before: str, number: int, row: sa.RowMapping) -> str:
    said = [row[name] for name in LINKED]
    said[0] = said[0].astimezone(UTC).isoformat()
    return hashlib.sha256(json.dumps([before, number, *said], ensure_ascii=False).encode()).hexdigest()
