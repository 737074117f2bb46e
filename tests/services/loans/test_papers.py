"""What was signed stays what was signed, whatever becomes of the loan, the borrower or the device."""

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from chassis.http.auth import Actor
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of, destroy, own_cipher
from services.loans.handlers import loans as handlers
from services.loans.handlers.borrowers import reencrypt
from services.loans.tables import borrower_tokens, borrowers, loan_papers
from services.loans.tables import loans as loans_table
from tests.services.loans.api import TIENEN, issues, new_id
from tests.support.paper import SIGNATURE, canvas, needs_poppler, png, signed, text_of

MONDAY = date(2026, 11, 2)


def paper_of(client, loan, page="agreement.pdf", **query):
    answer = client.get(f"/loans/{loan}/{page}", **query)
    assert answer.status_code == 200, answer.text
    return answer


def kept(loans, loan):
    """The rows of the papers of a loan."""
    statement = sa.select(loan_papers).where(loan_papers.c.loan == loan).order_by(loan_papers.c.number)
    with loans.application.database.read() as connection:
        return connection.execute(statement).all()


def reencrypt_all(application, cipher):
    """As `digipunt rotate-keys` does."""
    after = None
    while True:
        with application.unit_of_work() as uow:
            after, _ = reencrypt(uow, cipher, after, 50)
        if after is None:
            return


@pytest.fixture
def lend(helper, point, clock):
    """Lends laptop W80 to Godelieve, who signs on the screen, and says what changed afterwards."""
    clock.go_to(MONDAY)
    labels = f"W{new_id()[:8]}", f"Z{new_id()[:8]}"
    device = helper.device(point, label=labels[0], serial="SN-1")
    borrower = helper.borrower(point, name="Godelieve Vandersmissen")
    loan = helper.loan(point, device, borrower=borrower)
    answer = helper.post(f"/loans/{loan}/handOver", {"signature": SIGNATURE})
    assert answer.status_code == 200, answer.text

    def change_everything():
        clock.go_to(MONDAY + timedelta(days=7))
        assert helper.patch(f"/borrowers/{borrower}", {"name": "Piet Claes", "language": "fr"}, 1).is_success
        version = helper.get(f"/devices/{device}").json()["version"]
        assert helper.boss.patch(
            f"/devices/{device}", {"label": labels[1], "serial": "SN-2"}, version
        ).is_success
        assert helper.post(f"/loans/{loan}/extend", {}).is_success

    return {
        "loan": loan,
        "device": device,
        "borrower": borrower,
        "labels": labels,
        "due": answer.json()["dueOn"],
        "change_everything": change_everything,
    }


@needs_poppler
@pytest.mark.case("use 1")
@pytest.mark.parametrize("seen_before", [True, False])
def test_a_signed_agreement_stays_as_it_was_signed(helper, lend, seen_before):
    """Another name, label, language and due day, before it was ever looked at or after: the same page, byte for byte."""
    first = paper_of(helper, lend["loan"]).content if seen_before else None
    lend["change_everything"]()
    after = paper_of(helper, lend["loan"])
    if first is not None:
        assert after.content == first
    said = text_of(after.content)
    for text in ("Godelieve Vandersmissen", lend["labels"][0], "SN-1", "30 november 2026", "2 november 2026"):
        assert text in said
    for text in ("Piet", lend["labels"][1], "SN-2", "Teken hier", "later gemaakt"):
        assert text not in said
    french = paper_of(helper, lend["loan"], language="fr")
    digest = hashlib.sha256(after.content)
    assert french.content == after.content
    assert french.headers["ETag"] == f'"{digest.hexdigest()}"'
    assert french.headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"


