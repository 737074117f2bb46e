"""Passwords that a remark tells further on: `paswoord staat nu op Poes2024`, `naam van de hond + 12`, `tablet opent met 1470`.

Each pattern looks at one clause or two behind the name of a secret, and asks for something that only a secret is: a word that
ends in figures, a hint at a name or a year, or what a device opens with.
"""

from __future__ import annotations

import re

from common.detectors.password_words import AT, FORGOTTEN, KNOWN_FORM, NUMBERED, THINGS, is_said

_MADE_UP = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]{0,20}[^\W\d][.&@*_!-]?\d{1,4}(?![\w/:-])(?![.,]\d)")
"""A word that ends in one to four figures, as people make passwords: `poes2024`, `leen.thijs1`."""
_THING = re.compile(rf"(?:{THINGS})s?[.-]?\d{{1,4}}")

_LATER_LINK = re.compile(
    r"[^\S\n]?[:=]?((?:\s[^\W\d_][\w'’]{0,20}){1,6})\s?[:=→]\s?([^\s:=→]{2,40})(?=$|[.,;\n)])"
)
_AS_WRITTEN = re.compile(
    r"""(?:\s(?:is|was|est|:|=)|\s?[:=])*\s([^\W\d_]{3,30}),?\s?\(?\s?(?:(?:met|in|avec|en|with|all|alles|tout|une|een|a)\s){0,3}
    (?:\d\s)?(?:kleine|hoofdletter|grote\sletter|majuscule|minuscule|capital|lower-?\s?case|small\sletter)""",
    re.VERBOSE,
)
"""`tulp met kleine letters`."""
_HINT_AT = re.compile(
    r"""(?:\s(?:is|was|blijft|est|c['’]est|reste|stays)|\s?[:=])(?:\s(?:nu|nog|steeds|altijd|gewoon|ook|just|simply|always|toujours|simplement
    |de|het|een|haar|zijn|hun|mijn|eigen|la|le|les|son|sa|ses|leur|her|his|their|the|own|same|combinatie|van|of))*
    (?:\s(?!(?:niet|geen|not|pas|no|zonder|nooit|never)(?![^\W_]))[^\W\d_]{2,12}(?:['’]s)?){0,2}?\s(?:voor|achter|familie|meisjes|roep|straat|dieren|koos)?(?:naam|namen|prénoms?|prenoms?|noms?|names?|firstname|surname|maiden\sname
      |geboorte(?:jaar|datum|dag|plaats)|trouw(?:datum|dag|jaar)|verjaardag|huwelijksdatum|postcode|huisnummer|nummerplaat
      |date\sde\snaissance|année\sde\snaissance|code\spostal|birthday|birth\s?date|birth\s?year|postal\scode|year\sof\sbirth
      |date\sof\sbirth|lievelings[a-z]{3,12}|telefoonnummer|gsm-?nummer)
    (?:$|[.,;\n!]|\s(?!(?:vergeten|nodig|vragen|gevraagd|niet|geen|mag|moet|kwijt|en\swachtwoord|oublié|demandé|needed|asked)(?![^\W_])))""",
    re.VERBOSE,
)
"""`naam van de hond + 12`: who reads it knows it."""
_SUM = re.compile(r"(?:\s(?:is|est)|\s?[:=])\s[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20})?\s?\+\s?\w{2,20}")
"""`hond + geboortejaar`."""
_FIGURES_LATER = re.compile(
    r"(?:[^,;\n:=→]{0,40}[:=→]\s?|[,;]\s?(?:(?:dat|dit|die|nl|namelijk|nu|c['’]est|it|that)\.?\s)?(?:is\s|was\s)?)"
    r"((?:\d[ -]?){3,7}\d)[*#]?(?=$|[.,;\n)])(?![.,]\d)"
)
_FIGURES_LAST = re.compile(
    r"((?:\s[^\W\d_][\w'’/-]{0,20}){1,6})\s((?!(?:19|20)\d\d(?!\d))\d{4,8}|\d{3}[ -]\d{3})[*#]?(?=$|[.,;!\n)])(?![.,]\d)"
)
_BEFORE = re.compile(
    rf"""({_MADE_UP.pattern})["'”»)]?\s?(?:=|is|was|als|as|comme|\(|(?:gebruikt?|gebruiken|neemt|nam|koos|kiest|uses|used|utilise)
    \s(?:[^\W\d_]{{1,10}}\s){{0,2}}(?:als|as|comme))\s?(?:(?:zijn|haar|het|de|le|son|her|his|the|nieuwe?)\s){{0,3}}$""",
    re.VERBOSE,
)
"""`Poes2024 (ww gmail)`."""
_OPENS = re.compile(
    rf"""(?<![^\W_])(?:{THINGS}|deur|voordeur|kluis|poort|alarm|porte|coffre|door|safe)(?![^\W_])[^.,;\n]{{0,25}}?
    (?:open(?:t|en|s|ed)?|unlock(?:s|ed)?|ontgrendel(?:t|en|d)?|s['’]ouvre|ouvrir|déverrouill(?:er|e|é)|deblokkeren|start(?:t|s)?|afzetten|beveiligd|vergrendeld)
    \W{{1,3}}(?:(?:op|met|via|door|is|with|using|avec|par|by|code|de|het|le|pin|:|=)\s?){{0,4}}
    ((?:\d[\s-]?){{3,7}}\d|[^\W\d_]{{3,20}}\d{{1,4}})(?![\w/:-])(?!\s?(?:euro|eur|€|uur|u|h)(?![^\W_]))""",
    re.VERBOSE,
)
"""What a device opens with."""
_UNLOCKED = re.compile(
    r"(?<![^\W_])(?:unlock(?:s|ed)?|ontgrendel(?:t|en|d)?|déverrouill(?:er|e|é))\s(?:with|met|avec|door|via)\s\d{4,8}(?![\w/:-])"
)
ENTERED = re.compile(
    r"(?<![^\W_])(?:log-?in|loginnaam|inlognaam|inlog|gebruiker|gebruikersnaam|user|username|identifiant|utilisateur)\s?:?\s"
    r"(?!(?:en|of|et|ou|and|or|van|voor|met|pour|de|zonder|is)\s)\S{2,40}[\s,;/]{1,2}(?:en\s|et\s|and\s)?$"
)
"""A name to sign in with, right before `paswoord`."""
LOGIN = re.compile(
    r"(?<![^\W_])(?:log(?:s|t|ged)?[ -]?in|inlog|inloggen|aanmelden|(?:in)?loggegevens|credentials|gebruiker|gebruikersnaam"
    r"|user|username|identifiant|utilisateur|wifi|facebook|gmail|google|telenet"
    r"|hotmail|outlook|microsoft|apple|samsung|netflix|sign(?:s|ed)?[ ]in)(?![^\W_])"
    r"[^\n/|]{1,40}+[/|]\s?(\S{4,40})"
)
"""`login jan / Geheim1`."""
_OPENING = (
    "open",
    "unlock",
    "ontgrendel",
    "ouvr",
    "verrouill",
    "deblok",
    "start",
    "afzet",
    "beveiligd",
    "vergrendeld",
)
"""A text without any of these opens nothing."""
_MOST_BETWEEN = 70


