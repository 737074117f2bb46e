"""Long addresses on letters, looked at as they are drawn: what is clipped stays in the text of a PDF, but leaves no ink."""

import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tests.services.notifications.owner import borrower
from tests.services.notifications.test_letters import ALWAYS_SHOWN, SHOWN, inside, pages_of, touches
from tests.services.notifications.test_letters import pytestmark as needs_poppler
from tests.services.notifications.world import MONDAY

THURSDAY = MONDAY + timedelta(days=3)
PIXELS = 150 / 25.4
"""A millimetre in pixels."""

ADDRESSES = {
    "a long street": ("Jan Peeters", "Burgemeester Jozef Ruelensplein 105", "Tienen", None),
    "a street with a box": ("Jan Peeters", "Burgemeester Etienne Demunterlaan 5 bus 12", "Tienen", None),
    "a name and a street that both wrap": (
        "Burgemeester Jan-Baptist Van Overstraeten-Vandenbroucke",
        "Burgemeester Etienne Demunterlaan 5 bus 12",
        "Tienen",
        None,
    ),
    "a long carer and a long town": (
        "Jan",
        "Burgemeester Jozef Ruelensplein 105",
        "Sint-Katelijne-Waver (Onze-Lieve-Vrouw-Waver)",
        "Openbaar Centrum voor Maatschappelijk Welzijn van Sint-Katelijne-Waver",
    ),
    "wide signs": ("WWWWWWWWWW MMMMMMMMMM WWWWWWWWWW", "Ǆ" * 12 + " 7", "Éghezée", None),
}

pytestmark = needs_poppler


def pictures_of(pdf):
    """Each page as it is drawn, in grey."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-"], input=pdf, capture_output=True, check=True
    ).stdout
    pages, rest = [], BytesIO(drawn)
    while rest.tell() < len(drawn):
        kind, size, _ = rest.readline(), rest.readline(), rest.readline()
        assert kind == b"P5\n"
        width, height = map(int, size.split())
        pages.append(Image.frombytes("L", (width, height), rest.read(width * height)))
    return pages


def has_ink(picture, box):
    """Whether anything dark is drawn in this box, given in mm."""
    return picture.crop([round(edge * PIXELS) for edge in box]).getextrema()[0] < 128


@pytest.mark.case("public L8")
@pytest.mark.parametrize("window", ["right", "left"])
def test_every_sign_of_an_address_is_on_paper(world, window):
    """Each word is in the window, and the first and the last sign of each leaves ink there; nothing else is seen."""
    loans = {}
    for what, (name, street, town, via) in ADDRESSES.items():
        address = {"street": street, "postalCode": "3300", "town": town}
        person = borrower(name=name, channels=["letter"], address=address, via=via)
        loans[what] = world.lend(person, THURSDAY, device=f"laptop {len(loans)}x")
        world.says("dueSoon", loans[what], THURSDAY)
    world.rounds()
    with world.client() as client:
        pdf = client.get("/letters.pdf", params={"window": window}).content
        for loan in loans.values():
            client.post(f"/messages/{world.message(loan)['id']}/cancel")
    drawn = list(zip(pages_of(pdf), pictures_of(pdf), strict=True))
    for number, (name, street, town, via) in enumerate(ADDRESSES.values()):
        [(page, picture)] = [each for each in drawn if f"{number}x." in [text for text, _ in each[0]]]
        seen = [(text, box) for text, box in page if touches(box, SHOWN[window])]
        said = "".join(text.replace("&amp;", "&") for text, _ in seen)
        assert said == "".join(f"{via or name} {street} 3300 {town.upper()}".split())
        for text, (left, top, right, bottom) in seen:
            sign = (right - left) / len(text)
            assert inside((left, top, right, bottom), ALWAYS_SHOWN[window]), text
            assert has_ink(picture, (left, top, left + sign, bottom)), text
            assert has_ink(picture, (right - sign, top, right, bottom)), text


@pytest.mark.case("public L8")
def test_an_address_that_fits_in_no_type_goes_another_way(world):
    """Nobody gets half an address: the next way is taken, and without one the coordinator sees it."""
    address = {"street": "W" * 190, "postalCode": "3300", "town": "M" * 90}
    called = borrower(name="Q" * 150, channels=["letter", "phoneCall"], phone="+3216805662", address=address)
    nobody = borrower(name="Q" * 150, channels=["letter"], address=address)
    loans = [world.lend(person, THURSDAY) for person in (called, nobody)]
    for loan in loans:
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    assert [world.message(loan)["state"] for loan in loans] == ["toCall", "failed"]
    with world.client() as client:
        shown = client.get("/unreachable", params={"pageSize": 500}).json()["items"]
        assert world.message(loans[1])["id"] in [each["id"] for line in shown for each in line["messages"]]
        client.post("/results", json={"messages": [world.message(loans[0])["id"]], "result": "told"})
