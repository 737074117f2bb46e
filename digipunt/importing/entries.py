"""The rows of all lists as visits to send, each with its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chassis.clock import SystemClock
from digipunt.importing import former
from digipunt.importing.book import Row
from digipunt.importing.digipunts import Digipunts
from digipunt.importing.tables import Table
from digipunt.importing.visits import Parsed, Refusal, parse_visit


@dataclass(slots=True)
class Entry:
    """A row on its way, and what became of it: `parsed.refusals`, or the status of the answer."""

    table: Table
    row: Row
    id: str
    former_id: str | None
    parsed: Parsed
    status: int = 0


def read_entries(lists: Sequence[tuple[Table, Digipunts]], skip: Callable[[], None]) -> Iterator[Entry]:
    """Each row that is a visit; calls `skip` for each that is not.

    The id is made of what the row says, so the same list gives the same ids however it was saved. Rows that say the same are
    different visits, told apart by their order.
    """
    now = SystemClock().now()
    count, former_count = _Counter(), _Counter()
    for table, digipunts in lists:
        for row in table.rows():
            if row is None:
                skip()
                continue
            parsed = parse_visit(table.mapping, digipunts, table.cells(row), now)
            if row.broken:
                parsed.refusals[:] = [Refusal("", row.broken)]
            says = former.text_of_row(parsed.says)
            said = former.former_text(table.former_cells(row))
            ordinal, former_ordinal = count(says), former_count(said)
            kept = table.kept_id(row)
            id = kept or former.visit_id(says, ordinal)
            same = kept or (said, former_ordinal) == (says, ordinal)
            yield Entry(table, row, id, None if same else former.visit_id(said, former_ordinal), parsed)


class _Counter:
    """How often a text came before."""

    def __init__(self) -> None:
        # Of a long list the hashes are kept, not the texts.
        self._seen: Counter[int] = Counter()

    def __call__(self, text: str) -> int:
        key = hash(text)
        self._seen[key] += 1
        return self._seen[key] - 1
