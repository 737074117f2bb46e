"""The alphabet of SMS, GSM 7-bit (3GPP TS 23.038 §6.2.1): one character outside it doubles the cost of a message.

Characters with a plain look-alike are replaced; others are refused in a template, and become `?` in a name.
"""

from __future__ import annotations

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""These take two places."""

SINGLE, PART = 160, 153
"""Places in a single message, and in each part of a longer one (§9.2.3.24.1 takes seven)."""

_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′`´", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("–—‐‑−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
        "…": "...",
        "•": "-",
        "œ": "oe",
        "Œ": "OE",
        "ç": "c",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)


def normalised(text: str) -> str:
    """`text` with look-alikes instead of characters that SMS does not have: ’ becomes ', ê becomes e."""
    plain = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)
    return "".join(char if _known(char) else _bare(char) for char in plain)


def foreign(text: str) -> list[str]:
    """The characters of `text` that SMS does not have, each once."""
    return sorted({char for char in text if not _known(char)})


def encodable(text: str) -> str:
    """`text` as it can be sent: normalised, and `?` for what has no look-alike."""
    return "".join(char if _known(char) else "?" for char in normalised(text))


def segments(text: str) -> int:
    """How many SMS this text is billed as. A character of two places is never split."""
    widths = [2 if char in EXTENDED else 1 for char in text]
    if sum(widths) <= SINGLE:
        return 1
    parts, room = 1, PART
    for width in widths:
        if width > room:
            parts, room = parts + 1, PART
        room -= width
    return parts


def _known(char: str) -> bool:
    return char in BASIC or char in EXTENDED


def _bare(char: str) -> str:
    """A letter without its accent."""
    letters = unicodedata.normalize("NFKD", char)
    return "".join(each for each in letters if not unicodedata.combining(each))
