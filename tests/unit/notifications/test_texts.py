"""Every text that people get is plain, says whom to call, and needs no link."""

import pytest

from chassis.errors import InvalidInput
from contracts.message_context import LANGUAGES
from services.notifications import texts
from services.notifications.model import gsm7
from services.notifications.model.kinds import KINDS, facts_of
from services.notifications.model.plain_language import LEAST_EASE, LONGEST_SENTENCE, assess, syllables
from services.notifications.model.states import CHANNELS
from services.notifications.model.wording import relative_days
from services.notifications.texts import LONGEST_SMS, SAMPLE, Item, compose, preview, sample

SITUATIONS = {
    "several devices": {"devices": 2, "device": "laptop W80, tablet W81"},
    "a carer": {"via": "OCMW Tienen"},
    "several devices and a carer": {"devices": 2, "device": "laptop W80, tablet W81", "via": "OCMW Tienen"},
    "somebody waits": {"waiting": 2},
    "a last day": {"closesOn": "2026-12-18", "lastDay": "2026-12-01", "dueOn": "2026-12-01"},
    "an apostrophe": {"digipunt": "'t Recupke", "opening": "dinsdag van 13.30 tot 17.00 uur"},
    "a note": {"note": "de brief van de school"},
    "no place": {"location": None},
    "a long place": {"location": "woonzorgcentrum 't Hof, zaal 2, Kabbeekvest 11, 3300 Tienen"},
}


def told(kind, language, channel, **more):
    """The text about the sample with other facts."""
    facts = sample(kind, language)
    facts |= {name: each for name, each in more.items() if name in facts_of(kind) | {"devices"}}
    return compose(channel, language, [Item(kind, facts)], {})


@pytest.mark.case("use 9", "use 11")
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_plain_in_every_situation(language, situation):
    """Two devices, a carer, a last day: still short sentences, everyday words, and an SMS that is not dear."""
    problems = []
    for kind in KINDS:
        for channel in CHANNELS:
            text = told(kind, language, channel, **SITUATIONS[situation])
            found = assess(f"{text.subject}\n{text.text}", language).problems
            problems += [f"{kind} {channel}: {each.text()}" for each in found]
            assert "  " not in text.text
            assert (text.segments or 0) <= LONGEST_SMS
            if channel == "sms":
                assert gsm7.foreign(text.text) == []
    assert problems == []


@pytest.mark.case("public L7", "use 4")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_a_day_by_when_it_is_read(language):
    """“Vandaag” in a letter is another day when it comes, and a call sheet may lie until tomorrow."""
    for kind in KINDS:
        for channel in CHANNELS:
            text = told(kind, language, channel)
            assert relative_days(f"{text.subject} {text.text}", language) == [], (kind, channel)
    for kind in ("loanDueSoon", "loanDueToday"):
        letter = told(kind, language, "letter").text
        assert letter.count(" 30") == 1
        passed = {"nl": "al voorbij?", "fr": "déjà passée ?", "en": "day passed?"}[language]
        assert passed in letter
    assert "21" not in told("loanOverdue3", language, "letter").text.replace("16 80", "")


@pytest.mark.case("use 2")
@pytest.mark.parametrize(
    ("language", "by", "soon"),
    [
        ("nl", "ten laatste op dinsdag 1 december", "zo snel mogelijk"),
        ("fr", "au plus tard le mardi 1er décembre", "dès que possible"),
        ("en", "by Tuesday 1 December", "as soon as you can"),
    ],
)
def test_the_end_of_a_digipunt_tells_no_day_that_has_passed(language, by, soon):
    """The last day while there is one, else as soon as possible; a letter names no day to bring it back."""
    for channel in CHANNELS:
        passed = told("serviceEnding", language, channel).text
        ahead = told("serviceEnding", language, channel, lastDay="2026-12-01").text
        assert soon in passed
        assert " 30" not in passed
        assert (by in ahead, soon in ahead) == ((False, True) if channel == "letter" else (True, False))


