"""Agreements and labels as they come out of the printer: nothing runs off the sheet, and nothing is cut off."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from PIL import ImageChops

from common.pdf import PdfRenderer
from services.loans.documents import agreement, labels
from services.loans.documents.agreement import AgreedDevice, Agreement, Extension, Place
from services.loans.documents.labels import PER_SHEET, DeviceLabel
from tests.support.paper import has_ink, needs_poppler, sheets, text_of

pytestmark = needs_poppler

RENDERER = PdfRenderer()
WIDE = "W" * 80
SHEET = (210, 297)

REPORTED = [
    AgreedDevice(
        "smartphone",
        "Smartphone_Samsung_A15_2",
        "good",
        "IMEI356938035643809SNR58N91ABCDE",
        ["oplader", "hoesje", "simkaartnaaldje"],
    )
]
LOAN = Agreement(
    "nl",
    "Jan Peeters",
    Place("Bezorgd om Mensen", "Grote Markt 1, 3300 Tienen", "016 80 56 62", "dinsdag van 13 tot 17 uur"),
    REPORTED,
    date(2026, 11, 2),
    date(2026, 12, 1),
)
LOANS = {
    "as reported": LOAN,
    "names without a space": replace(
        LOAN, borrower=WIDE, collected_by=WIDE, place=Place(WIDE, WIDE, "016 80 56 62")
    ),
    "each field as long as it may be": replace(
        LOAN,
        contact="é" * 200,
        devices=[AgreedDevice("mouseKeyboard", "W" * 40, "incomplete", "M" * 100, ["W" * 60] * 20)],
    ),
    "60 devices": replace(LOAN, devices=REPORTED * 60),
    "other scripts": replace(
        LOAN, borrower="محمد بن عبد الله " * 9, collected_by="Щ" * 80, place=Place("王小明" * 26)
    ),
    "in French": replace(LOAN, language="fr", borrower="Ÿ" * 80, made_later_on=date(2026, 11, 26)),
}


def margins_are_white(pdf):
    """What runs off a sheet goes through its margin first."""
    drawn = sheets(pdf)
    for sheet in drawn:
        assert not has_ink(sheet, (0, 0, 19, 297)), "left"
        assert not has_ink(sheet, (191.5, 0, 210, 297)), "right"
        assert not has_ink(sheet, (0, 0, 210, 15)), "above"
        assert not has_ink(sheet, (0, 291, 210, 297)), "below"
    return drawn


@pytest.mark.case("public L22")
@pytest.mark.parametrize("loan", LOANS.values(), ids=LOANS)
def test_nothing_of_an_agreement_runs_off_the_sheet(loan):
    """However long a name, a label, a serial number or a list is, and in whatever script; all of it is there."""
    pdf = RENDERER.render(agreement.html(loan))
    margins_are_white(pdf)
    # A long word is broken, and the reader takes line by line across columns: so sign by sign.
    asked = "".join(
        text for device in loan.devices for text in (device.label, device.serial or "", *device.accessories)
    )
    assert Counter(asked) <= Counter(text_of(pdf))


@pytest.mark.case("public L22")
def test_an_agreement_of_a_few_devices_is_one_sheet():
    """Three devices, with who collected them: one page to sign."""
    loan = replace(
        LOAN, devices=[*REPORTED, AgreedDevice("hotspot", "H-3", "used", None, [])], collected_by="An Claes"
    )
    for language in ("nl", "fr", "en"):
        assert len(sheets(RENDERER.render(agreement.html(replace(loan, language=language))))) == 1


def test_nothing_of_an_extension_runs_off_the_sheet():
    """It has the same fields, so it can be as wide."""
    long = LOANS["each field as long as it may be"]
    pdf = RENDERER.render(
        agreement.extension_html(
            Extension(
                "fr",
                WIDE,
                Place(WIDE, WIDE),
                long.devices,
                long.due_on,
                long.due_on,
                long.due_on,
                long.due_on,
            )
        )
    )
    margins_are_white(pdf)


OWNER = "Openbare Bibliotheek en Ontmoetingscentrum De Zonnewijzer van Hoegaarden en Omstreken"
PHONE = "016 80 56 62"
LABELS = {
    "a name of four lines": DeviceLabel("digipunt:1", "laptop", "12", OWNER, PHONE),
    "and a long label": DeviceLabel("digipunt:1", "laptop", "Smartphone_Samsung_A15_2", OWNER, PHONE),
    "each field as long as it may be": DeviceLabel(
        "digipunt:1", "muis en toetsenbord", "W" * 40, "W" * 200, "+352 27 12 67 89 01"
    ),
    "80 characters without a space": DeviceLabel("digipunt:1", "laptop", "W" * 40, "M" * 80, PHONE),
    "bold and wide": DeviceLabel("digipunt:1", "laptop", "@%" * 20, "Ÿ@ " * 66, PHONE),
    "Cyrillic": DeviceLabel("digipunt:1", "laptop", "Щ" * 40, "Щ" * 80, PHONE),
    "Arabic": DeviceLabel("digipunt:1", "laptop", "نقطة", "نقطة رقمية للمساعدة " * 10, PHONE),
    "Chinese": DeviceLabel("digipunt:1", "laptop", "王小明" * 13, "数字帮助点" * 40, PHONE),
    "short": DeviceLabel("digipunt:1", "laptop", "12", "BOM"),
}


@pytest.mark.case("public L19")
def test_nothing_of_a_label_is_cut_off_or_stands_on_another():
    """All that a label says is inside of it, 3 mm from its edges, and cutting off what is outside takes nothing away."""
    page = labels.html([*LABELS.values()] * 2)
    free = page.replace("overflow: hidden", "overflow: visible")
    assert free != page
    (sheet,), (uncut,) = sheets(RENDERER.render(page)), sheets(RENDERER.render(free))
    assert ImageChops.difference(sheet, uncut).getbbox() is None
    for n in range(PER_SHEET):
        left, top = n % 3 * 70, n // 3 * 37 + 0.5
        assert has_ink(uncut, (left + 4, top + 4, left + 67, top + 33)) == (n < 2 * len(LABELS))
        for edge in (
            (left, top, left + 70, top + 3.5),
            (left, top + 33.5, left + 70, top + 37),
            (left, top, left + 4, top + 37),
            (left + 67.5, top, left + 70, top + 37),
        ):
            assert not has_ink(uncut, edge), (list(LABELS)[n % len(LABELS)], edge)


@pytest.mark.case("public L19")
def test_the_number_to_call_is_whole_on_each_label():
    """As a reader of the sheet finds it; 60 devices fill three sheets."""
    made = [DeviceLabel(f"digipunt:{n}", "laptop", f"L-{n}", OWNER, PHONE) for n in range(60)]
    pdf = RENDERER.render(labels.html(made))
    assert len(sheets(pdf)) == 3
    assert text_of(pdf).count(PHONE) == 60
