"""Names what reports are made by, so that none is served that this release would make otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]
MADE_BY = ("services/reporting", "common", "contracts")
"""Folders with the figures, the words, the pages and the labels of a report."""
DRAWN_BY = ("weasyprint", "xlsxwriter", "babel")
"""Packages that a report looks otherwise with when they change."""


@cache
def edition() -> str:
    """Another one for each change of code or words, and of what draws them; some twenty milliseconds at the first report."""
    digest = sha256()
    for part in _parts():
        digest.update(sha256(part).digest())
    return digest.hexdigest()


def _parts() -> Iterator[bytes]:
    for folder in MADE_BY:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".yaml", ".html"):
                yield file.relative_to(ROOT).as_posix().encode()
                yield file.read_bytes()
    for package in DRAWN_BY:
        yield f"{package} {version(package)}".encode()