@pytest.mark.case("use 3", "public L7")
def test_somebody_waits_only_when_it_is_so():
    """Not where nobody has asked, and not for a digipunt that stops."""
    for language, said in (("nl", "Iemand anders"), ("fr", "Une autre personne"), ("en", "Someone else")):
        for channel in CHANNELS:
            assert said not in told("loanOverdue2", language, channel).text
            assert said in told("loanOverdue2", language, channel, waiting=1).text
            both = [Item("loanOverdue2", SAMPLE | {"waiting": 1}), Item("serviceEnding", SAMPLE)]
            assert said not in compose(channel, language, both, {}).text


@pytest.mark.parametrize(
    ("language", "where"),
    [("nl", ("Waar:", "Waar:")), ("fr", ("Lieu :", "Lieu:")), ("en", ("Where:", "Where:"))],
)
def test_who_has_a_seat_hears_where_it_is(language, where):
    """On every channel, with its apostrophe; where no place is given, nothing is said of one."""
    for kind in ("sessionConfirmed", "sessionChanged", "sessionReminder", "waitlistOffer"):
        for channel in CHANNELS:
            said, apostrophe = (where[1], "'") if channel == "sms" else (where[0], "’")
            there = told(kind, language, channel, location="'t Hof, zaal 2").text
            assert f"{said} {apostrophe}t Hof, zaal 2." in there
            assert said not in told(kind, language, channel, location=None).text


@pytest.mark.case("use 9")
@pytest.mark.parametrize("channel", CHANNELS)
def test_two_lessons_each_have_their_moment_and_place(channel):
    """Though it is the same hour, or the same room; of one lesson nothing is said twice."""
    first, second = (
        SAMPLE | {"title": title, "startsAt": f"2026-12-0{day}T10:00:00+01:00"}
        for title, day in (("Veilig online", 1), ("Foto's", 2))
    )
    same_hour = second | {"startsAt": first["startsAt"]}
    for other, hours in ((second, 1), (same_hour, 2)):
        items = [Item("sessionConfirmed", first), Item("sessionConfirmed", other)]
        text = compose(channel, "nl", items, {}).text
        assert text.count("Waar: bibliotheek, zaal 2.") == 2
        assert text.count("dinsdag 1 december om 10.00 uur") == hours
    again = [Item("sessionChanged", first), Item("sessionReminder", first)]
    assert compose("email", "nl", again, {}).text.count("Waar: bibliotheek, zaal 2.") == 1


@pytest.mark.case("use 9")
def test_two_devices_are_two():
    """In the plural, whether they are one loan or two."""
    assert (
        "U leent toestellen van ons: laptop W80, tablet W81.\nBreng ze terug"
        in told("loanDueSoon", "nl", "email", **SITUATIONS["several devices"]).text
    )
    both = [Item("loanOverdue1", SAMPLE | {"device": device}) for device in ("laptop W80", "tablet W81")]
    letter = compose("letter", "nl", both, {})
    assert "U leent toestellen van ons: laptop W80 en tablet W81." in letter.text
    assert letter.subject == "Uw toestellen moesten terug zijn"
    assert "het" not in letter.text.split()


@pytest.mark.case("use 9")
def test_one_message_says_nothing_twice():
    """A letter about a loan and the end of the digipunt names the device once, and no other day for the same device."""
    pair = {"devices": 2, "device": "laptop W80 en tablet W81"}
    for channel in CHANNELS:
        both = [Item("loanOverdue1", SAMPLE | pair), Item("serviceEnding", SAMPLE | pair)]
        text = compose(channel, "nl", both, {}).text
        lines = [line for line in text.splitlines() if line]
        assert len(lines) == len(set(lines))
        assert text.count("U leent") <= 1
        assert text.count("stoppen") == 1
        ends = compose(channel, "nl", [Item("loanDueSoon", SAMPLE), Item("serviceEnding", SAMPLE)], {}).text
        assert "Vaak kan dat" not in ends
    dotted = [
        Item("loanOverdue1", SAMPLE | {"device": f"laptop nr. {label}", "dueOn": f"2026-11-{day}"})
        for label, day in (("A5", 20), ("A6", 21), ("A7", 23))
    ]
    assert "Laptop nr. A7 moest" in compose("sms", "nl", dotted, {}).text


