"""Reads text with a delimiter in any form that Excel writes, and loses no more than a row to a stray quote."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from digipunt.importing.book import Book, Row, Sheet

DELIMITERS = (";", "\t", ",", "|")
LONGEST_LINE = 1024 * 1024
"""Characters of a line. Excel's longest cell has 32,767."""
LINES_IN_A_CELL = 500
csv.field_size_limit(LONGEST_LINE)

STRAY_QUOTE = "er staat een aanhalingsteken verkeerd"
TOO_LONG = "de rij is te lang"

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DAY = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\s*")


def open_csv(file: BinaryIO, head: bytes) -> Book:
    """The file as it is read with each delimiter; the right one is that with which its header is found."""
    wide = wide_encoding(head)
    first = next(_lines(file, head, wide), ("", True))[0].rstrip("\r\n")
    delimiters = [*DELIMITERS]
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        delimiters.insert(0, first[-1])

    def sheet(delimiter: str) -> Sheet:
        return Sheet(None, lambda: _rows(_lines(file, head, wide), delimiter))

    return Book([sheet(delimiter) for delimiter in dict.fromkeys(delimiters)], alternatives=True)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16, with its mark or by the zeros of its Latin letters; None for text of single bytes."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[: len(head) // 2 * 2]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2 * 0.7
    if len(sample) >= 4 and max(high, low) > most:
        return "utf-16-be" if high > low else "utf-16-le"
    return None


def _lines(file: BinaryIO, head: bytes, wide: str | None) -> Iterator[tuple[str, bool]]:
    """Each line with its end, and whether it is all of it: what is over `LONGEST_LINE` is passed over."""
    file.seek(0)
    if wide:
        yield from _text_lines(file, wide)
    elif b"\r" in head and b"\n" not in head:
        # A Macintosh of long ago, and Excel's "CSV (Macintosh)".
        yield from _text_lines(file, "utf-8" if _is_utf8(head) else "cp1252")
    else:
        if head.startswith(codecs.BOM_UTF8):
            file.seek(len(codecs.BOM_UTF8))
        while raw := file.readline(LONGEST_LINE):
            whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE
            while not whole:
                rest = file.readline(LONGEST_LINE)
                if rest.endswith(b"\n") or not rest:
                    break
            yield _decoded(raw), whole


def _text_lines(file: BinaryIO, encoding: str) -> Iterator[tuple[str, bool]]:
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            whole = line.endswith(("\n", "\r")) or len(line) < LONGEST_LINE
            while not whole:
                rest = text.readline(LONGEST_LINE)
                if rest.endswith(("\n", "\r")) or not rest:
                    break
            yield line, whole
    finally:
        # The file is read again, so it stays open.
        text.detach()


def _decoded(raw: bytes) -> str:
    """A line as text. Line by line: lists are also made of lists that were put behind each other."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        # Text in Windows-1252 is hardly ever valid UTF-8.
        return raw.decode("cp1252", errors="replace")


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _rows(lines: Iterator[tuple[str, bool]], delimiter: str) -> Iterator[Row]:
    ahead: deque[tuple[str, bool]] = deque()
    number = 0
    while True:
        line, whole = ahead.popleft() if ahead else next(lines, ("", True))
        if not line:
            return
        number += 1
        if not whole:
            yield Row(number, list(line.rstrip("\r\n").split(delimiter)), TOO_LONG)
        elif '"' not in line:
            yield Row(number, list(line.rstrip("\r\n").split(delimiter)))
        else:
            yield _quoted(number, line, delimiter, lines, ahead)


def _quoted(
    number: int, line: str, delimiter: str, lines: Iterator[tuple[str, bool]], ahead: deque[tuple[str, bool]]
) -> Row:
    """A row with quotes, which may go on over several lines. Where it does not end well, only its first line is lost."""
    taken: list[tuple[str, bool]] = []

    def record() -> Iterator[str]:
        yield line
        while len(taken) < LINES_IN_A_CELL:
            each = ahead.popleft() if ahead else next(lines, None)
            if each is None:
                return
            taken.append(each)
            if not each[1] or _is_row(each[0], delimiter):
                return
            yield each[0]

    try:
        return Row(number, list(next(csv.reader(record(), delimiter=delimiter, strict=True))))
    except (csv.Error, StopIteration):
        ahead.extendleft(reversed(taken))
        return Row(number, list(line.rstrip("\r\n").split(delimiter)), STRAY_QUOTE)


def _is_row(line: str, delimiter: str) -> bool:
    """Whether a line within a quoted cell is a row of the list, so that the quote was no quote."""
    cells = line.split(delimiter)
    return len(cells) > 2 and any(_DAY.fullmatch(cell.strip('"')) for cell in cells)