@needs_poppler
@pytest.mark.case("use 1")
def test_an_extension_is_a_page_of_its_own_and_a_line_in_the_history(helper, lend, clock):
    """Each one says until when it was and until when it is, with what was known that day."""
    lend["change_everything"]()
    clock.go_to(MONDAY + timedelta(days=9))
    second = helper.post(f"/loans/{lend['loan']}/extend", {}).json()["dueOn"]
    listed = helper.get(f"/loans/{lend['loan']}/extensions").json()["items"]
    assert [each["number"] for each in listed] == [1, 2]
    assert [listed[0]["previouslyDueOn"], listed[1]["dueOn"]] == [lend["due"], second]
    assert listed[0]["dueOn"] == listed[1]["previouslyDueOn"]
    said = text_of(paper_of(helper, lend["loan"], "extensions/1.pdf").content)
    for text in ("Piet Claes", lend["labels"][1], "lundi 30 novembre 2026", "9 novembre 2026"):
        assert text in said
    again = paper_of(helper, lend["loan"], "extensions/1.pdf").content
    assert text_of(again) == said
    for page in ("3.pdf", "0.pdf", "1", "x.pdf"):
        assert helper.get(f"/loans/{lend['loan']}/extensions/{page}").status_code == 404
    history = helper.get(f"/devices/{lend['device']}/history").json()["items"]
    assert [each["what"] for each in history[:2]] == ["extended", "extended"]
    assert history[0]["note"] == f"{listed[1]['previouslyDueOn']} → {second}"


@pytest.mark.case("use 1")
def test_a_due_day_that_the_coordinator_changes_is_in_the_history(coordinator, helper, lend, clock):
    """It is no extension and has no page, but it can be read back."""
    loan = lend["loan"]
    day = (MONDAY + timedelta(days=14)).isoformat()
    version = helper.get(f"/loans/{loan}").json()["version"]
    assert coordinator.patch(f"/loans/{loan}", {"dueOn": day}, version).is_success
    history = helper.get(f"/devices/{lend['device']}/history").json()["items"]
    assert (history[0]["what"], history[0]["note"]) == ("dueDateChanged", f"{lend['due']} → {day}")
    assert helper.get(f"/loans/{loan}/extensions").json()["items"] == []


@pytest.mark.case("use 1")
def test_two_who_ask_at_once_get_the_same_page(loans, helper, lend):
    """It is drawn for both, and the first drawing is what is kept."""
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: paper_of(helper, lend["loan"]).content, range(2)))
    assert answers[0] == answers[1] == paper_of(helper, lend["loan"]).content
    (row,) = kept(loans, lend["loan"])
    assert (row.page, row.sha256) == (None, hashlib.sha256(answers[0]).hexdigest())


@pytest.mark.case("use 1")
def test_a_hand_over_that_fails_leaves_neither_loan_nor_paper(loans, helper, point):
    """Both are written in one transaction: what fails before its end leaves the loan ready, and no page."""
    loan = helper.loan(point)
    application = loans.application
    cipher = FieldCipher(application.settings.data_keys)
    caller = Actor("test", frozenset({"helper"}), frozenset({TIENEN}), frozenset({point}))

    def hand_over_and_fail():
        with application.unit_of_work() as uow:
            handlers.hand_over(uow, cipher, caller, loan, None, {"drawn": SIGNATURE})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hand_over_and_fail()
    assert helper.get(f"/loans/{loan}").json()["state"] == "ready"
    assert kept(loans, loan) == []
    assert helper.post(f"/loans/{loan}/handOver", {}).is_success
    assert [row.number for row in kept(loans, loan)] == [0]


@needs_poppler
@pytest.mark.case("use 1")
@pytest.mark.case("public L24")
@pytest.mark.parametrize("drawn", [SIGNATURE, "data:image/png;base64,iVBORw0KGgo="])
def test_a_loan_from_before_papers_were_kept_gets_one_that_says_so(loans, helper, lend, drawn):
    """Made at its first request, with the day of then from the journal; a signature that holds nothing is a line to sign on."""
    lend["change_everything"]()
    cipher = FieldCipher(loans.application.settings.data_keys)
    with loans.application.database.begin() as connection:
        connection.execute(sa.delete(loan_papers).where(loan_papers.c.loan == lend["loan"]))
        this = sa.update(loans_table).where(loans_table.c.id == lend["loan"])
        connection.execute(this.values(sealed=cipher.encrypt({"signature": drawn})))
    first = paper_of(helper, lend["loan"]).content
    said = text_of(first)
    assert "Avant" not in said
    for text in ("Piet Claes", "lundi 30 novembre 2026", "faite plus tard, le 9 novembre 2026"):
        assert text in said
    assert ("Signez ici" in said) == (drawn != SIGNATURE)
    assert paper_of(helper, lend["loan"]).content == first
    assert [row.reconstructed for row in kept(loans, lend["loan"])] == [True]


