"""What is printed for a loan is plain, complete and safe."""

from dataclasses import replace
from datetime import date

import pytest

from common.pdf import PdfRenderer
from contracts.message_context import LANGUAGES
from services.loans.documents import agreement, labels
from services.loans.documents.agreement import AgreedDevice, Agreement, Place
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_agreement_is_in_plain_language(language):
    """Short sentences, everyday words, no jargon, no web address, and whom to call."""
    words = agreement.filled(replace(LOAN, language=language))
    said = [part for text in words.values() for part in (text if isinstance(text, list) else [text])]
    assessment = assess("\n".join(said), language)
    print(f"agreement {language}: {assessment}")
    assert assessment.problems == []
    assert has_phone_number(words["call"])


@pytest.mark.parametrize(
    ("language", "due"),
    [
        ("nl", "Breng alles terug op maandag 30 november 2026."),
        ("fr", "Rapportez tout le lundi 30 novembre 2026."),
        ("en", "Bring it all back on Monday 30 November 2026."),
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
