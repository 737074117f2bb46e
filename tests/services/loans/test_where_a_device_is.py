"""A device is lent where it is; labels are printed for what is there to stick them on."""

import os
import re
import shutil
import subprocess

import pytest

from tests.services.loans.api import issues, new_id

pytestmark = pytest.mark.case("use 9")


@pytest.fixture
def other(loans, coordinator):
    """Another digipunt of Tienen, that lending has heard of."""
    id = new_id()
    coordinator.device(id)
    return id


def brought_back_elsewhere(coordinator, device, point, other):
    loan = coordinator.lent(point, device)
    coordinator.post(f"/loans/{loan}/return", {"digipunt": other})
    coordinator.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True})


def test_a_device_that_is_elsewhere_is_not_lent(loans, coordinator, helper, point, other):
    """Not by a loan, nor by approving a request: the answer says where the trouble is and what to do."""
    device, borrower = helper.device(point), helper.borrower(point)
    brought_back_elsewhere(coordinator, device, point, other)
    assert coordinator.state(device) == "available"
    body = {"digipunt": point, "devices": [device], "borrower": borrower}
    refused = helper.put(f"/loans/{new_id()}", body)
    assert (refused.status_code, "at another digipunt" in refused.json()["detail"]) == (409, True)
    request = new_id()
    helper.put(f"/requests/{request}", {"borrower": borrower, "deviceKind": "laptop", "digipunt": point})
    assert helper.post(f"/requests/{request}/approve", {"devices": [device]}).status_code == 409
    there = coordinator.borrower(other)
    assert (
        coordinator.put(f"/loans/{new_id()}", {**body, "digipunt": other, "borrower": there}).status_code
        == 201
    )


def test_brought_back_it_is_checked_here_and_lent(coordinator, helper, point, other):
    """A helper of its home looks at it when the van brought it; somebody of a third digipunt cannot claim it."""
    device = helper.device(point)
    brought_back_elsewhere(coordinator, device, point, other)
    assert (
        helper.post(f"/devices/{device}/check", {"condition": "good", "digipunt": other}).status_code == 403
    )
    here = helper.post(f"/devices/{device}/check", {"condition": "used", "digipunt": point}).json()
    assert (here["at"], here["state"]) == (point, "available")
    helper.lent(point, device)


def test_a_check_does_not_take_a_device_to_another_municipality(coordinator, helper, point):
    """A device is at a digipunt of its own municipality."""
    far, device = new_id(), helper.device(point)
    coordinator.device(far, municipality="24059")
    answer = coordinator.post(f"/devices/{device}/check", {"condition": "good", "digipunt": far})
    assert issues(answer) == ["digipunt"]


@pytest.mark.parametrize("way", ["move", "stock"])
def test_what_left_after_it_was_reserved_is_not_handed_over(coordinator, helper, point, other, way):
    """Reserved here, moved or scanned elsewhere: it is not given here until it is here again."""
    device = helper.device(point)
    loan = helper.loan(point, device)
    if way == "move":
        assert coordinator.post(f"/devices/{device}/move", {"digipunt": other}).status_code == 200
    else:
        coordinator.post("/stockTakes", {"digipunt": other, "scanned": [device]})
    assert helper.post(f"/loans/{loan}/handOver", {}).status_code == 409
    coordinator.post("/stockTakes", {"digipunt": point, "scanned": [device]})
    assert helper.post(f"/loans/{loan}/handOver", {}).status_code == 200


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and os.environ.get("CI") != "true",
    reason="pdftotext reads the sheet (poppler-utils)",
)
def test_no_label_for_what_is_retired_or_missing(coordinator, helper, point):
    """Neither by default nor when it is named; only when that state is asked for."""
    labels = {state: f"L{new_id()[:6]}" for state in ("here", "missing", "retired")}
    devices = {state: helper.device(point, label=label) for state, label in labels.items()}
    coordinator.post(f"/devices/{devices['missing']}/missing", {})
    coordinator.post(f"/devices/{devices['retired']}/retire", {"reason": "tooOld"})

    def printed(**query):
        answer = helper.get("/devices/labels.pdf", digipunt=point, **query)
        assert answer.status_code == 200, answer.text
        command = ["pdftotext", "-", "-"]
        read = subprocess.run(command, input=answer.content, capture_output=True, check=True).stdout
        text = re.sub(r"\s", "", read.decode())
        return {state for state, label in labels.items() if label in text}

    assert printed() == {"here"}
    assert printed(device=list(devices.values())) == {"here"}
    assert printed(state="missing") == {"missing"}
    assert printed(state="retired") == {"retired"}
