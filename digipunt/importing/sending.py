"""Sends visits in batches. One that is refused never holds up another, whatever is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

from chassis.clock import SystemClock
from chassis.errors import NotFound
from common.names import normal
from digipunt.client import ApiError, Client
from digipunt.importing.digipunts import ensure
from digipunt.importing.entries import Entry
from digipunt.importing.visits import Refusal

BATCH = 500
BATCH_BYTES = 256 * 1024
"""Well below what a body may have, whatever is in the notes."""

ABOUT_A_ROW = frozenset({400, 404, 409, 413, 422, 500})
"""Answers to a batch that one of its visits may have caused."""

NEW, THERE = 201, 200
API_FIELDS = {"durationMinutes": "duration", "startedAt": "date", "bottlenecks": "bottleneck"}

Result = Mapping[str, Any]


class Sender:
    """Registers visits, or with `dry_run` asks what would become of them. Without a client it judges by the rules alone."""

    def __init__(self, client: Client | None, *, dry_run: bool) -> None:
        self._client = client
        self._dry_run = dry_run

    def send(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Each entry with what became of it, in their order. While one batch is being answered the next one is read."""
        before: tuple[list[Entry], Future[None]] | None = None
        with ThreadPoolExecutor(1) as pool:
            for batch in _batches(entries):
                now = batch, pool.submit(self._settle, batch)
                if before is not None:
                    before[1].result()
                    yield from before[0]
                before = now
            if before is not None:
                before[1].result()
                yield from before[0]

    def _settle(self, batch: list[Entry]) -> None:
        asked = [entry for entry in batch if _visit(entry) is not None and not self._judged(entry)]
        self._ask(asked)
        self._ask([entry for entry in asked if entry.status == 409 and self._is_the_same(entry)])

    def _is_the_same(self, entry: Entry) -> bool:
        """Whether the visit that is under this id may be this one, written otherwise; it is asked again in that writing."""
        body = entry.parsed.body
        assert self._client is not None
        assert body is not None
        if entry.parsed.other_hour is None and not {"note", "helper"} & body.keys():
            return False
        try:
            found = self._client.get(f"/visits/v1/visits/{entry.id}")
        except (NotFound, ApiError):
            return False
        other = entry.parsed.other_hour
        if other and datetime.fromisoformat(found["startedAt"]) == datetime.fromisoformat(other):
            # The same list, imported at another time of that day, had another hour for a visit without one.
            body["startedAt"] = other
        if normal(found.get("note", "")) == normal(body.get("note", "")):
            body |= {"note": found["note"]} if "note" in found else {}
        if "helper" in found and "helper" in body:
            body["helper"] = found["helper"]
        entry.parsed.refusals.clear()
        return True

    def _judged(self, entry: Entry) -> bool:
        """Whether an entry needs no asking: its digipunt is not there yet, and is not to be made now."""
        place = entry.parsed.place
        assert place is not None
        if self._client is not None and not self._dry_run:
            ensure(self._client, place)
        if place.refused:
            entry.parsed.refusals.append(Refusal(_column(entry, "digipunt"), place.refused))
        elif self._client is None or place.missing:
            from digipunt.importing.verdict import judge

            visit = _visit(entry)
            assert visit is not None
            issues = judge(visit, SystemClock().now())
            _take(entry, {"status": 400 if issues else NEW, "problem": {"issues": issues}})
        else:
            return False
        return True

    def _ask(self, entries: Sequence[Entry]) -> None:
        visits = [visit for entry in entries if (visit := _visit(entry)) is not None]
        for entry, result in zip(entries, self._post(visits), strict=True):
            _take(entry, result)

    def _post(self, visits: list[dict[str, Any]]) -> list[Result]:
        """The result of each; a batch that is refused as a whole is halved until the visit is found that is the reason."""
        if not visits:
            return []
        assert self._client is not None
        dry_run = {"dryRun": True} if self._dry_run else {}
        try:
            answer = self._client.post("/visits/v1/visits/batch", {"items": visits, **dry_run})
        except ApiError as error:
            if error.status not in ABOUT_A_ROW:
                raise
            if len(visits) == 1:
                return [{"status": error.status, "problem": {"detail": str(error)}}]
            half = len(visits) // 2
            return self._post(visits[:half]) + self._post(visits[half:])
        found: list[Result] = answer["items"]
        return found


def _visit(entry: Entry) -> dict[str, Any] | None:
    """What is sent; None for a row that is refused already."""
    if entry.parsed.refusals or entry.parsed.body is None:
        return None
    former = {"formerId": entry.former_id} if entry.former_id else {}
    return {"id": entry.id, **former, **entry.parsed.body}


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Entries that go together: as many, and as large, as one request may be."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        visit = _visit(entry)
        bytes = len(json.dumps(visit, ensure_ascii=False).encode(errors="replace")) if visit else 0
        if batch and (len(batch) == BATCH or size + bytes > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += bytes
    if batch:
        yield batch


def _take(entry: Entry, result: Result) -> None:
    """Keep what became of a visit; why the service refused it, by column."""
    entry.status = result["status"]
    if entry.status in (NEW, THERE):
        return
    problem = result.get("problem") or {}
    for issue in problem.get("issues") or ():
        name = str(issue.get("name", "")).partition("[")[0].partition(".")[0]
        entry.parsed.refusals.append(
            Refusal(_column(entry, API_FIELDS.get(name, name)), str(issue.get("detail", "")))
        )
    if not entry.parsed.refusals:
        entry.parsed.refusals.append(Refusal("", str(problem.get("detail") or f"antwoord {entry.status}")))


def _column(entry: Entry, name: str) -> str:
    return entry.table.mapping.columns.get(name, name)
