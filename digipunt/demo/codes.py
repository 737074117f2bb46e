"""How often each code occurs in the demo, and which go together; weights, not figures of anybody."""

from __future__ import annotations

import random

Weights = dict[str, int]

AGE_BANDS: Weights = {
    "75plus": 20, "65to74": 26, "55to64": 18, "35to54": 20, "25to34": 7, "18to24": 4, "under18": 1, "notAsked": 8,
}  # fmt: skip
OCCUPATIONS: dict[str, Weights] = {
    "75plus": {"retired": 1},
    "65to74": {"retired": 19, "atHome": 1},
    "55to64": {"employed": 6, "jobseeker": 5, "atHome": 4, "retired": 4, "": 2},
    "35to54": {"jobseeker": 8, "employed": 7, "atHome": 4, "": 2},
    "25to34": {"jobseeker": 8, "employed": 6, "atHome": 2, "student": 1, "": 2},
    "18to24": {"student": 8, "jobseeker": 6, "employed": 3},
    "under18": {"student": 1},
}
"""What somebody of an age does for a living."""

TRAITS: dict[str, dict[str, float]] = {
    "75plus": {"noInternetHome": 0.2, "smartphoneOnly": 0.1, "readingDifficult": 0.08, "otherLanguage": 0.04},
    "65to74": {
        "noInternetHome": 0.1,
        "smartphoneOnly": 0.15,
        "readingDifficult": 0.06,
        "otherLanguage": 0.06,
    },
    "55to64": {
        "noInternetHome": 0.08,
        "smartphoneOnly": 0.22,
        "readingDifficult": 0.08,
        "otherLanguage": 0.14,
    },
    "35to54": {
        "noInternetHome": 0.06,
        "smartphoneOnly": 0.32,
        "readingDifficult": 0.1,
        "otherLanguage": 0.34,
    },
    "25to34": {"smartphoneOnly": 0.42, "readingDifficult": 0.06, "otherLanguage": 0.42},
    "18to24": {"smartphoneOnly": 0.4, "otherLanguage": 0.3},
    "under18": {"smartphoneOnly": 0.3},
}
"""How likely it is that the rest of a situation holds for somebody of an age."""

DEVICES: dict[str, Weights] = {
    "75plus": {"tablet": 5, "smartphone": 6, "laptop": 5, "other": 1},
    "65to74": {"tablet": 4, "smartphone": 8, "laptop": 6},
}
DEVICE: Weights = {"smartphone": 9, "laptop": 6, "tablet": 2}

THEMES: Weights = {
    "digitalId": 14, "tax": 9, "health": 8, "deviceStart": 8, "deviceProblem": 7, "accountsPasswords": 8, "apps": 7,
    "email": 6, "banking": 7, "government": 6, "mobility": 4, "work": 1, "school": 1, "housingEnergy": 5, "internetWifi": 3,
    "messagingSocial": 3, "photosFiles": 3, "printScan": 5, "onlineSafety": 2, "familyBenefits": 1, "residencePapers": 1,
    "office": 1, "shopping": 1, "leisure": 1, "ai": 1, "skillsCheck": 1, "other": 1,
}  # fmt: skip
MORE: dict[str, Weights] = {
    "jobseeker": {"work": 24, "office": 3},
    "employed": {"work": 5, "office": 2},
    "student": {"school": 24, "printScan": 4},
    "atHome": {"familyBenefits": 6, "school": 4},
    "otherLanguage": {"residencePapers": 7, "government": 3},
    "retired": {"health": 4, "photosFiles": 2, "messagingSocial": 3},
}
"""What people of a situation come for besides."""

NOT_FOR_CHILDREN = frozenset(
    {"tax", "banking", "government", "housingEnergy", "health", "work", "familyBenefits"}
)

SERVICES: dict[str, Weights] = {
    "digitalId": {"itsme": 14, "eidReader": 4, "csam": 3},
    "tax": {"taxOnWeb": 8, "itsme": 3},
    "government": {"mijnBurgerprofiel": 5, "eBox": 6, "csam": 2, "municipalDesk": 2},
    "health": {"mijnGezondheid": 5, "healthInsuranceApp": 5, "hospitalPortal": 3},
    "banking": {"eBanking": 8, "paymentCard": 2, "itsme": 2},
    "work": {"vdab": 6, "unemploymentBenefit": 4},
    "school": {"smartschool": 4, "schoolAllowance": 4, "schoolRegistration": 2},
    "housingEnergy": {"energy": 6, "water": 2, "socialHousing": 3},
    "mobility": {"deLijn": 5, "nmbs": 4, "vehicleRegistration": 1},
    "familyBenefits": {"groeipakket": 1},
    "accountsPasswords": {"itsme": 4, "eBox": 2, "eBanking": 2, "doccle": 2},
    "apps": {"deLijn": 3, "healthInsuranceApp": 2, "doccle": 3, "paymentCard": 1},
    "internetWifi": {"telecom": 1},
    "residencePapers": {"municipalDesk": 1},
    "email": {"doccle": 1, "eBox": 1},
}
"""Which online services a question is about; other themes are about no service."""

