"""Letters: printed in a batch, readable for old eyes, and telling nothing through the window of the envelope."""

import os
import re
import shutil
import subprocess
from datetime import timedelta

import httpx
import pytest

from tests.services.notifications.owner import TIENEN, borrower
from tests.services.notifications.world import MONDAY

THURSDAY = MONDAY + timedelta(days=3)
ADDRESS = {"street": "Broekstraat 7 bus 2", "postalCode": "3300", "town": "Tienen"}
MM = 72 / 25.4

SHOWN = {"right": (100, 34, 210, 84), "left": (0, 34, 110, 84)}
"""Left, top, right and bottom in mm of all that the window may ever show, however the sheet has slid."""

ALWAYS_SHOWN = {"right": (119, 49, 190, 69), "left": (20, 49, 91, 69)}
"""And of what it always shows."""

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def pages_of(pdf):
    """The words of each page, each word with its box in mm."""
    said = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return [
        [(text, [float(edge) / MM for edge in box]) for *box, text in WORD.findall(page)]
        for page in said.decode().split("<page ")[1:]
    ]


def touches(box, area):
    return box[0] < area[2] and box[2] > area[0] and box[1] < area[3] and box[3] > area[1]


def inside(box, area):
    return box[0] >= area[0] and box[1] >= area[1] and box[2] <= area[2] and box[3] <= area[3]


pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true",
    reason="looking into a PDF needs poppler-utils",
)


@pytest.fixture
def written(world):
    """Three people are written to; one of them about two loans, one by way of a carer."""
    people = [
        borrower(name="Jan Peeters", channels=["letter"], address=ADDRESS),
        borrower(name="Marie-Thérèse Vandenbroucke", channels=["letter"], address=ADDRESS, language="fr"),
        borrower(name="An Janssens", channels=["letter"], address=ADDRESS, via="OCMW Tienen"),
    ]
    loans = [world.lend(person, THURSDAY) for person in people]
    loans.append(world.lend(people[0], THURSDAY, device="hotspot 3"))
    for loan in loans:
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    yield loans
    with world.client() as client:
        for loan in loans:
            client.post(f"/messages/{world.message(loan)['id']}/cancel")


@pytest.mark.parametrize("window", ["right", "left"])
def test_only_the_address_is_seen_through_the_window(world, written, window):
    """Wherever the sheet has slid to, all of the address shows and nothing else; text is 14 points."""
    with world.client() as client:
        pdf = client.get("/letters.pdf", params={"window": window}).content
    pages = pages_of(pdf)
    assert len(pages) == 3
    for page in pages:
        seen = [(text, box) for text, box in page if touches(box, SHOWN[window])]
        assert {text for text, _ in seen} >= {"Broekstraat", "7", "bus", "2", "3300", "TIENEN"}
        assert all(inside(box, ALWAYS_SHOWN[window]) for _, box in seen), seen
        assert not any("laptop" in text for text, _ in seen)
    said = [" ".join(text for text, _ in page) for page in pages]
    [two] = [each for each in said if "hotspot 3" in each]
    assert "laptop 12" in two
    [carer] = [page for page in pages if any(text == "OCMW" for text, _ in page)]
    assert not any(text == "Janssens" and touches(box, SHOWN[window]) for text, box in carer)
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "DejaVu" in fonts


def test_a_batch_is_printed_and_posted_as_one(world, written):
    """What comes later is in the next batch; posted letters are sent, once; one that comes back leads on."""
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        batch = client.post("/letterBatches", json={"municipality": TIENEN}).json()["id"]
        later = world.lend(borrower(channels=["letter"], address=ADDRESS, name="Later Pas"), THURSDAY)
        world.says("dueSoon", later, THURSDAY)
        world.rounds()
        waiting = client.get("/letters.pdf")
        assert waiting.headers["content-type"] == "application/pdf"
        assert [[text for text, _ in page].count("Pas") for page in pages_of(waiting.content)] == [2]
        printed = client.get("/letters.pdf", params={"batch": batch}).content
        assert len(pages_of(printed)) == 3
        assert elsewhere.post(f"/letterBatches/{batch}/posted").status_code == 404
        first = client.post(f"/letterBatches/{batch}/posted")
        assert first.json()["postedAt"]
        assert client.post(f"/letterBatches/{batch}/posted").json() == first.json()
        assert [world.message(loan)["state"] for loan in written] == ["posted"] * 4
        assert [event["about"] for event in world.published("sent")][-4:].count(written[0]) == 1
        back = {"messages": [world.message(written[1])["id"]], "result": "returnedMail"}
        assert client.post("/results", json=back).status_code == 200
        world.clock.set(MONDAY + timedelta(days=1))
        world.rounds()
        returned = world.message(written[1])
        assert (returned["state"], returned["reason"]) == ("failed", "noChannel")
        assert "returnedMail" in [step["state"] for step in returned["history"]]
        client.post(f"/messages/{world.message(later)['id']}/cancel")
        assert client.get("/letters.pdf").status_code == 404
        assert client.post("/letterBatches", json={"municipality": TIENEN}).status_code == 409


def test_letters_open_by_a_one_time_address(world, written):
    """In a tab of their own, which sends no token: those of who asked, once."""
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        ticket = client.post("/letters.pdf/ticket", params={"window": "left"}).json()["href"]
        theirs = elsewhere.post("/letters.pdf/ticket").json()["href"]
        base = str(client.base_url).partition("/notifications")[0]
    answers = [httpx.get(base + address, timeout=60) for address in (ticket, ticket, theirs)]
    assert [each.status_code for each in answers] == [200, 404, 404]
    assert len(pages_of(answers[0].content)) == 3
    assert answers[0].headers["Cache-Control"] == "no-store"