@pytest.mark.case("use 9")
def test_a_carer_organisation_is_greeted_by_name_and_nobody_else_is_called_you():
    """“Dag OCMW Tienen”, and it is Jan who borrows."""
    for language, greeting, you in (
        ("nl", "Dag", "U leent"),
        ("fr", "Bonjour", "vous prêtons"),
        ("en", "Hello", "You have"),
    ):
        for kind in KINDS:
            letter = told(kind, language, "letter", via="OCMW Tienen").text
            assert letter.startswith(f"{greeting} OCMW Tienen\n")
            assert you not in letter, kind
            assert "Jan Peeters" in letter


@pytest.mark.case("use 11")
@pytest.mark.parametrize(
    "typed", ["'t Recupke", "’t Recupke", "‘t Recupke", "`t Recupke", "´t Recupke", "ʼt Recupke"]
)
def test_an_apostrophe_is_one_in_every_writing(typed):
    """’t Recupke is spelt alike however it was typed; in an SMS with the apostrophe that SMS has."""
    email = told("pointChanged", "nl", "email", digipunt=typed, name="Jan D'Hondt")
    assert "bij ’t Recupke." in email.text
    assert email.subject == "Er is iets veranderd bij ’t Recupke"
    assert email.text.startswith("Dag Jan D’Hondt")
    assert told("pointChanged", "nl", "sms", digipunt=typed).text.startswith("'t Recupke: er is")
    assert told("loanReturned", "nl", "inPerson", device="’s laptop").text.startswith("’s Laptop is")


