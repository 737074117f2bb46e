"""Passwords and codes: `wachtwoord: xyz`, `pincode 1234`, `mot de passe est Chat12`; not `wachtwoord vergeten`.

A remark about a password is told from a password by what stands behind its name: how it is linked, whether it holds digits,
whether the clause ends there, and whether it is a word of such remarks (`password_words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from common.detectors.password_words import (
    AFTER_LINK,
    AS,
    FIGURES,
    FILLERS,
    KNOWN_FORM,
    LINKS,
    NAMED,
    PREPOSITIONS,
    QUOTES,
    SET,
    STRONG,
    UNITS,
    WHOSE,
    is_said,
)
from common.detectors.reading import Reading

_LOOKED_AT = 100
"""Characters behind the name of a secret, and words of them."""
_WORDS = 14
_MOST_FILLERS = 5

_TOKEN = re.compile(
    r"-{1,2}>|={1,2}>|==|⇒|[:=→>](?!\w*//)|(?<=\s)[–—-](?=\s)|[–—‐‑−]|[\"“”„«»‟]|[,;()\n]"
    r"|[^\s,;()\"“”„«»‟:=→–—‐‑−]+(?:[:=–—][^\s,;()\"“”„«»‟]+)?"
)
_ENDS = frozenset(",;()\n.!?") | QUOTES

_OTHER_CODE = re.compile(
    r"(?:fout|error|erreur|fout-|post|postal|qr|bar|streepjes|ticket|bestel|order"
    r"|reservatie|boekings|booking|kortings?|promo|referentie|land|taal"
    r"|artikel|product|dress|nace|zip|area|tracking|afhaal|meldings?|status|rijbewijs|kleur|bar|giftcard|cadeau)[ -]?$"
)
_BECAME = re.compile(
    rf"""[^.\n]{{0,40}}?(?<![^\W_]){SET}(?:\s(?:in|op|naar|als|to|en|à|as)(?:\s*[:=])?\s|\s*[:=→]\s*)["'“‘«(]?(\S{{5,40}})
      | \s(?:als|as|comme|idem)\s(?:[a-z]{{1,12}}\s){{0,2}}[a-z]{{1,12}}\s?[:=→]\s?(?P<same>\S{{2,40}})[.!]?$
      | \s?[,;]\s(?P<aside>[^\W\d_]{{4,}}\d{{1,4}})[.!]?(?:$|\n)""",
    re.VERBOSE,
)
_IN_FIGURES = re.compile(
    rf"\W{{0,3}}(?:(?:is|was|code|van|haar|zijn|est|nu)\W{{1,3}}){{0,3}}{FIGURES}(?:[\s,-]{{1,2}}{FIGURES}){{3,7}}(?![^\W_])",
    re.VERBOSE,
)
"""A PIN as it is said."""
_ENTERED = re.compile(
    r"(?<![^\W_])(?:log-?in|loginnaam|gebruiker|gebruikersnaam|user|username|identifiant|utilisateur)\s?:?\s"
    r"(?!(?:en|of|et|ou|and|or|van|voor|met|pour|de|zonder|is)\s)\S{2,40}[\s,;/]{1,2}(?:en\s|et\s|and\s)?$"
)
"""A name to sign in with, right before `paswoord`."""
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_SPECIAL = re.compile(r"\w[!@#$%&*+?^|~]\w|^[!@#$%&*]\w{3,}|\w{4,}[$#@%&*]$")
_TWO_PAIRS = re.compile(r"\d\d[-. ]\d\d")
_TWO_FOURS = re.compile(r"\d{4}(?:-\d{4}){1,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PIN_GROUPS = re.compile(r"\d{1,4}")

_MARKS = ".…'‘*#~_|/\\<>[]{}`+&!?"
"""Signs around a word that are no part of it, and stand for nothing by themselves."""

_TAX_CODE = re.compile(r"\b(?:vak|kader|aangifte|belasting|aanslag|fisc|tax|minfin|déclaration|cadre|impôt)")
_AND_ANOTHER = re.compile(r"\s\d{4}\s?(?:en|et|and|of|ou|or|/|,|tot)\s?\d{4}\b")
"""The boxes of a tax return are called codes, and have four digits."""

_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){4,25}+(?![^\W_])")

Kind = Literal["phrase", "password", "pin", "cvc", "wifi", "code"]
Link = Literal["none", "word", "strong", "quote"]


_HINT = re.compile(
    r"wacht|w8w|ww|wpa|sleutel|credentials|aanmeld|herstel|back|recovery|emergency|w\.w|pas|pw|p\.w|mot|mdp|m\.d|geheim|wifi|wi-fi|netwerk|wlan|clé|"
    r"cle |phrase|code|itsme|pin|puk|nip|cvc|cvv|login"
    r"|log-in|inlog|gebruiker|user|identifiant|utilisateur"
)
"""A text without all of these names no secret."""


def password(reading: Reading) -> bool:
    """A password, a PIN or another code that opens something."""
    text = reading.text
    if _SPACED.search(text) is not None:
        text = _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)
    if _HINT.search(text) is None:
        return False
    named = list(NAMED.finditer(text))
    ends = [*(match.start() for match in named[1:]), len(text)] if named else []
    before = 0
    for match, end in zip(named, ends, strict=True):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        after = text[match.end() : min(end, match.end() + _LOOKED_AT)]
        if kind == "code" and _is_other_code(text[max(0, match.start() - 60) : match.start()], after):
            continue
        if (
            _secret_in(after, kind)
            or _said_otherwise(text[max(before, match.start() - 60) : match.start()], after, kind)
            or _stands_before(text[max(before, match.start() - 60) : match.start()], after, kind)
        ):
            return True
        before = match.end()
    return "/" in text and any(_mixed(match[1]) for match in _LOGIN.finditer(text))


_LOGIN = re.compile(
    r"(?<![^\W_])(?:log-?in|inlog|inloggen|aanmelden|(?:in)?loggegevens|inloggegevens|credentials|gebruiker|gebruikersnaam|user|username|identifiant|utilisateur|wifi)(?![^\W_])"
    r"[^\n/|]{1,40}+[/|]\s?(\S{4,40})"
)


def _said_otherwise(before: str, after: str, kind: Kind) -> bool:
    """`gewijzigd in Poes2024`, `is vier drie twee een`, and `login jan paswoord piet`."""
    if kind == "pin":
        return _IN_FIGURES.match(after) is not None
    if kind != "password":
        return False
    if became := _BECAME.match(after):
        word = became["same"] or became["aside"] or became[1]
        return _mixed(word) or (bool(became["same"]) and not is_said(word.strip(_MARKS)))
    if _ENTERED.search(before):
        pieces = _TOKEN.findall(after)
        return len(pieces) == 1 and pieces[0].isalnum() and not is_said(pieces[0])
    return False


def _is_other_code(before: str, after: str) -> bool:
    """Whether this is the code of an error, a ticket, a place or a tax return."""
    return bool(_OTHER_CODE.search(before[-20:]) or _TAX_CODE.search(before) or _AND_ANOTHER.match(after))


def _secret_in(after: str, kind: Kind) -> bool:
    """Whether what follows the name of a secret begins with the secret itself."""
    # A hyphen glued to the name makes another word of it: WW-uitkering, password-manager.
    if after.startswith(("-", "'", "’")) and after[1:2].isalpha():
        return False
    pieces = _TOKEN.findall(after)[:_WORDS]
    link: Link = "none"
    fillers = 0
    for place, piece in enumerate(pieces):
        if piece in STRONG:
            link = "strong"
        elif piece in QUOTES:
            link = "quote" if link == "none" else link
        elif piece in LINKS:
            link = "word" if link == "none" else link
        elif (link == "none" and piece in FILLERS and fillers < _MOST_FILLERS) or (
            link != "none" and piece in AFTER_LINK
        ):
            fillers += 1
        elif (
            (piece == ")" and pieces[place + 1 : place + 2] and pieces[place + 1] in STRONG)
            or not piece.strip(_MARKS)
            or (piece == "(" and place == 0)
            or (piece == "\n" and link == "strong")
        ):
            continue
        else:
            return _is_secret(piece, pieces[place + 1 :], link, kind, fillers)
    return False


def _is_secret(piece: str, later: Sequence[str], link: Link, kind: Kind, fillers: int) -> bool:
    if link == "none" and piece.startswith(("'", "‘", "[", "{", "`")):
        link = "quote"
    word = piece.strip(_MARKS)
    if not word:
        return False
    has_digit = _DIGIT.search(word) is not None
    if kind == "pin" and ((link != "none" and _TWO_PAIRS.fullmatch(word)) or _TWO_FOURS.fullmatch(word)):
        return True
    if has_digit and KNOWN_FORM.fullmatch(word):
        return False
    if has_digit and _LETTER.search(word):
        return kind not in ("code", "wifi") or link == "strong" or (kind == "code" and link != "none")
    if has_digit:
        return _is_number(word, later, link, kind)
    if kind in ("pin", "cvc", "wifi", "code"):
        return False
    if _SPECIAL.search(piece):
        return True
    clause = _clause(piece, later)
    if link == "none" or (is_said(word) and not (kind == "phrase" and len(clause) > 1)):
        return False
    if kind == "phrase":
        return not all(map(is_said, (word, *clause)))
    if len(word) < 2 or not word[0].isalpha():
        return False
    if not clause or link == "quote" or (link == "strong" and len(clause) == 1 and clause[0].isdigit()):
        return True
    return clause[0] in PREPOSITIONS and len(clause) <= 5 and not any(map(is_said, clause[1:]))


def _is_number(word: str, later: Sequence[str], link: Link, kind: Kind) -> bool:
    digits = [word]
    for each in later:
        if not _PIN_GROUPS.fullmatch(each.strip(".")) or len("".join(digits)) >= 8:
            break
        digits.append(each.strip("."))
    next_word = next(iter(later[len(digits) - 1 :]), "").strip(".")
    if next_word in UNITS:
        return False
    number = re.sub(r"\D", "", "".join(digits))
    if kind == "wifi":
        return False
    if kind == "cvc":
        return 3 <= len(number) <= 4
    if kind == "pin":
        return 4 - (link != "none") <= len(number) <= 16
    if kind == "code":
        return 4 <= len(number) <= 8 and (link != "none" or not _YEAR.fullmatch(number))
    return len(number) >= 4 - (link == "strong") and (
        link in ("strong", "quote") or not _YEAR.fullmatch(number)
    )


def _clause(piece: str, later: Sequence[str]) -> list[str]:
    """The words behind a piece until the clause ends."""
    if piece.endswith((".", "!", "?")):
        return []
    found: list[str] = []
    for each in later:
        if each in _ENDS:
            break
        found.append(each.strip(".!?"))
        if each.endswith((".", "!", "?")):
            break
    return found


def _stands_before(before: str, after: str, kind: Kind) -> bool:
    """`Geheim1 is zijn wachtwoord`, `4821 als pincode`."""
    if after.strip()[:1] not in ("", *_ENDS) and not _THEN_SET.match(after):
        return False
    words = before.split()[-6:]
    while words and words[-1] in WHOSE:
        words.pop()
    if len(words) < 2 or words.pop() not in AS:
        return False
    last = words.pop()
    quoted = len(last) > 3 and last[0] in '"“„«' and last[-1] in '"”“»'
    word = last.strip(".,;:!?'\"()")
    return _mixed(word) or quoted or (kind == "pin" and word.isdigit() and 4 <= len(word) <= 8)


_THEN_SET = re.compile(rf"\s{SET}\b", re.VERBOSE)


def _mixed(word: str) -> bool:
    word = word.strip(".,;:!?'\"()")
    return bool(_LETTER.search(word) and _DIGIT.search(word)) and KNOWN_FORM.fullmatch(word) is None
