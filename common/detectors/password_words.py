"""The words around passwords and codes: what names one, what links it to its text, and what people write instead of one."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PASSWORD = r"""(?:mdp|mot[ ]de[ ]passe|wacht?woord|paswoord|ww|code)
    [ ](?:du|de[ ]la|van(?:[ ](?:de|het|haar|zijn))?)[ ](?:wifi|wi-fi)
    |wacht[ -]?(?:wo+r[dt](?:[ ]?zin)?|wrd|zin|w)(?:en|je)?|w8wo+rd|wwoord
    |pas+[ -]?wo?o?r[dt]s?|pas+wo+rden|pas+w|passwd|pwd|pw|p\.w|ww|w\.w|pass[ -]?phrase|pass
    |mots?[\s-]{1,2}de?[\s-]{1,2}passe|motdepasse|mdp|m\.d\.p|codewoord|geheim[ ]?woord
    |(?:wifi|wi-fi|netwerk|wlan|wpa2?|beveiligings)[ -]?(?:code|sleutel|key)|clé[ ]wifi|cle[ ]wifi
    |(?:antwoord[ ](?:op[ ])?(?:de[ ])?)?(?:geheime|beveiligings)[ ]?vraag|réponse[ ]secrète|secret[ ]answer"""  # noqa: S105 - the names of one
PHRASE = r"wachtzin|wachtwoord[ ]?zin|pass[ -]?phrase|phrase[ ]secrète|codezin"
PIN = r"""pin(?:[ -]?(?:code|nummer|nr))?s?|code[ -]?pin|puk(?:[ -]?code)?[12]?|code[ -]?puk|nip
    |(?:toegangs|activatie|activerings|itsme|bank|beveiligings|veiligheids|ontgrendel|ontgrendelings|scherm|vergrendel|vergrendelings|inlog
        |login|aanmeld|verificatie|sms
        |sim|kluis|deur|poort|garage|fiets|brievenbus|parlofoon
        |bevestigings|controle|alarm|slot|cijfer|gsm|kaart|toestel|tablet|eid|geheim
        |herstel|backup|back-up|nood|pas|pass|reserve)[ -]?code
    |geheime?[ ]code|code[ ]?(?:secret|itsme|d'accès|d’accès|d'acces|sim|confidentiel|de[ ]sécurité|de[ ]la[ ]carte)
    |(?:secret|access|security|unlock|screen|sim|bank|card|verification|recovery|backup|emergency)[ ]code"""
CVC = r"cvc2?|cvv2?"
WIFI = r"wifi|wi-fi|wlan"
CODE = r"code|itsme"

_STARTS = r"(?<![^\W_])(?<![^\W_][-'’])"
NAMED = re.compile(
    rf"""{_STARTS}(?:
      (?P<phrase>{PHRASE}) | (?P<password>{PASSWORD}) | (?P<pin>{PIN}) | (?P<cvc>{CVC}) | (?P<wifi>{WIFI}) | (?P<code>{CODE})
    )(?![^\W_])\.?""",
    re.VERBOSE,
)
"""What names a secret. `code` names many things, so only a number of that length counts there."""

STRONG = frozenset((":", "=", "→", "–", "—", "->", "=>", "-->", "==", "-", "⇒", ">", "‐", "‑", "−", "»:"))
LINKS = _words(
    """is was werd wordt luidt luidde heet heette blijft zijnde est était sera devient c'est c’est becomes remains equals
    namelijk nl. dus alias"""
)
QUOTES = frozenset('"“”„«»‟')

FILLERS = _words(
    """antwoord
    van voor op in bij de het een haar zijn mijn hun ons onze uw je jouw nieuw nieuwe oud oude nu is itsme gmail
    facebook google
    apple microsoft outlook hotmail telenet proximus wifi bank tablet gsm laptop pc computer smartphone iphone ipad android mail
    e-mail mailbox account app sim simkaart kaart bankkaart toestel toegang website site login ebox my dochter zoon
    klant mevrouw
    meneer mijnheer dhr mevr du de la le les l pour son sa ses leur mon ma sur nouveau nouvelle ancien temporaire compte carte
    banque of for the her his their its on to new old now my user gebruiker tijdelijk tijdelijke voorlopig definitief gewijzigd
    veranderd aangepast ingesteld gekozen changé modifié choisi changed set thuis werk kluis deur poort garage alarm
    kast woord code naar to wijzigde veranderde"""
)
"""Words that may stand between the name of a secret and its text."""

AFTER_LINK = _words(
    """nu nog steeds altijd gewoon eigenlijk voortaan dus het de een woord code als volgt now still just simply always the word
    maintenant toujours simplement encore le la"""
)

_SAID = """
    vergeten vergat kwijt verloren weg zoek gezocht gezet nodig fout foutief juist correct verkeerd ok oké okay goed slecht
    veilig onveilig zwak sterk lang kort langer korter leeg nieuw oud zelfde hetzelfde anders dezelfde bekend gekend onbekend
    privé persoonlijk belangrijk moeilijk makkelijk lastig simpel eenvoudig klaar gelukt mislukt reset resetten gereset
    wijzigen veranderen aanpassen instellen opnieuw aanmaken maken kiezen bewaren noteren onthouden uitleg tip tips advies hulp
    vraag probleem problemen geen niet nooit niets nog al ook wel te samen zelf via per met zonder door naar om als dat die wat
    hoe waarom wanneer welk welke zie volgt later morgen vandaag gisteren straks binnenkort eerst daarna terug weer vaak soms
    altijd dubbel tweemaal twee drie minstens minimaal maximaal maximum minimum meer minder mag moet kan wil wou werkt werkte
    lukt lukte klopt klopte kwam komt ging gaat staat stond zit zat heeft had weet wist kent kende blijkt bleek ligt lag doet
    deed helpt hielp manager beheer beheerder kluis map link mail e-mail sms brief post app itsme ebox gmail facebook
    google apple
    microsoft outlook hotmail telenet proximus orange bank bankkaart kaart kaartlezer bib bibliotheek gsm smartphone
    tablet laptop
    computer pc wifi internet website site account dochter zoon man vrouw partner kind kinderen kleinkind kleinzoon kleindochter
    buur buurman buurvrouw familie hulpverlener ocmw gemeente rva vdab mutualiteit ziekenfonds werk thuis school papier boekje
    schrift briefje agenda hoofd hoofdletter hoofdletters kleine letter letters cijfer cijfers teken tekens spatie leesteken
    sterker nieuwe oude eigen ander andere veel weinig lang genoeg voldoende onvoldoende ingave invoer beleid regels policy
    werkloosheid uitkering verplicht optioneel hier daar deze dit ja nee in orde ok. prima uit aan af op bij tijdelijk
    oublié oubliée perdu perdue changé modifié bloqué débloqué nouveau nouvelle ancien erroné faux incorrect correct bon mauvais
    court trop long faible fort même différent inconnu connu nécessaire requis créé choisi réinitialisé réinitialiser expliqué
    aide problème question pas jamais aucun aucune plus sans avec par pour via sur dans chez demain aujourd'hui ensuite encore
    deux trois minimum maximum fonctionne marche important sécurisé difficile facile noté à au en ne n'est non oui envoyé reçu
    demandé rappel conseil explication gestionnaire courrier lettre banque carte fils fille mari femme voisin voisine ici
    lost forgotten forgot changed reset resetting blocked unblocked new old wrong right correct incorrect invalid valid weak
    strong long short too same different unknown known needed required created chosen explained help problem question not no
    never none more without with by via on in at tomorrow today later again twice two three works worked failed fails done
    important safe unsafe secure hard easy saved stored written manager management advice tips expired sent received asked
    his her their our son daughter husband wife neighbour paper notebook yes empty missing ready recovered recovery update
    windows office android netflix zoom teams poging fase stap versie updated refused rejected accepted private personal
