"""A label is one label however it is written, and a scan is understood whatever keyboard the computer has."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.services.loans.api import TIENEN, new_id

BELGIAN = str.maketrans("1234567890:-aqzwm", "&é\"'(§è!çàM)qawz,")
FRENCH = str.maketrans("1234567890:-aqzwm", "&é\"'(-è_çàM)qawz,")
"""What a computer with an AZERTY keyboard makes of the keys of a scanner that is set to QWERTY."""

CAPS = str.maketrans(":-aqzw", "m°QAWZ")
"""The same with caps lock on, in Windows: digits, and capitals."""


def device(client, point, label):
    """The answer to adding a laptop with this label, and its id."""
    id = new_id()
    return client.put(
        f"/devices/{id}", {"kind": "laptop", "label": label, "digipunt": point, "municipality": TIENEN}
    ), id


@pytest.mark.case("public L18")
@pytest.mark.parametrize(
    "again",
    [
        "écran {}",
        "ÉCRAN {}",
        "E\u0301cran {}",
        " Écran   {} ",
        "Écran\u200b {}",
        "Écran\u00a0{}",
        "Éc\u00adran {}",
    ],
)
def test_a_label_is_taken_in_every_writing(coordinator, point, again):
    """Two stickers that people read alike are refused, and the list finds the device in each writing."""
    number = new_id()[-6:]
    made, id = device(coordinator, point, f"Écran {number}")
    assert made.status_code == 201
    refused, _ = device(coordinator, point, again.format(number))
    assert refused.status_code == 409
    found = coordinator.get("/devices", municipality=TIENEN, label=again.format(number).strip()).json()
    assert [each["id"] for each in found["items"]] == [id]


@pytest.mark.case("public L18")
def test_a_label_is_free_again_after_its_device_is_retired(coordinator, point):
    """A sticker may go on the next device; and changing case of an own label is no clash."""
    label = f"ÉÉN {new_id()[-6:]}"
    _, id = device(coordinator, point, label)
    assert coordinator.patch(f"/devices/{id}", {"label": label.lower()}, version=1).status_code == 200
    assert coordinator.post(f"/devices/{id}/retire", {"reason": "broken"}).status_code == 200
    assert device(coordinator, point, label)[0].status_code == 201


@pytest.mark.case("public L18")
def test_of_two_at_once_one_gets_the_label(coordinator, point):
    """The database itself holds that a label is given once."""
    label = f"Muis {new_id()[-6:]}"
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda text: device(coordinator, point, text)[0], [label, label.upper()] * 2)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.case("public L21")
@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.translate(BELGIAN),
        lambda code: code.translate(FRENCH),
        lambda code: code.translate(CAPS).replace("digipunt", "DIGIPUNT"),
        lambda code: code.upper(),
        lambda code: f"  {code}\r\n",
        lambda code: code.removeprefix("digipunt:").translate(BELGIAN),
    ],
    ids=["be", "fr", "caps", "capitals", "line end", "without prefix"],
)
def test_a_scan_through_another_keyboard_is_understood(coordinator, typed):
    """The QR code of a device is found when the scanner and the computer have different keyboards."""
    point = new_id()
    _, here = device(coordinator, point, new_id()[-8:])
    _, gone = device(coordinator, point, new_id()[-8:])
    body = {"digipunt": point, "scanned": [typed(f"digipunt:{here}")], "markMissing": True}
    told = coordinator.post("/stockTakes", body).json()
    assert (told["found"], told["absent"], told["notOurs"]) == ([here], [gone], [])


@pytest.mark.case("public L21")
@pytest.mark.parametrize("scanned", [[], ["https://example.org/"], ["8710398500000", "qqqq"]])
def test_nothing_is_missing_when_no_scan_is_ours(coordinator, scanned):
    """A scanner that reads something else says nothing about the shelf: all are absent, none is marked missing."""
    point = new_id()
    _, here = device(coordinator, point, new_id()[-8:])
    told = coordinator.post(
        "/stockTakes", {"digipunt": point, "scanned": scanned, "markMissing": True}
    ).json()
    assert told["absent"] == [here]
    assert coordinator.get(f"/devices/{here}").json()["state"] == "available"


@pytest.mark.case("public L21")
def test_a_label_through_another_keyboard_is_understood(coordinator):
    """So is a label that was printed as a barcode; one that is really called so comes first."""
    point = new_id()
    _, here = device(coordinator, point, "W4017")
    _, odd = device(coordinator, point, "&é")
    told = coordinator.post("/stockTakes", {"digipunt": point, "scanned": ["Z'à&è", "&é"]}).json()
    assert sorted(told["found"]) == sorted([here, odd])