@pytest.mark.case("use 1")
def test_erasing_a_borrower_erases_their_papers(loans, helper, lend):
    """The days stay, for the figures; page, drawing and hash are gone, and what was lent answers 409."""
    lend["change_everything"]()
    loan = lend["loan"]
    paper_of(helper, loan)
    helper.post(f"/loans/{loan}/return", {})
    assert helper.boss.post(f"/borrowers/{lend['borrower']}/erase").is_success
    for page in ("agreement.pdf", "extensions/1.pdf"):
        assert helper.get(f"/loans/{loan}/{page}").status_code == 409
    assert [(row.page, row.pdf, row.sha256) for row in kept(loans, loan)] == [(None, None, None)] * 2
    assert [each["number"] for each in helper.get(f"/loans/{loan}/extensions").json()["items"]] == [1]


def test_papers_go_along_when_the_key_is_changed(loans, helper, lend):
    """Drawn or not, the new key alone opens them, and the bytes are the same."""
    lend["change_everything"]()
    before = paper_of(helper, lend["loan"]).content
    old = loans.runner.settings.data_keys[0]
    new = b"the next key of the papers, known to this test"

    reencrypt_all(loans.application, FieldCipher([new, old]))
    agreement, extension = kept(loans, lend["loan"])
    with loans.application.database.read() as connection:
        own = cipher_of(connection, FieldCipher([new]), lend["borrower"])
    assert own.decrypt_bytes(agreement.pdf) == before
    assert b"Piet Claes" in own.decrypt_bytes(extension.page)
    reencrypt_all(loans.application, FieldCipher([old, new]))
    assert paper_of(helper, lend["loan"]).content == before


def as_from_before_there_were_keys(connection, old, lend):
    """Everything of the borrower is under the data key, and they have no key of their own."""
    own, shared = cipher_of(connection, old, lend["borrower"]), old
    for table, column, this in (
        (borrowers, borrowers.c.sealed, borrowers.c.id == lend["borrower"]),
        (loan_papers, loan_papers.c.page, loan_papers.c.loan == lend["loan"]),
    ):
        sealed = connection.execute(sa.select(column).where(this)).scalar_one()
        again = shared.encrypt_bytes(own.decrypt_bytes(sealed))
        connection.execute(sa.update(table).where(this).values({column.name: again}))
    destroy(connection, lend["borrower"])


@needs_poppler
def test_a_paper_from_before_there_were_keys_is_opened_at_once(loans, helper, lend):
    """The first look draws it, and makes the key of the borrower under which it is kept: that look shows it too."""
    with loans.application.database.begin() as connection:
        as_from_before_there_were_keys(connection, FieldCipher(loans.runner.settings.data_keys), lend)
    first = paper_of(helper, lend["loan"]).content
    assert "Godelieve Vandersmissen" in text_of(first)
    assert paper_of(helper, lend["loan"]).content == first


def test_who_got_a_key_by_a_loan_is_still_found_with_the_next_data_key(loans, lend):
    """A key that is made meanwhile is under the new data key already; the words to search by are not."""
    old, new = loans.runner.settings.data_keys[0], b"the next key of the words, known to this test"
    with loans.application.database.begin() as connection:
        as_from_before_there_were_keys(connection, FieldCipher([old]), lend)
        own_cipher(connection, FieldCipher([new, old]), lend["borrower"])
    try:
        reencrypt_all(loans.application, FieldCipher([new, old]))
        token = borrower_tokens.c.token == FieldCipher([new]).blind_index("name", "Godelieve")
        with loans.application.database.read() as connection:
            found = connection.execute(sa.select(borrower_tokens.c.borrower).where(token)).scalars().all()
        assert lend["borrower"] in found
    finally:
        reencrypt_all(loans.application, FieldCipher([old, new]))


