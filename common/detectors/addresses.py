"""E-mail addresses, also with blanks, brackets or words for `@` and the dot, in Dutch, French and English."""

from __future__ import annotations

import re

from common.detectors.reading import Reading

_AT_WORD = "apenstaart(?:je)?|apestaart(?:je)?|aapje|arobase?|arrobase?|a commercial|at-teken|at sign"
_CERTAIN = "be|com|org|eu|fr|nl|brussels|vlaanderen|gent"
"""Ends of a domain that are no word of Dutch, French or English; `net` and `de` are."""
_KNOWN = rf"{_CERTAIN}|net|de|lu|uk|info|biz|online|email|edu|gov|pt|es|it|pl|ro|tr|ma|bg|hu|cz|ch|ru|ua|io|coop|immo"
_DOT_WORD = "punt|point|dot|puntje"
_PROVIDERS = "gmail|hotmail|outlook|telenet|skynet|proximus|live|icloud|yahoo|pandora|scarlet|protonmail|gmx|laposte|orange"

_LABEL = r"[a-z0-9][a-z0-9-]{0,62}+"
_DOTTED = r"[a-z0-9][a-z0-9-]{0,62}?(?:\.[a-z0-9][a-z0-9-]{0,62}?){0,4}?"
_SPACED_END = rf"(?:[ ]?[,;·•|_-]{{1,2}}[ ]?|[ ]?[.][ ]|[ ][.][ ]?|[ ])(?:{_CERTAIN})(?![^\W_])"
_SPOKEN_END = rf"(?:[ _-]?[\[({{<][ ]?(?:{_DOT_WORD}|\.)[ ]?[\])}}>][ _-]?|[ _-](?:{_DOT_WORD})[ _-])(?:{_KNOWN})(?![^\W_])"
_DOT_END = rf"[ ]?\.(?:{_KNOWN})(?![^\W_])"
_ANY_END = rf"(?:{_DOT_END}|{_SPACED_END}|{_SPOKEN_END})"

_ADDRESS = re.compile(
    rf"""[a-z0-9_.+'%\\-]{{1}}(?:
        @{{1,2}}{_LABEL}(?:\.{{1,2}}[a-z0-9-]{{2,63}}+)+                                                # jan@voorbeeld.be
      | @(?:{_PROVIDERS})(?:com|be|fr|nl)?(?![^\W_])
      | (?:[ ]{{0,2}}@[ ]{{0,2}}
          | [ _-]?[\[({{<][ ]?(?:at|a|@|{_AT_WORD})[ ]?[\])}}>][ _-]?
          | [ _-]{{1,2}}(?:{_AT_WORD})[ _-]{{1,2}}
          | [_~-]at[_~-] )
        {_DOTTED} {_ANY_END}
      | [ -]at[ -]{_DOTTED} {_SPOKEN_END}                                                 # jan at voorbeeld dot be
      | [ ]{{1,2}}(?:{_PROVIDERS})[ ]?(?:\.|[ ](?:{_DOT_WORD})[ ])[ ]?(?:com|be|fr|nl)(?![^\W_])
    )""".replace("[ ]", r"\s"),
    re.VERBOSE,
)

_AT = re.compile(rf"([a-z0-9_.+'%-]{{2,64}}+)\sat\s(?={_DOTTED}\.(?:{_KNOWN})(?![^\W_]))")
_BEFORE_A_SITE = re.compile(
    r"look(?:s|ed|ing)?|(?:log|sign|check)(?:s|ged|ed|ging|ing)?|in|on|up|book(?:ed|ing)?|order(?:ed|s)?|bought|buy|shop(?:ped|ping)?"
    r"|regist(?:er|ered|ration)|account|available|found|find|start(?:ed)?|is|was|are|were|be|it|them|form|page|site|website|help"
    r"|info(?:rmation)?|tax|declaration|appointment|work(?:s|ed|ing)?|paid|pay|read|works|done|password|profile|apply|applied"
    r"|here|there|this|that|request(?:ed)?|again|online|data|documents?|login|step|tickets?|him|her|me|us|mail(?:box)?|errors?"
)
"""Whoever looked at a site did not write an address."""


_HINT = re.compile(
    rf"@|[\W_]at[\W_]|apenst|apest|aapje|arobas|arrobas|[\[({{<]\s?a|a commercial"
    rf"|(?<![^\W_])(?:{_PROVIDERS})(?:\W|[ -]?adr|[ -]?acc)"
)


_NAME_AT = re.compile(
    rf"(?<![^\W_])(?:{_PROVIDERS})(?:[ -]?(?:adres|adresse|account|address))?(?:\s?[:=]\s?|\s(?:is\s)?)"
    r"(?:[a-z]{2,20}[._][a-z._]{2,20}\d{0,4}|[a-z]{4,20}(?:19|20)\d\d)(?![\w.@-]\w)"
)
"""`gmail: jan.peeters48`: who knows the provider needs no more."""
_LETTER_BY_LETTER = re.compile(r"(?<!\S)(?:\S ){6,60}+\S(?!\S)")


def email_address(reading: Reading) -> bool:
    """An address that somebody can be written to."""
    text = reading.plain
    if _HINT.search(text) is None:
        return False
    if "@" in text:
        text = _LETTER_BY_LETTER.sub(lambda apart: apart[0].replace(" ", ""), text)
    if _ADDRESS.search(text) is not None or _NAME_AT.search(text) is not None:
        return True
    return any(_BEFORE_A_SITE.fullmatch(match[1].strip("'.")) is None for match in _AT.finditer(text))