CAUSES: Weights = {
    "smartphoneOnly": 40, "noDigitalId": 8, "lostPassword": 8, "unclearText": 7, "language": 30, "noCounter": 5, "noDevice": 3,
    "noEmailOrPhone": 3, "systemFault": 4, "fearOfFraud": 3, "notAccessible": 2, "fee": 1, "other": 1,
}  # fmt: skip
ONLY_WHEN = {"smartphoneOnly": "smartphoneOnly", "language": "otherLanguage", "noDevice": "noInternetHome"}
"""Causes that go with a situation only."""

OUTCOMES: Weights = {
    "solvedTogether": 62, "solvedSelf": 14, "doneFor": 9, "partly": 6, "referred": 4, "appointmentMade": 4, "notPossible": 1,
    "stoppedByVisitor": 1,
}  # fmt: skip
STUCK: Weights = {
    "partly": 24, "waitingOnService": 16, "referred": 18, "appointmentMade": 12, "notPossible": 10, "doneFor": 8,
    "solvedTogether": 10, "stoppedByVisitor": 2,
}  # fmt: skip
"""How a visit ends in which an online service stood in the way."""

HELP: dict[str, Weights] = {
    "solvedTogether": {"together": 1},
    "solvedSelf": {"explained": 1},
    "doneFor": {"doneFor": 1},
}
OTHER_HELP: Weights = {"together": 6, "explained": 3}
SELF_RELIANCE: dict[str, Weights] = {
    "solvedSelf": {"yes": 7, "aLittle": 2, "notAsked": 2},
    "solvedTogether": {"yes": 5, "aLittle": 3, "no": 1, "notAsked": 3},
    "doneFor": {"no": 4, "aLittle": 1, "notAsked": 4},
}
OTHER_SELF_RELIANCE: Weights = {"yes": 2, "aLittle": 2, "no": 3, "notAsked": 4}
MINUTES: dict[str, tuple[int, ...]] = {
    "solvedSelf": (10, 15, 15, 20),
    "doneFor": (15, 20, 30),
    "stoppedByVisitor": (5, 10),
}
OTHER_MINUTES = (15, 20, 20, 30, 30, 45, 60)
PLACES: Weights = {"point": 92, "home": 3, "phone": 3, "partnerSite": 2}

REFERRED_FROM: Weights = {
    "ocmw": 8, "self": 8, "familyNeighbour": 6, "library": 4, "cityService": 5, "caw": 2, "povertyOrganisation": 4, "vdab": 3,
    "healthInsurance": 3, "bank": 3, "adultEducation": 2, "careProvider": 1, "otherDigipunt": 1,
}  # fmt: skip
REFERRED_TO: dict[str, Weights] = {
    "banking": {"bank": 1},
    "health": {"healthInsurance": 5, "careProvider": 1},
    "work": {"vdab": 4, "tradeUnion": 2},
    "school": {"school": 1},
    "housingEnergy": {"ocmw": 4, "cityService": 1},
    "deviceProblem": {"repairPoint": 1},
    "deviceStart": {"adultEducation": 1},
    "residencePapers": {"integrationAgency": 2, "cityService": 2},
    "photosFiles": {"library": 1},
}
ELSEWHERE: Weights = {"serviceItself": 5, "cityService": 4, "ocmw": 3, "adultEducation": 1}

NOTES = (
    "Brengt volgende keer de brief mee.", "Updates gedaan, toestel is nu vlotter.", "Wil graag leren mailen met bijlagen.",
    "Kaartlezer werkte niet, andere geprobeerd.", "Komt volgende week terug met de lader.", "Was erg tevreden.",
    "App opnieuw geïnstalleerd.", "Wachtte lang op een antwoord van de helpdesk.", "Dochter helpt thuis verder.",
    "Interesse in de infosessie over betalen.", "Scherm was te klein, letters groter gezet.", "Documenten afgedrukt.",
    "Website lag eruit, later opnieuw proberen.", "Had de verkeerde bril mee.", "Twijfelde of het een valse mail was.",
    "Eerst zelf laten proberen, ging goed.", "Geen plaats meer op de telefoon, foto's opgeruimd.",
    "Nog oefenen met slepen en scrollen.", "Vroeg uitleg in eenvoudig Frans.", "Tolk nodig bij een volgende afspraak.",
)  # fmt: skip
TITLES = {
    "infoSession": (
        "itsme op je smartphone", "Veilig betalen op internet", "Je belastingbrief op de computer", "De app van De Lijn",
        "Foto's bewaren", "Valse berichten herkennen",
    ),
    "training": ("Helpen zonder over te nemen", "Nieuw in Mijn Burgerprofiel", "Eenvoudig uitleggen"),
    "partnerMeeting": ("Overleg met de partners",),
}  # fmt: skip


def pick(weights: Weights, chance: random.Random) -> str:
    """One code, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]
