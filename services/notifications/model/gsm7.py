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
        **dict.fromkeys("’‘‚‛′`´ʼʻʽʹˈ❛❜＇", "'"),
        **dict.fromkeys("“”„‟«»″❝❞〝〞＂", '"'),
        **dict.fromkeys("‹", "<"),
        **dict.fromkeys("›", ">"),
        **dict.fromkeys("–—‐‑‒―−•‣◦⁃", "-"),
        # Look-alikes of letters for signs that stand in words: n° 5, inscrit·e.
        "°": "o",
        "·": ".",
        "⁄": "/",
        "∕": "/",
        "÷": "/",
        "×": "x",
        "±": "+/-",
        "©": "(c)",
        "®": "(R)",
        "œ": "oe",
        "Œ": "OE",
        "ç": "c",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ħ": "h",
        "Ħ": "H",
        "ŧ": "t",
        "Ŧ": "T",
        "ŋ": "n",
        "Ŋ": "N",
        "ı": "i",
        "ẞ": "SS",
        "ə": "e",
        "Ə": "E",
    }
)

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category, that are drawn as nothing."""

_INVISIBLE = frozenset({"Cf", "Mn", "Me"})
"""Categories of what is never a sign by itself: soft hyphen, zero-width space, direction marks, loose accents."""

_SPACES = frozenset({"Zs", "Zl", "Zp", "Cc"})


def normalised(text: str) -> str:
    """`text` with look-alikes instead of characters that SMS does not have: ’ becomes ', ê becomes e, ½ becomes 1/2.

    What cannot be seen is left out, or is a blank where it parts words.
    """
    plain = unicodedata.normalize("NFC", text)
    # “2½” is two and a half, and not 21/2.
    parted = "".join(
        f" {char}" if _is_fraction(char) and plain[place - 1 : place].isdecimal() else char
        for place, char in enumerate(plain)
    )
    return "".join(_plain(char) for char in parted)


def foreign(text: str) -> list[str]:
    """The characters of `text` that SMS does not have, each once."""
    return sorted({char for char in text if not _known(char)})


def in_words(char: str) -> str:
    """A character so that its reader can find it: one that shows nothing by its code and name."""
    if (
        char.isprintable()
        and char not in _BLANK
        and unicodedata.category(char) not in ("Mn", "Me", "Zs", "Cf")
    ):
        return char
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"


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


def _is_fraction(char: str) -> bool:
    return "⁄" in unicodedata.normalize("NFKD", char)


def _plain(char: str) -> str:
    """One character as SMS has it, if it can: itself, its look-alike, or what it is made of, looked at again."""
    if _known(char):
        return char
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return ""
    if category in _SPACES or char in _BLANK:
        return " "
    like = char.translate(_LOOK_ALIKES)
    if like != char:
        return like
    parts = unicodedata.normalize("NFKD", char)
    return char if parts == char else "".join(map(_plain, parts))