"""
SAID = _words(_SAID)
"""What people write behind `wachtwoord:` that is not one."""

_HAPPENED = re.compile(
    r"(?:(?:aan|af|in|op|uit|door|her|na|om|over|toe|voor|weg|terug|mee|bij|vast|klaar|dicht|open|goed|vrij)?ge|be|ver|her|ont)"
    r"[a-z]{3,}(?:d|t|en|de)|(?:aan|af|in|op|uit|door|om|over|toe|weg|terug|mee|bij|vast)(?:be|ver|ge|her)?[a-z]{3,}(?:d|t|en)"
    r"|[a-z]{3,}(?:é|ée|és|ées)|[a-z]{3,}(?:ed|ing)|[a-z]{3,}(?:baar|lijk|loos|zaam|achtig|matig)|on[a-z]{4,}"
)

KNOWN_FORM = re.compile(
    r"\d+(?:x|maal|keer|ste|de|e|er|ère|ème|eme|st|nd|rd|th|u|h|uur|min|m|km|kg|g|gb|mb|tb|kb|ghz|mhz|mbps|cm|mm|jr|j|p|pt|blz|€|eur|euro|%)"
    r"|(?:\d{1,2}[uh:]\d{2})|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{2,4})?"
    r"|(?:windows|win|office|ios|android|macos|iphone|ipad|galaxy|word|excel|wpa|wpa2-psk|wifi|usb|s|a|q|covid|ps|mp|web)-?\d{1,3}"
    r"|[2345]g|[123]fa|[a-z]-?\d{1,3}|nr\.?\d+|n°\d+|art\.?\d+|24/7|24u/24|a4|mp3|web2|b2b|x\d|\d+-\d+|\d+[.,]\d+(?:[.,]\d+)*"
)
"""Letters and digits together that are a measure, a day or the name of a thing."""

UNITS = _words(
    """x keer maal tekens teken cijfers cijfer letters karakters symbolen dagen dag weken week maanden maand jaar jaren uur uren
    minuten min seconden pogingen poging personen mensen euro eur gb mb digits characters times days weeks months years hours
    minutes attempts tries chiffres caractères lettres fois jours semaines mois ans heures essais tentatives stuks verschillende
    x: % soorten plaatsen posities lettres: toestellen accounts apparaten codes wachtwoorden procent ste de e"""
)
PREPOSITIONS = _words("voor van met zonder op bij pour avec sans for with without on alles zoals (")
AS = _words("is als as comme est =")
WHOSE = _words(
    "login en mail gebruikersnaam het de haar zijn hun mijn nieuw nieuwe le la son mon the her his their my new"
)
"""What stands between a secret and its name when it comes first: `Geheim1 is zijn wachtwoord`."""


SET = r"""(?:gezet|gewijzigd|veranderd|ingesteld|aangepast|gekozen|gemaakt|gereset|opgeschreven|genoteerd|noteren|onthouden
    |changé|modifié|noté|choisi|changed|reset|set|noted)"""
"""What was done with a password, before it is told what it became: `gewijzigd in Poes2024`, `noteren: Kerst2025`."""
FIGURES = r"""(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|zero|zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf
    |one|two|three|four|five|seven|eight|nine)"""


def is_said(word: str) -> bool:
    """Whether this is a word of a remark about a password, such as `vergeten` or `gewijzigd`."""
    return word in SAID or _HAPPENED.fullmatch(word) is not None
