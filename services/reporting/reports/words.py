"""The words of reports in the three languages: `words/<language>.yaml`, the same keys in each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"


class Words:
    """The words of one language; `words("key", name=value)` fills them in. Raises KeyError for a key that is not there."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **values: object) -> str:
        text: Any = self._texts
        for part in key.split("."):
            text = text[part]
        return spaced(str(text), self.language).format_map(values)

    def count(self, key: str, counted: int, **values: object) -> str:
        """Those for one, or those for another number; in French nought is as one."""
        one = counted <= 1 if self.language == "fr" else counted == 1
        return self(f"{key}.{'one' if one else 'other'}", **values)


@cache
def words(language: str) -> Words:
    """Those of `nl`, `fr` or `en`."""
    # Imported here: a process that makes no report does without.
    import yaml

    return Words(language, yaml.load((WORDS / f"{language}.yaml").read_bytes(), yaml.CSafeLoader))


def spaced(text: str, language: str) -> str:
    """In French a sign of two parts stands apart, and never alone on the next line."""
    return re.sub(r" (?=[?!:;»%])|(?<=«) ", "\N{NO-BREAK SPACE}", text) if language == "fr" else text
