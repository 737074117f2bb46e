"""What a scanner typed: a QR code or a label, also where the computer has another keyboard than the scanner expects.

A scanner is a keyboard. One that is set to QWERTY presses the keys of `digipunt:01a2-…`, and a computer with an AZERTY
keyboard reads them as `digipuntMà&qé)…`. Which key gives which sign: the layouts `be` and `fr` of Windows and X.
"""

from __future__ import annotations

from collections.abc import Iterator

from common.text_keys import label_key
from services.loans.model.devices import QR_PREFIX

_LETTERS = {
    "q": "a",
    "a": "q",
    "z": "w",
    "w": "z",
    ",": "m",
    ";": ",",
    ":": ".",
    "m": ":",
    ")": "-",
    "°": "-",
}
_DIGITS = {"&": "1", "é": "2", '"': "3", "'": "4", "(": "5", "è": "7", "ç": "9", "à": "0"}
# With caps lock, Windows gives the digits themselves, and capital letters.
_BELGIAN = str.maketrans(_LETTERS | _DIGITS | {"§": "6", "!": "8"})
_FRENCH = str.maketrans(_LETTERS | _DIGITS | {"-": "6", "_": "8"})


def readings(scan: str) -> Iterator[str]:
    """What a scan can stand for, the likeliest first: an id, or the key of a label."""
    typed = label_key(scan)
    for text in dict.fromkeys((typed, typed.translate(_BELGIAN), typed.translate(_FRENCH))):
        yield text.removeprefix(QR_PREFIX)
