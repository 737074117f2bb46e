"""What the desk's code may not do is found before anything runs."""

import importlib.util
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[3] / "scripts" / "checks" / "web.py"


@pytest.fixture(scope="module")
def web():
    """The check, as a module."""
    spec = importlib.util.spec_from_file_location("web_check", CHECK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("parts/tile.js", 'import { a } from "../state/device.js";', "parts may not import state"),
        ("screens/visit/visit.js", 'const a = import("../../main.js");', "screens may not import main.js"),
        ("api/client.js", 'import { a } from "../parts/tile.js";', "api may not import parts"),
        ("outbox/rules.js", 'import { signal } from "@preact/signals";', "should import nothing"),
        ("checks/card.js", 'import "../html.js";', "should import nothing"),
        ("state/point.js", 'import { openDB } from "idb";', "touch the database"),
        ("state/point.js", 'import { a } from "./nowhere.js";', "which is not there"),
    ],
)
def test_import_in_the_wrong_direction_is_found(web, name, code, said):
    """Screens stand on all else, parts know no state, and what holds the rules knows nobody."""
    assert any(said in fault for fault in web.of_imports(name, code))


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("state/point.js", 'await fetch("/visits/v1/me");', "only api/client.js calls fetch"),
        ("screens/status/status.js", "indexedDB.databases()", "touch the database"),
        ("parts/field.js", "node.innerHTML = text;", "no markup out of text"),
    ],
)
def test_storage_network_and_markup_have_one_place(web, name, code, said):
    """Only one module fetches, two store, and none makes markup out of text."""
    assert any(said in fault for fault in web.of_code(name, code))


def test_comments_and_look_alikes_are_no_faults(web):
    """What a comment says, a type that is imported, and a method with the same name are left alone."""
    code = web.code_of(
        '/** fetch(x) @type {import("idb").Database} */ // innerHTML\nawait prefetch(a); cache.fetch(b); "https://x";'
    )
    assert not [*web.of_imports("parts/tile.js", code), *web.of_code("parts/tile.js", code)]
    assert '"https://x"' in code


@pytest.mark.parametrize(
    "code",
    [
        "html`<p>Bewaard</p>`",
        "html`<p>${t('a')} om tien uur</p>`",
        'html`<button aria-label="Sluiten">×</button>`',
        "html`<ul>${list.map((one) => html`<li>Eerste ${one}</li>`)}</ul>`",
        "html`<p onClick=${() => { if (a > b) go(`x${c}`); }}>Klaar</p>`",
    ],
)
def test_words_in_markup_are_found(web, code):
    """People's words stand in the catalogues, also deep within a template."""
    assert list(web.of_words_in_markup(code))


def test_markup_without_words_is_left_alone(web):
    """Tags, classes, signs and what is filled in are no words."""
    code = 'html`<${Tile} class="a b" data-test=\'save\' onClick=${() => x > 1}>${t("visit.save")} · &nbsp;×</${Tile}>`'
    assert not list(web.of_words_in_markup(code))


def test_catalogues_agree(web):
    """A key that a language lacks, that fills in other places, that nobody says, or that is nowhere."""
    words = {
        "nl": {"a.one": "{n} bezoek", "a.other": "{n} bezoeken", "b.x": "Ja", "c": "Nee"},
        "fr": {"a.one": "{m} visite", "a.other": "{n} visites", "b.x": "Oui", "c": "Non"},
        "en": {"a.one": "{n} visit", "a.other": "{n} visits", "b.x": "Yes"},
    }
    found = list(web.of_catalogues(words, 'tn("a", 2); t(`b.${name}`); t("d");'))
    assert found == [
        "words/fr.json fills ['m'] into a.one, nl.json ['n']",
        "words/en.json has no c",
        "nobody says words/c",
        "d is said and stands in no words/*.json",
    ]


def test_words_of_an_area_are_said_by_its_screens_only(web):
    """Before a screen of the area is opened, its words are not there."""
    code = 't("figures.contacts"); t(`figures.${name}`)'
    assert list(web.of_words_of_areas("screens/visit/visit.js", code, "figures"))
    assert not list(web.of_words_of_areas("screens/figures/page.js", code, "figures"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("De server antwoordt niet.", "'server'"),
        ("Dit is een fout.", "'fout'"),
        ("Je sessie verlopen.", "'sessie verlopen'"),
        ("Je kan nu weer verder gaan met het bezoek dat je net aan het noteren was.", "at most 12"),
        ("Gelieve de registratie van het bezoek onverwijld te verifiëren.", "gelieve"),
    ],
)
def test_words_of_an_office_are_found(web, text, said):
    """Sentences are short, and in words that volunteers use."""
    assert any(said in fault.lower() for fault in web.of_plain_language({"a": text}))
