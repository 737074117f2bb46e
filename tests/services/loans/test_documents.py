"""What is printed over the API."""

from tests.services.loans.api import ADDRESS
from tests.support.paper import SIGNATURE


def test_the_agreement_and_the_labels_are_pdfs(helper, point):
    """In the borrower's language or another one, signed on the screen; labels of the devices of a digipunt."""
    device = helper.device(point, label="12", accessories=["lader"], serial="SN 1")
    borrower = helper.borrower(point, language="fr", address=ADDRESS)
    loan = helper.loan(point, device, borrower=borrower)
    helper.post(f"/loans/{loan}/handOver", {"signature": SIGNATURE, "collectedBy": "An Claes"})
    for answer in (
        helper.get(f"/loans/{loan}/agreement.pdf"),
        helper.get("/devices/labels.pdf", digipunt=point, skip=3),
    ):
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-")
    assert helper.get(f"/loans/{loan}/agreement.pdf", language="de").status_code == 400