def told_later(after: str) -> bool:
    """Whether the remark behind the name of a password goes on to tell it."""
    for match in _MADE_UP.finditer(after[:_MOST_BETWEEN].partition("\n")[0]):
        if not KNOWN_FORM.fullmatch(match[0]) and not _THING.fullmatch(match[0]):
            return True
    if _HINT_AT.match(after) is not None or _SUM.match(after) is not None:
        return True
    if (written := _AS_WRITTEN.match(after)) is not None and not is_said(written[1]):
        return True
    if (linked := _LATER_LINK.match(after)) is None or is_said(linked[2].strip("\"'“”„«»‘’!?")):
        return False
    return not FORGOTTEN & set(linked[1].split())


def told_before(before: str) -> bool:
    """Whether what stands before the name of a password is one."""
    found = _BEFORE.search(before)
    return found is not None and not KNOWN_FORM.fullmatch(found[1]) and not _THING.fullmatch(found[1])


def told_in_figures(after: str, kind: str) -> bool:
    """`onthoudt haar code niet: 4821`, `code ontvangen 482193`, `pin is geboortejaar`."""
    if kind != "password" and _HINT_AT.match(after) is not None:
        return True
    found = _FIGURES_LATER.match(after)
    if found is not None and (found[1].isdigit() or KNOWN_FORM.fullmatch(found[1]) is None):
        return kind != "password" or not FORGOTTEN & set(after[: found.start(1)].split())
    if (last := _FIGURES_LAST.match(after)) is None:
        return False
    words = last[1].split()
    return words[-1] not in AT and not (FORGOTTEN | NUMBERED) & set(words)


_SIGN_IN = re.compile(
    r"(?<![\w/])(?:g-\d{6}|\d{3}[ -]?\d{3}(?:\s[^\W\d_]{1,12}){0,3}\s(?:via|per|par|by|op|in)\s(?:een\s|de\s)?sms"
    r"|(?:sms|whatsapp)(?:\W{1,2}[^\W\d_]{1,12}){0,2}\W{1,2}\d{3}[ -]?\d{3}"
    r"|\d{4,8}\s(?:in(?:tikken|geven|typen|drukken|toetsen|voeren))|(?:tik|typ|druk|toets|geef|voer)\s\d{4,8}#?\s(?:in|om|en))(?![\w/-])"
)


def sent_to_sign_in(text: str) -> bool:
    """`G-482193`, `kreeg 482193 via sms`, `4821 intikken`, where no secret is named."""
    return _SIGN_IN.search(text) is not None


def opens_with(text: str) -> bool:
    """`gsm ontgrendelen met 2580`, where no secret is named."""
    if not any(verb in text for verb in _OPENING):
        return False
    return _UNLOCKED.search(text) is not None or any(
        KNOWN_FORM.fullmatch(match[1]) is None or match[1].isdigit() for match in _OPENS.finditer(text)
    )
