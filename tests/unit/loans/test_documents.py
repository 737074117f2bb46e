"""What is printed for a loan is plain, complete and safe."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from common.pdf import PdfRenderer
from contracts.message_context import LANGUAGES
from services.loans.documents import agreement, labels
from services.loans.documents.agreement import AgreedDevice, Agreement, Extension, Place
from services.loans.documents.labels import DeviceLabel
from services.notifications.model.plain_language import assess, has_phone_number

LOAN = Agreement(
    language="nl",
    borrower="Zoë O'Brien-Peeters",
    place=Place(
        "Bezorgd om Mensen", "Grote Markt 1, 3300 Tienen", "016 80 56 62", "dinsdag van 13 tot 17 uur"
    ),
    devices=[
        AgreedDevice("laptop", "L-12", "good", "5CG1234XYZ", ["lader", "muis", "hoes"]),
        AgreedDevice("hotspot", "H-3", "used"),
    ],
    handed_over_on=date(2026, 11, 2),
    due_on=date(2026, 11, 30),
)


EXTENSION = Extension(
    language="nl",
    borrower=LOAN.borrower,
    place=LOAN.place,
    devices=LOAN.devices,
    handed_over_on=LOAN.handed_over_on,
    previously_due_on=LOAN.due_on,
    due_on=date(2027, 1, 4),
    extended_on=date(2026, 11, 26),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreement_is_in_plain_language(language):
    """Short sentences, everyday words, no jargon, no web address, and whom to call."""
    words = agreement.filled(replace(LOAN, language=language, made_later_on=LOAN.due_on))
    said = [part for text in words.values() for part in (text if isinstance(text, list) else [text])]
    assessment = assess("\n".join(said), language)
    print(f"agreement {language}: {assessment}")
    assert assessment.problems == []
    assert has_phone_number(words["call"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_extension_is_in_plain_language(language):
    """It says until when it was, and until when it is."""
    page = agreement.extension_html(replace(EXTENSION, language=language))
    said = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "\n", page, flags=re.DOTALL))
    assert assess(said, language).problems == []
    for moment in (EXTENSION.previously_due_on, EXTENSION.due_on):
        assert agreement.day(moment, language, weekday=True) in said


@pytest.mark.case("use 9")
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_devices_are_not_called_one(language):
    """The headings of an agreement and of its extension say how many are lent."""
    for made, page in ((LOAN, agreement.html), (EXTENSION, agreement.extension_html)):
        one, both = (
            page(replace(made, language=language, devices=devices))
            for devices in (LOAN.devices[:1], LOAN.devices)
        )
        assert re.search("<h1>(.*)</h1>", one)[1] != re.search("<h1>(.*)</h1>", both)[1]


@pytest.mark.case("use 11")
def test_a_colon_stands_apart_in_french():
    """Accessoires, Date and Retiré par are followed by a space that never ends a line."""
    page = agreement.html(replace(LOAN, language="fr", collected_by="Els"))
    for word in ("Accessoires", "Date", "Retiré par"):
        assert f"{word}\N{NO-BREAK SPACE}:" in page
    assert "Hoort erbij:" in agreement.html(LOAN)


@pytest.mark.case("use 11")
def test_the_first_of_a_month_is_premier_in_french():
    """“le mardi 1er décembre”, and the eleventh stays the eleventh."""
    first, eleventh = date(2026, 12, 1), date(2026, 12, 11)
    assert agreement.day(first, "fr", weekday=True) == "mardi 1er décembre 2026"
    assert agreement.day(eleventh, "fr") == "11 décembre 2026"
    assert agreement.day(first, "nl") == "1 december 2026"
    page = agreement.html(replace(LOAN, language="fr", due_on=first))
    assert "au plus tard le mardi 1er décembre 2026." in page


@pytest.mark.parametrize(
    ("language", "due"),
    [
        ("nl", "Breng alles terug op maandag 30 november 2026."),
        ("fr", "Rapportez tout au plus tard le lundi 30 novembre 2026."),
        ("en", "Bring everything back by Monday 30 November 2026."),
    ],
)
def test_the_agreement_names_the_day_the_devices_and_what_goes_with_them(language, due):
    """Whoever takes it home can read what to bring back, and when."""
    page = agreement.html(replace(LOAN, language=language))
    assert due in page
    for text in ("L-12", "5CG1234XYZ", "lader, muis, hoes", "H-3", "016 80 56 62", "Grote Markt 1"):
        assert text in page


def test_an_organisation_borrows_and_a_person_collects():
    """Both are named, and the person signs."""
    page = agreement.html(replace(LOAN, borrower="OCMW Tienen", collected_by="An Claes"))
    assert "OCMW Tienen" in page
    assert "Opgehaald door: An Claes" in page
    assert "</strong> – An Claes" in page


def test_what_people_typed_cannot_change_the_page():
    """A name with signs of HTML or of templates is printed as it is."""
    name = '<img src=x> {{ 7 * 7 }} {phone} & "co"'
    page = agreement.html(replace(LOAN, borrower=name))
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt; {{ 7 * 7 }} {phone} &amp;" in page


def test_a_place_of_which_little_is_known_is_left_out():
    """Without phone, address and opening hours the page still stands, and has no empty lines about them."""
    page = agreement.html(replace(LOAN, place=Place("BOM")))
    assert "Bel ons" not in page
    assert "Waar brengt" not in page


def test_a_signature_from_the_screen_stands_on_the_page():
    """Signed on the screen, there is nothing left to sign for the borrower."""
    assert agreement.is_png(agreement.PNG + b"...")
    assert not agreement.is_png(b"<svg>")
    page = agreement.html(replace(LOAN, signature=agreement.PNG))
    assert "data:image/png;base64,iVBORw0KGgo=" in page
    assert "Teken hier" not in page


def test_labels_begin_where_the_sheet_is_still_whole():
    """The first labels of a used sheet are skipped, and a full sheet is followed by another."""
    made = [DeviceLabel(f"urn:uuid:{n}", "laptop", f"L-{n}", "BOM") for n in range(25)]
    page = labels.html(made, skip=4)
    assert page.count("<section") == 2
    assert page.count("<img") == 25
    first = page.split('class="label"')[1]
    assert "left: 70mm; top: 37.5mm" in first


def test_agreement_and_labels_become_pdfs():
    """WeasyPrint renders both pages."""
    renderer = PdfRenderer()
    made = [DeviceLabel("urn:uuid:1", "laptop", "L-1", "BOM")]
    for page in (agreement.html(LOAN), labels.html(made)):
        assert renderer.render(page).startswith(b"%PDF-")
