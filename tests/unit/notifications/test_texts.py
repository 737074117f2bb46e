"""Every text that people get is plain, says whom to call, and needs no link."""

import pytest

from chassis.errors import InvalidInput
from contracts.message_context import LANGUAGES
from services.notifications import texts
from services.notifications.model import gsm7
from services.notifications.model.kinds import KINDS
from services.notifications.model.plain_language import LEAST_EASE, LONGEST_SENTENCE, assess, syllables
from services.notifications.model.states import CHANNELS
from services.notifications.texts import SAMPLE, Item, compose, preview


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
            problems += [f"{language} {kind} {channel}: {problem}" for problem in plain.problems]
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
    found = " ".join(assess(official, "nl").problems)
    assert all(
        word in found for word in ("gelieve", "ingebrekestelling", "reading ease", "words", "web address")
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
