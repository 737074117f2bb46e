"""The words around passwords and codes: what names one, what links it to its text, and what people write instead of one."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER_CODES = _words(
    """fout error erreur post postal qr bar streepjes ticket bestel order reservatie boekings booking korting kortings promo
    referentie land taal artikel product dress nace zip area tracking afhaal melding meldings status rijbewijs kleur
    giftcard cadeau vak zone bron ean nis btw iban nacebel studie les cursus groeps actie voordeel magazine school
    vestigings gemeente model type serie fabrieks morse gedrags wet"""
)
"""Codes of an error, a ticket, a place: nothing that opens something."""

PASSWORD = r"""(?:mdp|mot[ ]de[ ]passe|wacht?woord|paswoord|ww|code)
    [ ](?:(?:du|de[ ]la|van(?:[ ](?:de|het|haar|zijn))?)[ ])?(?:wifi|wi-fi)
    |(?:wachtwoord|paswoord|ww)[ ]?[12](?![^\W_])
    |sleutel[ ](?:van[ ](?:de[ ])?)?(?:wifi|wi-fi|modem|router|netwerk)
    |wa(?:cht|ch|gt|tch|t)[ -]?wo+r?[dt]?|(?:toegangs|inlog)woord|wwrd|wpa2?(?![ -]?(?:sleutel|key|code))|(?:wifi|wi-fi)[ ]pas
    |mots?[ ]?d['’]?e?[ ]?passe
    |wacht[ -]?(?:wo+r[dt](?:[ ]?zin)?|wrd|zin|w)(?:en|je)?|w8wo+rd|wwoord
    |pas+[ -]?wo?o?r[dt]s?|pas+wo+rden|pas+w|passwd|pas+wrd|pswd|psw|ps\.w|pwd|pw|p\.w|ww|w\.w|pass[ -]?phrase|pass
    |mots?[\s-]{1,2}(?:de?[\s-]{1,2})?passe|motdepasse|mdp|m\.d\.p|codewoord|veiligheidswoord|geheim[ ]?(?:woord|antwoord)
    |(?:wifi|wi-fi|netwerk|wlan|wpa2?|beveiligings)[ -]?(?:code|sleutel|key)|clé[ ]wifi|cle[ ]wifi
    |(?:antwoord[ ](?:op[ ])?(?:de[ ])?)?(?:geheime|beveiligings)[ ]?vraag|(?:réponse|question)[ ]secrète
    |(?:secret|security)[ ](?:answer|question)"""  # noqa: S105 - the names of one
PHRASE = r"wachtzin|wachtwoord[ ]?zin|pass[ -]?phrase|phrase[ ]secrète|codezin"
PIN = r"""(?:[a-z]{2,15}-)?pin(?:[ -]?(?:code|nummer|number|nr|no))?s?|code[ -]?pin|puk(?:[ -]?code)?[12]?
    |kluisje|locker|hangslot|cijferslot|puknummer|herstelsleutel|recovery[ ]key|bitlocker|authenticator
    |schermslot|scherm(?:beveiliging|vergrendeling)|(?:\d-?)?cijferige[ ]code|token
    |(?:\d-)?[a-z0-9]{1,20}-?code|code[ -]?puk|nip
    |(?:toegangs|activatie|activerings|itsme|bank|beveiligings|veiligheids|ontgrendel|ontgrendelings|scherm|vergrendel|vergrendelings|inlog
        |login|aanmeld|verificatie|sms
        |sim|kluis|deur|poort|garage|fiets|brievenbus|parlofoon
        |bevestigings|controle|alarm|slot|cijfer|gsm|kaart|toestel|tablet|eid|geheim|telefoon|bankkaart|voordeur|voicemail|sleutelkluis
        |herstel|backup|back-up|nood|pas|pass|reserve)[ -]?code
    |geheime?[ ]code|code[ ]?(?:secret|itsme|d'accès|d’accès|d'acces|sim|confidentiel|de[ ]la[ ]carte
        |de[ ](?:déverrouillage|déblocage|vérification|verification|confirmation|récupération))
    |(?:secret|access|unlock|screen|sim|bank|card|verification|recovery|backup|emergency)[ ]code"""
CVC = r"cvc2?|cvv2?|security[ ]code|code[ ]de[ ]sécurité"
WIFI = r"wifi|wi-fi|wlan"
CODE = r"code|itsme"

HINT = re.compile(
    "/|kode|its me|it.s me|kluis|locker|slot|open|authent|bitlock|vraag|question|secr|secur|woord|scherm|token|beveilig"
    "|log[ts]? ?in|unlock|ontgrend|ouvr|verrouill|deblok|start|antwoord|réponse|answer|psw|code|wa[cgt]|w8w|ww|wpa|sleutel"
    "|credentials|aanmeld"
    r"|herstel|back|recovery|emergency|w\.w|pas|pw|p\.w|mot|mdp|m\.d|geheim|wifi|wi-fi|netwerk|wlan|clé|cle |phrase|itsme"
    "|pin|puk|nip|cvc|cvv|log-in|gebruiker|user|identifiant|utilisateur"
)
"""A text without all of these names no secret."""
SPELT = re.compile(r"kode|it['’]?s me(?![^\W_])")
"""Other spellings of `code` and `itsme`."""

_STARTS = r"(?=[^\W_])(?:(?<![^\W_])(?<![^\W_][-'’])|(?=wachtwoord|paswoord|passwoord|password))"
NAMED = re.compile(
    rf"""{_STARTS}(?:
      (?P<phrase>{PHRASE}) | (?P<password>{PASSWORD}) | (?P<pin>{PIN}) | (?P<cvc>{CVC}) | (?P<wifi>{WIFI}) | (?P<code>{CODE})
    )(?:[ ](?:(?:van|voor|pour|for)[ ])?itsme(?:-app)?)?(?![^\W_])\.?""",
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
    """antwoord van voor op in bij de het een haar zijn mijn hun ons onze uw je jouw nieuw nieuwe oud oude nu is itsme gmail
    facebook google apple microsoft outlook hotmail telenet proximus wifi bank tablet gsm laptop pc computer smartphone
    iphone ipad android mail e-mail mailbox account app sim simkaart kaart bankkaart toestel toegang website site login
    ebox my dochter zoon klant mevrouw meneer mijnheer dhr mevr du de la le les l pour son sa ses leur mon ma sur nouveau
    nouvelle ancien temporaire compte carte banque of for the her his their its on to new old now my user gebruiker
    tijdelijk tijdelijke voorlopig definitief gewijzigd veranderd aangepast ingesteld gekozen changé modifié choisi
    changed set thuis werk kluis deur poort garage alarm kast windows woord code naar to wijzigde veranderde vd v/d
    telefoon kaartje eid identiteitskaart id-kaart visakaart voordeur achterdeur brievenbus voicemail telefoontoestel
    maison bureau bancaire tablette téléphone ordinateur portable phone card door safe number nummer nr no text message
    from vérification verification confirmation déverrouillage reçu recu reçue par received by kreeg kregen doccle
    smartschool vdab kbc belfius ing argenta bnp fortis crelan beobank touch payconiq paypal bol zalando amazon ebay
    marktplaats tweedehands whatsapp messenger instagram tiktok netflix spotify youtube skype zoom teams office onedrive
    dropbox icloud yahoo live skynet orange scarlet voo mutualiteit ziekenfonds cm helan solidaris mijnburgerprofiel
    burgerprofiel mynexuz csam sms tax-on-web taxonweb mypension fluvius luminus engie bibliotheek bib nmbs"""
)
"""Words that may stand between the name of a secret and its text."""

AFTER_LINK = _words(
    """nu nog steeds altijd gewoon eigenlijk voortaan dus het de een woord code als volgt now still just simply always the word
    maintenant toujours simplement encore le la"""
)

_SAID = """
    les lessen stap deel fiche afspraak rendez-vous appointment moest moesten vergeten vergat kwijt verloren weg zoek
    gezocht gezet nodig fout foutief juist correct verkeerd ok oké okay goed slecht veilig onveilig zwak sterk lang kort
    langer korter leeg nieuw oud zelfde hetzelfde anders dezelfde bekend gekend onbekend privé persoonlijk belangrijk
    moeilijk makkelijk lastig simpel eenvoudig klaar gelukt mislukt reset resetten gereset wijzigen veranderen aanpassen
    instellen opnieuw aanmaken maken kiezen bewaren noteren onthouden uitleg tip tips advies hulp vraag probleem problemen
    geen niet nooit niets nog al ook wel te samen zelf via per met zonder door naar om als dat die wat hoe waarom wanneer
    welk welke zie volgt later morgen vandaag gisteren straks binnenkort eerst daarna terug weer vaak soms altijd dubbel
    tweemaal twee drie minstens minimaal maximaal maximum minimum meer minder mag moet kan wil wou werkt werkte lukt lukte
    klopt klopte kwam komt ging gaat staat stond zit zat heeft had weet wist kent kende blijkt bleek ligt lag doet deed
    helpt hielp manager beheer beheerder kluis map link mail e-mail sms brief post app itsme ebox gmail facebook google
    apple microsoft outlook hotmail telenet proximus orange bank bankkaart kaart kaartlezer bib bibliotheek gsm smartphone
    tablet laptop computer pc wifi internet website site account dochter zoon man vrouw partner kind kinderen kleinkind
    kleinzoon kleindochter buur buurman buurvrouw familie hulpverlener ocmw gemeente rva vdab mutualiteit ziekenfonds werk
    thuis school papier boekje schrift briefje agenda hoofd hoofdletter hoofdletters kleine letter letters cijfer cijfers
    teken tekens spatie leesteken sterker nieuwe oude eigen ander andere veel weinig lang genoeg voldoende onvoldoende
    ingave invoer beleid regels policy werkloosheid uitkering verplicht optioneel hier daar deze dit ja nee in orde ok.
    prima uit aan af op bij tijdelijk oublié oubliée perdu perdue changé modifié bloqué débloqué nouveau nouvelle ancien
    erroné faux incorrect correct bon mauvais court trop long faible fort même différent inconnu connu nécessaire requis
    créé choisi réinitialisé réinitialiser expliqué aide problème question pas jamais aucun aucune plus sans avec par pour
    via sur dans chez demain aujourd'hui ensuite encore deux trois minimum maximum fonctionne marche important sécurisé
    difficile facile noté à au en ne n'est non oui envoyé reçu demandé rappel conseil explication gestionnaire courrier
    lettre banque carte fils fille mari femme voisin voisine ici lost forgotten forgot changed reset resetting blocked
    unblocked new old wrong right correct incorrect invalid valid weak strong long short too same different unknown known
    needed required created chosen explained help problem question not no never none more without with by via on in at
    tomorrow today later again twice two three works worked failed fails done important safe unsafe secure hard easy saved
    stored written manager management advice tips expired sent received asked his her their our son daughter husband wife
    neighbour paper notebook yes empty missing ready recovered recovery update windows office android netflix zoom teams
    poging fase stap versie updated refused rejected accepted private personal
"""
SAID = _words(_SAID)
"""What people write behind `wachtwoord:` that is not one."""

FORGOTTEN = _words(
    """vergeten kwijt verloren verlopen geblokkeerd reset resetten gereset geen niet fout werkt lukt lukte vragen gevraagd
    nodig oublié perdu bloqué pas forgot forgotten lost blocked not needed expired hulp help uitleg probleem voor"""
)
"""A remark with one of these tells no password, whatever stands behind its colon."""

THINGS = (
    "laptop|tablet|gsm|smartphone|telefoon|toestel|computer|pc|chromebook|ipad|iphone|scherm|phone|screen|téléphone|tablette"
    "|ordinateur|écran|portable|notebook|lader|zaal|lokaal|printer|modem|router|decoder|oefening|les|vraag|punt|stap|blad"
    "|bladzijde|pagina|page|model|formulier|artikel|bijlage|versie|version|groep|module|kast|doos"
)
"""What has a number of its own: `laptop12`."""

_HAPPENED = re.compile(
    r"(?:(?:aan|af|in|op|uit|door|her|na|om|over|toe|voor|weg|terug|mee|bij|vast|klaar|dicht|open|goed|vrij)?ge|be|ver|her|ont)"
    r"[a-z]{3,}(?:d|t|en|de)|(?:aan|af|in|op|uit|door|om|over|toe|weg|terug|mee|bij|vast)(?:be|ver|ge|her)?[a-z]{3,}(?:d|t|en)"
    r"|[a-z]{3,}(?:é|ée|és|ées)|[a-z]{3,}(?:ed|ing)|[a-z]{3,}(?:baar|lijk|loos|zaam|achtig|matig)|on[a-z]{4,}"
)

KNOWN_FORM = re.compile(
    r"\d+(?:x|maal|keer|ste|de|e|er|ère|ème|eme|st|nd|rd|th|u|h|uur|min|m|km|kg|g|gb|mb|tb|kb|ghz|mhz|mbps|cm|mm|jr|j|p|pt|blz|€|eur|euro|%)"
    r"|(?:\d{1,2}[uh:]\d{2})|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{2,4})?"
    r"|(?:windows|win|office|ios|android|macos|iphone|ipad|galaxy|word|excel|wpa|wpa2-psk|wifi|usb|s|a|q|covid|ps|mp|web|photoshop|acrobat|powerpoint|publisher|access|thinkpad|probook|elitebook|latitude|aspire|deskjet|envy)-?\d{1,4}"
    r"|[2345]g|[123]fa|[a-z]-?\d{1,3}|nr\.?\d+|n°\d+|art\.?\d+|24/7|24u/24|a4|mp3|web2|b2b|x\d|\d+-\d+|[a-z]{1,2}\d{0,2}-\d{1,4}|\d+[.,]\d+(?:[.,]\d+)*"
)
"""Letters and digits together that are a measure, a day or the name of a thing."""

UNITS = _words(
    """x keer maal tekens teken cijfers cijfer letters karakters symbolen dagen dag weken week maanden maand jaar jaren uur uren
    minuten min seconden pogingen poging personen mensen euro eur gb mb digits characters times days weeks months years hours
    minutes attempts tries chiffres caractères lettres fois jours semaines mois ans heures essais tentatives stuks verschillende
    x: % soorten plaatsen posities lettres: toestellen accounts apparaten codes wachtwoorden procent ste de e"""
)
ON_THE_WAY = _words(
    "via uit om met op te dat die wat als per met zonder door naar met via par pour avec qui que with which that"
)
"""Words of remarks that may stand between `code` and its figures: `code om binnen te geraken`."""
AT = _words("om tegen rond vanaf tot vers à at around since sinds depuis jaar year année bus lijn dossier")
"""Figures behind one of these are a time, a year or the number of something."""
NUMBERED = _words(
    """boek boeken klant lid lidkaart dossier factuur bestelling pakje ticket artikel product aangifte korting postal barres
    erreur d'erreur d’erreur qr promo book customer invoice order parcel livre client facture commande colis punten euro
    windowsupdate update fout foutmelding melding error"""
)
"""A code of one of these opens nothing."""
PREPOSITIONS = _words("voor van met zonder op bij pour avec sans for with without on alles zoals (")
AS = _words("is als as comme est =")
WHOSE = _words(
    """uw jouw je votre your een bank gsm kaart login en mail gebruikersnaam
     het de haar zijn hun mijn nieuw nieuwe le la son mon the her his their my new"""
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
