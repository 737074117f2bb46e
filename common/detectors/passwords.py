"""Passwords and codes: `wachtwoord: xyz`, `pincode 1234`, `mot de passe est Chat12`; not `wachtwoord vergeten`.

A remark about a password is told from a password by what stands behind its name: how it is linked, whether it holds digits,
whether the clause ends there, and whether it is a word of such remarks (`password_words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from common.detectors.password_figures import YEAR, Kind, Link, is_number
from common.detectors.password_told import (
    ENTERED,
    LOGIN,
    opens_with,
    sent_to_sign_in,
    told_before,
    told_in_figures,
    told_later,
)
from common.detectors.password_words import (
    AFTER_LINK,
    AS,
    AT,
    FIGURES,
    FILLERS,
    HINT,
    KNOWN_FORM,
    LINKS,
    NAMED,
    NUMBERED,
    ON_THE_WAY,
    OTHER_CODES,
    PREPOSITIONS,
    QUOTES,
    SET,
    SPELT,
    STRONG,
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

_BECAME = re.compile(
    rf"""[^.\n]{{0,40}}?(?<![^\W_]){SET}(?:\s(?:in|op|naar|als|to|en|à|as)(?:\s*[:=])?\s|\s*[:=→]\s*)["'“‘«(]?(\S{{5,40}})
      | \s(?:als|as|comme|idem)\s(?:[a-z]{{1,12}}\s){{0,2}}[a-z]{{1,12}}\s?[:=→]\s?(?P<same>\S{{2,40}})[.!]?$
      | \s?[,;]\s(?P<aside>[^\W\d_]{{4,}}\d{{1,4}})[.!]?(?:$|\n)""",
    re.VERBOSE,
)
_IN_FIGURES = re.compile(
    rf"\W{{0,3}}(?:[^\W\d_]{{1,15}}\W{{1,3}}){{0,4}}?{FIGURES}(?:[\s,-]{{1,2}}{FIGURES}){{3,7}}(?![^\W_])",
    re.VERBOSE,
)
"""A PIN as it is said."""
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_SPECIAL = re.compile(r"\w[!@#$%&*+?^|~]\w|^[!@#$%&*]\w{3,}|\w{4,}[$#@%&*]$")
_TWO_PAIRS = re.compile(r"\d\d[-. ]\d\d")
_TWO_THREES = re.compile(r"\d{3}-\d{3}")
_RANDOM = re.compile(r"(?=(?:[a-z-]*\d){2})(?=(?:[\d-]*[a-z]){2})(?=.{6})[a-z0-9]{2,}(?:-[a-z0-9]{2,}){0,5}")
"""As machines make them: `8hg422kl`."""
_TWO_FOURS = re.compile(r"\d{4}(?:-\d{4}){1,3}|\d{6}(?:-\d{6}){1,7}")
_BARE = re.compile(r"\d{4,8}")

_ASIDE = re.compile(r"^\s?\([^\W\d][^()\d:=]{0,25}\)(?=\W{0,3}\w)")
"""For what a password is, in brackets before it."""
_SO_MANY = re.compile(r"^\s(?:van\s|met\s|à\s|of\s|with\s|de\s)?\d\s(?:cijfers|chiffres|digits)(?=\W{1,3}\d)")
_LABEL = re.compile(r"[a-z]{1,2}\d{0,2}-\d{1,4}")
_ANSWERS = (
    "antwoord",
    "réponse",
    "secret answer",
    "security answer",
    "geheim antwoord",
    "codewoord",
    "veiligheidswoord",
)
"""A name after which the secret follows at once."""

_MARKS = ".…'‘*#~_|/\\<>[]{}`+&!?"
"""Signs around a word that are no part of it, and stand for nothing by themselves."""

_TAX_CODE = re.compile(r"\b(?:vak|kader|aangifte|belasting|aanslag|fisc|tax|minfin|déclaration|cadre|impôt)")
_OF_A_BOX = re.compile(r"\s\d{4}\s(?:giften|gift|inkomsten|aftrek|lonen|pensioen|dons|revenus)")
_AND_ANOTHER = re.compile(r"\s\d{4}\s?(?:en|et|and|of|ou|or|/|,|tot)\s?\d{4}\b")
"""The boxes of a tax return are called codes, and have four digits."""

_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){4,25}+(?![^\W_])")


def password(reading: Reading) -> bool:
    """A password, a PIN or another code that opens something."""
    text = reading.text
    if _SPACED.search(text) is not None:
        text = _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)
    if HINT.search(text) is None:
        return sent_to_sign_in(text)
    text = SPELT.sub(lambda spelt: "code" if spelt[0] == "kode" else "itsme", text)
    named = list(NAMED.finditer(text))
    ends = [*(match.start() for match in named[1:]), len(text)] if named else []
    before = 0
    for match, end in zip(named, ends, strict=True):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        after = text[match.end() : min(end, match.end() + _LOOKED_AT)]
        ahead = text[max(before, match.start() - 60) : match.start()]
        if kind == "pin" and match[0].rstrip(".").removesuffix("code").rstrip("-") in OTHER_CODES:
            continue
        if kind == "code" and _is_other_code(text[max(0, match.start() - 60) : match.start()], after):
            continue
        if (
            _secret_in(after, kind, "none")
            or (match[0].startswith(_ANSWERS) and _secret_in(after, kind, "word"))
            or _said_otherwise(ahead, after, kind)
            or _stands_before(ahead, after, kind)
        ):
            return True
        before = match.end()
    return (
        opens_with(text)
        or sent_to_sign_in(text)
        or ("/" in text and any(_mixed(match[1]) for match in LOGIN.finditer(text)))
    )


def _said_otherwise(before: str, after: str, kind: Kind) -> bool:
    """`gewijzigd in Poes2024`, `is vier drie twee een`, and `login jan paswoord piet`."""
    if kind != "cvc" and kind != "wifi" and told_in_figures(after, kind):
        return True
    if kind in ("pin", "code"):
        return _IN_FIGURES.match(after) is not None
    if kind != "password":
        return False
    if told_later(after):
        return True
    if became := _BECAME.match(after):
        word = became["same"] or became["aside"] or became[1]
        return _mixed(word) or (bool(became["same"]) and not is_said(word.strip(_MARKS)))
    if ENTERED.search(before):
        pieces = _TOKEN.findall(after)
        return len(pieces) == 1 and pieces[0].isalnum() and not is_said(pieces[0])
    return False


def _is_other_code(before: str, after: str) -> bool:
    """Whether this is the code of an error, a ticket, a place or a tax return."""
    return bool(
        before[-25:].rstrip(" -").rpartition(" ")[2].rpartition("-")[2] in OTHER_CODES
        or _TAX_CODE.search(before)
        or _AND_ANOTHER.match(after)
        or _OF_A_BOX.match(after)
    )


def _secret_in(after: str, kind: Kind, link: Link) -> bool:
    """Whether what follows the name of a secret begins with the secret itself."""
    # A hyphen glued to the name makes another word of it: WW-uitkering, password-manager.
    if after.startswith(("-", "'", "’")) and after[1:2].isalpha():
        return False
    pieces = _TOKEN.findall(_SO_MANY.sub("", _ASIDE.sub("", after)))[:_WORDS]
    fillers = 0
    for place, piece in enumerate(pieces):
        if piece in STRONG:
            link = "strong"
        elif piece in QUOTES:
            link = "quote" if link == "none" else link
        elif piece in LINKS:
            link = "word" if link == "none" else link
        elif (link != "none" and piece in AFTER_LINK) or (
            fillers < _MOST_FILLERS and _is_on_the_way(piece, pieces[place - 1] if place else "", kind, link)
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
            if link == "none" and place and pieces[place - 1] in AT:
                return False
            return _is_secret(piece, pieces[place + 1 :], link, kind, fillers)
    return False


def _is_on_the_way(piece: str, before: str, kind: Kind, link: Link) -> bool:
    """Whether this is a word of no weight before the figures of a code: `code van het poortje achteraan 4821`."""
    if link == "none" and piece in FILLERS:
        return True
    if kind not in ("pin", "code", "wifi"):
        return False
    if _LABEL.fullmatch(piece) and link == "none":
        return True
    if _DIGIT.search(piece) or not piece[0].isalpha() or piece.endswith((".", "!", "?")):
        return False
    if link != "none" and kind != "wifi":
        return False
    return before == "te" or piece in ON_THE_WAY or not (piece in NUMBERED or is_said(piece))


def _is_secret(piece: str, later: Sequence[str], link: Link, kind: Kind, fillers: int) -> bool:
    if link == "none" and piece.startswith(("'", "‘", "[", "{", "`")):
        link = "quote"
    word = piece.strip(_MARKS)
    if not word:
        return False
    has_digit = _DIGIT.search(word) is not None
    if kind == "pin" and ((link != "none" and _TWO_PAIRS.fullmatch(word)) or _TWO_FOURS.fullmatch(word)):
        return True
    if kind in ("pin", "code") and _TWO_THREES.fullmatch(word):
        return True
    if has_digit and KNOWN_FORM.fullmatch(word):
        return False
    if has_digit and _LETTER.search(word):
        return (
            kind not in ("code", "wifi")
            or link == "strong"
            or (kind == "code" and (link != "none" or _RANDOM.fullmatch(word) is not None))
        )
    if has_digit:
        return is_number(word, later, link, kind)
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
    if kind != "pin" and told_before(before):
        return True
    if after.strip()[:1] not in ("", *_ENDS) and not _THEN_SET.match(after):
        return False
    words = before.split()[-6:]
    while words and words[-1] in WHOSE:
        words.pop()
    if kind == "pin" and words and _BARE.fullmatch(words[-1]) and not YEAR.fullmatch(words[-1]):
        return True
    if len(words) < 2 or words.pop() not in AS:
        return False
    last = words.pop()
    quoted = len(last) > 3 and last[0] in '"“„«' and last[-1] in '"”“»'
    word = last.strip(".,;:!?'\"()")
    return (
        _mixed(word)
        or quoted
        or (kind in ("pin", "code") and word.isdigit() and 4 <= len(word) <= 8 and not YEAR.fullmatch(word))
    )


_THEN_SET = re.compile(rf"\s{SET}\b", re.VERBOSE)


def _mixed(word: str) -> bool:
    word = word.strip(".,;:!?'\"()")
    return bool(_LETTER.search(word) and _DIGIT.search(word)) and KNOWN_FORM.fullmatch(word) is None