@pytest.mark.case("use 11")
def test_french_and_english_are_as_a_native_writes():
    """What readers stumbled over is gone, in every text."""
    everything = {
        language: "\n".join(
            f"{text.subject}\n{text.text}"
            for kind in KINDS
            for channel in CHANNELS
            for text in [
                told(kind, language, channel, dueOn="2026-12-01", startsAt="2026-12-01T13:30:00+01:00")
            ]
        )
        for language in LANGUAGES
    }
    for language, wrong in (
        ("fr", ["mardi 1 déc", "Pardon", "attendons toujours laptop", "Dites-le nous", "13:30"]),
        ("en", [" is off", "You can't?", "Do I speak", "We like to help", "13:30"]),
        ("nl", ["voor dinsdag", "13:30", "Sorry"]),
    ):
        assert [each for each in wrong if each in everything[language]] == []
    assert "mardi 1er décembre à 13 h 30" in everything["fr"]
    assert "Tuesday 1 December at 1.30 pm" in everything["en"]
    assert "dinsdag 1 december om 13.30 uur" in everything["nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_plain(language, record_property):
    """Sentence length, reading ease, jargon, phone number, no link, alphabet and length of SMS; the report is printed."""
    report, problems = [], []
    for kind in KINDS:
        for channel in CHANNELS:
            text, plain = preview(kind, language, channel, {})
            segments = f"{text.segments} SMS" if text.segments else ""
            report.append(
                f"{language} {kind:16} {channel:9} {plain.words:3} words, longest sentence {plain.longest:2}, "
                f"{plain.formula} {plain.ease:5.1f} {segments}"
            )
            problems += [f"{language} {kind} {channel}: {problem.text()}" for problem in plain.problems]
            if channel == "sms":
                assert gsm7.foreign(text.text) == [], kind
    print("\n".join(report))
    record_property("plain language", "\n".join(report))
    assert problems == []


def test_the_gate_refuses_what_is_not_plain():
    """Jargon, a long sentence, hard words and a link are each named."""
    official = (
        "Gelieve het voornoemde toestel onverwijld te retourneren teneinde een ingebrekestelling "
        "conform de procedure te vermijden, zie www.digipunt.be"
    )
    found = " ".join(each.text() for each in assess(official, "nl").problems)
    assert all(
        word in found for word in ("gelieve", "ingebrekestelling", "Reading ease", "words", "web address")
    )
    plain = assess("Breng het toestel terug. Lukt dat niet? Bel ons.", "nl")
    assert (plain.problems, plain.sentences, plain.longest) == ([], 3, 4)
    assert plain.ease > LEAST_EASE
    assert plain.longest < LONGEST_SENTENCE


@pytest.mark.parametrize(
    ("language", "counts"),
    [
        ("nl", {"toestel": 2, "geïnteresseerd": 5, "wij": 1, "terugbrengen": 4, "uur": 1}),
        ("fr", {"appareil": 3, "rapportez": 3, "adresse": 2, "prêt": 1, "chercher": 2}),
        ("en", {"device": 2, "borrow": 2, "table": 2, "place": 1, "longer": 2}),
    ],
)
def test_syllables(language, counts):
    """Counted as people speak."""
    assert {word: syllables(word, language) for word in counts} == counts


def test_one_message_can_be_about_several_loans():
    """Both devices stand in it, the phone number and the greeting once."""
    items = [
        Item("loanOverdue1", SAMPLE | {"device": "laptop 12"}),
        Item("loanDueSoon", SAMPLE | {"device": "hotspot 3"}),
    ]
    email = compose("email", "nl", items, {})
    assert email.text.count("Dag Jan Peeters") == email.text.count("016 80 56 62") == 1
    assert "laptop 12" in email.text
    assert "hotspot 3" in email.text
    assert email.subject == "Uw toestel moest terug zijn"
    sms = compose("sms", "nl", items, {})
    assert (sms.text.count("016"), sms.segments) == (1, gsm7.segments(sms.text))
    assert "laptop 12 moest terug zijn op maandag 30 november." in sms.text


def test_a_carer_is_told_for_whom():
    """The message greets and names the borrower, and says why the carer gets it."""
    for channel in CHANNELS[:4]:
        said = compose(channel, "fr", [Item("loanDueSoon", SAMPLE | {"via": "CPAS de Tirlemont"})], {}).text
        assert "Jan Peeters" in said
    assert (
        "vous aidez Jan Peeters"
        in compose("letter", "fr", [Item("loanDueSoon", SAMPLE | {"via": "CPAS"})], {}).text
    )


def test_a_municipality_may_say_it_in_its_own_words():
    """Its own text replaces the standard one, on the channels that use that part."""
    own = {("loanDueSoon", "nl", "sms"): "{{ device }} graag terug op {{ dueOn }}."}
    assert (
        "graag terug op maandag 30 november." in compose("sms", "nl", [Item("loanDueSoon", SAMPLE)], own).text
    )


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ naam }}", "no field “naam”"),
        ("{{ title }}", "no field “title”"),
        ("{{ device ", "Line 1 is not a template"),
        ("{{ device.__class__.__mro__ }}", "Use only text"),
        ("{{ 'x' * 10 ** 12 }}", "Use only text"),
        ("{% if via %}x{% endif %}", "says nothing"),
        ("☎ {{ device }}", "SMS does not have these signs: ☎"),
        ("\ue000 {{ device }}", r"SMS does not have these signs: U\+E000 "),
    ],
)
def test_a_template_that_cannot_be_sent_is_refused(template, said):
    """An unknown field, broken syntax, a way out of the sandbox, and signs that SMS lacks."""
    with pytest.raises(InvalidInput, match=said):
        texts.require_usable("loanDueSoon", "nl", "sms", template)


@pytest.mark.case("security L6")
@pytest.mark.parametrize(
    "name", ["self", "cycler", "namespace", "range", "lipsum", "joiner", "dict", "loop", "caller"]
)
def test_what_is_no_fact_of_a_message_is_no_field(name):
    """Nothing of the template language itself gets into a letter."""
    with pytest.raises(InvalidInput):
        texts.require_usable("loanReady", "nl", "text", f"Dag {{{{ {name} }}}}")
    with pytest.raises(InvalidInput):
        texts.require_usable("loanReady", "nl", "text", f"{{% if {name} %}}Dag{{% endif %}} iedereen")