@needs_poppler
@pytest.mark.case("use 9")
def test_nobody_collected_it_when_nobody_was_named(helper, point):
    """The contact of an organisation is called a contact; who collected is who was named at the hand-over."""
    borrower = helper.borrower(point, kind="organisation", name="OCMW Tienen", contact={"name": "Els Maes"})
    for named, said, unsaid in (
        ({}, "Contactpersoon: Els Maes", "Opgehaald door"),
        ({"collectedBy": "An Claes"}, "Opgehaald door: An Claes", "Els Maes"),
    ):
        loan = helper.loan(point, borrower=borrower)
        assert "Opgehaald door" not in text_of(paper_of(helper, loan).content)
        assert helper.post(f"/loans/{loan}/handOver", named).is_success
        text = text_of(paper_of(helper, loan).content)
        assert said in text
        assert unsaid not in text


@needs_poppler
def test_the_agreement_that_is_kept_is_in_the_language_that_was_read(helper, point):
    """Who read and signed the French page has the French page, though they are told things in Dutch."""
    loan = helper.loan(point)
    assert "Vous empruntez" in text_of(paper_of(helper, loan, language="fr").content)
    assert helper.post(f"/loans/{loan}/handOver", {"language": "fr"}).is_success
    assert "Vous empruntez" in text_of(paper_of(helper, loan).content)


NO_SIGNATURES = {
    "the first bytes of a PNG": "data:image/png;base64,iVBORw0KGgo=",
    "one that is cut off": SIGNATURE[: len(SIGNATURE) // 2 // 4 * 4],
    "transparent": png(canvas()),
    "transparent, black underneath": png(canvas(colour=(0, 0, 0, 0))),
    "white": png(canvas(colour=(255, 255, 255, 255))),
    "white without transparency": png(canvas(colour=(255, 255, 255), mode="RGB")),
    "white in grey": png(canvas(colour=255, mode="L")),
    "black all over": png(canvas(colour=(0, 0, 0, 255))),
    "nearly white on white": png(signed(canvas(colour=(255, 255, 255, 255)), ink=(250, 250, 250, 255))),
    "ink that cannot be seen through": png(signed(canvas(), ink=(0, 0, 0, 4))),
    "one point": png(canvas(1, 1, (255, 0, 0, 255))),
    "a line of one point high": png(canvas(3000, 1, (0, 0, 0, 255))),
    "too large to be drawn": png(canvas(9000, 9000, 1, "1")),
    "a GIF": "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    "no base64": "data:image/png;base64,iVBORw0KGgo*",
}


@pytest.mark.case("public L24")
@pytest.mark.case("use 1")
@pytest.mark.parametrize("drawing", NO_SIGNATURES.values(), ids=NO_SIGNATURES)
def test_what_is_no_signature_is_refused(helper, point, drawing):
    """A picture that cannot be read, of an absurd size, or in which nothing is drawn; the loan stays ready."""
    loan = helper.loan(point)
    assert issues(helper.post(f"/loans/{loan}/handOver", {"signature": drawing})) == ["signature"]
    assert helper.get(f"/loans/{loan}").json()["state"] == "ready"


SIGNATURES = {
    "on a transparent canvas": SIGNATURE,
    "on white": png(signed(canvas(colour=(255, 255, 255), mode="RGB"), ink=(0, 0, 0))),
    "in grey": png(signed(canvas(colour=255, mode="L"), ink=0)),
    "with few colours": png(signed(canvas(colour=(255, 255, 255), mode="RGB"), ink=(0, 0, 0)).quantize(4)),
    "black and white": png(signed(canvas(colour=1, mode="1"), ink=0)),
    "light blue": png(signed(canvas(), ink=(120, 160, 255, 255))),
    "white on black": png(signed(canvas(colour=(0, 0, 0, 255)), ink=(255, 255, 255, 255))),
    "on a large screen": png(signed(canvas(2400, 900))),
}


@pytest.mark.case("public L24")
@pytest.mark.parametrize("drawing", SIGNATURES.values(), ids=SIGNATURES)
def test_what_is_drawn_is_a_signature(helper, point, drawing):
    """However a screen makes a PNG of it."""
    loan = helper.loan(point)
    answer = helper.post(f"/loans/{loan}/handOver", {"signature": drawing})
    assert (answer.status_code, answer.json().get("signature")) == (200, "screen"), answer.text
