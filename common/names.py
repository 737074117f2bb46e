"""When two names are the same name, however they were typed: `'t Recupke`, `’t  recupke`, `´T RECUPKE`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile(
    "[`´\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\u2035\u275b\u275c\ua78c\uff07]"
)
"""What people, telephones and word processors write for an apostrophe."""
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")


@lru_cache(4096)
def normal(text: str) -> str:
    """`text` as names, labels and words of a list are compared.

    Without what cannot be seen, whatever the form of letters, apostrophes, hyphens and blanks, and without capitals.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split()).casefold()
    # Apostrophes first: NFKC would make a blank and an accent of a lone accent.
    text = unicodedata.normalize("NFKC", _APOSTROPHES.sub("'", text))
    text = "".join(each for each in _HYPHENS.sub("-", text) if unicodedata.category(each) != "Cf")
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())
