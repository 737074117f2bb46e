"""Texts that people mean alike, as one key: `ÉCRAN  1`, `écran 1` and the same with accents typed separately."""

from __future__ import annotations

import unicodedata

from common.detectors.unseen import seen


def label_key(text: str) -> str:
    """A label without case, extra blanks and signs that nobody sees, its accents in one form."""
    folded = unicodedata.normalize("NFKC", seen(text)).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())
