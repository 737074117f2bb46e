"""A day of birth: a date with a word beside it that says so."""

from __future__ import annotations

import re

from common.detectors.reading import Reading

_MONTHS = (
    "jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec"
    "|fev|fév|mars|avr|mai|juin|juil|aou|aoû|oct|déc"
    "|mar|may"
)
_DAY, _MONTH, _YEAR = (
    r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|e)?",
    r"(?:0?[1-9]|1[0-2])",
    r"(?:(?:19|20)\d\d|'?\d\d)",
)
_BETWEEN = r"[\W_]{1,3}"
_DATE = rf"""(?:
    {_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}
  | {_DAY}{_BETWEEN}(?:of\s|van\s)?(?:{_MONTHS})[a-zéû]{{0,7}}{_BETWEEN}{_YEAR}
  | (?:19|20)\d\d{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}
  | (?:{_MONTHS})[a-zéû]{{0,7}}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}
  | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d
)(?!\d)"""

_WORD = re.compile(
    r"""(?:geb(?:oren|oortedatum|oortedag|oorte|datum|dat)?|geb\.\s?d(?:at(?:um)?)?|verjaardag|née?|né\(e\)|nee?(?=\sle\s)
      |naissance|nais|naiss|born|birth|birthday|birthdate|dob|d\.o\.b)(?![^\W_]) | °""",
    re.VERBOSE,
)
_THEN = re.compile(
    rf"""[^\w\n]{{0,3}}(?:(?:op|le|the|on|is|de|datum|date|in|te|a|à|at|of|zij|hij|elle|il|dag|day|was|est|hun|haar)[^\w\n]{{1,3}}){{0,3}}
      (?:[^\W\d_]{{2,20}}+[^\w\n]{{1,3}}(?:op|le|on|in|the)?[^\w\n]{{0,3}})? {_DATE}""",
    re.VERBOSE,
)
_JUST_BEFORE = re.compile(
    rf"""(?<!\d){_DATE}[^\w\n]{{0,3}}(?:is|est|was|als|=)?[^\w\n]{{0,3}}
      (?:(?:zijn|haar|de|sa|la|his|her|the|date|datum)[^\w\n]{{1,3}}){{0,2}}$""",
    re.VERBOSE,
)
_NEAR = 60


def birth_date(reading: Reading) -> bool:
    """`geboren 30/07/1985`, `° 30-7-85`, `née le 30 juillet 1985`, `born July 30, 1985`."""
    text, last = reading.text, 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if start and (text[start - 1].isalnum()):
            continue
        if _THEN.match(text, end) or _JUST_BEFORE.search(text[max(last, start - _NEAR) : start]):
            return True
        last = end
    return False
