"""SQLite files that a restore has filled take the place of the old ones all together, even when the machine stops half-way.

The new files are written beside the old ones. Once all are whole, a note names them; then each is renamed. A note that is
still there when the folder is used next means that the renaming was interrupted, and it is finished then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

NOTE = "restored.json"


def aside(file: Path) -> Path:
    """Where the file that will replace `file` is written."""
    return file.with_name(file.name + ".restoring")


def discard(file: Path) -> None:
    """Take away what a restore wrote beside this file, unless it is about to take its place."""
    if not (file.parent / NOTE).exists():
        _remove(aside(file))


def swap(files: Iterable[Path]) -> None:
    """Put the files that were written beside these in their place: all of them, or after an interruption at `finish`."""
    files = list(files)
    if not files:
        return
    for file in files:
        _sync(aside(file))
    note = files[0].parent / NOTE
    partial = note.with_name(NOTE + ".partial")
    partial.write_text(json.dumps([str(file) for file in files]), encoding="utf-8")
    _sync(partial)
    partial.rename(note)
    _sync(note.parent)
    finish(note.parent)


def finish(folder: Path) -> None:
    """Finish a swap that was begun in this folder, if there is one."""
    note = folder / NOTE
    if not note.exists():
        return
    for name in json.loads(note.read_text(encoding="utf-8")):
        file = Path(name)
        if aside(file).exists():
            _remove(file)
            aside(file).rename(file)
            _sync(file.parent)
    note.unlink()


def _remove(database: Path) -> None:
    """Take away an SQLite database, its write-ahead log first: a log without its database would be applied to the next."""
    for suffix in ("-wal", "-shm", ""):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
