"""`digipunt import visits`: every row is accepted, refused, already there or skipped, and is in one count only."""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from chassis.errors import ConfigurationError, DigipuntError, InvalidInput, Unavailable
from digipunt.client import Client
from digipunt.importing.digipunts import Digipunts, existing_digipunts
from digipunt.importing.entries import Entry, read_entries
from digipunt.importing.mapping import ColumnMapping
from digipunt.importing.plan import show_plan
from digipunt.importing.readers import open_book
from digipunt.importing.rejected import RejectedFile
from digipunt.importing.sending import NEW, Sender
from digipunt.importing.tables import Table, find_tables

STANDARD = Path("-")
"""Standard input, or standard output."""

console = Console(stderr=True)


@dataclass
class Counts:
    """What became of the rows. A header is no row."""

    accepted: int = 0
    refused: int = 0
    existing: int = 0
    skipped: int = 0

    def skip(self) -> None:
        self.skipped += 1

    def __str__(self) -> str:
        return f"accepted {self.accepted}, refused {self.refused}, already there {self.existing}, skipped {self.skipped}"


def import_visits(
    file: Path,
    map_file: Path | None,
    rejected: Path | None,
    *,
    dry_run: bool,
    url: str,
    token: str | None,
    data: Path | None,
) -> None:
    """Import `file`; the last line on stdout counts what became of its rows."""
    try:
        counts = _imported(file, map_file, rejected, dry_run=dry_run, url=url, token=token, data=data)
    except OSError as error:
        name = Path(error.filename).name if isinstance(error.filename, str) else file.name
        raise InvalidInput.at(name, f"the files cannot be read or written: {error.strerror}") from error
    # Where standard output is the file of refused rows, nothing else is written there.
    print(counts, file=sys.stderr if rejected == STANDARD and not dry_run else sys.stdout)


def _imported(
    file: Path,
    map_file: Path | None,
    rejected: Path | None,
    *,
    dry_run: bool,
    url: str,
    token: str | None,
    data: Path | None,
) -> Counts:
    mapping = None if map_file is None else ColumnMapping.load(map_file)
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    with _opened(file) as content:
        book = open_book(content, file.name)
        tables, without = find_tables(book, mapping)
        for name in book.hidden:
            _say(f"Blad {name} is verborgen en is niet gelezen.")
        for name in without:
            _say(f"Blad {name} is niet gelezen: er is geen rij met de namen van de kolommen.")
        client, existing = _asked(url, token, data, dry_run=dry_run)
        lists = [(table, Digipunts(table.mapping, existing)) for table in tables]
        if dry_run:
            for table, digipunts in lists:
                show_plan(_say, table, digipunts)
        sender = Sender(client, dry_run=dry_run)
        counts = Counts()
        entries = read_entries(lists, counts.skip)
        if dry_run:
            _dry(sender, entries, counts, several=len(tables) > 1)
        else:
            _import(sender, entries, counts, tables, _rejected_path(file, rejected))
    return counts


def _asked(
    url: str, token: str | None, data: Path | None, *, dry_run: bool
) -> tuple[Client | None, list[dict[str, Any]]]:
    """The services, and the digipunten they have. A dry run does without when they are not there, and says so."""
    try:
        client = Client(url, token, data, role="coordinator", language="nl")
        return client, existing_digipunts(client)
    except (Unavailable, ConfigurationError) as error:
        if not dry_run:
            raise
        _say(f"Wat er al staat en welke digipunten er zijn, is niet nagekeken: {error}")
        return None, []


def _import(
    sender: Sender, entries: Iterator[Entry], counts: Counts, tables: list[Table], rejected: Path | None
) -> None:
    refused = None
    if rejected is not None:
        refused = RejectedFile(None if rejected == STANDARD else rejected, tables)
    try:
        for entry in _shown(sender.send(entries)):
            _count(entry, counts)
            if entry.parsed.refusals:
                if refused is not None:
                    refused.write(entry.table, entry.row, entry.id, entry.parsed.refusals)
                else:
                    _say_refused(entry, several=len(tables) > 1)
    except DigipuntError:
        _say(f"Niet af. Tot hier: {counts}. Importeer de lijst later opnieuw: geen enkel bezoek telt dubbel.")
        raise
    finally:
        if refused is not None:
            refused.close()
    if counts.refused and rejected not in (None, STANDARD):
        _say(
            f"Geweigerde rijen staan in {rejected}, met de reden. Verbeter ze daar en importeer dat bestand."
        )


def _dry(sender: Sender, entries: Iterator[Entry], counts: Counts, *, several: bool) -> None:
    for entry in _shown(sender.send(entries)):
        _count(entry, counts)
        _say_refused(entry, several=several)


def _count(entry: Entry, counts: Counts) -> None:
    if entry.parsed.refusals:
        counts.refused += 1
    elif entry.status == NEW:
        counts.accepted += 1
    else:
        counts.existing += 1


def _shown(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Show how far it is. How many rows a file has is known when it has been read."""
    columns = (TextColumn("Importeren"), BarColumn(), TextColumn("{task.completed} rijen"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        for done, entry in enumerate(entries, start=1):
            if done % 100 == 0:
                progress.update(task, completed=done)
            yield entry


def _rejected_path(file: Path, rejected: Path | None) -> Path | None:
    if rejected is None and file != STANDARD:
        return file.with_name(file.name + ".rejected.csv")
    return rejected


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """The file; what comes over standard input is kept in a file without a name, because it is read more than once."""
    if file != STANDARD:
        with file.open("rb") as content:
            yield content
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        yield cast(BinaryIO, kept)


def _say_refused(entry: Entry, *, several: bool) -> None:
    sheet = f"blad {entry.table.sheet.name}, " if several else ""
    for refusal in entry.parsed.refusals:
        _say(f"{sheet}rij {entry.row.number}, {refusal.column}: {refusal.reason}")


def _say(sentence: str) -> None:
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)
