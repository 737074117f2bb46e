"""`digipunt import visits`: accepted + refused + already there = the rows that are visits, and nothing is half-imported."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.progress import track

from chassis.clock import SystemClock, local_day
from chassis.errors import InvalidInput
from digipunt.client import Client
from digipunt.importing.cells import normalise, row_id
from digipunt.importing.mapping import ColumnMapping, digipunt_id
from digipunt.importing.readers import Cell, Row, read
from digipunt.importing.visits import Refusal, Refused, parse_visit

BATCH = 500
ID_COLUMN = "digipunt-id"
"""Column of the rejected file that keeps a refused row's id, so that correcting it never doubles or loses a visit."""

API_FIELDS = {"durationMinutes": "duration", "startedAt": "date", "bottlenecks": "bottleneck"}

console = Console(stderr=True)


@dataclass
class Sheet:
    """What was found in a file: visits ready to send, refused rows, and how many rows are neither."""

    header: list[Cell]
    visits: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    refused: list[tuple[Row, str, list[Refusal]]] = field(default_factory=list)
    skipped: int = 0


def import_visits(
    file: Path, map_file: Path | None, *, dry_run: bool, url: str, token: str | None, data: Path | None
) -> None:
    """Import `file`; the last line on stdout counts what became of its rows."""
    if map_file is None:
        raise InvalidInput.at(
            "--map", "name a mapping file; docs/examples/registraties-map.yaml is one to copy"
        )
    mapping = ColumnMapping.load(map_file)
    sheet = parse_rows(read(file), mapping, local_day(SystemClock().now()))
    accepted = existing = 0
    if dry_run:
        accepted = len(sheet.visits)
        for row, _, refusals in sheet.refused:
            for refusal in refusals:
                console.print(
                    f"rij {row.number}, {refusal.column}: {refusal.reason}", markup=False, highlight=False
                )
    else:
        client = Client(url, token, data, role="coordinator", language="nl")
        accepted, existing = _send(client, mapping, sheet)
        rejected = file.with_name(file.name + ".rejected.csv")
        _write_rejected(rejected, sheet)
        if sheet.refused:
            hint = f"Geweigerde rijen staan in {rejected}, met de reden. Verbeter ze daar en importeer dat bestand."
            console.print(hint, markup=False, highlight=False, soft_wrap=True)
    print(
        f"accepted {accepted}, refused {len(sheet.refused)}, already there {existing}, skipped {sheet.skipped}"
    )


def parse_rows(rows: list[Row], mapping: ColumnMapping, today: date) -> Sheet:
    """Sort rows into visits, refused rows and others. Raises InvalidInput when no row names the columns."""
    start = mapping.header(rows)
    if start is None:
        named = ", ".join(sorted({mapping.columns[name] for name in ("date", "digipunt", "themes")}))
        raise InvalidInput.at("header", f"no row names the columns {named}; does the mapping fit this file?")
    header = rows[start].cells
    sheet = Sheet(header, skipped=start)
    places = {normalise(cell): index for index, cell in reversed(list(enumerate(header)))}
    ordinals: Counter[str] = Counter()
    for row in rows[start + 1 :]:
        if not any(normalise(cell) for cell in row.cells) or normalise(row.cells[0]) in mapping.totals:
            sheet.skipped += 1
            continue
        cells = {
            name: row.cells[place]
            for name, column in mapping.columns.items()
            if (place := places.get(normalise(column))) is not None and place < len(row.cells)
        }
        same = row_id(cells, 0)
        id = _rejected_id(row, places) or row_id(cells, ordinals[same])
        ordinals[same] += 1
        try:
            sheet.visits.append((row, {"id": id, **parse_visit(mapping, cells, today)}))
        except Refused as refused:
            sheet.refused.append((row, id, refused.refusals))
    return sheet


def _rejected_id(row: Row, places: Mapping[str, int]) -> str | None:
    """The id that a rejected file kept for this row."""
    place = places.get(normalise(ID_COLUMN))
    if place is None or place >= len(row.cells):
        return None
    try:
        return str(UUID(str(row.cells[place]).strip()))
    except ValueError:
        return None


def _send(client: Client, mapping: ColumnMapping, sheet: Sheet) -> tuple[int, int]:
    """Send the visits; returns how many were new and how many were there. Those refused move to `sheet.refused`."""
    used = {visit["digipunt"] for _, visit in sheet.visits}
    for digipunt in mapping.digipunts:
        if (id := digipunt_id(digipunt)) in used:
            _ensure_digipunt(client, id, digipunt)
    new = existing = 0
    starts = range(0, len(sheet.visits), BATCH)
    for start in track(starts, description="Importeren", console=console, transient=True):
        batch = sheet.visits[start : start + BATCH]
        response = client.post("/visits/v1/visits/batch", {"items": [visit for _, visit in batch]})
        for (row, visit), result in zip(batch, response["items"], strict=True):
            if result["status"] == 201:
                new += 1
            elif result["status"] == 200:
                existing += 1
            else:
                sheet.refused.append((row, visit["id"], _refusals(mapping, result)))
    sheet.refused.sort(key=lambda refused: refused[0].number)
    return new, existing


def _ensure_digipunt(client: Client, id: str, digipunt: Mapping[str, str]) -> None:
    """Create a digipunt unless it is there; one that has been changed since stays as it is."""
    found = client.get("/visits/v1/digipunts", municipality=digipunt["municipality"], pageSize=500)
    if all(each["id"] != id for each in found["items"]):
        client.put(f"/visits/v1/digipunts/{id}", dict(digipunt))


def _refusals(mapping: ColumnMapping, result: Mapping[str, Any]) -> list[Refusal]:
    """Why the service refused a visit, by column."""
    problem = result.get("problem") or {}
    refusals = []
    for issue in problem.get("issues") or ():
        name = str(issue.get("name", "")).partition("[")[0].partition(".")[0]
        name = API_FIELDS.get(name, name)
        refusals.append(Refusal(mapping.columns.get(name, name), str(issue.get("detail", ""))))
    return refusals or [Refusal("", str(problem.get("detail") or f"antwoord {result['status']}"))]


def _write_rejected(path: Path, sheet: Sheet) -> None:
    """Write the refused rows for their owner's eyes; no file when there are none, not even that of an earlier run."""
    path.unlink(missing_ok=True)
    if not sheet.refused:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        kept = [index for index, cell in enumerate(sheet.header) if normalise(cell) not in _OURS]
        writer.writerow([*_OURS.values(), *(_cell_text(sheet.header[index]) for index in kept)])
        for row, id, refusals in sheet.refused:
            columns = " | ".join(refusal.column for refusal in refusals)
            reasons = " | ".join(refusal.reason for refusal in refusals)
            writer.writerow([row.number, columns, reasons, id, *_cells_text(row, kept)])


_OURS = {"rij": "rij", "kolom": "kolom", "reden": "reden", normalise(ID_COLUMN): ID_COLUMN}


def _cells_text(row: Row, kept: Iterable[int]) -> list[str]:
    return [_cell_text(row.cells[index]) if index < len(row.cells) else "" for index in kept]


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)
