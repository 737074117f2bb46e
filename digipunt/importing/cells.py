"""What a cell says as text, however the file was written."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from common.names import normal

Cell = str | int | float | date | time | timedelta | None

_ESCAPED = re.compile(r"_x(00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f]|5[Ff]))_")
"""How Excel writes a control character, and the underscore that would begin one."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def text_of(cell: Cell) -> str:
    """The text of a cell without blanks around it; a number, a day or an hour as people write it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _plain(cell)
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M:%S}" if cell.second else f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    return str(cell)


def word(cell: Cell) -> str:
    """The text of a cell as it is compared with names and words of a list."""
    return normal(text_of(cell))


def _plain(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if not text.isprintable():
        text = _BREAKS.sub("\n", text)
    return text.strip(" \t\n\x1a\xa0\u200b\ufeff")


_LETTER = "[^\\W\\d_]"
_STRANGE = re.compile(
    "|".join(
        (
            "[\ufffd\x80-\x9f]",
            # UTF-8 that was read as Windows-1252: é, ë, and the signs that Word writes.
            "[ÃÂ][\xa0-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]",
            "â€",
            "ï»¿",
            # Code page 850 or 437, or a Macintosh, read as Windows-1252: signs that no word has in it.
            f"{_LETTER}[‚ƒ‡ˆ‰]|[‚ƒ‡ˆ‰]{_LETTER}",
            f"{_LETTER}[‹›•™¡¢£¤„“”]{_LETTER}",
            "[a-z][ŠŒŽŸ]",
        )
    )
)


def strange_signs(text: str) -> str | None:
    """Signs which show that the file was saved in, or read as, another character set than it says; None without."""
    if text.isascii():
        return None
    found = _STRANGE.search(text)
    return found[0] if found else None
