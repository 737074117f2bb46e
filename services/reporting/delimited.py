"""Tables as CSV: as RFC 4180 has it, or as a Belgian Excel opens it in columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

Dialect = Literal["plain", "excel"]

BYTE_ORDER_MARK = "\ufeff"
"""Without which Excel takes UTF-8 for something else."""


def table(columns: Sequence[str], lines: Iterable[Sequence[object]], dialect: Dialect) -> str:
    """The table as text. For Excel: with a mark of the encoding, semicolons, and a comma in numbers."""
    excel = dialect == "excel"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow(map(_with_comma, line) if excel else line)
    return (BYTE_ORDER_MARK if excel else "") + text.getvalue()


def _with_comma(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, float) else value
