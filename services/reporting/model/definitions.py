"""What each figure means, in one or a few plain sentences: the only place where that is said.

A definition is printed beside its figure in every form: page, PDF, spreadsheet, CSV and JSON. A funder pays by people reached,
and a contact is not a person.
"""

from __future__ import annotations

from contracts.message_context import LANGUAGES
from services.reporting.model.numbers import whole

_TEXTS: dict[str, tuple[str, str, str]] = {
    "contacts": (
        (
            "Contacten: elk geregistreerd bezoek telt één keer. Wie drie keer komt, is drie contacten."
            " Deelnemers aan een infosessie staan apart."
        ),
        (
            "Contacts : chaque visite enregistrée compte une fois. Qui vient trois fois compte pour trois contacts."
            " Les participants à une séance d'information sont comptés à part."
        ),
        (
            "Contacts: each registered visit counts once. Somebody who comes three times is three contacts."
            " People at an info session are counted apart."
        ),
    ),
    "newPeople": (
        (
            "Nieuwe personen: contacten die het eerste van dit kalenderjaar waren, bij om het even welk digipunt."
            " De digihelper vraagt dat."
        ),
        (
            "Nouvelles personnes : les contacts qui étaient les premiers de l'année civile, à n'importe quel point numérique."
            " L'aidant numérique pose la question."
        ),
        (
            "New people: contacts that were the first of the calendar year, at whatever digipunt."
            " The digital helper asks that."
        ),
    ),
    "notAsked": (
        (
            "Bij {unknown} van de {contacts} contacten is het niet gevraagd;"
            " daarvan telt hetzelfde deel mee als bij de andere."
        ),
        (
            "Pour {unknown} des {contacts} contacts, la question n'a pas été posée ;"
            " la même part que pour les autres y est comptée."
        ),
        (
            "For {unknown} of the {contacts} contacts nobody asked;"
            " the same share of these counts as of the others."
        ),
    ),
    "neverAsked": (
        "Waar het in een hele maand bij niemand is gevraagd, telt niemand als nieuw.",
        "Là où, de tout un mois, la question n'a été posée à personne, personne ne compte comme nouveau.",
        "Where nobody was asked in a whole month, nobody counts as new.",
    ),
    "peopleRecognised": (
        (
            "Herkende personen: mensen met een bezoekerskaart, elk één keer geteld in deze periode."
            " Wie geen kaart heeft, staat hier niet in. Er waren dus zeker zoveel personen, en wellicht meer."
        ),
        (
            "Personnes reconnues : les personnes avec une carte de visiteur, comptées une fois pour cette période."
            " Qui n'a pas de carte n'y figure pas. Il y a donc eu certainement autant de personnes, et sans doute davantage."
        ),
        (
            "People recognised: people with a visitor card, each counted once in this period."
            " Whoever has no card is not in it. So there were certainly this many people, and perhaps more."
        ),
    ),
    "estimated": (
        (
            "Geschatte personen: alleen voor een periode die op 1 januari begint:"
            " de nieuwe personen van dat jaar tot de laatste dag."
        ),
        (
            "Personnes estimées : seulement pour une période qui commence le 1er janvier :"
            " les nouvelles personnes de cette année-là jusqu'au dernier jour."
        ),
        (
            "People estimated: only for a period that starts on 1 January:"
            " the new people of that year up to the last day."
        ),
    ),
    "notFromNewYear": (
        "Deze periode begint niet op 1 januari: wie eerder dit jaar kwam, is er niet als nieuw genoteerd.",
        "Cette période ne commence pas le 1er janvier : qui est venu plus tôt dans l'année n'y est pas noté comme nouveau.",
        "This period does not start on 1 January: whoever came earlier in the year is not marked as new in it.",
    ),
    "severalYears": (
        (
            "Deze periode loopt over meer dan één jaar: wie in twee jaren kwam, zou twee keer tellen."
            " Zie het bereik, met minstens en hoogstens."
        ),
        (
            "Cette période couvre plus d'une année : qui est venu deux années compterait deux fois."
            " Voyez la portée, avec un minimum et un maximum."
        ),
        (
            "This period covers more than one year: whoever came in two years would count twice."
            " See the reach, with at least and at most."
        ),
    ),
    "neverAskedAtAll": (
        "Geen schatting: in deze periode is het bij niemand gevraagd.",
        "Pas d'estimation : pour cette période, la question n'a été posée à personne.",
        "No estimate: in this period nobody was asked.",
    ),
    "reach": (
        (
            "Bereik in de subsidieperiode: minstens {atLeast}, hoogstens {atMost} personen."
            " Minstens: het hoogste aantal van een kalenderjaar, of de herkende personen als dat meer is."
            " Hoogstens: alle jaren samen; wie in twee jaren kwam, telt dan twee keer."
        ),
        (
            "Portée pour la période de subvention : au moins {atLeast}, au plus {atMost} personnes."
            " Au moins : le nombre le plus élevé d'une année civile, ou celui des personnes reconnues s'il est plus élevé."
            " Au plus : toutes les années ensemble ; qui est venu deux années compte alors deux fois."
        ),
        (
            "Reach in the grant's period: at least {atLeast}, at most {atMost} people."
            " At least: the highest number of a calendar year, or the people recognised if that is more."
            " At most: all years together; whoever came in two years then counts twice."
        ),
    ),
    "reachNotAsked": (
        (
            "Bij {unknown} van de {contacts} contacten is niet gevraagd of het de eerste keer was."
            " Die tellen bij minstens niet mee, bij hoogstens wel."
        ),
        (
            "Pour {unknown} des {contacts} contacts, on n'a pas demandé si c'était la première fois."
            " Ils ne comptent pas dans le minimum, mais bien dans le maximum."
        ),
        (
            "For {unknown} of the {contacts} contacts nobody asked whether it was the first time."
            " These do not count in the minimum, but do in the maximum."
        ),
    ),
    "reachEarlier": (
        "Wie eerder in het eerste jaar al kwam, kan in deze periode terug geweest zijn en telt bij hoogstens mee.",
        "Qui était déjà venu plus tôt dans la première année a pu revenir dans cette période et compte dans le maximum.",
        "Whoever came earlier in the first year may have come back in this period and counts in the maximum.",
    ),
    "elsewhere": (
        "Wie eerst bij een ander digipunt kwam, telt daar.",
        "Qui est venu d'abord à un autre point numérique est compté là-bas.",
        "Whoever came to another digipunt first counts there.",
    ),
    "selfReliance": (
        "Van wie we het vroegen ({asked}), voelt {percent} % zich zelfredzamer (“ja” of “een beetje”).",
        "De ceux à qui nous l'avons demandé ({asked}), {percent} % se sentent plus autonomes (« oui » ou « un peu »).",
        "Of those we asked ({asked}), {percent}% feel more self-reliant (“yes” or “a little”).",
    ),
    "selfRelianceFew": (
        "We vroegen het aan {asked} mensen. Bij minder dan 20 geven we geen percentage.",
        "Nous l'avons demandé à {asked} personnes. En dessous de 20, nous ne donnons pas de pourcentage.",
        "We asked {asked} people. Below 20 we give no percentage.",
    ),
    "minutes": (
        "Minuten: de duur van de bezoeken samen, waar die genoteerd is.",
        "Minutes : la durée des visites additionnée, là où elle a été notée.",
        "Minutes: the time of all visits together, where it was noted.",
    ),
    "bottlenecks": (
        (
            "Knelpunten: contacten waarbij een onlinedienst iemand tegenhield."
            " Per contact telt elke dienst met elke oorzaak één keer."
        ),
        (
            "Obstacles : les contacts pour lesquels un service en ligne a bloqué quelqu'un."
            " Par contact, chaque service compte une fois par cause."
        ),
        (
            "Bottlenecks: contacts at which an online service stopped somebody."
            " For each contact, each service counts once with each cause."
        ),
    ),
    "reached": (
        "De stap van {step} is zeker bereikt.",
        "Le palier de {step} est certainement atteint.",
        "The step of {step} has certainly been reached.",
    ),
    "maybe": (
        "De stap van {step} is misschien bereikt.",
        "Le palier de {step} est peut-être atteint.",
        "The step of {step} may have been reached.",
    ),
    "notReached": (
        "De stap van {step} is niet bereikt.",
        "Le palier de {step} n'est pas atteint.",
        "The step of {step} has not been reached.",
    ),
    "exactly": (
        "{low} van {step}, nog {missing}.",
        "{low} sur {step}, encore {missing}.",
        "{low} of {step}, {missing} to go.",
    ),
    "between": (
        "Minstens {low}, hoogstens {high} van {step}.",
        "Au moins {low}, au plus {high} sur {step}.",
        "At least {low}, at most {high} of {step}.",
    ),
    "adultsOnly": (
        (
            "Hier tellen alleen volwassenen. Wie niet naar zijn leeftijd gevraagd is, telt bij hoogstens en niet bij minstens."
            " De herkende personen tellen hier niet, want een kaart zegt niets over leeftijd."
        ),
        (
            "Seuls les adultes comptent ici. Qui n'a pas été interrogé sur son âge compte dans « au plus » et pas dans"
            " « au moins ». Les personnes reconnues ne comptent pas ici, car une carte ne dit rien de l'âge."
        ),
        (
            "Only adults count here. Whoever was not asked for their age counts in at most, and not in at least."
            " People recognised do not count here, because a card says nothing about age."
        ),
    ),
    "newPeopleBounds": (
        "Minstens: wie dat zeker was. Hoogstens: ook iedereen aan wie het niet gevraagd is.",
        "Au moins : qui l'était certainement. Au plus : aussi tous ceux à qui on n'a pas posé la question.",
        "At least: who certainly was. At most: also everybody who was not asked.",
    ),
    "sessionsHeld": (
        "Sessies: infosessies, vorming en overleg die plaatsvonden, elk één keer.",
        "Séances : les séances d'information, formations et réunions qui ont eu lieu, chacune une fois.",
        "Sessions: info sessions, training and meetings that took place, each once.",
    ),
    "loansMade": (
        "Uitleningen: hoe vaak iemand toestellen meekreeg in deze periode. Een uitlening kan meer dan één toestel zijn.",
        "Prêts : combien de fois quelqu'un a emporté des appareils pendant cette période. Un prêt peut en compter plusieurs.",
        "Loans: how often somebody took devices along in this period. A loan may have more than one device.",
    ),
    "noVisits": (
        "Hier was nog geen bezoekendienst, dus deze cijfers zijn niet bekend.",
        "Il n'y a pas encore eu de service de visites ici, donc ces chiffres ne sont pas connus.",
        "There has been no visits service here yet, so these figures are not known.",
    ),
    "noLending": (
        "Hier was nog geen uitleendienst, dus dit getal is niet bekend.",
        "Il n'y a pas encore eu de service de prêt ici, donc ce nombre n'est pas connu.",
        "There has been no lending service here yet, so this number is not known.",
    ),
    "registeredLate": (
        "Laat geregistreerd: bezoeken die pas na de laatste dag van de periode geregistreerd zijn, ook als ze later vervielen.",
        (
            "Enregistrées tard : les visites enregistrées seulement après le dernier jour de la période,"
            " même si elles ont été annulées ensuite."
        ),
        "Registered late: visits that were registered only after the last day of the period, even if they were voided later.",
    ),
    "corrected": (
        "Verbeterd: bezoeken die na het registreren nog veranderd zijn, elk één keer. Ze tellen zoals ze nu zijn.",
        "Corrigées : les visites modifiées après l'enregistrement, chacune une fois. Elles comptent sous leur forme actuelle.",
        "Corrected: visits that were changed after they were registered, each once. They count as they are now.",
    ),
    "voided": (
        "Vervallen: bezoeken die geregistreerd waren en uit de cijfers zijn gehaald. Ze tellen niet mee.",
        "Annulées : les visites enregistrées puis retirées des chiffres. Elles ne comptent pas.",
        "Voided: visits that were registered and taken out of the figures. They do not count.",
    ),
    "severalThemes": (
        "Een bezoek kan meer dan een thema hebben. De thema's samen zijn dan meer dan de contacten.",
        "Une visite peut avoir plus d'un thème. Les thèmes ensemble dépassent alors le nombre de contacts.",
        "A visit may have more than one theme. The themes together are then more than the contacts.",
    ),
}


def definition(name: str, language: str, **numbers: int) -> str:
    """The text of a figure, or of a sentence that goes with it, in `nl`, `fr` or `en`; numbers as people write them there."""
    text = _TEXTS[name][LANGUAGES.index(language)]
    return text.format(**{key: whole(value, language) for key, value in numbers.items()})


def named(text: str) -> tuple[str, str]:
    """The name of a figure, which is before the first colon of its definition, and the rest as a sentence of its own."""
    name, _, rest = text.partition(":")
    rest = rest.strip()
    return name.strip(), rest[:1].upper() + rest[1:]
