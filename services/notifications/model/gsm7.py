"""The alphabet of SMS, GSM 7-bit (3GPP TS 23.038 §6.2.1): one sign outside it makes every message cost double.

Signs with a plain look-alike are replaced; what is left after that is refused in a template, and becomes `?` in a name.
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
"""Places in a message alone, and in each part of a longer one (§9.2.3.24.1 takes seven)."""

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
    """`text` with look-alikes instead of signs that SMS does not have: ’ becomes ', ê becomes e."""
    plain = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)
    return "".join(sign if _known(sign) else _bare(sign) for sign in plain)


def foreign(text: str) -> list[str]:
    """The signs of `text` that SMS does not have, each once."""
    return sorted({sign for sign in text if not _known(sign)})


def encodable(text: str) -> str:
    """`text` as it can be sent: normalised, and `?` for what has no look-alike."""
    return "".join(sign if _known(sign) else "?" for sign in normalised(text))


def segments(text: str) -> int:
    """How many messages this text is billed as. A sign of two places is never cut in two."""
    widths = [2 if sign in EXTENDED else 1 for sign in text]
    if sum(widths) <= SINGLE:
        return 1
    parts, room = 1, PART
    for width in widths:
        if width > room:
            parts, room = parts + 1, PART
        room -= width
    return parts


def _known(sign: str) -> bool:
    return sign in BASIC or sign in EXTENDED


def _bare(sign: str) -> str:
    """A letter without its accent."""
    letters = unicodedata.normalize("NFKD", sign)
    return "".join(each for each in letters if not unicodedata.combining(each))
