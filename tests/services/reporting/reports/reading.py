"""Reads the three files of a report back, each with a library that has nothing to do with how it was written."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from typing import Any

import openpyxl

Line = dict[str, str]
"""One number of a CSV, by column."""


def lines_of(content: bytes, delimiter: str = ",") -> list[Line]:
    """The lines of a CSV."""
    text = content.decode("utf-8-sig" if delimiter == ";" else "utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def one(lines: list[Line], **of: str) -> Line:
    """The only line with these values; what is not named is empty."""
    wanted = dict.fromkeys(("municipality", "digipunt", "dimension", "code"), "") | of
    found = [line for line in lines if all(line[name] == value for name, value in wanted.items())]
    assert len(found) == 1, (of, found)
    return found[0]


def number(text: str) -> float | None:
    """The number that a person reads in a Dutch cell: `1.442`, `71 %` or `486 [e]`; None for a sign alone."""
    bare = re.sub(r"\s*\[[a-z]\]$", "", text.strip())
    if not bare:
        return None
    value = float(bare.removesuffix("%").strip().replace(".", "").replace(",", "."))
    return value / 100 if bare.endswith("%") else value


def paper_tables(pdf: bytes) -> dict[str, list[list[str]]]:
    """The tables of a PDF by title, each row as the texts of its cells: as its tags tell a screen reader."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = ["pdfinfo", "-struct-text", file.name]
        told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return {table.title: table.rows for table in _tables(told.splitlines())}


@dataclass
class _Table:
    title: str = ""
    rows: list[list[str]] = field(default_factory=list)


def _tables(told: list[str]) -> list[_Table]:
    """From poppler's listing: a line is the name of a tag, or a text in quotes, indented by its depth."""
    found: list[_Table] = []
    within: list[tuple[int, str]] = []
    for line in told:
        depth, text = len(line) - len(line.lstrip()), line.strip()
        within = [(each, name) for each, name in within if each < depth]
        tags = [name for _, name in within]
        if text.startswith('"'):
            said = text.strip('"').strip()
            if "Caption" in tags:
                found[-1].title = f"{found[-1].title} {said}".strip()
            elif {"TH", "TD"} & set(tags):
                row = found[-1].rows[-1]
                row[-1] = f"{row[-1]} {said}".strip()
            continue
        name = re.split("[ :]", text)[0]
        within.append((depth, name))
        if name == "Table":
            found.append(_Table())
        elif name == "TR":
            found[-1].rows.append([])
        elif name in ("TH", "TD"):
            found[-1].rows[-1].append("")
    return found


def workbook(content: bytes) -> Any:
    """The workbook, as Excel would show it."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def sheet_table(sheet: Any) -> list[list[Any]]:
    """The rows of the table on a sheet, its headings first."""
    [table] = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]
