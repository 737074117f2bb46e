"""How often each code occurs in the demo; weights, not figures of anybody."""

from __future__ import annotations

import random

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Weights = dict[str, int]

THEMES: Weights = {
    "digitalId": 14, "tax": 9, "health": 8, "deviceStart": 8, "deviceProblem": 7, "accountsPasswords": 8, "apps": 7,
    "email": 6, "banking": 7, "government": 6, "mobility": 4, "work": 4, "school": 3, "housingEnergy": 5, "internetWifi": 3,
    "messagingSocial": 3, "photosFiles": 3, "printScan": 5, "onlineSafety": 2, "familyBenefits": 2, "residencePapers": 1,
    "office": 1, "shopping": 1, "leisure": 1, "ai": 1, "skillsCheck": 1, "other": 1,
}  # fmt: skip
HELP: Weights = {"together": 6, "explained": 3, "doneFor": 2}
OUTCOMES: Weights = {
    "solvedTogether": 48, "solvedSelf": 10, "doneFor": 12, "partly": 10, "referred": 7, "appointmentMade": 5,
    "waitingOnService": 4, "notPossible": 3, "stoppedByVisitor": 1,
}  # fmt: skip
SELF_RELIANCE: Weights = {"yes": 34, "aLittle": 14, "no": 19, "notAsked": 20}
PLACES: Weights = {"point": 92, "home": 3, "phone": 3, "partnerSite": 2}
AGE_BANDS: Weights = {
    "75plus": 20, "65to74": 26, "55to64": 18, "35to54": 20, "25to34": 7, "18to24": 4, "under18": 1, "notAsked": 8,
}  # fmt: skip
SITUATIONS: Weights = {
    "retired": 10, "jobseeker": 4, "otherLanguage": 5, "smartphoneOnly": 6, "noInternetHome": 3, "readingDifficult": 3,
    "atHome": 2, "employed": 2, "student": 1,
}  # fmt: skip
DEVICES: Weights = {"smartphone": 10, "laptop": 6, "tablet": 4, "other": 1}
SERVICES: Weights = {
    "itsme": 14, "taxOnWeb": 8, "eBox": 5, "mijnBurgerprofiel": 4, "mijnGezondheid": 5, "healthInsuranceApp": 4, "doccle": 3,
    "vdab": 4, "eBanking": 7, "deLijn": 3, "nmbs": 2, "energy": 4, "groeipakket": 2, "schoolAllowance": 2, "csam": 3,
    "eidReader": 3, "hospitalPortal": 2, "other": 1,
}  # fmt: skip
CAUSES: Weights = {
    "smartphoneOnly": 8, "noDigitalId": 8, "lostPassword": 8, "unclearText": 7, "language": 5, "noCounter": 5, "noDevice": 3,
    "noEmailOrPhone": 3, "systemFault": 4, "fearOfFraud": 3, "notAccessible": 2, "fee": 1, "noData": 1, "other": 1,
}  # fmt: skip
PARTIES: Weights = {
    "ocmw": 8, "self": 8, "familyNeighbour": 6, "library": 4, "cityService": 5, "caw": 2, "povertyOrganisation": 4, "vdab": 3,
    "healthInsurance": 3, "bank": 3, "adultEducation": 2, "careProvider": 1, "repairPoint": 1, "otherDigipunt": 1,
}  # fmt: skip
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
