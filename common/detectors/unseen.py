"""What nobody sees in a text, such as a PDF or a web page pastes between words."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x20E3, 0x2800, 0x3164, 0xFFA0})
"""Fillers and joiners that are in other categories than Cf, and the box around a digit of an emoji."""

_LOOK_ALIKES = {0x3002: ".", 0x0306F: "o", 0x03BF: "o", 0x039F: "o", 0x043E: "o", 0x041E: "o"}
"""The full stop of Chinese, and the letters of other scripts that serve as a nought."""

MOST_KEPT = 4096


class _Table(dict[int, str | None]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        category = unicodedata.category(sign)
        becomes: str | None = sign
        if category == "Cf" or code in _UNSEEN or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            becomes = None
        elif category == "Cc" and not sign.isspace():
            becomes = " "
        elif category == "Nd":
            becomes = str(unicodedata.decimal(sign))
        elif code in _LOOK_ALIKES:
            becomes = _LOOK_ALIKES[code]
        if len(self) < MOST_KEPT:
            self[code] = becomes
        return becomes


_TABLE = _Table()


def seen(text: str) -> str:
    """`text` without the characters that nobody sees, such as what a PDF or a web page pastes between words."""
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)
